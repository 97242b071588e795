"""Sums over the proximity to many activities, without the table of all pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synergy.economy.holdings import Bools, counting

Floats = NDArray[np.float64]
BLOCK = 256
"""So many activities at a time are compared pair by pair."""


def proximity_sums(held: Bools) -> tuple[Floats, Floats]:
    """Return ``sum_j phi_ij M_rj`` (activities x regions) and ``sum_j phi_ij`` (per activity), phi the proximity.

    ``phi_ij = sum_s M_si M_sj / max(k_i, k_j)`` divides by the larger ubiquity. With the activities in order of
    ubiquity the sum over j therefore splits, and the pairs are never listed:

    ``sum_s M_si [ (1/k_i) sum_{j <= i} M_rj M_sj + sum_{j > i} M_rj M_sj / k_j ]``

    The inner sums are two regions x regions tables, which lose and gain a block of activities at a time. So the
    price is that of R^2 N, where the way over phi costs R N^2 and N^2 of memory.

    >>> toward, whole = proximity_sums(np.array([[True, False, False], [False, True, True], [True, True, False]]))
    >>> toward[:, 0].tolist(), whole.tolist()
    ([1.0, 0.5, 0.0], [1.5, 2.0, 1.5])
    """
    order = np.argsort(held.sum(axis=0), kind="stable")
    # No sum of counts below exceeds the number of holdings.
    present = counting(held.T[order], int(np.count_nonzero(held)))
    ubiquity = np.maximum(present.sum(axis=1), 1).astype(np.float64)
    below = present.T @ present
    above = np.zeros(below.shape)
    diversity_below, share_above = present.sum(axis=0), np.zeros(len(held))
    toward, whole = np.empty(present.shape), np.empty(len(present))
    for start in reversed(range(0, len(present), BLOCK)):
        block = slice(start, start + BLOCK)
        counts, k = present[block], ubiquity[block]
        values = counts.astype(np.float64)
        near = (counts @ counts.T) / np.maximum(k[:, None], k)
        below -= counts.T @ counts
        diversity_below -= counts.sum(axis=0)
        toward[order[block]] = (counts @ below) / k[:, None] + values @ above + near @ values
        whole[order[block]] = (counts @ diversity_below) / k + values @ share_above + near.sum(axis=1)
        share_above += (values / k[:, None]).sum(axis=0)
        values /= np.sqrt(k)[:, None]
        above += values.T @ values
    return toward, whole
