"""The transformative activities of the embedded study, held still like its topics: what came, went or changed is told.

``SYNERGY_UPDATE_GOLDEN=1 make test`` writes the new state; look at the difference before it is committed.
"""

import os
from difflib import unified_diff
from pathlib import Path

import pandas as pd
import pytest

GOLDEN = Path(__file__).with_name("activities.txt")
UPDATE = "SYNERGY_UPDATE_GOLDEN"


def state(run: Path) -> str:
    """Return a line per activity, by home and target: a new order or a new id alone is no other activity."""
    rows = pd.read_csv(run / "activities.csv", keep_default_na=False).sort_values(["home", "about", "topic_id"])
    lines = [
        f"{row.home} {row.about} | {row.direction} | {row.topic_id}"
        f" | with {row.regions.partition(';')[2] or 'nobody'}"
        f" | {row.n_external} of {row.n_capacities} from elsewhere"
        f" | {row.criteria_met} of {row.criteria_known} criteria"
        f" | {row.n_actors} actors | {row.stage} | from {row.origin}"
        for row in rows.itertuples()
    ]
    return "\n".join(lines) + "\n"


def by_activity(text: str) -> dict[str, list[str]]:
    return {line.split(" | ")[0]: line.split(" | ")[1:] for line in text.splitlines()}


def difference(before: str, after: str) -> str:
    """Say in words which activity came, went or changed, and what of it; then line by line."""
    old, new = by_activity(before), by_activity(after)
    told = [f"- activity gone: {name} ({old[name][0]})" for name in old if name not in new]
    told += [f"- activity new: {name} ({new[name][0]})" for name in new if name not in old]
    for name in (name for name in new if name in old):
        changed = [f"{a} -> {b}" for a, b in zip(old[name], new[name], strict=True) if a != b]
        if changed:
            told.append(f"- {name}: {'; '.join(changed)}")
    lines = unified_diff(before.splitlines(), after.splitlines(), "held", "now", n=0, lineterm="")
    return "\n".join([*told, "", *lines])


def test_the_embedded_study_gives_the_activities_it_gave(alpine_run):
    now = state(alpine_run)
    if os.environ.get(UPDATE) == "1":
        GOLDEN.write_text(now, encoding="utf-8", newline="\n")
    held = GOLDEN.read_text(encoding="utf-8")
    if held != now:
        pytest.fail(
            f"data/alpine gives other activities than {GOLDEN.name} holds:\n{difference(held, now)}\n\n"
            f"If this is meant, take it over with: {UPDATE}=1 make test",
            pytrace=False,
        )


def test_a_difference_is_told_by_activity():
    before = "AT11 nace:16 | transition | T01 | with DE11\nAT12 nace:21 | diversification | T02 | with nobody\n"
    after = "AT11 nace:16 | modernisation | T01 | with DE11\nAT31 nace:30 | transition | T02 | with nobody\n"
    assert difference(before, after).splitlines()[:3] == [
        "- activity gone: AT12 nace:21 (diversification)",
        "- activity new: AT31 nace:30 (transition)",
        "- AT11 nace:16: transition -> modernisation",
    ]
