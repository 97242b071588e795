"""Indicators of an activity, each measured on the tables: a value, or unknown with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import pandas as pd

from synergy.capacities import evidence_of
from synergy.planning.facts import Facts
from synergy.planning.words import BY_HAND
from synergy.tables.located import Located
from synergy.topics import Topics


@dataclass(frozen=True)
class Measured:
    """A value (None: unknown), the tables it was read from (';' between them), and what has to be said about it."""

    value: float | None
    table: str
    note: str = ""


@dataclass(frozen=True, eq=False)
class Basis:
    """What the indicators of one activity are measured on: the rows on its topic in its regions."""

    located: Located
    topics: Topics
    facts: Facts

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The input rows on the topic in the activity's regions: region_id, table, row, id, what."""
        nodes = tuple(node for node, topic in self.topics.nodes.items() if topic == self.facts.topic_id)
        rows = evidence_of(self.located, nodes)
        return rows[rows["region_id"].isin(self.facts.regions)]

    def of(self, table: str) -> pd.DataFrame:
        """Return the rows of one table."""
        return self.rows[self.rows["table"] == table]

    @cached_property
    def projects(self) -> dict[str, frozenset[str]]:
        """The projects on the topic by region."""
        return {str(region): frozenset(ids) for region, ids in self.of("participations").groupby("region_id")["id"]}

    @cached_property
    def reached(self) -> bool:
        """Whether any project theme of the whole study is in the topic; else its projects are unknown, not none."""
        nodes = [node for node, topic in self.topics.nodes.items() if topic == self.facts.topic_id]
        mentions = self.located.mentions
        return bool(((mentions["table"] == "participations") & mentions["node"].isin(nodes)).any())

    @cached_property
    def clusters(self) -> dict[str, str]:
        """The clusters of the topic in the regions, with their region."""
        return dict(self.of("clusters")[["id", "region_id"]].itertuples(index=False, name=None))

    @cached_property
    def uncovered(self) -> list[str]:
        """The activity's regions in countries of which the study lists no cluster."""
        countries = self.located.regions.set_index("region_id")["country"]
        covered = {countries[region] for region in self.located.clusters["region_id"].dropna()}
        return [region for region in self.facts.regions if countries[region] not in covered]


CAPACITIES = "activity;clusters;participations"
"""The tables that capacities, and most criteria, are measured in."""
NO_THEME = "no project theme in the data reaches the topic"


def _joint_projects(basis: Basis) -> Measured:
    if not basis.reached:
        return Measured(None, "participations", NO_THEME)
    seen = [project for projects in basis.projects.values() for project in projects]
    return Measured(len({project for project in seen if seen.count(project) > 1}), "participations")


def _untapped_pairs(basis: Basis) -> Measured:
    if not basis.reached:
        return Measured(None, "participations", NO_THEME)
    country = basis.located.regions.set_index("region_id")["country"]
    none: frozenset[str] = frozenset()
    across = [(a, b) for a, b in combinations(basis.facts.regions, 2) if country[a] != country[b]]
    apart = [(a, b) for a, b in across if not basis.projects.get(a, none) & basis.projects.get(b, none)]
    return Measured(len(apart), "participations", f"of {len(across)} cross-border pairs")


def _declaring_regions(basis: Basis) -> Measured:
    known = [region for region in basis.facts.regions if basis.located.strategy_known[region]]
    if not known:
        return Measured(None, "priorities", "no strategy of these regions is known")
    declaring = set(basis.of("priorities")["region_id"])
    unknown = len(basis.facts.regions) - len(known)
    more = f"; {unknown} more unknown" if unknown else ""
    return Measured(len(declaring), "priorities", f"of {len(known)} with a known strategy{more}")


def _organisations(basis: Basis) -> Measured:
    if not basis.reached:
        return Measured(None, "participations", NO_THEME)
    parts = basis.located.participations
    inside = parts["row"].isin(basis.of("participations")["row"])
    # One row of evidence stands for a project in a region; every participation in that project there counts.
    wanted = set(parts.loc[inside, ["project_id", "region_id"]].itertuples(index=False, name=None))
    pairs = parts[["project_id", "region_id", "org_id"]].itertuples(index=False, name=None)
    return Measured(len({org for project, region, org in pairs if (project, region) in wanted and org == org and org}),
                    "participations")  # fmt: skip


def _clusters(basis: Basis) -> Measured:
    if len(basis.uncovered) == len(basis.facts.regions):
        return Measured(None, "clusters", "the study lists no cluster of these countries")
    missing = ", ".join(basis.uncovered)
    return Measured(len(basis.clusters), "clusters", f"{missing} not covered" if missing else "")


def _linked_clusters(basis: Basis) -> Measured:
    """Count clusters that share a member, or whose members share a project, with a cluster of another region."""
    memberships = basis.located.study["memberships"]
    inside = memberships[memberships["cluster_id"].isin(basis.clusters)]
    if inside.empty:
        return Measured(None, "memberships", "the members of these clusters are not in the data")
    parts = basis.located.participations
    projects = parts.groupby("org_id")["project_id"].agg(frozenset).to_dict()
    none: frozenset[str] = frozenset()
    marks = {
        str(cluster): set(members) | {project for member in members for project in projects.get(member, none)}
        for cluster, members in inside.groupby("cluster_id")["firm_id"]
    }
    region = basis.clusters
    linked = {c for a, b in combinations(sorted(marks), 2) if region[a] != region[b] and marks[a] & marks[b]
              for c in (a, b)}  # fmt: skip
    return Measured(len(linked), "memberships", f"of {len(marks)} clusters whose members are known")


def _capacities_held(basis: Basis) -> Measured:
    return _capacities(basis, "held")


def _capacities_open(basis: Basis) -> Measured:
    return _capacities(basis, "missing", "unknown")


def _capacities(basis: Basis, *states: str) -> Measured:
    capacities = basis.facts.capacities
    return Measured(sum(c.state in states for c in capacities), CAPACITIES, f"of {len(capacities)} capacities")


def _criteria_met(basis: Basis) -> Measured:
    criteria = basis.facts.criteria
    known = [criterion for criterion in criteria if criterion.met is not None]
    if not known:
        return Measured(None, CAPACITIES, "no criterion is known")
    return Measured(sum(bool(c.met) for c in known), CAPACITIES, f"of {len(known)} known, {len(criteria)} in all")


def _by_hand(_: Basis) -> Measured:
    return Measured(None, "", "to be counted by people")


MEASURE: Mapping[str, Callable[[Basis], Measured]] = {
    "joint projects": _joint_projects,
    "untapped pairs": _untapped_pairs,
    "declaring regions": _declaring_regions,
    "organisations": _organisations,
    "clusters": _clusters,
    "linked clusters": _linked_clusters,
    "capacities held": _capacities_held,
    "capacities open": _capacities_open,
    "criteria met": _criteria_met,
    BY_HAND: _by_hand,
}
