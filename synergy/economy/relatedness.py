"""Which activities need the same capabilities: read from where they occur together."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.economy.holdings import Counts, Holdings, counting, holdings
from synergy.economy.matrix import Missing

Floats = NDArray[np.float64]
BLOCK = 512
"""So many activities at a time: few calls of the linear algebra, and little beside the result in memory."""


class Pairs(NamedTuple):
    """Counts of regions for pairs (i, j) of activities, of regions that know both: with both, i, j, and in all."""

    together: Counts
    own: Counts
    other: Counts
    regions: Counts


def proximity(X: pd.DataFrame, *, binary: bool = False, missing: Missing = "refuse") -> pd.DataFrame:
    """Return the Hidalgo (2007) proximity between activities.

    ``phi_ij = sum_r M_ri M_rj / max(k_i, k_j)`` with ``M = LQ >= 1`` (or X itself when ``binary``) and
    ``k_i = sum_r M_ri``; activities x activities, in [0, 1], diagonal 1 (0 for an activity nobody has).
    With ``missing="available"`` the sums of a pair run over the regions where both are known; a pair that no
    region knows is unknown (NaN).

    Raises UsageError as ``location_quotient`` does.

    >>> M = pd.DataFrame([[1, 1], [1, 0], [0, 1], [1, 0]], columns=["i", "j"])
    >>> proximity(M, binary=True).round(3).values.tolist()
    [[1.0, 0.333], [0.333, 1.0]]
    """
    phi = proximities(holdings(X, binary=binary, missing=missing))
    return pd.DataFrame(phi, index=X.columns, columns=X.columns, copy=False)


def excess_proximity(X: pd.DataFrame, *, binary: bool = False, missing: Missing = "refuse") -> pd.DataFrame:
    """Return how far each proximity exceeds what two activities of that popularity would share by chance.

    ``phi_ij - min(k_i, k_j) / R``: for independent activities the expected co-occurrence is ``k_i k_j / R``,
    so that a pair that is merely common scores 0. Same shape as ``proximity``; may be negative.

    >>> M = pd.DataFrame([[1, 1], [1, 0], [0, 1], [1, 0]], columns=["i", "j"])
    >>> excess_proximity(M, binary=True).round(3).values.tolist()
    [[0.25, -0.167], [-0.167, 0.5]]
    """

    def excess(pairs: Pairs) -> Counts:
        chance = np.minimum(pairs.own, pairs.other) / np.maximum(pairs.regions, 1).astype(np.float64)
        return _over_larger(pairs) - chance

    found = _each_pair(holdings(X, binary=binary, missing=missing), excess)
    return pd.DataFrame(found, index=X.columns, columns=X.columns, copy=False)


def proximities(H: Holdings) -> Floats:
    """Return the ``proximity`` of what is held, without labels."""
    return _each_pair(H, _over_larger)


def cooccurrence(H: Holdings) -> Floats:
    """Return ``C = M'M``: in how many regions two activities are held together (NaN where no region knows both)."""
    return _each_pair(H, lambda pairs: pairs.together)


def _each_pair(H: Holdings, formula: Callable[[Pairs], Counts]) -> Floats:
    """Return a symmetric measure of each two activities, a block at a time: a large table has room for one copy."""
    held = counting(H.held.T, len(H.regions))
    known = None if H.known is None else counting(H.known.T, len(H.regions))
    ubiquity, everywhere = held.sum(axis=1), np.array(len(H.regions), dtype=held.dtype)
    measure = np.empty((len(held), len(held)))
    for start in range(0, len(held), BLOCK):
        block, upto = slice(start, start + BLOCK), slice(0, start + BLOCK)
        together = held[block] @ held[upto].T
        if known is None:
            pairs = Pairs(together, ubiquity[block, None], ubiquity[None, upto], everywhere)
        else:
            seen = known[upto].T
            pairs = Pairs(together, held[block] @ seen, known[block] @ held[upto].T, known[block] @ seen)
        found = formula(pairs)
        measure[block, upto] = found if known is None else np.where(pairs.regions > 0, found, np.nan)
        measure[:start, block] = measure[block, :start].T
    return measure


def _over_larger(pairs: Pairs) -> Counts:
    """Return ``C_ij / max(k_i, k_j)``, 0 where both are 0."""
    return pairs.together / np.maximum(np.maximum(pairs.own, pairs.other), 1).astype(np.float64)
