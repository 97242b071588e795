"""How well a score ranks what came true, under any weights of the cases (so that a resample is a weight)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ranking:
    """Weight that came true and that did not, per draw (rows) and distinct score, the best score first."""

    hits: Floats
    misses: Floats

    @classmethod
    def of(cls, score: Floats, came_true: NDArray[np.bool_], weights: Floats) -> Ranking:
        """Rank cases by a score without unknown values; ``weights`` is draws x cases."""
        order = np.argsort(-score, kind="stable")
        ordered = score[order]
        ends = np.flatnonzero(np.r_[ordered[1:] != ordered[:-1], True])
        sorted_weights = weights.take(order, axis=1)
        hits = _between(sorted_weights * came_true[order], ends)
        return cls(hits, _between(sorted_weights, ends) - hits)


def _between(values: Floats, ends: NDArray[np.int64]) -> Floats:
    """Return the sums of each row's runs that end at these positions."""
    return np.diff(np.cumsum(values, axis=1)[:, ends], axis=1, prepend=0.0)


def auc(ranking: Ranking) -> Floats:
    """Return the area under the ROC curve per draw.

    The probability that a case that came true stands above one that did not, ties counting half (Mann-Whitney).
    NaN where only one kind has weight.

    >>> score, true = np.array([0.9, 0.8, 0.8, 0.1]), np.array([True, True, False, False])
    >>> auc(Ranking.of(score, true, np.ones((1, 4)))).tolist()
    [0.875]
    """
    above = np.cumsum(ranking.misses, axis=1) - ranking.misses / 2
    lost = (ranking.hits * above).sum(axis=1)
    both = ranking.hits.sum(axis=1) * ranking.misses.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(both > 0, 1 - lost / both, np.nan))


def average_precision(ranking: Ranking) -> Floats:
    """Return the average precision per draw: ``sum_k (R_k - R_{k-1}) P_k`` over the distinct scores.

    Recall R and precision P of all cases down to and with the k-th distinct score; for a score without
    information it is the base rate. NaN where nothing that came true has weight.

    >>> score, true = np.array([0.9, 0.8, 0.8, 0.1]), np.array([True, True, False, False])
    >>> average_precision(Ranking.of(score, true, np.ones((1, 4)))).round(4).tolist()
    [0.8333]
    """
    found = np.cumsum(ranking.hits, axis=1)
    seen = found + np.cumsum(ranking.misses, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = np.where(seen > 0, found / seen, 0.0)
        return np.asarray((ranking.hits * precision).sum(axis=1) / ranking.hits.sum(axis=1))


def precision_at(ranking: Ranking, share: float) -> Floats:
    """Return what came true of the first ``share`` of the weight, per draw.

    Where equal scores straddle the limit it is the mean over their orders.

    >>> score, true = np.array([0.9, 0.8, 0.8, 0.1]), np.array([True, True, False, False])
    >>> precision_at(Ranking.of(score, true, np.ones((1, 4))), 2 / 4).tolist()
    [0.75]
    """
    size = ranking.hits + ranking.misses
    wanted = share * size.sum(axis=1, keepdims=True)
    before = np.cumsum(size, axis=1) - size
    taken = np.clip(wanted - before, 0.0, size)
    with np.errstate(invalid="ignore", divide="ignore"):
        true = np.where(size > 0, ranking.hits / size, 0.0)
        return np.asarray((taken * true).sum(axis=1) / wanted[:, 0])
