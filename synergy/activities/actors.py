"""Who takes part: cluster organisations and organisations whose own codes or projects name a capacity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any

import pandas as pd

from synergy.activities.candidates import Candidate
from synergy.activities.ground import Ground
from synergy.tables.fields import split_codes

AT_HOME, AWAY = 8, 3
COLUMNS = ("actor_id", "kind", "name", "region_id", "brings", "table", "row")
KINDS = ("cluster", "firm", "research", "university", "public", "other", "unknown")


@dataclass(frozen=True)
class Actor:
    """A placed cluster or organisation with the codes that it names or works on, broader ones too."""

    actor_id: str
    kind: str
    name: str
    region_id: str
    codes: frozenset[str]
    projects: int
    table: str
    row: int


People = Mapping[str, Sequence[Actor]]


def everyone(ground: Ground) -> People:
    """Return every placed cluster and organisation by region.

    A participant that no table of organisations lists is of kind *unknown*.
    """
    up = ground.located.fields.up
    by_region: dict[str, list[Actor]] = {}
    for actor_id, kind, name, region, codes, projects, table, row in chain(_clusters(ground), _organisations(ground)):
        closed = frozenset(each for code in codes for each in (code, *up(code)))
        by_region.setdefault(region, []).append(Actor(actor_id, kind, name, region, closed, projects, table, row))
    return by_region


def actors_of(
    ground: Ground, people: People, made: Candidate, partners: tuple[str, ...], ideas: pd.DataFrame
) -> pd.DataFrame:
    """Return actor_id, kind, name, region_id, brings, table, row: at most AT_HOME of the home and AWAY per partner.

    ``people`` as ``everyone`` gives them; ``brings`` are the capacities that the actor names itself or works on in a
    project. Kinds take turns, so that a region rich in one kind does not hide the others; within a kind, who brings
    more and has more projects comes first. Who an idea names is added.
    """
    wanted = set(made.codes)
    most = {made.home: AT_HOME} | dict.fromkeys(partners, AWAY)
    rows = [
        (one.actor_id, one.kind, one.name, region, ";".join(sorted(wanted & one.codes)), one.table, one.row)
        for region, count in most.items()
        for one in _in_turns(people.get(region, ()), wanted)[:count]
    ]
    whole = pd.DataFrame([*rows, *_idea_actors(ground, ideas, wanted)], columns=list(COLUMNS))
    return whole.drop_duplicates("actor_id", ignore_index=True)


def _in_turns(people: Sequence[Actor], wanted: set[str]) -> list[Actor]:
    """Return who brings anything that is wanted: the first of every kind, then the second of every kind, and so on."""
    by_kind: dict[str, list[Actor]] = {}
    for one in sorted(people, key=lambda one: (-len(wanted & one.codes), -one.projects, one.actor_id)):
        if wanted & one.codes:
            by_kind.setdefault(one.kind, []).append(one)
    queues = [by_kind[kind] for kind in KINDS if kind in by_kind]
    return [one for turn in zip_longest(*queues) for one in turn if one]


def _clusters(ground: Ground) -> Iterator[tuple[Any, ...]]:
    rows = ground.located.clusters.dropna(subset=["region_id"])
    for cluster, name, region, cell, row in rows[["cluster_id", "name", "region_id", "codes", "row"]].itertuples(
        index=False
    ):
        yield f"cluster:{cluster}", "cluster", name, region, split_codes(cell), 0, "clusters", row


def _organisations(ground: Ground) -> Iterator[tuple[Any, ...]]:
    rows = ground.located.organisations.dropna(subset=["region_id"])
    work: dict[str, list[tuple[str, str]]] = {}
    for org, code, project in ground.theme_rows[["org_id", "code", "project_id"]].itertuples(index=False, name=None):
        work.setdefault(org, []).append((code, project))
    columns = ["org_id", "kind", "name", "region_id", "codes", "table", "row"]
    for org, kind, name, region, cell, table, row in rows[columns].itertuples(index=False, name=None):
        done = work.get(org, [])
        codes, projects = (*split_codes(cell), *(code for code, _ in done)), len({project for _, project in done})
        yield f"firm:{org}", kind if table == "firms" else "unknown", name, region, codes, projects, table, row


def _idea_actors(ground: Ground, ideas: pd.DataFrame, wanted: set[str]) -> list[tuple[Any, ...]]:
    """Return who the ideas name: a listed cluster or organisation, else a name of unknown kind."""
    named = ideas.dropna(subset=["who"]) if len(ideas) else ideas
    if named.empty:
        return []
    kinds = dict(ground.located.study["firms"][["firm_id", "kind"]].itertuples(index=False, name=None))
    kinds |= dict.fromkeys(ground.located.study["clusters"]["cluster_id"], "cluster")
    columns = ["idea_id", "who", "region_id", "capacities", "row"]
    return [
        (
            f"{'cluster' if kinds.get(who) == 'cluster' else 'firm'}:{who}" if who in kinds else f"idea:{idea}",
            kinds.get(who, "unknown"),
            who,
            ground.located.places.locate(region),
            ";".join(sorted(wanted & set(split_codes(codes)))),
            "ideas",
            row,
        )
        for idea, who, region, codes, row in named[columns].itertuples(index=False)
    ]
