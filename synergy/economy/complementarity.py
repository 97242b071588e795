"""What one region would gain in related capabilities by joining with another."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.economy.holdings import Bools, Holdings, holdings
from synergy.economy.matrix import Missing
from synergy.economy.relatedness import proximities

Floats = NDArray[np.float64]


def complementarity(X: pd.DataFrame, *, binary: bool = False, missing: Missing = "refuse") -> pd.DataFrame:
    """Return how much each region's missing activities come nearer when it pools with each other region.

    ``COMP(r<-s) = mean over i with M_ri = 0 of RDadd_i(r<-s)`` and
    ``RDadd_i(r<-s) = 100 sum_{j != i} phi_ij (1 - M_rj) M_sj / sum_{j != i} phi_ij``,
    regions x regions (row r gains from column s), in [0, 100]; not symmetric; the diagonal is 0. A region that
    has every activity can gain nothing: unknown (NaN), as there is no i to average over.
    With ``missing="available"`` both sums run over the activities j known in r and in s; where they know nothing
    in common that i is related to, RDadd_i is unknown and left out of the mean.

    Steps: Balland and Boschma (2021); this closed form is our own writing of them.
    Raises UsageError as ``location_quotient`` does.

    >>> M = pd.DataFrame([[1, 0, 0], [0, 1, 1], [1, 1, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])
    >>> complementarity(M, binary=True).round(1).loc["r"].tolist()
    [0.0, 75.0, 50.0]
    """
    H = holdings(X, binary=binary, missing=missing)
    phi = proximities(H)
    np.fill_diagonal(phi, 0.0)
    gain = _at_once(H.held, phi) if H.known is None else _one_by_one(H, H.known, phi)
    return pd.DataFrame(gain, index=X.index, columns=X.index, copy=False)


def _at_once(held: Bools, phi: Floats) -> Floats:
    """Return COMP where all is known: the sum over i first, so that two products serve all pairs."""
    absent = (~held).astype(np.float64)
    whole = phi.sum(axis=1)
    phi /= np.where(whole > 0, whole, 1.0)[:, None]
    worth = absent @ phi
    worth *= absent
    lacking = absent.sum(axis=1, keepdims=True)
    gained: Floats = 100 * (worth @ held.T.astype(np.float64))
    return gained / np.where(lacking > 0, lacking, np.nan)


def _one_by_one(H: Holdings, known: Bools, phi: Floats) -> Floats:
    """Return COMP where each pair of regions has activities of its own that both know."""
    present, seen = H.held.astype(np.float64), known.astype(np.float64)
    gain = np.full((len(present), len(present)), np.nan)
    for r, absent in enumerate(H.absent()):
        if absent.any():
            gain[r] = _mean_known(added_density(phi[absent], present[r], seen[r], present, seen))
    return gain


def _mean_known(added: Floats) -> Floats:
    """Return the mean of each column's known values, NaN where there is none."""
    known = ~np.isnan(added)
    total, n = np.where(known, added, 0.0).sum(axis=0), known.sum(axis=0)
    mean: Floats = total / np.where(n > 0, n, np.nan)
    return mean


def added_density(phi: Floats, own: Floats, own_known: Floats, others: Floats, others_known: Floats) -> Floats:
    """Return ``RDadd_i(r<-s)`` for the activities i of phi's rows (i x s), one region r against many s.

    0 for an activity related to no other; NaN (unknown) where it may be, but to nothing that both r and s know.
    phi is without its diagonal, and NaN where unknown, which is left out of the sums.
    """
    to_any = phi.sum(axis=1, keepdims=True)
    phi = np.nan_to_num(phi)
    gained = phi @ (((1 - own) * own_known)[:, None] * others.T)
    whole = phi @ (own_known[:, None] * others_known.T)
    added: Floats = 100 * gained / np.where(whole > 0, whole, np.where(to_any == 0, np.inf, np.nan))
    return added
