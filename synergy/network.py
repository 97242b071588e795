"""Tables -> one multilayer graph. Which layers exist and what a weight means is decided here, and only here."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import scipy.sparse as sp

from synergy.economy.holdings import presence
from synergy.economy.profiles import idf
from synergy.economy.relatedness import excess_proximity
from synergy.tables.fields import scheme_of, split_codes
from synergy.tables.located import Located
from synergy.tables.study import Study
from synergy_graphs import Layer, MultilayerGraph, Nodes
from synergy_graphs.projection import project
from synergy_graphs.similarity import top_k_similar

NEIGHBOURS = 8
RELATED = 4
REACH_KM = 100.0
FAR_KM = 250.0

MEANING = {
    "declares": "1 if the region's strategy names the priority, itself or by a rolled-down or rolled-up statement",
    "hosts": "1 if the cluster organisation or organisation is based in the region",
    "belongs": "1/n for each of a row's n codes of one scheme and of the broader fields they bring; and code to field",
    "member": "1 if the organisation is a member of the cluster",
    "works-with": "joint projects of two regions: the sum of 1/(partners - 1) over the projects both take part in",
    "joint-projects": "joint projects of two organisations: the sum of 1/(partners - 1) over them",
    "similar-priorities": "cosine of the fields two strategies name, each weighted log(all / those naming it)",
    "similar-profile": "cosine of the activities two regions are strong in (LQ >= 1), each weighted by its rarity",
    "related": "how far two activities are strong in the same regions beyond chance (proximity minus chance)",
    "near": "exp(-distance / 100 km) between the regions' representative points, up to 250 km",
}
UNIT = {"works-with": "projects", "joint-projects": "projects"}


def node_id(kind: str, key: str) -> str:
    """Return the id of a node in the graph.

    >>> node_id("region", "AT31")
    'region:AT31'
    """
    return f"{kind}:{key}"


def build(study: Study) -> MultilayerGraph:
    """Build the multilayer graph of a study: regions, priorities, clusters, organisations and activity codes.

    Nodes are ``kind:id``, in the order of these kinds and sorted by id within each, so that the order of a table's
    rows changes nothing. Layers and the meaning of their weights are in ``MEANING``. A layer for which the study
    holds no data is there and empty.

    >>> from synergy.tables.read import load
    >>> graph = build(load("data/alpine"))
    >>> len(graph.nodes.of_kind("region")), graph["near"].n_edges
    (42, 301)
    """
    located = study.located
    nodes = _nodes(located)
    ties = {
        "declares": _declares(located),
        "hosts": _hosts(located),
        "belongs": _belongs(located),
        "member": _member(study),
        "works-with": _joint(located, "region", "region_id"),
        "joint-projects": _joint(located, "firm", "org_id"),
        "similar-priorities": _similar_priorities(located),
        "similar-profile": _similar_profile(located),
        "related": _related(located),
        "near": _near(located),
    }
    return MultilayerGraph(nodes, tuple(_layer(name, frame, nodes) for name, frame in ties.items()))


def strategies(located: Located) -> pd.DataFrame:
    """Return strategies x fields as 0/1: one row per region that itself declares (not per region that inherits).

    So a strategy that counts for four regions below it is one strategy when a field's popularity is counted.
    """
    return _membership(located.declared.drop_duplicates(["declared_by", "priority_id"]), "declared_by", "fields")


def field_profiles(located: Located) -> pd.DataFrame:
    """Return regions x fields as 0/1 for the analysed regions whose strategy is known."""
    return _membership(located.declared, "region_id", "fields")


def _nodes(located: Located) -> Nodes:
    study, fields = located.study, located.fields
    rows: list[tuple[str, str, str]] = []
    for kind, table, key, label in (
        ("region", located.regions, "region_id", "name"),
        ("priority", study["priorities"], "priority_id", "title"),
        ("cluster", study["clusters"], "cluster_id", "name"),
        ("firm", located.organisations, "org_id", "name"),
    ):
        rows += sorted((kind, str(node), str(name)) for node, name in table[[key, label]].itertuples(index=False))
    used = {code for _, _, codes in _coded_rows(located) for code in codes}
    used |= set(located.activity.columns)
    closed = used | {above for code in used for above in fields.up(code)}
    rows += [("code", code, fields.name(code)) for code in sorted(closed)]
    return Nodes.of([node_id(kind, key) for kind, key, _ in rows], [kind for kind, _, _ in rows], [r[2] for r in rows])


def _layer(name: str, ties: pd.DataFrame, nodes: Nodes) -> Layer:
    index = nodes.positions
    return Layer.of_edges(
        name,
        np.array([index[node] for node in ties["source"]], dtype=np.int64),
        np.array([index[node] for node in ties["target"]], dtype=np.int64),
        ties["weight"].to_numpy(dtype=float),
        n_nodes=len(nodes),
        meaning=MEANING[name],
        unit=UNIT.get(name, "share"),
        source="the study's tables",
    )


def _frame(ties: Iterable[tuple[str, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(list(ties), columns=["source", "target", "weight"])


def _declares(located: Located) -> pd.DataFrame:
    pairs = located.declared[["region_id", "priority_id"]].drop_duplicates()
    return _frame((node_id("region", r), node_id("priority", p), 1.0) for r, p in pairs.itertuples(index=False))


def _hosts(located: Located) -> pd.DataFrame:
    ties: list[tuple[str, str, float]] = []
    for kind, frame, key in (("cluster", located.clusters, "cluster_id"), ("firm", located.organisations, "org_id")):
        placed = frame.dropna(subset=["region_id"])
        ties += [
            (node_id("region", region), node_id(kind, each), 1.0)
            for region, each in placed[["region_id", key]].itertuples(index=False)
        ]
    return _frame(ties)


def _coded_rows(located: Located) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return (kind, key, codes) of everything that names codes; an organisation names those of its projects too."""
    study = located.study
    rows = [
        ("priority", key, split_codes(cell))
        for key, cell in study["priorities"][["priority_id", "codes"]].itertuples(index=False)
    ]
    rows += [
        ("cluster", key, split_codes(cell))
        for key, cell in study["clusters"][["cluster_id", "codes"]].itertuples(index=False)
    ]
    themes: dict[str, list[str]] = {
        org: list(split_codes(cell)) for org, cell in located.organisations[["org_id", "codes"]].itertuples(index=False)
    }
    taking_part = located.participations.dropna(subset=["org_id"])
    for org, cell in taking_part[["org_id", "theme"]].itertuples(index=False):
        themes[org].extend(split_codes(cell))
    rows += [("firm", org, tuple(dict.fromkeys(codes))) for org, codes in themes.items()]
    return rows


def _belongs(located: Located) -> pd.DataFrame:
    ties = [
        (node_id(kind, key), node_id("code", code), weight)
        for kind, key, codes in _coded_rows(located)
        for code, weight in _shares(located.fields.with_broader(codes))
    ]
    codes = sorted({target.removeprefix("code:") for _, target, _ in ties} | set(located.activity.columns))
    seen: set[str] = set()
    while codes:
        code = codes.pop(0)
        if code not in seen:
            seen.add(code)
            above = located.fields.broader.get(code, ())
            ties += [(node_id("code", code), node_id("code", broader), 1.0 / len(above)) for broader in above]
            codes.extend(above)
    return _frame(ties)


def _shares(codes: tuple[str, ...]) -> list[tuple[str, float]]:
    per_scheme: dict[str, int] = {}
    for code in codes:
        per_scheme[scheme_of(code)] = per_scheme.get(scheme_of(code), 0) + 1
    return [(code, 1.0 / per_scheme[scheme_of(code)]) for code in codes]


def _member(study: Study) -> pd.DataFrame:
    pairs = study["memberships"][["cluster_id", "firm_id"]]
    return _frame((node_id("cluster", c), node_id("firm", f), 1.0) for c, f in pairs.itertuples(index=False))


def partners(located: Located) -> pd.Series:
    """Return the number of partners of each project: those that are stated or, where more, those that are listed.

    Placed or not: partners outside the study count, so that a project of 30 adds 1/29 to a pair whoever they are.
    """
    everyone = located.participations
    by_project = everyone.assign(who=everyone["org_id"].fillna(everyone["row"])).groupby("project_id", sort=True)
    counts = by_project.agg(stated=("partners", "max"), listed=("who", "nunique"))
    return counts.max(axis=1).astype(np.float64).rename("partners")


def _joint(located: Located, kind: str, column: str) -> pd.DataFrame:
    """Project actors x projects onto actors, each project worth 1/(partners - 1) to every pair in it."""
    parts = located.participations.dropna(subset=[column])
    if parts.empty:
        return _frame(())
    parts = parts.assign(actor=[node_id(kind, each) for each in parts[column]])
    seen = parts[["actor", "project_id"]].drop_duplicates()
    actors, actor = np.unique(seen["actor"].to_numpy(dtype=str), return_inverse=True)
    projects, project_of = np.unique(seen["project_id"].to_numpy(dtype=str), return_inverse=True)
    incidence = sp.csr_array((np.ones(len(seen)), (actor, project_of)), shape=(len(actors), len(projects)))
    sizes = partners(located).reindex(projects).to_numpy()
    weight = sp.triu(project(incidence, weighting="newman", sizes=sizes), k=1).tocoo()
    rows, cols = weight.coords
    return pd.DataFrame({"source": actors[rows], "target": actors[cols], "weight": weight.data})


def _membership(rows: pd.DataFrame, owner: str, listed: str) -> pd.DataFrame:
    pairs = [(who, field) for who, fields in rows[[owner, listed]].itertuples(index=False) for field in fields]
    long = pd.DataFrame(pairs, columns=[owner, "field"]).drop_duplicates()
    return pd.crosstab(long[owner], long["field"]) if len(long) else pd.DataFrame()


def _alike(profiles: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """Join regions to their NEIGHBOURS most similar ones by cosine of the weighted profiles."""
    if profiles.empty:
        return _frame(())
    values = sp.csr_array(profiles.to_numpy(dtype=float) * weights.reindex(profiles.columns).to_numpy(dtype=float))
    close = sp.csr_array(top_k_similar(values, NEIGHBOURS, measure="cosine"))
    either = sp.triu(close.maximum(close.T), k=1).tocoo()
    names = [node_id("region", region) for region in profiles.index]
    rows, cols = either.coords
    return _frame((names[i], names[j], w) for i, j, w in zip(rows, cols, either.data, strict=True))


def _similar_priorities(located: Located) -> pd.DataFrame:
    profiles = field_profiles(located)
    return _alike(profiles, idf(strategies(located)) if len(profiles) else pd.Series(dtype=float))


def _similar_profile(located: Located) -> pd.DataFrame:
    if located.activity.empty:
        return _frame(())
    strong = presence(located.activity, missing="available").fillna(0.0)
    return _alike(strong, idf(strong))


def _related(located: Located) -> pd.DataFrame:
    """Join each activity to the RELATED activities it shares most regions with beyond chance."""
    if located.activity.empty:
        return _frame(())
    excess = excess_proximity(located.activity, missing="available")
    values = excess.to_numpy(copy=True)
    np.fill_diagonal(values, 0.0)
    chosen = np.zeros(values.shape, dtype=bool)
    for i, row in enumerate(values):
        chosen[i, np.argsort(-row, kind="stable")[:RELATED]] = True
    keep = np.triu((chosen | chosen.T) & (values > 0), k=1)
    names = [node_id("code", code) for code in excess.columns]
    return _frame((names[i], names[j], values[i, j]) for i, j in np.argwhere(keep))


def _near(located: Located) -> pd.DataFrame:
    distance = located.places.distance_km
    names = [node_id("region", region) for region in located.places.regions]
    close = np.argwhere(np.triu(np.nan_to_num(distance, nan=np.inf) <= FAR_KM, k=1))
    return _frame((names[i], names[j], float(np.exp(-distance[i, j] / REACH_KM))) for i, j in close)
