"""How well a partition survives in other runs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def stability(
    labels: NDArray[np.int64], runs: Sequence[NDArray[np.int64]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (stability per community, strength per node) of ``labels`` over other partitions of the same nodes.

    Stability of community C = mean over runs of max over communities D of |C∩D| / |C∪D|.
    Strength of node i in C = mean over runs of (|C∩D(i)| - 1) / (|C| - 1), D(i) being i's community in the run;
    a node in no community in a run has kept none of its mates. NaN for a node in no community or alone in its own.
    Labels run from 0 without gaps, -1 meaning no community.

    >>> kept, strength = stability(np.array([0, 0, 0, 1, 1]), [np.array([0, 0, 1, 1, 1])])
    >>> kept.round(3).tolist(), strength.tolist()
    ([0.667, 0.667], [0.5, 0.5, 0.0, 1.0, 1.0])
    """
    size = np.bincount(labels[labels >= 0], minlength=int(labels.max(initial=-1)) + 1)
    total = np.zeros(size.size)
    stays = np.zeros(labels.size)
    for other in runs:
        theirs = np.bincount(other[other >= 0], minlength=int(other.max(initial=-1)) + 1)
        both = np.flatnonzero((labels >= 0) & (other >= 0))
        cell, inverse, shared = np.unique(
            labels[both] * max(theirs.size, 1) + other[both], return_inverse=True, return_counts=True
        )
        mine, its = cell // max(theirs.size, 1), cell % max(theirs.size, 1)
        best = np.zeros(size.size)
        np.maximum.at(best, mine, shared / (size[mine] + theirs[its] - shared))
        total += best
        stays[both] += (shared[inverse] - 1) / np.maximum(size[labels[both]] - 1, 1)
    mates = np.zeros(labels.size, dtype=bool)
    mates[labels >= 0] = size[labels[labels >= 0]] > 1
    return total / max(len(runs), 1), np.where(mates, stays / max(len(runs), 1), np.nan)


def agreement(labels: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Return the normalised mutual information of two partitions: 2 I / (H + H'), from 0 to 1 (the same).

    Nodes labelled -1 count each by itself. Two partitions without any information (all in one) are the same.

    >>> halves = np.array([0, 0, 1, 1])
    >>> agreement(halves, np.array([1, 1, 0, 0])), agreement(halves, np.array([0, 1, 0, 1]))
    (1.0, 0.0)
    """
    if not labels.size:
        return 1.0
    mine, theirs = (_alone(part) for part in (labels, other))
    cell = np.unique(mine * (theirs.max() + 1) + theirs, return_counts=True)[1]
    joint, first, second = (_entropy(count) for count in (cell, np.bincount(mine), np.bincount(theirs)))
    return float(np.clip(2 * (first + second - joint) / (first + second), 0, 1)) if first + second > 0 else 1.0


def _alone(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    own = labels.copy()
    alone = own < 0
    own[alone] = own.max(initial=-1) + 1 + np.arange(int(alone.sum()))
    return own


def _entropy(count: NDArray[np.int64]) -> float:
    share = count[count > 0] / count.sum()
    return float(-(share * np.log(share)).sum())
