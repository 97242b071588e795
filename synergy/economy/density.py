"""How much of what an activity is related to a region already holds."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.economy.matrix import Missing, checked
from synergy.economy.relatedness import as_presence, proximity
from synergy.errors import UsageError

Floats = NDArray[np.float64]
Diagonal = Literal["exclude", "include"]


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
    sums run over the activities known in r.

    Raises UsageError when phi lacks an activity, and as ``location_quotient`` does.

    >>> M = pd.DataFrame([[1, 0, 0], [0, 1, 1], [1, 1, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])
    >>> density(M, binary=True).round(1).loc["r"].tolist()
    [0.0, 50.0, 0.0]
    >>> density(M, binary=True, diagonal="include").round(1).loc["r"].tolist()
    [66.7, 25.0, 0.0]
    """
    if diagonal not in ("exclude", "include"):
        raise UsageError(f"diagonal is {diagonal!r}, expected 'exclude' or 'include'")
    M = as_presence(X, binary=binary, missing=missing)
    related = related_to(M, phi, missing)
    known = M.notna().to_numpy()
    present = M.fillna(0.0).to_numpy(dtype=float)
    return pd.DataFrame(_percent(present, known, related, diagonal), index=M.index, columns=M.columns, copy=False)


def related_to(M: pd.DataFrame, phi: pd.DataFrame | None, missing: Missing) -> Floats:
    """Return phi in the order of M's activities, checked; the proximity of M when there is none."""
    if phi is None:
        return np.asarray(proximity(M, binary=True, missing=missing), dtype=np.float64)
    values = checked(phi, remedy="a relatedness")
    for labels in (phi.index, phi.columns):
        absent = M.columns.difference(labels)
        if len(absent):
            raise UsageError(f"phi has no activity {absent[0]!r} ({len(absent)} absent), expected the table's columns")
    if phi.index.equals(M.columns) and phi.columns.equals(M.columns):
        return values
    return values[np.ix_(phi.index.get_indexer(M.columns), phi.columns.get_indexer(M.columns))]


def _percent(present: Floats, known: NDArray[np.bool_], phi: Floats, diagonal: Diagonal) -> Floats:
    """Divide the relatedness to what is held by the relatedness to all that is known; the diagonal taken off both.

    In place, as the table may be large; with nothing unknown the divisor is one row for all regions.
    """
    everything = bool(known.all())
    held = present @ phi.T
    whole = phi.sum(axis=1, keepdims=True).T if everything else known.astype(np.float64) @ phi.T
    if diagonal == "exclude":
        own = phi.diagonal()
        held -= present * own
        whole -= own if everything else known * own
    # Where there is nothing to be related to, nothing is held either: 0 / 1.
    whole[whole <= 0] = 1.0
    held /= whole
    held *= 100
    return np.clip(held, 0.0, 100.0, out=held)
