"""A field: the codes it is made of and the rows that name it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from synergy.diamonds.area import Area
from synergy.errors import UnknownName
from synergy.tables.fields import Fields
from synergy.topics import Topics
from synergy_graphs import MultilayerGraph

ROW_KINDS = ("priority", "cluster", "firm")


@dataclass(frozen=True)
class Field:
    """What a diamond is about: a topic or a code with its narrower codes.

    ``codes`` are the codes it is made of, ``activities`` those of them that the activity table counts, ``nodes`` the
    graph nodes through which a row can be in it: its codes, and the priorities, clusters and organisations naming it.
    """

    field_id: str
    name: str
    codes: tuple[str, ...]
    activities: tuple[str, ...]
    nodes: frozenset[str]


def field_of(area: Area, topics: Topics, name: str) -> Field:
    """Return the field of a topic id or a code; UnknownName, with the nearest one, for anything else."""
    if name in set(topics.frame["topic_id"]):
        return _of_topic(area, topics, name)
    if f"code:{name}" in area.graph.nodes.positions:
        return _of_code(area, name)
    known = [node.removeprefix("code:") for node in area.graph.nodes.ids if node.startswith("code:")]
    raise UnknownName("topic or code", name, [*topics.frame["topic_id"], *known])


def _of_code(area: Area, code: str) -> Field:
    """A code, the codes that are narrower, and the rows that name the code or bring it by a narrower one."""
    codes = narrower(area.located.fields, code)
    return _field(area, code, area.located.fields.name(code), codes, naming(area.graph, [code]))


def _of_topic(area: Area, topics: Topics, topic: str) -> Field:
    """A topic's codes and rows, the rows that name one of its codes, and the activities its named fields stand for.

    An activity that only thrives in the same regions may lie in the topic's community; what the field's own
    activities are is for the code list to say.
    """
    fields, counted = area.located.fields, set(area.activity.columns)
    inside = [node for node, where in topics.nodes.items() if where == topic]
    row = topics.frame.set_index("topic_id").loc[topic]
    codes = [node.removeprefix("code:") for node in inside if node.startswith("code:")]
    named = [code for code in codes if fields.name(code) in row["fields"].split(";")]
    heads = [code for code in named if code in fields.tops] or named
    activities = {each for head in heads for each in narrower(fields, head)} & counted
    themes = [code for code in codes if code not in counted] or heads
    rows = [node for node in inside if not node.startswith("code:")]
    return _field(area, topic, row["name"], {*themes, *activities}, {*rows, *naming(area.graph, themes)})


def _field(area: Area, key: str, name: str, codes: Iterable[str], rows: Iterable[str]) -> Field:
    chosen = tuple(sorted(codes))
    activities = tuple(code for code in chosen if code in area.activity.columns)
    return Field(key, name, chosen, activities, frozenset({*rows, *(f"code:{code}" for code in chosen)}))


def narrower(fields: Fields, code: str) -> set[str]:
    """Return a code and every code that is part of it, at any depth.

    >>> sorted(narrower(Fields({}, {"nace:21": ("health",), "nace:21.1": ("nace:21",), "nace:62": ()}), "health"))
    ['health', 'nace:21', 'nace:21.1']
    """
    return {code, *(each for each in fields.broader if code in fields.up(each))}


def naming(graph: MultilayerGraph, codes: Iterable[str]) -> set[str]:
    """Return the priorities, clusters and organisations that name one of the codes or bring it by a narrower one."""
    at = [graph.nodes.position(f"code:{code}") for code in codes]
    touched = np.flatnonzero(np.asarray(graph["belongs"].matrix[at].sum(axis=0)).ravel())
    return {graph.nodes.ids[i] for i in touched if graph.nodes.kinds[i] in ROW_KINDS}
