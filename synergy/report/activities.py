"""Transformative activities as plain values, that their page and their text are made from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from synergy.activities import DIRECTIONS, Activities
from synergy.activities.ground import Ground
from synergy.report.values import plain_rows
from synergy.tables.schema import STAGES
from synergy.tables.study import Study

EVIDENCE_SHOWN = 12
BEST = 5
OWN = (
    "The idea of a transformative activity, the four directions and the list of criteria are the field's; the rule for "
    "a direction, the figures and bars of the criteria and the rule for a stage are our own."
)


def summarise_activities(study: Study, found: Activities) -> dict[str, Any]:
    """Return the activities with the study they belong to, as dicts, lists, text, numbers and None."""
    located = study.located
    names = located.regions.set_index("region_id")["name"].to_dict()
    source = study.settings.sources.get("ideas")
    return {
        "title": study.title,
        "study": study.settings.name,
        "description": study.settings.description,
        "own": OWN,
        "stage_rule": found.params["stage"],
        "ideas_source": source.title if source and len(found.ideas) else "",
        "directions": {label: int((found.frame["direction"] == label).sum()) for label in DIRECTIONS},
        "stages": {stage: int((found.frame["stage"] == stage).sum()) for stage in STAGES},
        "activities": [_activity(found, names, row) for row in plain_rows(found.frame)],
        "refused": plain_rows(found.refused),
        "history": plain_rows(found.history),
        "ideas": plain_rows(
            found.ideas[["idea_id", "group", "region_id", "workshop", "title", "language", "who", "source"]]
        ),
        "idea_pairs": _titled(found),
        "matrix": _named(Ground(located), found.matrix),
    }


def brief_activities(study: Study, found: Activities) -> dict[str, Any]:
    """Return the best activity of each of the first topics, for the report of a run."""
    source = study.settings.sources.get("ideas")
    return {
        "count": len(found),
        "own": OWN,
        "best": plain_rows(found.frame.drop_duplicates("topic_id").head(BEST)),
        "ideas_source": source.title if source and len(found.ideas) else "",
    }


def _named(ground: Ground, matrix: pd.DataFrame) -> list[dict[str, Any]]:
    names = {side: [ground.name(code) for code in matrix[side]] for side in ("capacity", "opportunity")}
    return plain_rows(matrix.assign(**{f"{side}_name": listed for side, listed in names.items()}))


def _titled(found: Activities) -> list[dict[str, Any]]:
    titles = found.ideas.set_index("idea_id")["title"]
    sides = {f"title_{side}": found.idea_pairs[f"idea_{side}"].map(titles) for side in "ab"}
    return plain_rows(found.idea_pairs.assign(**sides))


def _activity(found: Activities, names: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    activity = row["activity_id"]
    parts = {
        part: plain_rows(_of(getattr(found, part), activity))
        for part in ("actors", "capacities", "actions", "relatedness", "criteria", "evidence")
    }
    evidence = parts.pop("evidence")
    regions = row["regions"].split(";")
    called = {capacity["code"]: capacity["name"] for capacity in parts["capacities"]}
    for pair in parts["relatedness"]:
        pair |= {"name_a": called[pair["a"]], "name_b": called[pair["b"]]}
    for actor in parts["actors"]:
        actor["brings_names"] = [called[code] for code in actor["brings"].split(";") if code in called]
    return {
        **row,
        **parts,
        "title": row["name"].removesuffix(f": {row['direction']}"),
        "home_name": names[row["home"]],
        "partners": [{"region_id": region, "name": names[region]} for region in regions[1:]],
        "n_evidence": len(evidence),
        "evidence": evidence[:EVIDENCE_SHOWN],
    }


def _of(frame: pd.DataFrame, activity: str) -> pd.DataFrame:
    return frame[frame["activity_id"] == activity].drop(columns="activity_id")
