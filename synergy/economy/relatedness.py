"""Which activities need the same capabilities: read from where they occur together."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.economy.matrix import Missing, checked
from synergy.economy.specialisation import presence


def proximity(X: pd.DataFrame, *, binary: bool = False, missing: Missing = "refuse") -> pd.DataFrame:
    """Return the Hidalgo (2007) proximity between activities.

    ``phi_ij = sum_r M_ri M_rj / max(k_i, k_j)`` with ``M = LQ >= 1`` (or X itself when ``binary``) and
    ``k_i = sum_r M_ri``; activities x activities, in [0, 1], diagonal 1 (0 for an activity nobody has).
    With ``missing="available"`` the sums of a pair run over the regions where both are known.

    Raises UsageError as ``location_quotient`` does.

    >>> M = pd.DataFrame([[1, 1], [1, 0], [0, 1], [1, 0]], columns=["i", "j"])
    >>> proximity(M, binary=True).round(3).values.tolist()
    [[1.0, 0.333], [0.333, 1.0]]
    """
    M = as_presence(X, binary=binary, missing=missing)
    together, alone = cooccurrence(M)
    return pd.DataFrame(_over_larger(together, alone), index=M.columns, columns=M.columns, copy=False)


def excess_proximity(X: pd.DataFrame, *, binary: bool = False, missing: Missing = "refuse") -> pd.DataFrame:
    """Return how far each proximity exceeds what two activities of that popularity would share by chance.

    ``phi_ij - min(k_i, k_j) / R``: for independent activities the expected co-occurrence is ``k_i k_j / R``,
    so that a pair that is merely common scores 0. Same shape as ``proximity``; may be negative.

    >>> M = pd.DataFrame([[1, 1], [1, 0], [0, 1], [1, 0]], columns=["i", "j"])
    >>> excess_proximity(M, binary=True).round(3).values.tolist()
    [[0.25, -0.167], [-0.167, 0.5]]
    """
    M = as_presence(X, binary=binary, missing=missing)
    together, alone = cooccurrence(M)
    known = M.notna().to_numpy(dtype=float)
    regions = known.T @ known
    chance = _over(np.minimum(alone, alone.T), regions)
    return pd.DataFrame(_over_larger(together, alone) - chance, index=M.columns, columns=M.columns, copy=False)


def as_presence(X: pd.DataFrame, *, binary: bool, missing: Missing) -> pd.DataFrame:
    """Return the 0/1/NaN presence of X: X itself when ``binary``, else where its location quotient is >= 1."""
    if not binary:
        return presence(X, missing=missing)
    values = checked(X, missing)
    return pd.DataFrame(np.where(np.isnan(values), np.nan, values > 0), index=X.index, columns=X.columns)


def cooccurrence(M: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return (C, K): how often i and j occur together, and how often i occurs where both are known."""
    known = M.notna().to_numpy()
    if known.all():
        together = counts_together(M.to_numpy(dtype=float))
        return together, np.broadcast_to(together.diagonal().copy()[:, None], together.shape)
    present = M.fillna(0.0).to_numpy(dtype=float)
    return counts_together(present), present.T @ known.astype(float)


def counts_together(present: np.ndarray) -> np.ndarray:
    """Return ``M'M`` of a 0/1 matrix; single precision counts up to 2^24 rows exactly, at half the price."""
    single: np.ndarray = present.astype("f4" if len(present) < 2**24 else "f8")
    counts: np.ndarray = single.T @ single
    return counts.astype(np.float64)


def _over_larger(together: np.ndarray, alone: np.ndarray) -> np.ndarray:
    """Turn C into ``C_ij / max(K_ij, K_ji)`` in place (0 where both are 0): a large table has room for one copy."""
    for i in range(len(together)):
        together[i] /= np.maximum(np.maximum(alone[i], alone[:, i]), 1.0)
    return together


def _over(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    ratio: np.ndarray = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return ratio
