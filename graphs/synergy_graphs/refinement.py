"""Moving single nodes where one null model for all layers is not exact."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from synergy_graphs.holdout import Ties

_PASSES = 12
# Below this share of the null the layers' degrees agree, and moving nodes changes nothing that matters.
_AGREE = 0.01


def refine(
    ties: Sequence[Ties],
    weights: Sequence[float],
    flat: sp.csr_array,
    resolution: float,
    labels: NDArray[np.int64],
    seed: np.random.SeedSequence,
) -> NDArray[np.int64]:
    """Move nodes to neighbouring communities while that raises the multiplex modularity, each layer with its own null.

    Q = sum_l w_l sum_ij (A^l_ij - resolution k^l_i k^l_j / 2m_l) [c_i = c_j], whereas one flattened graph has the null
    of its summed degrees. Half of the nodes that would gain move at once, and a pass that does not raise Q is
    taken back, so Q never falls. Labels are returned as they are when the layers' nulls agree to one per cent; a move
    never opens a community, so the count can only fall.
    """
    used = [(one, weight) for one, weight in zip(ties, weights, strict=True) if weight > 0]
    if len(used) < 2 or labels.max(initial=-1) < 1 or _disagreement(used, labels) < _AGREE:
        return labels
    generator = np.random.default_rng(seed)
    strength = [_strength(one) for one, _ in used]
    scale = [weight * resolution / float(k.sum()) for (_, weight), k in zip(used, strength, strict=True)]
    best, value = labels, _value(flat, labels, strength, scale)
    for _ in range(_PASSES):
        node, target = _moves(flat, best, strength, scale)
        if not node.size:
            break
        go = generator.random(node.size) < 0.5
        moved = best.copy()
        moved[node[go]] = target[go]
        found = _value(flat, moved, strength, scale)
        if found > value:
            best, value = moved, found
    return best


def _strength(one: Ties) -> NDArray[np.float64]:
    n = one.sources.size
    return np.asarray(np.bincount(one.rows, one.weights, n) + np.bincount(one.cols, one.weights, n))


def _disagreement(used: Sequence[tuple[Ties, float]], labels: NDArray[np.int64]) -> float:
    """Return the part of the null inside communities that the flattened graph gets wrong."""
    inside = labels >= 0
    weight = np.array([w for _, w in used])
    share = np.array([np.bincount(labels[inside], _strength(one)[inside]) / 2 for one, _ in used])
    mean = weight @ share / weight.sum()
    return float((weight @ (share - mean) ** 2).sum() / (weight.sum() * (mean**2).sum()))


def _value(
    flat: sp.csr_array, labels: NDArray[np.int64], strength: Sequence[NDArray[np.float64]], scale: Sequence[float]
) -> float:
    row = np.repeat(np.arange(labels.size), np.diff(flat.indptr))
    inside = float(flat.data[(labels[row] == labels[flat.indices]) & (labels[row] >= 0)].sum())
    tied = labels >= 0
    null = [s * (np.bincount(labels[tied], k[tied]) ** 2).sum() for k, s in zip(strength, scale, strict=True)]
    return inside - float(sum(null))


def _moves(
    flat: sp.csr_array, labels: NDArray[np.int64], strength: Sequence[NDArray[np.float64]], scale: Sequence[float]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the nodes that would gain by a move on their own, and where each gains most."""
    tied, size = np.flatnonzero(labels >= 0), int(labels.max()) + 1
    member = sp.csr_array((np.ones(tied.size), (tied, labels[tied])), shape=(labels.size, size))
    near = sp.csr_array(flat @ member)
    node = np.repeat(np.arange(labels.size), np.diff(near.indptr))
    to = near.indices.astype(np.int64)
    home = to == labels[node]
    gain, stay = near.data.astype(np.float64), np.zeros(labels.size)
    stay[node[home]] = gain[home]
    for k, s in zip(strength, scale, strict=True):
        total = np.bincount(labels[tied], k[tied], size)
        gain -= s * k[node] * total[to]
        stay[tied] -= s * k[tied] * (total[labels[tied]] - k[tied])
    gain -= stay[node]
    gain[home] = 0.0
    order = np.lexsort((to, -gain, node))
    first = np.concatenate([[True], np.diff(node[order]) > 0]) if order.size else np.zeros(0, dtype=bool)
    chosen = order[first]
    # More than the noise of floating-point sums, or a tie would be moved to and fro.
    chosen = chosen[gain[chosen] > 1e-12 * flat.data.max(initial=1.0)]
    return node[chosen], to[chosen]
