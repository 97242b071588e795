"""Communities become candidate cooperation topics: who leads, who complements, who follows, and what is untapped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from synergy.capacities import DECLARES_ONLY, EVIDENCE_COLUMNS, ROLES, evidence_of, holdings, things
from synergy.network import build
from synergy.scores import PairScores, score_pairs
from synergy.tables.located import Located
from synergy.tables.study import Study
from synergy_graphs import MultilayerGraph, Partition, find_communities

# What ties fields together: rows that name them, activities that thrive in the same regions, organisations that
# work together. Ties to regions are left out here, so that a community is a theme and never a neighbourhood;
# regions come in afterwards through what they hold in it.
LAYERS: Mapping[str, float] = {"belongs": 1.0, "related": 0.25, "joint-projects": 0.25, "member": 0.25}
PARTS = ("reach", "strategy", "capacity", "fit", "untapped")
DRAWS = 500
NAME_FIELDS = 3
TOPIC_COLUMNS = (
    "topic_id", "name", "score", "score_low", "score_high", "n_regions", "n_countries", "regions", "countries",
    "leaders", "complements", "followers", "declares_only", "basis", "n_clusters", "n_firms", "n_projects", "stability",
    "significant", "fields",
    *(f"part_{part}" for part in PARTS), "untapped_pairs", "n_evidence",
)  # fmt: skip


@dataclass(frozen=True, repr=False, eq=False)
class Topics:
    """Candidate cooperation topics, best score first.

    ``frame`` has one row per topic, ``members`` one per topic and region with role and figures, ``untapped`` the
    cross-border pairs that fit and have no project on the topic yet, ``evidence`` the input rows behind each
    membership (topic_id, region_id, table, row, id, what), ``nodes`` topic_id per graph node id, ``refused`` the
    communities that are no cooperation topic, and why.
    """

    frame: pd.DataFrame
    members: pd.DataFrame
    untapped: pd.DataFrame
    evidence: pd.DataFrame
    nodes: Mapping[str, str]
    refused: pd.DataFrame
    partition: Partition
    params: Mapping[str, object]

    def to_frame(self) -> pd.DataFrame:
        """Return a copy of the topics, one row each."""
        return self.frame.copy()

    def __len__(self) -> int:
        return len(self.frame)

    def __repr__(self) -> str:
        names = "; ".join(self.frame["name"].head(3))
        return f"Topics({len(self)}: {names}{' …' if len(self) > 3 else ''})"


def find_topics(study: Study, graph: MultilayerGraph | None = None, scores: PairScores | None = None) -> Topics:
    """Find the cooperation topics of a study.

    Leiden communities over the layers in ``LAYERS`` group codes, priorities, clusters and organisations into
    themes. A region belongs to a theme through what it holds there: ``leader`` declares it and is strong in more
    than half of the corners that are known (specialisation, clusters, organisations, projects);
    ``complement`` is strong in at least half without declaring it, or with an unknown strategy; ``follower``
    declares it and is strong in less, but somewhere; a region that only declares it is no member and stands in
    ``declares_only``. Roles and corners are our own definition. A theme of fewer than ``min_regions`` regions or
    ``min_countries`` countries is refused, and told.

    score = mean of five parts in [0, 1], those that are known: reach (countries of the study present among the
    members), strategy (known-strategy members that declare it), capacity (members that lead or complement), fit
    (mean total of its cross-border member pairs), untapped (such pairs without a joint project on it).
    ``score_low`` to ``score_high`` is the 5th to 95th percentile under random weights of the parts;
    ``stability`` the mean best Jaccard match over seeded runs, each without a share of the ties; ``significant``
    whether the community is more than chance gives a graph of the same degrees.

    >>> from synergy.tables.read import load
    >>> topics = find_topics(load("data/baltic"))
    >>> bool((topics.frame["n_regions"] >= 3).all()), bool(topics.frame["score"].between(0, 1).all())
    (True, True)
    """
    graph = build(study) if graph is None else graph
    scores = score_pairs(study, graph) if scores is None else scores
    located, settings = study.located, study.settings.topics
    seeds = np.random.SeedSequence(study.settings.seed).spawn(3)
    themes = _without_horizontal(located, graph)
    partition = find_communities(
        themes,
        seed=int(seeds[1].generate_state(1)[0]),
        layer_weights=LAYERS,
        resolution=settings.resolution,
        runs=settings.runs,
        dropout=settings.dropout,
    )
    draws = np.random.default_rng(seeds[2]).dirichlet(np.ones(len(PARTS)), size=DRAWS)
    across = _across_borders(located, scores)
    kept, refused, nameless = [], [], 0
    for community in range(partition.n_communities):
        theme = _theme(located, themes, across, partition, community)
        reason = _refusal(theme.members, settings.min_regions, settings.min_countries)
        if not theme.fields:
            nameless += 1
        elif reason:
            refused.append((theme.name, len(theme.nodes), reason))
        else:
            kept.append((theme, _summary(located, theme, draws)))
    if nameless:
        refused.append(
            (f"{nameless} group(s) of organisations that only share projects", nameless, "they name no field")
        )
    kept.sort(key=lambda pair: (-pair[1]["score"], pair[1]["name"]))
    return _assemble(kept, refused, partition, study)


def _without_horizontal(located: Located, graph: MultilayerGraph) -> MultilayerGraph:
    """Return the topic layers without the codes that say how, not what: they would join everything to everything."""
    horizontal = {f"code:{code}" for code in located.fields.horizontal}
    keep = [i for i, node in enumerate(graph.nodes.ids) if node not in horizontal]
    return graph.select(LAYERS).subgraph(keep)


@dataclass(frozen=True)
class _Theme:
    """One community with what its regions hold in it."""

    name: str
    fields: tuple[str, ...]
    nodes: tuple[str, ...]
    members: pd.DataFrame
    declares_only: tuple[str, ...]
    pairs: pd.DataFrame
    evidence: pd.DataFrame
    stability: float
    significant: bool


def _theme(
    located: Located, graph: MultilayerGraph, across: pd.DataFrame, partition: Partition, community: int
) -> _Theme:
    nodes = tuple(graph.nodes.ids[i] for i in partition.members(community))
    fields = _characteristic(located, graph, nodes)
    evidence = evidence_of(located, nodes)
    members = holdings(located, nodes, evidence)
    paper = tuple(members.loc[members["role"] == DECLARES_ONLY, "region_id"])
    members = members[members["role"].isin(ROLES)].reset_index(drop=True)
    evidence = evidence[evidence["region_id"].isin(members["region_id"])].reset_index(drop=True)
    name = " + ".join(fields)
    pairs = _pairs(across, members, evidence)
    sure = float(partition.stability[community]), bool(partition.significant[community])
    return _Theme(name, fields, nodes, members, paper, pairs, evidence, *sure)


def _characteristic(located: Located, graph: MultilayerGraph, nodes: tuple[str, ...]) -> tuple[str, ...]:
    """Name the fields of a community: its top-level codes by how many of its rows name them, at most three.

    A field that carries less than a quarter of the leading one's rows does not characterise the topic. Without
    top-level codes the commonest codes stand in.
    """
    inside = set(nodes)
    degree = {
        node: float(strength)
        for node, strength in zip(graph.nodes.ids, graph["belongs"].strength(), strict=True)
        if node in inside and node.startswith("code:")
    }
    tops = {f"code:{code}" for code in located.fields.tops}
    chosen = {node: weight for node, weight in degree.items() if node in tops} or degree
    ranked = sorted(chosen.items(), key=lambda pair: (-pair[1], pair[0]))
    enough = [node for node, weight in ranked if weight >= ranked[0][1] / 4][:NAME_FIELDS]
    return tuple(located.fields.name(node.removeprefix("code:")) for node in enough)


def _across_borders(located: Located, scores: PairScores) -> pd.DataFrame:
    """Return what is asked here of the pairs of two countries."""
    country = located.regions.set_index("region_id")["country"]
    frame = scores.frame[["region_a", "region_b", "total", "part_cooperation", "joint_projects"]]
    return frame[frame["region_a"].map(country) != frame["region_b"].map(country)]


def _pairs(across: pd.DataFrame, members: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Return the cross-border member pairs with their total and their joint projects on the theme."""
    inside = members["region_id"].tolist()
    pairs = across[across["region_a"].isin(inside) & across["region_b"].isin(inside)]
    projects, none = things(evidence)["participations"], set[str]()
    ends = zip(pairs["region_a"].tolist(), pairs["region_b"].tolist(), strict=True)
    shared = [len(projects.get(a, none) & projects.get(b, none)) for a, b in ends] if projects else [pd.NA] * len(pairs)
    # Without any project on the theme its codes may not reach it: whether two regions work on it is unknown.
    counts = pd.array(shared, dtype="Int64")
    return pairs.assign(projects_on_topic=counts).reset_index(drop=True)


def _refusal(members: pd.DataFrame, min_regions: int, min_countries: int) -> str:
    countries = members["country"].nunique()
    if len(members) < min_regions:
        return f"{len(members)} region(s) hold it, a topic needs {min_regions}"
    if countries < min_countries:
        return f"it stays within {countries} country, a topic needs {min_countries}"
    return ""


def _summary(located: Located, theme: _Theme, draws: np.ndarray) -> dict[str, Any]:
    members, pairs = theme.members, theme.pairs
    known = members[members["strategy"] != "unknown"]
    reached = bool(len(pairs)) and bool(pairs["projects_on_topic"].notna().all())
    parts = {
        "reach": members["country"].nunique() / located.regions["country"].nunique(),
        "strategy": (known["strategy"] == "declared").mean() if len(known) else np.nan,
        "capacity": members["role"].isin(["leader", "complement"]).mean(),
        "fit": pairs["total"].mean(),
        "untapped": float((pairs["projects_on_topic"] == 0).mean()) if reached else np.nan,
    }
    values = np.array([parts[part] for part in PARTS], dtype=float)
    known_parts = ~np.isnan(values)
    mixed = (np.nan_to_num(values) @ draws.T) / (known_parts @ draws.T)
    low, high = np.percentile(mixed, [5, 95])
    by_role = {role: members.loc[members["role"] == role, "region_id"] for role in ROLES}
    ids = theme.evidence.groupby("table")["id"].nunique()
    return {
        "name": theme.name,
        "score": round(float(np.nanmean(values)), 6),
        "score_low": round(float(low), 6),
        "score_high": round(float(high), 6),
        "n_regions": len(members),
        "n_countries": members["country"].nunique(),
        "regions": ";".join(sorted(members["region_id"])),
        "countries": ";".join(sorted(set(members["country"]))),
        **{f"{role}s": ";".join(regions) for role, regions in by_role.items()},
        "declares_only": ";".join(theme.declares_only),
        "basis": _basis(members, int(ids.get("participations", 0))),
        "n_clusters": int(ids.get("clusters", 0)),
        "n_firms": int(members["organisations"].sum()),
        "n_projects": int(ids.get("participations", 0)),
        "stability": round(theme.stability, 6),
        "significant": theme.significant,
        "fields": ";".join(theme.fields),
        **{f"part_{part}": round(float(value), 6) for part, value in zip(PARTS, values, strict=True)},
        "untapped_pairs": int((pairs["projects_on_topic"] == 0).sum()) if reached else pd.NA,
        "n_evidence": len(theme.evidence),
    }


def _basis(members: pd.DataFrame, projects: int) -> str:
    """Say whether strategies name the topic, projects practise it, or both: a gap between them is a finding."""
    named = bool((members["strategy"] == "declared").any())
    if named and projects:
        return "named in strategies and practised"
    return (
        "named in strategies; no project theme in the data reaches it" if named else "practised, named in no strategy"
    )


def _assemble(
    kept: list[tuple[_Theme, dict[str, Any]]],
    refused: list[tuple[str, int, str]],
    partition: Partition,
    study: Study,
) -> Topics:
    rows, members, untapped, evidence = [], [], [], []
    nodes: dict[str, str] = {}
    for number, (theme, summary) in enumerate(kept, start=1):
        topic = f"T{number:02d}"
        rows.append({"topic_id": topic, **summary})
        members.append(theme.members.assign(topic_id=topic))
        open_pairs = theme.pairs[(theme.pairs["projects_on_topic"] == 0) & theme.pairs["total"].notna()]
        open_pairs = open_pairs.sort_values(["total", "region_a", "region_b"], ascending=[False, True, True])
        untapped.append(open_pairs.assign(topic_id=topic))
        evidence.append(theme.evidence.assign(topic_id=topic))
        nodes |= dict.fromkeys(theme.nodes, topic)
    return Topics(
        frame=pd.DataFrame(rows, columns=list(TOPIC_COLUMNS)),
        members=_stacked(members),
        untapped=_stacked(untapped),
        evidence=_stacked(evidence) if evidence else pd.DataFrame(columns=["topic_id", *EVIDENCE_COLUMNS]),
        nodes=nodes,
        refused=pd.DataFrame(refused, columns=["name", "nodes", "reason"]),
        partition=partition,
        params={"layers": dict(LAYERS), "seed": study.settings.seed, **vars(study.settings.topics)},
    )


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Stack frames under one another with topic_id first; no frames give an empty one."""
    if not frames:
        return pd.DataFrame(columns=["topic_id"])
    whole = pd.concat(frames, ignore_index=True)
    return whole[["topic_id", *(column for column in whole.columns if column != "topic_id")]]
