"""Fitness of regions and quality of activities, by repeated correction of each by the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]


def fitness_quality(M: sparse.csr_array, updates: int = 19) -> tuple[Floats, Floats]:
    """Return (F, Q) of a 0/1 matrix without zero rows or columns, each with mean 1.

    ``F <- M Q / mean`` and ``Q <- 1 / (M' (1/F)) / mean``, both from the previous pair, starting at 1, 19 times
    (Tacchella et al. 2012 as in fermi-cref and R's economiccomplexity). A package that puts the new F into Q at
    once (econcomplex) reaches our F of 19 updates after 10, and our Q of 20.

    >>> F, Q = fitness_quality(sparse.csr_array(np.array([[1.0, 1.0], [1.0, 0.0]])), updates=1)
    >>> F.round(3).tolist(), Q.round(3).tolist()
    ([1.333, 0.667], [0.667, 1.333])
    """
    F, Q = np.ones(M.shape[0]), np.ones(M.shape[1])
    backward = M.T
    for _ in range(updates):
        F, Q = M @ Q, 1 / (backward @ (1 / F))
        F, Q = F / F.mean(), Q / Q.mean()
    return F, Q
