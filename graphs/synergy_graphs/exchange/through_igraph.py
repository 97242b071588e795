"""The door to igraph."""

from __future__ import annotations

import igraph

from synergy_graphs.exchange.arcs import DEFAULT_LAYER, Arc, arcs, assemble, is_directed, layer_records
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes


def to_igraph(graph: MultilayerGraph) -> igraph.Graph:
    """Return the graph for igraph, directed if any layer is.

    Vertices stand in node order with attributes name (the id), kind and label; edges have layer and weight;
    ``["layers"]`` lists name, directed, meaning, unit and source of each layer. In a directed graph an undirected tie
    stands in both directions.

    >>> to_igraph(MultilayerGraph.from_edges({"near": ([0], [1], [0.5])}, n_nodes=2)).es["weight"]
    [0.5]
    """
    ties = list(arcs(graph))
    whole = igraph.Graph(n=graph.n_nodes, edges=[(tie.source, tie.target) for tie in ties], directed=is_directed(graph))
    whole["layers"] = layer_records(graph)
    whole.vs["name"], whole.vs["kind"], whole.vs["label"] = (
        list(part) for part in (graph.nodes.ids, graph.nodes.kinds, graph.nodes.labels)
    )
    whole.es["layer"] = [tie.layer for tie in ties]
    whole.es["weight"] = [tie.weight for tie in ties]
    return whole


def from_igraph(whole: igraph.Graph) -> MultilayerGraph:
    """Take a graph from igraph, one of ``to_igraph`` or any other.

    Ids are the vertex names as text, or the vertex numbers; kind defaults to 'node', label to the id, layer to 'ties',
    weight to 1. Repeated edges of a layer add up.

    Raises GraphError when two ids are the same as text, a weight is not a positive number, or an undirected layer
    has two different weights for one tie.

    >>> from_igraph(igraph.Graph.Ring(4))
    MultilayerGraph(4 nodes: 4 node; 1 layer: ties 4)
    """
    given, tied = whole.vertex_attributes(), whole.edge_attributes()
    ids = [str(name) for name in whole.vs["name"]] if "name" in given else [str(i) for i in range(whole.vcount())]
    nodes = Nodes.of(
        ids,
        kinds=[str(kind) for kind in whole.vs["kind"]] if "kind" in given else "node",
        labels=[str(label) for label in whole.vs["label"]] if "label" in given else None,
    )
    layers = whole.es["layer"] if "layer" in tied else [DEFAULT_LAYER] * whole.ecount()
    weights = whole.es["weight"] if "weight" in tied else [1.0] * whole.ecount()
    ties = (
        Arc(str(layer), source, target, weight)
        for layer, (source, target), weight in zip(layers, whole.get_edgelist(), weights, strict=True)
    )
    return assemble(nodes, ties, whole.is_directed(), whole["layers"] if "layers" in whole.attributes() else ())
