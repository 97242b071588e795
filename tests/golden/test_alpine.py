"""What the embedded study gives, held still: a change is told region by region, and taken over only on purpose.

``SYNERGY_UPDATE_GOLDEN=1 make test`` writes the new state; look at the difference before it is committed.
"""

import os
from difflib import unified_diff
from pathlib import Path

import pandas as pd
import pytest

GOLDEN = Path(__file__).with_name("alpine.txt")
UPDATE = "SYNERGY_UPDATE_GOLDEN"
TOP = 20


def state(run: Path) -> str:
    topics = pd.read_csv(run / "topics.csv", keep_default_na=False)
    members = pd.read_csv(run / "members.csv", keep_default_na=False)
    pairs = pd.read_csv(run / "pairs.csv").head(TOP)
    lines = []
    for row in topics.itertuples():
        lines.append(f"{row.topic_id} {row.name} | score {row.score:.3f} | stability {row.stability:.2f}")
        inside = members[members["topic_id"] == row.topic_id].sort_values("region_id")
        lines += [f"    {region} {role}" for region, role in inside[["region_id", "role"]].itertuples(index=False)]
    lines.append("pairs")
    lines += [f"    {row.rank:.0f} {row.region_a} {row.region_b} {row.total:.3f}" for row in pairs.itertuples()]
    return "\n".join(lines) + "\n"


def themes(text: str) -> dict[str, dict[str, str]]:
    """Return region to role by name of the topic, so that a topic whose rank changed is still the same."""
    found: dict[str, dict[str, str]] = {}
    name = ""
    for line in text.partition("\npairs\n")[0].splitlines():
        if line.startswith(" "):
            region, role = line.split()
            found[name][region] = role
        else:
            name = line.partition(" | ")[0].partition(" ")[2]
            found[name] = {}
    return found


def difference(before: str, after: str) -> str:
    """Say in words which topic came, went, gained or lost which region; then line by line."""
    old, new = themes(before), themes(after)
    told = [f"- topic gone: {name}" for name in old if name not in new]
    told += [f"- topic new: {name} ({len(new[name])} regions)" for name in new if name not in old]
    for name in (name for name in new if name in old):
        gained = [f"{region} ({role})" for region, role in new[name].items() if region not in old[name]]
        lost = [f"{region} ({role})" for region, role in old[name].items() if region not in new[name]]
        both = {region for region in new[name] if region in old[name]}
        moved = [f"{r} {old[name][r]} -> {new[name][r]}" for r in sorted(both) if old[name][r] != new[name][r]]
        for word, which in (("gained", gained), ("lost", lost), ("other role", moved)):
            if which:
                told.append(f"- {name}: {word} {', '.join(which)}")
    lines = unified_diff(before.splitlines(), after.splitlines(), "held", "now", n=0, lineterm="")
    return "\n".join([*(told or ["- the same topics, regions and roles; other figures or pairs"]), "", *lines])


def test_the_embedded_study_gives_what_it_gave(alpine_run):
    now = state(alpine_run)
    if os.environ.get(UPDATE) == "1":
        GOLDEN.write_text(now, encoding="utf-8", newline="\n")
    held = GOLDEN.read_text(encoding="utf-8")
    if held != now:
        pytest.fail(
            f"data/alpine gives other results than {GOLDEN.name} holds:\n{difference(held, now)}\n\n"
            f"If this is meant, take it over with: {UPDATE}=1 make test",
            pytrace=False,
        )


BEFORE = """T01 Health | score 0.8
    AT11 leader
    DE11 follower
T02 Wood | score 0.7
    AT11 leader
pairs
    1 A B
"""


def test_a_difference_is_told_by_topic_and_region():
    after = "T01 Rail | score 0.9\n    AT11 leader\nT02 Health | score 0.8\n    DE11 leader\n    ITC1 follower\npairs\n"
    told = difference(BEFORE, after).splitlines()
    assert told[:5] == [
        "- topic gone: Wood",
        "- topic new: Rail (1 regions)",
        "- Health: gained ITC1 (follower)",
        "- Health: lost AT11 (leader)",
        "- Health: other role DE11 follower -> leader",
    ]
    assert "-T02 Wood | score 0.7" in told


def test_a_difference_of_figures_alone_is_told_as_such():
    told = difference(BEFORE, BEFORE.replace("0.8", "0.9"))
    assert told.startswith("- the same topics, regions and roles")
    assert "+T01 Health | score 0.9" in told
