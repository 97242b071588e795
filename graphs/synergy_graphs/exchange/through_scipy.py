"""The door to scipy: one sparse matrix per layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from synergy_graphs.errors import GraphError
from synergy_graphs.layer import Layer
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes


def to_scipy(graph: MultilayerGraph) -> dict[str, sp.csr_array]:
    """Return each layer's matrix by name, in layer order: copies, n x n, that may be changed.

    ``matrix[i, j]`` is the weight of the tie from i to j; an undirected layer is symmetric, a self-loop stands once.
    Nodes, directions and meanings stay behind.

    >>> graph = MultilayerGraph.from_edges({"near": ([0], [1], [0.5])}, n_nodes=2)
    >>> to_scipy(graph)["near"].toarray().tolist()
    [[0.0, 0.5], [0.5, 0.0]]
    """
    return {layer.name: layer.matrix.copy() for layer in graph}


def from_scipy(
    matrices: Mapping[str, sp.sparray | sp.spmatrix | NDArray[np.float64]],
    *,
    nodes: Nodes | None = None,
    directed: bool | Iterable[str] = False,
) -> MultilayerGraph:
    """Build a graph from one n x n matrix per layer, sparse or dense.

    Without ``nodes``, nodes are named '0', '1', …; ``directed`` is True, False, or the names of the directed layers.

    Raises GraphError when sizes differ, a matrix breaks the contract of a layer (an undirected one must be symmetric),
    or ``directed`` names a layer that is not there.

    >>> from_scipy({"near": np.array([[0, 0.5], [0.5, 0]]), "tells": np.array([[0, 1], [0, 0]])}, directed=["tells"])
    MultilayerGraph(2 nodes: 2 node; 2 layers: near 1, tells 1)
    """
    one_way = set(matrices) if directed is True else set() if directed is False else set(directed)
    unknown = sorted(one_way - set(matrices))
    if unknown:
        raise GraphError(f"directed names a layer {unknown[0]!r} that is not there; there are {', '.join(matrices)}")
    layers = tuple(Layer(name, sp.csr_array(matrix), name in one_way) for name, matrix in matrices.items())
    if nodes is None:
        nodes = Nodes.numbered(layers[0].n_nodes if layers else 0)
    return MultilayerGraph(nodes, layers)
