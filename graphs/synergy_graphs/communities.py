"""Communities over the layers of a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from synergy_graphs.errors import GraphError
from synergy_graphs.fdr import adjust
from synergy_graphs.flatten import flatten, layer_weights_of, summed, undirected
from synergy_graphs.holdout import Holdout
from synergy_graphs.kernel import Kernel
from synergy_graphs.layer import Layer
from synergy_graphs.layer_learning import Learned, learn, pooled
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.partition import Partition, canonical_labels
from synergy_graphs.refinement import refine
from synergy_graphs.stability import stability

# A later run must be better by more than the noise of floating-point sums to replace an earlier one.
_BETTER = 1e-12
# Runs when none are asked for: (ties up to, runs); the spread between runs falls with the size of the graph.
_RUNS = ((30_000, 10), (300_000, 2), (np.inf, 1))
# The best run goes on until an iteration gains less than this share of the modularity, or for so many iterations.
_GAINED, _ITERATIONS = 1e-4, 30
# Levels for the partition as a whole, and for the share of false finds among its communities.
_WHOLE, _EACH = 0.01, 0.05


def find_communities(
    graph: MultilayerGraph,
    *,
    seed: int = 0,
    layer_weights: Mapping[str, float] | None = None,
    resolution: float | None = None,
    runs: int | None = None,
    dropout: float = 0.0,
) -> Partition:
    """Group nodes that are tied more than their degrees would have it, over all layers at once.

    Layer weights and resolution are learned unless given. A share of the ties is held out (all in turns in graphs up to
    30,000 ties, up to 1,500 three times over, else a seventh once); a layer counts for as much as its held-out ties
    fall inside the communities found without them: log(theta_in / theta_out) per tie, the planted-partition
    likelihood's weight, and 0 where they do so no more than by chance, so that noise has no say. The resolution is the
    one with the highest held-out likelihood of those looked at.

    Each layer is scaled to total weight 1, multiplied with its layer weight and summed to A (``flatten``);
    directed layers are symmetrised, self-loops left out. The Leiden algorithm maximises the modularity
    Q = 1/2m sum_ij (A_ij - resolution k_i k_j / 2m) [c_i = c_j], with k_i = sum_j A_ij and 2m = sum_i k_i. That is the
    multiplex modularity where the layers' degrees are proportional; where they are not, and something was learned,
    single nodes are then moved as long as that raises the modularity in which each layer keeps its own null.
    The best of ``runs`` seeded runs (10; 2 above 30,000 ties, 1 above 300,000) is the partition. With weights and
    resolution given every run goes on until nothing improves; else each run has one iteration, and the best goes on
    until one more gains less than a ten-thousandth.

    Its stability is measured against all runs and, when something was learned, the partitions without the held-out
    ties; or, with ``dropout`` > 0, against as many further runs in which each tie of each layer is left out with that
    probability. A node without any tie to another node in a layer of positive weight is in no community (label -1).

    Significance: ties that the partition did not see, inside communities against the configuration model; first
    all together (level 0.01), then each community (false discovery rate 0.05); on the safe side, since a tie cannot be
    held out and partitioned with at once. When no layer shows anything beyond chance, every tie counts alike and
    nothing is significant.

    ``layer_weights`` maps layer names to weights >= 0; a layer not named is left out.
    The result depends on the arguments alone; ``random`` and numpy's global state are left alone.

    Raises GraphError for an unknown layer or an option out of range.

    >>> graph = MultilayerGraph.from_edges({"t": ([0, 0, 1, 3, 3, 4, 2], [1, 2, 2, 4, 5, 5, 3])}, n_nodes=7)
    >>> partition = find_communities(graph, layer_weights={"t": 1.0}, resolution=1.0, runs=3)
    >>> partition.labels.tolist(), round(partition.quality, 4), partition.significant.tolist()
    ([0, 0, 0, 1, 1, 1, -1], 0.3571, [False, False])
    """
    runs = _default_runs(graph) if runs is None else runs
    _check(seed, resolution, runs, dropout)
    given = None if layer_weights is None else layer_weights_of(graph, layer_weights)
    root = np.random.SeedSequence(seed)
    children = root.spawn(2 * runs)
    hold, learning, moving = root.spawn(3)
    plain = [undirected(layer) for layer in graph]
    holdout = Holdout.of(graph, hold, plain)
    fixed = None if given is None else list(given.values())
    learned = learn(holdout, learning, weights=fixed, resolution=resolution)
    weights = dict(given) if given is not None else _weights(graph, holdout, learned)
    flat = summed(plain, list(weights.values()), graph.n_nodes)
    as_given = given is not None and resolution is not None
    kernel = Kernel.of(flat)
    found = [kernel.run(learned.resolution, child, iterations=None if as_given else 1) for child in children[:runs]]
    best = _best(flat, found, learned.resolution)
    if not as_given:
        best = _polished(kernel, flat, learned.resolution, best, moving)
        best = canonical_labels(refine(holdout.ties, list(weights.values()), flat, learned.resolution, best, moving))
        found = [*found, *learned.found]
    if dropout > 0:
        found = [_shaken(graph, dropout, weights, learned.resolution, child) for child in children[runs:]]
    kept, strength = stability(best, found)
    significant, p_value = _significance(holdout, learned, best, list(weights.values()))
    return Partition(
        labels=best,
        stability=kept,
        strength=strength,
        quality=modularity(flat, best, learned.resolution),
        layer_quality={
            name: modularity(matrix, best, learned.resolution)
            for name, matrix in zip(graph.layer_names, plain, strict=True)
        },
        layer_weights=weights,
        resolution=float(learned.resolution),
        seed=int(seed),
        runs=int(runs),
        dropout=float(dropout),
        significant=significant,
        p_value=p_value,
        evidence={one.layer: one for one in learned.evidence},
    )


def modularity(matrix: sp.csr_array, labels: NDArray[np.int64], resolution: float = 1.0) -> float:
    """Return the modularity of labels on a symmetric matrix, nodes labelled -1 each counting by themselves.

    Q = sum over communities of (w_c - resolution d_c^2), w_c being the share of the matrix inside c and d_c the
    share of its rows; NaN when the matrix is empty. Source: Newman and Girvan (2004).

    >>> pair = sp.csr_array(np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]))
    >>> modularity(pair, np.array([0, 0, 1, 1]))
    0.5
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


def _default_runs(graph: MultilayerGraph) -> int:
    return next(runs for limit, runs in _RUNS if graph.n_edges <= limit)


def _check(seed: int, resolution: float | None, runs: int, dropout: float) -> None:
    if seed < 0:
        raise GraphError(f"seed is {seed}, expected a whole number from 0")
    if resolution is not None and not (np.isfinite(resolution) and resolution > 0):
        raise GraphError(f"resolution is {resolution}, expected above 0")
    if runs < 1:
        raise GraphError(f"runs is {runs}, expected 1 or more")
    if not 0 <= dropout < 1:
        raise GraphError(f"dropout is {dropout}, expected from 0 to below 1")


def _weights(graph: MultilayerGraph, holdout: Holdout, learned: Learned) -> dict[str, float]:
    """Return the learned weights by name; when no layer is trusted every tie counts alike."""
    weights = np.array(learned.weights)
    if not weights.any():
        weights = np.array([one.effective for one in holdout.ties])
        weights = weights / (weights.max(initial=0.0) or 1.0)
    return dict(zip(graph.layer_names, weights.tolist(), strict=True))


def _best(flat: sp.csr_array, found: Sequence[NDArray[np.int64]], resolution: float) -> NDArray[np.int64]:
    if len(found) == 1:
        return found[0]
    qualities = [modularity(flat, labels, resolution) for labels in found]
    winner = 0
    for run, quality in enumerate(qualities):
        if quality > qualities[winner] + _BETTER:
            winner = run
    return found[winner]


def _polished(
    kernel: Kernel, flat: sp.csr_array, resolution: float, labels: NDArray[np.int64], seed: np.random.SeedSequence
) -> NDArray[np.int64]:
    best, quality = labels, modularity(flat, labels, resolution)
    for child in seed.spawn(_ITERATIONS):
        again = kernel.run(resolution, child, iterations=1, start=best)
        gained = modularity(flat, again, resolution) - quality
        if gained > 0:
            best, quality = again, quality + gained
        # Written so that NaN, where there are no ties, ends it.
        if not gained > _GAINED * abs(quality):
            break
    return best


def _significance(
    holdout: Holdout, learned: Learned, labels: NDArray[np.int64], weights: Sequence[float]
) -> tuple[NDArray[np.bool_], float]:
    """Return which communities are significant, and the p-value of all together."""
    whole = pooled(learned.evidence, learned.weights)
    size = int(labels.max(initial=-1)) + 1
    if not any(learned.weights) or whole.p_value > _WHOLE:
        return np.zeros(size, dtype=bool), whole.p_value
    each = holdout.per_community(labels, learned.found, [weight > 0 for weight in weights])
    return adjust(each) <= _EACH, whole.p_value


def _shaken(
    graph: MultilayerGraph,
    dropout: float,
    weights: Mapping[str, float],
    resolution: float,
    seed: np.random.SeedSequence,
) -> NDArray[np.int64]:
    return Kernel.of(flatten(_thinned(graph, dropout, seed), weights)).run(resolution, seed)


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
