"""What is carried from run to run: the same activity keeps its id, its first year and the stage that people gave it."""

from __future__ import annotations

import pandas as pd

from synergy.activities.build import Built
from synergy.activities.result import HISTORY
from synergy.tables.study import Study

STAGE_RULE = (
    "development where a workshop idea says who would do it, else identification; evidence base where fewer than half "
    "of the criteria are known; implementation and monitoring are set by people in the table of carried activities"
)


def stage_of(built: Built) -> str:
    """Return the action line that the data alone support; the rule is our own and in STAGE_RULE."""
    if built.criteria["met"].notna().mean() < 0.5:
        return "evidence base"
    return "development" if built.made.ideas else "identification"


def latest_year(study: Study) -> int | None:
    """Return the latest year that a row of the study speaks of; carried activities apart."""
    years = [
        frame["year"].max() for table, frame in study.tables.items() if "year" in frame and frame["year"].notna().any()
    ]
    return int(max(years)) if years else None


def carried(study: Study, found: list[Built], names: list[str]) -> tuple[list[str], list[str], pd.DataFrame]:
    """Return (ids, stages, history) of the activities found: what was carried keeps its id, new ones get the next free.

    An activity is the same when its home region and what it is about are. Its carried stage stands, as people may have
    moved it on. One that is carried and not found any more stays in the history, as it was.
    """
    table = study["activities"]
    plain = table.astype(object).where(table.notna(), None)
    known = {(row["region_id"], row["about"]): row for row in plain.to_dict("records")}
    taken = set(table["activity_id"])
    free = (f"A{number:02d}" for number in range(1, len(found) + len(taken) + 1) if f"A{number:02d}" not in taken)
    year = latest_year(study)
    ids, stages, rows = [], [], []
    for built, name in zip(found, names, strict=True):
        key = (built.made.home, built.made.target)
        before = known.pop(key, None)
        now = stage_of(built)
        if before is None:
            row = (next(free), name, *key, now, year, year, None, "new")
        else:
            stage = before["stage"] or now
            since = before["stage_since"] if before["stage"] else year
            change = "as before" if before["stage"] else f"stage set to {stage}"
            row = (before["activity_id"], name, *key, stage, before["first_seen"], since, before["note"], change)
        ids.append(str(row[0]))
        stages.append(str(row[4]))
        rows.append(row)
    for (home, about), before in sorted(known.items()):
        kept = (before["stage"], before["first_seen"], before["stage_since"], before["note"])
        rows.append((before["activity_id"], before["name"], home, about, *kept, "not found in this run"))
    history = pd.DataFrame(rows, columns=[*HISTORY, "change"])
    history = history.astype({"first_seen": "Int64", "stage_since": "Int64"})
    return ids, stages, history.sort_values("activity_id", kind="stable", ignore_index=True)
