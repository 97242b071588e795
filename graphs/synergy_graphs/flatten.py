"""Several layers as one undirected matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import scipy.sparse as sp

from synergy_graphs.errors import GraphError
from synergy_graphs.layer import Layer
from synergy_graphs.multilayer import MultilayerGraph


def layer_weights_of(graph: MultilayerGraph, layer_weights: Mapping[str, float] | None) -> Mapping[str, float]:
    """Return the weight of every layer of the graph, in layer order.

    None means that all layers count alike (1.0 each). In a mapping, a layer that is not named is left out
    (0.0). Raises GraphError for an unknown layer and for a weight that is negative, NaN or infinite.

    >>> graph = MultilayerGraph.from_edges({"a": ([0], [1]), "b": ([1], [2])}, n_nodes=3)
    >>> dict(layer_weights_of(graph, {"b": 2}))
    {'a': 0.0, 'b': 2.0}
    """
    if layer_weights is None:
        return MappingProxyType(dict.fromkeys(graph.layer_names, 1.0))
    for name in layer_weights:
        if name not in graph:
            known = ", ".join(graph.layer_names) or "none"
            raise GraphError(f"layer_weights names a layer {name!r} that is not there; there are {known}")
    weights = {name: float(layer_weights.get(name, 0.0)) for name in graph.layer_names}
    for name, weight in weights.items():
        if not (np.isfinite(weight) and weight >= 0):
            raise GraphError(f"layer {name!r} has layer weight {weight}, expected finite and not negative")
    return MappingProxyType(weights)


def undirected(layer: Layer) -> sp.csr_array:
    """Return the layer's ties between different nodes as a symmetric matrix of total weight 1.

    A directed tie counts as an undirected one of the same weight, so mutual ties add up; self-loops are left
    out. The total is over ties, each once: the sum over the matrix is 2, or 0 when there are no ties.
    """
    loose = sp.csr_array(layer.matrix)
    largest = float(loose.data.max()) if loose.nnz else 1.0
    # Scaled by the largest weight first, so that the sum cannot overflow.
    scaled = sp.csr_array((loose.data / largest, loose.indices, loose.indptr), shape=loose.shape)
    upper = sp.csr_array(sp.triu(scaled, k=1))
    if layer.directed:
        upper = sp.csr_array(upper + sp.triu(sp.csr_array(scaled.T), k=1))
    total = float(upper.data.sum()) or 1.0
    return sp.csr_array((upper + upper.T) / total)


def flatten(graph: MultilayerGraph, layer_weights: Mapping[str, float] | None = None) -> sp.csr_array:
    """Return one symmetric matrix: sum over layers of layer weight x the layer with total weight 1.

    Directed layers are symmetrised and self-loops left out, see ``undirected``. Without weights all layers
    count alike. The result is n x n with zero diagonal.

    >>> graph = MultilayerGraph.from_edges({"a": ([0], [1], [9.0]), "b": ([0, 1], [1, 2])}, n_nodes=3)
    >>> flatten(graph).toarray().tolist()
    [[0.0, 1.5, 0.0], [1.5, 0.0, 0.5], [0.0, 0.5, 0.0]]
    """
    weights = layer_weights_of(graph, layer_weights)
    used = [layer for layer in graph if weights[layer.name] > 0]
    return summed([undirected(layer) for layer in used], [weights[layer.name] for layer in used], graph.n_nodes)


def summed(matrices: Sequence[sp.csr_array], weights: Sequence[float], n_nodes: int) -> sp.csr_array:
    """Return the sum of weight x matrix over those of positive weight, canonical and without explicit zeros."""
    flat = sp.csr_array((n_nodes, n_nodes), dtype=np.float64)
    for matrix, weight in zip(matrices, weights, strict=True):
        if weight > 0:
            flat = sp.csr_array(flat + weight * matrix)
    flat.eliminate_zeros()
    flat.sort_indices()
    return flat
