"""Similarity of two sets from the similarity of their members: every member finds its best counterpart."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def set_similarity(shares: sp.csr_array, similar: Callable[[NDArray[np.int64]], Floats]) -> Floats:
    """Return sets x sets: 1/2 [ mean_a max_b s(a, b) + mean_b max_a s(a, b) ].

    ``shares``: sets x items, what each item counts in its set's mean; a row sums to 1, an item is a member where it
    has an entry. ``similar`` gives the rows of the items' similarity for the places asked for. A set without members
    is unknown: its row and column are NaN. Symmetric; 1 on the diagonal where s(a, a) = 1 is the largest.

    >>> shares = sp.csr_array([[0.5, 0.5, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
    >>> same = np.array([[1.0, 0.0, 0.8], [0.0, 1.0, 0.4], [0.8, 0.4, 1.0]])
    >>> set_similarity(shares, lambda rows: same[rows]).round(3)
    array([[1. , 0.7, nan],
           [0.7, 1. , nan],
           [nan, nan, nan]])
    """
    best = np.full(shares.shape, np.nan)
    for row in range(shares.shape[0]):
        members = shares.indices[shares.indptr[row] : shares.indptr[row + 1]].astype(np.int64)
        if len(members):
            best[row] = similar(members).max(axis=0)
    found = np.asarray(shares @ best.T)  # [r, s]: the mean over r's members of their best counterpart in s
    found[np.diff(shares.indptr) == 0] = np.nan
    return np.asarray((found + found.T) / 2)
