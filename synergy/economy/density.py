"""How much of what an activity is related to a region already holds."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.economy.holdings import Holdings, holdings
from synergy.economy.matrix import Missing, checked
from synergy.economy.relatedness import proximities
from synergy.errors import UsageError

Floats = NDArray[np.float64]
Diagonal = Literal["exclude", "include"]
BLOCK = 64
"""So many activities at a time: their rows stay near the processor."""


def density(
    X: pd.DataFrame,
    phi: pd.DataFrame | None = None,
    *,
    binary: bool = False,
    diagonal: Diagonal = "exclude",
    missing: Missing = "refuse",
) -> pd.DataFrame:
    """Return the relatedness density of each region around each activity, in percent.

    ``RD_ri = 100 sum_j phi_ij M_rj / sum_j phi_ij``, regions x activities, in [0, 100]. Two conventions:

    - ``diagonal="exclude"``: j runs over the others (EconGeo, econcomplex), what a region holds besides i
    - ``diagonal="include"``: phi_ii counts as given (py-ecomplexity, in 0..1 there; Hidalgo et al. 2007), so
      that holding i raises the density around i

    ``M`` is where LQ >= 1, or X itself when ``binary``. ``phi`` is any relatedness over the same activities
    (default: ``proximity`` of X). An activity related to no other gets 0. With ``missing="available"`` both
    sums run over the activities known in r, and an unknown phi_ij is in neither; where r knows nothing that i is
    related to, its density is unknown (NaN).

    Raises UsageError when phi lacks an activity, and as ``location_quotient`` does.

    >>> M = pd.DataFrame([[1, 0, 0], [0, 1, 1], [1, 1, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])
    >>> density(M, binary=True).round(1).loc["r"].tolist()
    [0.0, 50.0, 0.0]
    >>> density(M, binary=True, diagonal="include").round(1).loc["r"].tolist()
    [66.7, 25.0, 0.0]
    """
    if diagonal not in ("exclude", "include"):
        raise UsageError(f"diagonal is {diagonal!r}, expected 'exclude' or 'include'")
    H = holdings(X, binary=binary, missing=missing)
    found = densities(H, related_to(H, phi, missing), diagonal)
    return pd.DataFrame(found, index=X.index, columns=X.columns, copy=False)


def related_to(H: Holdings, phi: pd.DataFrame | None, missing: Missing) -> Floats:
    """Return phi in the order of the activities, checked; their proximity when there is none."""
    if phi is None:
        return proximities(H)
    values = checked(phi, missing, remedy="a relatedness, or missing='available'")
    for labels in (phi.index, phi.columns):
        absent = H.activities.difference(labels)
        if len(absent):
            raise UsageError(f"phi has no activity {absent[0]!r} ({len(absent)} absent), expected the table's columns")
    if phi.index.equals(H.activities) and phi.columns.equals(H.activities):
        return values
    return values[np.ix_(phi.index.get_indexer(H.activities), phi.columns.get_indexer(H.activities))]


def densities(H: Holdings, phi: Floats, diagonal: Diagonal) -> Floats:
    """Return the ``density`` of what is held: the relatedness to it over the relatedness to all that is known."""
    toward, seen, whole, own = _sums(H, phi)
    if diagonal == "include":
        own = np.zeros_like(own)
    # Related to nothing: 0. Related to something (or to what, is unknown), but to nothing the region knows: unknown.
    nothing = np.where(whole - own == 0, np.inf, np.nan)
    for start in range(0, len(toward), BLOCK):
        block = slice(start, start + BLOCK)
        near, held = toward[block], H.held.T[block]
        near -= own[block] * held
        below = seen[block] - own[block] * (1.0 if H.known is None else H.known.T[block])
        near *= 100 / np.where(below > 0, below, nothing[block])
        np.clip(near, 0.0, 100.0, out=near)
    return toward.T


def _sums(H: Holdings, phi: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return each activity's relatedness to what each region holds, to what it knows, to all, and to itself.

    Activities x regions, the last two a column, and so the second where all is known.
    """
    held, whole, own = H.held.T.astype(np.float64), phi.sum(axis=1, keepdims=True), phi.diagonal()[:, None]
    if H.known is None and not np.isnan(whole).any():
        return phi @ held, whole, whole, own
    phi, own = np.nan_to_num(phi), np.nan_to_num(own)
    return phi @ held, phi @ H.known_or_all().T.astype(np.float64), whole, own
