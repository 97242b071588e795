"""Communities over the layers of a graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import igraph
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from synergy_graphs.errors import GraphError
from synergy_graphs.flatten import flatten, layer_weights_of, undirected
from synergy_graphs.layer import Layer
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.partition import Partition, canonical_labels
from synergy_graphs.randomness import borrowed_generator
from synergy_graphs.stability import stability

# A later run must be better by more than the noise of floating-point sums to replace an earlier one.
_BETTER = 1e-12


def find_communities(
    graph: MultilayerGraph,
    *,
    seed: int = 0,
    layer_weights: Mapping[str, float] | None = None,
    resolution: float = 1.0,
    runs: int = 10,
    dropout: float = 0.0,
) -> Partition:
    """Group nodes that are tied more than their ties in all would have it, over all layers at once.

    Each layer is scaled to total weight 1, multiplied with its layer weight and summed to A (``flatten``);
    directed layers are symmetrised, self-loops left out. The Leiden algorithm, iterated until nothing improves,
    maximises the modularity Q = 1/2m sum_ij (A_ij - resolution k_i k_j / 2m) [c_i = c_j], with k_i = sum_j A_ij
    and 2m = sum_i k_i. The best of ``runs`` seeded runs is the partition.

    Its stability is measured against all ``runs`` runs or, with ``dropout`` > 0, against as many further runs in
    which each tie of each layer is left out with that probability. A node without any tie to another node in a
    layer of positive weight is in no community (label -1).

    ``layer_weights`` maps layer names to weights >= 0; a layer not named is left out; None weights all alike.
    The result depends on the arguments alone; ``random`` and numpy's global state are left alone.

    Raises GraphError for an unknown layer or an option out of range.

    >>> graph = MultilayerGraph.from_edges({"t": ([0, 0, 1, 3, 3, 4, 2], [1, 2, 2, 4, 5, 5, 3])}, n_nodes=7)
    >>> partition = find_communities(graph, runs=3)
    >>> partition.labels.tolist(), round(partition.quality, 4)
    ([0, 0, 0, 1, 1, 1, -1], 0.3571)
    """
    _check(seed, resolution, runs, dropout)
    weights = layer_weights_of(graph, layer_weights)
    flat = flatten(graph, weights)
    children = np.random.SeedSequence(seed).spawn(2 * runs)
    found = [_leiden(flat, resolution, child) for child in children[:runs]]
    best, quality = _best(flat, found, resolution)
    if dropout > 0:
        found = [_leiden(flatten(_thinned(graph, dropout, c), weights), resolution, c) for c in children[runs:]]
    kept, strength = stability(best, found)
    return Partition(
        labels=best,
        stability=kept,
        strength=strength,
        quality=quality,
        layer_quality={layer.name: modularity(undirected(layer), best, resolution) for layer in graph},
        layer_weights=weights,
        resolution=float(resolution),
        seed=int(seed),
        runs=int(runs),
        dropout=float(dropout),
    )


def modularity(matrix: sp.csr_array, labels: NDArray[np.int64], resolution: float = 1.0) -> float:
    """Return the modularity of labels on a symmetric matrix, nodes labelled -1 each counting by themselves.

    Q = sum over communities of (w_c - resolution d_c^2), w_c being the share of the matrix inside c and d_c the
    share of its rows; NaN when the matrix is empty.
    """
    strength = np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
    total = float(strength.sum())
    if total == 0:
        return float("nan")
    own = labels.copy()
    alone = own < 0
    own[alone] = own.max(initial=-1) + 1 + np.arange(int(alone.sum()))
    row = np.repeat(np.arange(own.size), np.diff(matrix.indptr))
    inside = float(matrix.data[own[row] == own[matrix.indices]].sum()) / total
    degree = np.bincount(own, weights=strength) / total
    return inside - float(resolution) * float((degree * degree).sum())


def _check(seed: int, resolution: float, runs: int, dropout: float) -> None:
    if seed < 0:
        raise GraphError(f"seed is {seed}, expected a whole number from 0")
    if not (np.isfinite(resolution) and resolution > 0):
        raise GraphError(f"resolution is {resolution}, expected above 0")
    if runs < 1:
        raise GraphError(f"runs is {runs}, expected 1 or more")
    if not 0 <= dropout < 1:
        raise GraphError(f"dropout is {dropout}, expected from 0 to below 1")


def _leiden(flat: sp.csr_array, resolution: float, seed: np.random.SeedSequence) -> NDArray[np.int64]:
    labels = np.full(flat.shape[0], -1, dtype=np.int64)
    tied = np.flatnonzero(np.diff(flat.indptr))
    if not tied.size:
        return labels
    upper = sp.triu(flat, k=1, format="coo")
    compact = np.full(flat.shape[0], -1, dtype=np.int64)
    compact[tied] = np.arange(tied.size)
    ends = np.column_stack([compact[part] for part in upper.coords])
    net = igraph.Graph(n=int(tied.size), edges=ends.tolist())
    with borrowed_generator(igraph.set_random_number_generator, seed):
        found = net.community_leiden(
            objective_function="modularity", weights=upper.data.tolist(), resolution=resolution, n_iterations=-1
        )
    labels[tied] = found.membership
    return canonical_labels(labels)


def _best(flat: sp.csr_array, found: list[NDArray[np.int64]], resolution: float) -> tuple[NDArray[np.int64], float]:
    qualities = [modularity(flat, labels, resolution) for labels in found]
    winner = 0
    for run, quality in enumerate(qualities):
        if quality > qualities[winner] + _BETTER:
            winner = run
    return found[winner], qualities[winner]


def _thinned(graph: MultilayerGraph, dropout: float, seed: np.random.SeedSequence) -> MultilayerGraph:
    generator = np.random.default_rng(seed)
    layers = []
    for layer in graph:
        rows, cols, weights = layer.edges()
        keep = generator.random(rows.size) >= dropout
        thin = Layer.of_edges(
            layer.name, rows[keep], cols[keep], weights[keep], n_nodes=layer.n_nodes, directed=layer.directed
        )
        layers.append(thin)
    return replace(graph, layers=tuple(layers))
