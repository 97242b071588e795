"""A study's graph and topics as a network page: what is shown, where, and what a click tells."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd

from synergy.maps.page import MapEdge, MapGroup, MapLayer, MapNode, MapPage
from synergy.network import MEANING
from synergy.tables.located import Located
from synergy.tables.study import Study
from synergy.topics import Topics
from synergy_graphs import MultilayerGraph
from synergy_graphs.layout import coordinates

# A page of thousands of one-project organisations says nothing; the best connected ones stay.
MOST_ORGANISATIONS = 250
SHOWN = frozenset({"declares", "belongs"})
FACTS = 12
# Themes draw their nodes together; a light pull keeps regions near what they declare and host.
PULL = {
    "belongs": 1.0,
    "related": 0.2,
    "joint-projects": 0.1,
    "member": 0.1,
    "declares": 0.12,
    "hosts": 0.06,
    "works-with": 0.1,
}
BASE_SIZE = {"region": 14.0, "code": 8.0, "priority": 4.0, "cluster": 4.0, "firm": 3.0}


def network_page(study: Study, graph: MultilayerGraph, topics: Topics) -> MapPage:
    """Return the page of a study: its nodes at seeded coordinates, ties by layer, topics, facts on click."""
    located = study.located
    kept, dropped = _kept(graph)
    shown = graph.subgraph(kept)
    place = coordinates(shown, seed=study.settings.seed, layer_weights=PULL)
    strength = np.sum([np.log1p(layer.strength()) for layer in shown], axis=0)
    groups, facts = _groups(topics), _facts(located, topics)
    regions_of = topics.members.groupby("region_id")["topic_id"].agg(list).to_dict() if len(topics.members) else {}
    nodes = []
    for i, (node, kind, label) in enumerate(zip(shown.nodes.ids, shown.nodes.kinds, shown.nodes.labels, strict=True)):
        key = node.partition(":")[2]
        member = tuple(regions_of.get(key, ())) if kind == "region" else (topics.nodes.get(node),)
        size = BASE_SIZE[kind] + float(strength[i])
        x, y = (float(value) for value in place[i])
        chosen = tuple(topic for topic in member if topic)
        nodes.append(MapNode(node, label, kind, x, y, size, chosen, tuple(facts.get(node, ())[:FACTS])))
    layers = tuple(MapLayer(layer.name, MEANING[layer.name], layer.name in SHOWN) for layer in shown if layer.n_edges)
    left_out = (
        f" {dropped} organisations with few ties are left out of the map; the graph files hold them all."
        if dropped
        else ""
    )
    return MapPage(
        title=f"{study.title}: the network",
        subtitle=f"{len(topics)} cooperation topics over {graph.nodes.kinds.count('region')} regions",
        note=f"Choose a topic, search, or click a node for its evidence. Positions show ties, not geography.{left_out}",
        nodes=tuple(nodes),
        edges=tuple(_edges(shown)),
        layers=layers,
        groups=groups,
    )


def _kept(graph: MultilayerGraph) -> tuple[list[int], int]:
    """Return the positions to show: all but the organisations with the fewest ties, ties broken by position."""
    firms = graph.nodes.of_kind("firm")
    degree = sum(np.diff(layer.matrix.indptr) for layer in graph)
    order = firms[np.lexsort((firms, -np.asarray(degree)[firms]))]
    dropped = set(order[MOST_ORGANISATIONS:].tolist())
    tied = np.sum([np.diff(graph[name].matrix.indptr) for name in PULL], axis=0) > 0
    regions = set(graph.nodes.of_kind("region").tolist())
    return [i for i in range(graph.n_nodes) if i not in dropped and (tied[i] or i in regions)], len(dropped)


def _edges(graph: MultilayerGraph) -> list[MapEdge]:
    ids = graph.nodes.ids
    edges = []
    for layer in graph:
        for i, j, weight in zip(*(part.tolist() for part in layer.edges()), strict=True):
            edges.append(MapEdge(ids[i], ids[j], layer.name, round(weight, 6)))
    return edges


def _groups(topics: Topics) -> tuple[MapGroup, ...]:
    return tuple(MapGroup(row.topic_id, f"{row.topic_id} {row.name}", _group_facts(row)) for row in _rows(topics.frame))


def _group_facts(row: Any) -> tuple[str, ...]:
    leaders = row.leaders.replace(";", ", ") or "none"
    return (
        f"score {row.score:.2f} ({row.score_low:.2f} to {row.score_high:.2f}), stability {row.stability:.2f}",
        f"{row.n_regions} regions of {row.n_countries} countries; leaders: {leaders}",
        f"{row.n_clusters} clusters, {row.n_firms} organisations, {row.n_projects} projects",
    )


def _rows(frame: pd.DataFrame) -> list[Any]:
    return list(frame.itertuples(index=False, name="Row"))


def _facts(located: Located, topics: Topics) -> dict[str, list[str]]:
    """Return the lines shown on click: the row a node stands for, and a region's role in each topic."""
    study, facts = located.study, defaultdict(list)
    for table, kind, key in (("priorities", "priority", "priority_id"), ("clusters", "cluster", "cluster_id")):
        frame = study[table]
        for row, name, codes in zip(frame.index, frame[key], frame["codes"], strict=True):
            facts[f"{kind}:{name}"].append(
                f"{study.file_of(table)}:{row}" + ("" if pd.isna(codes) else f", codes {codes}")
            )
    for org in located.organisations.to_dict("records"):
        node = f"firm:{org['org_id']}"
        facts[node].append(f"{study.file_of(org['table'])}:{org['row']}, {org['kind']}")
        if org["spellings"] != org["name"]:
            facts[node].append(f"spelled {org['spellings']}")
    for region in located.regions.to_dict("records"):
        known = "" if located.strategy_known[region["region_id"]] else "; strategy unknown"
        facts[f"region:{region['region_id']}"].append(
            f"{study.file_of('regions')}:{region['row']}, {region['country']}{known}"
        )
    for member in topics.members.to_dict("records") if len(topics.members) else []:
        line = (
            f"{member['topic_id']}: {member['role']}, strong in {member['strong'].replace(';', ', ') or 'nothing yet'}"
        )
        facts[f"region:{member['region_id']}"].append(line)
    return facts
