"""What a consortium is wanted for: a topic or an activity, with its regions and the capacities that it takes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from synergy.activities import Activities
from synergy.activities.ground import Ground
from synergy.errors import UnknownName
from synergy.tables.fields import split_codes
from synergy.topics import Topics

CAPACITY_COLUMNS = ("capacity", "name", "kind", "holders")
HOLDERS = 3


@dataclass(frozen=True, eq=False)
class Subject:
    """A topic or an activity: ``core`` are its own regions (``home`` first), ``regions`` all those with candidates.

    ``capacities`` has capacity (a code), name, kind (activity, projects, clusters: the table it is measured in, as for
    activities) and holders (regions that hold it, the strongest first; whether or not anybody there is named).
    """

    id: str
    kind: str
    name: str
    topic_id: str
    home: str
    core: tuple[str, ...]
    regions: tuple[str, ...]
    capacities: pd.DataFrame


def of_topic(ground: Ground, topics: Topics, topic: str) -> Subject:
    """Return a topic as a subject: the regions are its members, the capacities its codes that any table measures.

    An activity belongs to it when it lies in one of the topic's broadest fields, where it has any.
    """
    row = _row(topics.frame, "topic", topic)
    inside = {node.removeprefix("code:") for node, home in topics.nodes.items() if home == topic}
    fields = inside & set(ground.located.fields.tops)
    codes = [
        code
        for code in sorted(inside)
        if not fields or ground.kind_of.get(code) != "activity" or fields & set(ground.located.fields.up(code))
    ]
    members = _members(topics, topic)
    return Subject(topic, "topic", str(row["name"]), topic, "", members, members, _capacities(ground, codes, members))


def of_activity(ground: Ground, topics: Topics, activities: Activities, activity: str) -> Subject:
    """Return an activity as a subject: candidates are in its own regions and in the other members of its topic."""
    row = _row(activities.frame, "activity", activity)
    own = split_codes(row["regions"])
    topic = "" if pd.isna(row["topic_id"]) else str(row["topic_id"])
    regions = tuple(dict.fromkeys([*own, *_members(topics, topic)]))
    codes = activities.capacities.loc[activities.capacities["activity_id"] == activity, "code"].tolist()
    capacities = _capacities(ground, codes, regions)
    return Subject(activity, "activity", str(row["name"]), topic, str(row["home"]), own, regions, capacities)


def _row(frame: pd.DataFrame, what: str, chosen: str) -> pd.Series:
    found = frame.set_index(f"{what}_id")
    if chosen not in found.index:
        raise UnknownName(what, chosen, found.index)
    return found.loc[chosen]


def _members(topics: Topics, topic: str) -> tuple[str, ...]:
    return tuple(sorted(topics.members.loc[topics.members["topic_id"] == topic, "region_id"]))


def _capacities(ground: Ground, codes: list[str], regions: tuple[str, ...]) -> pd.DataFrame:
    words = {"activity": "{} (activity)", "projects": "{}", "clusters": "{} (field)"}
    rows = []
    for code in codes:
        kind = ground.kind_of.get(code)
        if kind is not None:
            quotient = ground.strength[code][ground.held[code] == 1].sort_values(ascending=False, kind="stable")
            holders = sorted(quotient.index, key=lambda region: (region not in regions, -quotient[region], region))
            name = words[kind].format(ground.name(code))
            rows.append((code, name, kind, ";".join(map(str, holders[:HOLDERS]))))
    return pd.DataFrame(rows, columns=list(CAPACITY_COLUMNS))
