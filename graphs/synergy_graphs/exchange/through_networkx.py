"""The door to networkx."""

from __future__ import annotations

from typing import Any

import networkx as nx

from synergy_graphs.exchange.arcs import DEFAULT_LAYER, Arc, arcs, assemble, is_directed, layer_records
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes


def to_networkx(graph: MultilayerGraph) -> nx.MultiDiGraph[str] | nx.MultiGraph[str]:
    """Return the graph for networkx: a MultiDiGraph if any layer is directed, else a MultiGraph.

    Nodes are the ids with attributes kind and label; the key of an edge is its layer's name, its attributes are
    layer and weight; ``.graph["layers"]`` lists name, directed, meaning, unit and source of each layer. In a
    MultiDiGraph an undirected tie stands in both directions.

    >>> graph = MultilayerGraph.from_edges({"near": ([0], [1], [0.5])}, n_nodes=2)
    >>> to_networkx(graph).edges["0", "1", "near"]
    {'layer': 'near', 'weight': 0.5}
    """
    whole: nx.MultiDiGraph[str] | nx.MultiGraph[str] = nx.MultiDiGraph() if is_directed(graph) else nx.MultiGraph()
    whole.graph["layers"] = layer_records(graph)
    nodes = graph.nodes
    for node, kind, label in zip(nodes.ids, nodes.kinds, nodes.labels, strict=True):
        whole.add_node(node, kind=kind, label=label)
    for arc in arcs(graph):
        ends = nodes.ids[arc.source], nodes.ids[arc.target]
        whole.add_edge(*ends, key=arc.layer, layer=arc.layer, weight=arc.weight)
    return whole


def from_networkx(whole: nx.Graph[Any]) -> MultilayerGraph:
    """Take a graph from networkx, one of ``to_networkx`` or any other.

    Node ids become text. kind defaults to 'node', label to the id, weight to 1. The layer is the edge attribute
    ``layer``, else the edge's key if that is text, else 'ties'. Repeated edges of a layer add up.

    Raises GraphError when two ids are the same as text, a weight is not a positive number, or an undirected layer
    has two different weights for one tie.

    >>> from_networkx(nx.path_graph(3))
    MultilayerGraph(3 nodes: 3 node; 1 layer: ties 2)
    """
    ids = [str(node) for node in whole.nodes]
    data = list(whole.nodes.values())
    nodes = Nodes.of(
        ids,
        kinds=[str(each.get("kind", "node")) for each in data],
        labels=[str(each.get("label", node)) for node, each in zip(ids, data, strict=True)],
    )
    position = {node: i for i, node in enumerate(whole.nodes)}
    if isinstance(whole, nx.MultiGraph):
        edges = list(whole.edges(keys=True, data=True))
    else:
        edges = [(source, target, None, each) for source, target, each in whole.edges(data=True)]
    ties = (
        Arc(
            str(each.get("layer", key if isinstance(key, str) else DEFAULT_LAYER)),
            position[source],
            position[target],
            each.get("weight", 1.0),
        )
        for source, target, key, each in edges
    )
    return assemble(nodes, ties, whole.is_directed(), whole.graph.get("layers", ()))
