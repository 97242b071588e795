"""Workshop ideas as candidates: where an idea is at home, what it would change, and the topic it belongs to."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from synergy.activities.candidates import (
    Candidate,
    Refusal,
    close_call,
    field_themes,
    projects_by_region,
    refused_at_once,
)
from synergy.activities.direction import direction
from synergy.activities.ground import Ground
from synergy.activities.ideas import Ideas
from synergy.tables.fields import split_codes
from synergy.topics import Topics


def from_ideas(
    ground: Ground, topics: Topics, ideas: Ideas, chosen: list[str]
) -> tuple[list[Candidate], list[Refusal]]:
    """Return one candidate per merged idea of the chosen topics, and the ideas that are none.

    Its home is the region that rated its capacity highest, the others join it. Its target is the opportunity's first
    activity, else that of the idea's capacities in which the home is weakest.
    """
    found: list[Candidate] = []
    refused: list[Refusal] = []
    for group, rows in ideas.groups:
        what = f"idea {group} {rows['title'].iloc[0]}"
        capacities, opportunities = _codes(rows, "capacities"), _codes(rows, "opportunities")
        topic = _topic_of(ground, topics, (*capacities, *opportunities))
        placed = rows.assign(home=[ground.located.places.locate(region) for region in rows["region_id"]])
        placed = placed.dropna(subset=["home"])
        if placed.empty or not topic:
            why = "its region is not analysed" if placed.empty else "no topic holds its fields"
            refused.append(("", what, 1, why))
        elif topic in chosen:
            made = _candidate(ground, topics, topic, placed, capacities, opportunities)
            why = refused_at_once(made)
            if why:
                refused.append((topic, what, 1, why))
            else:
                found.append(made)
    return found, refused


def _candidate(
    ground: Ground,
    topics: Topics,
    topic: str,
    rows: pd.DataFrame,
    capacities: tuple[str, ...],
    opportunities: tuple[str, ...],
) -> Candidate:
    fields = ground.located.fields
    best = rows.sort_values(["capacity_rating", "idea_id"], ascending=[False, True], na_position="last")
    home = str(best["home"].iloc[0])
    codes = tuple(code for code in dict.fromkeys((*opportunities, *capacities)) if code in ground.kind_of)
    inside = {node.removeprefix("code:") for node, where in topics.nodes.items() if where == topic}
    tops = sorted({top for code in codes for top in (code, *fields.up(code))} & set(fields.tops))
    themes = tuple(sorted({theme for top in tops for theme in field_themes(ground, top, inside)}))
    target = _target(ground, home, capacities, opportunities)
    standing = ground.standing(home, target, projects_by_region(ground, themes).get(home))
    members = tuple(sorted(topics.members.loc[topics.members["topic_id"] == topic, "region_id"]))
    joined = tuple(sorted(set(rows["home"]) - {home}))
    judged = (*direction(standing), close_call(standing))
    return Candidate(topic, "ideas", home, target, *judged, codes, themes, members, joined, tuple(rows["idea_id"]))


def _codes(rows: pd.DataFrame, column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for cell in rows[column] for code in split_codes(cell)))


def _target(ground: Ground, home: str, capacities: tuple[str, ...], opportunities: tuple[str, ...]) -> str:
    aimed = [code for code in opportunities if ground.kind_of.get(code) == "activity"]
    if aimed:
        return aimed[0]
    own = [code for code in capacities if ground.kind_of.get(code) == "activity"]
    weakest: pd.Series = ground.strength.loc[home, own]
    return str(weakest.idxmin()) if weakest.notna().any() else ""


def _topic_of(ground: Ground, topics: Topics, codes: tuple[str, ...]) -> str:
    """Return the topic of most of the codes' fields, the better ranked of two; empty where no topic has one."""
    tops = set(ground.located.fields.tops)
    named = [field for code in codes for field in sorted({code, *ground.located.fields.up(code)} & tops) or [code]]
    counts = Counter(topics.nodes[f"code:{field}"] for field in named if f"code:{field}" in topics.nodes)
    return min(counts, key=lambda topic: (-counts[topic], topic)) if counts else ""
