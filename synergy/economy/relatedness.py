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
    return pd.DataFrame(_over(together, np.maximum(alone, alone.T)), index=M.columns, columns=M.columns)


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
    return pd.DataFrame(_over(together, np.maximum(alone, alone.T)) - chance, index=M.columns, columns=M.columns)


def as_presence(X: pd.DataFrame, *, binary: bool, missing: Missing) -> pd.DataFrame:
    """Return the 0/1/NaN presence of X: X itself when ``binary``, else where its location quotient is >= 1."""
    if not binary:
        return presence(X, missing=missing)
    values = checked(X, missing)
    return pd.DataFrame(np.where(np.isnan(values), np.nan, values > 0), index=X.index, columns=X.columns)


def cooccurrence(M: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return (C, K): how often i and j occur together, and how often i occurs where both are known."""
    present = M.fillna(0.0).to_numpy(dtype=float)
    known = M.notna().to_numpy(dtype=float)
    return present.T @ present, present.T @ known


def _over(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    ratio: np.ndarray = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return ratio
