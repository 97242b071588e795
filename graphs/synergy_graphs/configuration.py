"""The configuration model: random graphs that know the degrees and nothing else."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synergy_graphs.layer import Layer
from synergy_graphs.multilayer import MultilayerGraph


def configuration_model(graph: MultilayerGraph, *, seed: int = 0) -> MultilayerGraph:
    """Return a random graph with the degrees of each layer: every tie is cut in two, the halves are joined at random.

    Directed ties keep their direction, and a layer whose ties all join the same two kinds of nodes goes on joining
    them. Weights stay with one end. Self-loops that arise are dropped and repeated ties add up, so degrees are kept but
    for those. What communities a method finds here are found by chance.

    >>> graph = MultilayerGraph.from_edges({"t": ([0, 1, 2, 3, 4], [1, 2, 3, 4, 0])}, n_nodes=6)
    >>> configuration_model(graph, seed=1).n_nodes
    6
    """
    generator = np.random.default_rng(seed)
    number = {kind: at for at, kind in enumerate(sorted(set(graph.nodes.kinds)))}
    kinds = np.array([number[kind] for kind in graph.nodes.kinds], dtype=np.int64)
    return MultilayerGraph(graph.nodes, tuple(_rejoined(layer, kinds, generator) for layer in graph))


def _rejoined(layer: Layer, kinds: NDArray[np.int64], generator: np.random.Generator) -> Layer:
    rows, cols, weights = layer.edges()
    apart = rows != cols
    rows, cols, weights = rows[apart], cols[apart], weights[apart]
    if layer.directed:
        cols = cols[generator.permutation(cols.size)]
    elif rows.size and two_kinds(kinds[rows], kinds[cols]):
        flip = kinds[rows] > kinds[cols]
        rows, cols = np.where(flip, cols, rows), np.where(flip, rows, cols)
        cols = cols[generator.permutation(cols.size)]
    else:
        halves = generator.permutation(np.concatenate([rows, cols]))
        rows, cols = halves[: rows.size], halves[rows.size :]
    real = rows != cols
    return Layer.of_edges(
        layer.name,
        rows[real],
        cols[real],
        weights[real],
        n_nodes=layer.n_nodes,
        directed=layer.directed,
        meaning=layer.meaning,
        unit=layer.unit,
        source=layer.source,
    )


def two_kinds(first: NDArray[np.int64], last: NDArray[np.int64]) -> bool:
    """Tell whether all ties join the same two different kinds, given the kinds at either end.

    >>> two_kinds(np.array([0, 1]), np.array([1, 0])), two_kinds(np.array([0, 1]), np.array([1, 1]))
    (True, False)
    """
    low, high = np.minimum(first, last), np.maximum(first, last)
    return bool(first.size and low[0] != high[0] and (low == low[0]).all() and (high == high[0]).all())
