"""What one region would gain in related capabilities by joining with another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.economy.matrix import Missing
from synergy.economy.relatedness import as_presence, proximity


def complementarity(X: pd.DataFrame, *, binary: bool = False, missing: Missing = "refuse") -> pd.DataFrame:
    """Return how much each region's missing activities come nearer when it pools with each other region.

    ``COMP(r<-s) = mean over i with M_ri = 0 of RDadd_i(r<-s)`` and
    ``RDadd_i(r<-s) = 100 sum_{j != i} phi_ij (1 - M_rj) M_sj / sum_{j != i} phi_ij``,
    regions x regions (row r gains from column s), in [0, 100]; not symmetric; the diagonal is 0. A region that
    has every activity can gain nothing: unknown (NaN), as there is no i to average over.
    With ``missing="available"`` both sums run over the activities j known in r and in s.

    Steps: Balland and Boschma (2021); this closed form is our own writing of them.
    Raises UsageError as ``location_quotient`` does.

    >>> M = pd.DataFrame([[1, 0, 0], [0, 1, 1], [1, 1, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])
    >>> complementarity(M, binary=True).round(1).loc["r"].tolist()
    [0.0, 75.0, 50.0]
    """
    M = as_presence(X, binary=binary, missing=missing)
    phi = proximity(M, binary=True, missing=missing).to_numpy(copy=True)
    np.fill_diagonal(phi, 0.0)
    present, known = M.fillna(0.0).to_numpy(dtype=float), M.notna().to_numpy(dtype=float)
    gain = np.full((len(M), len(M)), np.nan)
    for r in range(len(M)):
        absent = np.flatnonzero((present[r] == 0) & (known[r] == 1))
        if absent.size:
            gain[r] = added_density(phi[absent], present[r], known[r], present, known).mean(axis=0)
    return pd.DataFrame(gain, index=M.index, columns=M.index)


def added_density(
    phi: np.ndarray, own: np.ndarray, own_known: np.ndarray, others: np.ndarray, others_known: np.ndarray
) -> np.ndarray:
    """Return ``RDadd_i(r<-s)`` for the activities i of phi's rows (i x s), one region r against many s."""
    gained = phi @ (((1 - own) * own_known)[:, None] * others.T)
    whole = phi @ (own_known[:, None] * others_known.T)
    share: np.ndarray = np.divide(gained, whole, out=np.zeros_like(gained), where=whole > 0)
    return 100 * share
