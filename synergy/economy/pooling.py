"""What more than two regions bring each other: density of a union, and added density over known ties."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.economy.complementarity import added_density
from synergy.economy.density import densities, related_to
from synergy.economy.holdings import Bools, Holdings, holdings
from synergy.economy.matrix import Missing, checked
from synergy.errors import UnknownName, UsageError

Floats = NDArray[np.float64]


def union_density(
    X: pd.DataFrame,
    regions: Collection[str],
    *,
    phi: pd.DataFrame | None = None,
    binary: bool = False,
    missing: Missing = "refuse",
) -> pd.Series:
    """Return the density around each activity of the regions taken as one, in percent.

    ``RD_i(S) = 100 sum_{j != i} phi_ij max_{r in S} M_rj / sum_{j != i} phi_ij``: a weighted coverage, so that it
    never falls when a region joins, and each newcomer adds at most what it would have added to fewer (monotone
    and submodular). phi comes from the whole table. With ``missing="available"`` an activity that somebody holds
    is held, one that nobody does is known only where all know it, and both sums run over what is known.

    Raises UnknownName for a region that is not a row, UsageError for none at all, and as ``density`` does.

    >>> M = pd.DataFrame([[1, 0, 0], [0, 1, 1], [1, 1, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])
    >>> union_density(M, ["r", "s"], binary=True).tolist()
    [100.0, 100.0, 100.0]
    """
    H = holdings(X, binary=binary, missing=missing)
    union = _union(H, _rows(H, regions))
    return pd.Series(densities(union, related_to(H, phi, missing), "exclude")[0], index=X.columns, name="union_density")


def pooling_gain(
    X: pd.DataFrame,
    regions: Collection[str],
    *,
    phi: pd.DataFrame | None = None,
    binary: bool = False,
    missing: Missing = "refuse",
) -> pd.DataFrame:
    """Return what each region of a set gains in density from the others, activity by activity.

    ``RDadd_i(r <- S) = 100 sum_{j != i} phi_ij (1 - M_rj) max_{s in S} M_sj / sum_{j != i} phi_ij
    = RD_i(S) - RD_i(r)``, the set's regions x activities, in [0, 100]; NaN where r holds i (nothing to come
    nearer) or i is unknown in r. The row means are ``complementarity`` for sets: for two regions, its two
    directions. With ``missing="available"`` both sums run over the activities known in r and in the union.

    Raises as ``union_density`` does.

    >>> M = pd.DataFrame([[1, 0, 0], [0, 1, 1], [1, 1, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])
    >>> pooling_gain(M, ["r", "s"], binary=True).mean(axis=1).to_dict()
    {'r': 75.0, 's': 0.0}
    """
    H = holdings(X, binary=binary, missing=missing)
    rows = _rows(H, regions)
    related, union = _others(related_to(H, phi, missing)), _union(H, rows)
    present, known = H.held.astype(np.float64), H.known_or_all().astype(np.float64)
    held, seen = union.held.astype(np.float64), union.known_or_all().astype(np.float64)
    gain = np.array([added_density(related, present[r], known[r], held, seen)[:, 0] for r in rows])
    gain[~H.absent()[rows]] = np.nan
    return pd.DataFrame(gain, index=X.index[rows], columns=X.columns)


def tied_complementarity(
    X: pd.DataFrame,
    ties: pd.DataFrame,
    *,
    phi: pd.DataFrame | None = None,
    binary: bool = False,
    missing: Missing = "refuse",
) -> pd.DataFrame:
    """Return how much related capability each region reaches through the ties it has.

    ``CL_ri = sum_s L_rs RDadd_i(r <- s)``, regions x activities, in the unit of L times percent; L_rs >= 0 is
    how strongly r is tied to s (rows reach out to columns; its diagonal adds nothing). NaN where i is unknown
    in r. With ``missing="available"`` a partner with whom r knows nothing in common that i is related to is left
    out; where that goes for all partners the sum is unknown. Balland and Boschma (2021). A region that is not in
    L raises: no tie is a 0, not an absence.

    Raises UsageError for ties that lack a region or are negative or unknown, and as ``density`` does.

    >>> M = pd.DataFrame([[1, 0, 0], [0, 1, 1], [1, 1, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])
    >>> L = pd.DataFrame([[0, 2, 0], [0, 0, 0], [0, 1, 0]], index=M.index, columns=M.index)
    >>> tied_complementarity(M, L, binary=True).loc["r"].tolist()
    [200.0, 100.0, 200.0]
    """
    H = holdings(X, binary=binary, missing=missing)
    strength = _ties(ties, X.index)
    related = _others(related_to(H, phi, missing))
    present = H.held.astype(np.float64)
    if H.known is None:
        whole = related.sum(axis=1)
        linked = 100 * (((1 - present) * (strength @ present)) @ related.T) / np.where(whole > 0, whole, np.inf)
    else:
        known = H.known.astype(np.float64)
        gains = (added_density(related, present[r], known[r], present, known) for r in range(len(X)))
        linked = np.array([_over_ties(gain, strength[r]) for r, gain in enumerate(gains)]).reshape(present.shape)
        linked[~H.known] = np.nan
    return pd.DataFrame(linked, index=X.index, columns=X.columns, copy=False)


def _over_ties(gain: Floats, strength: Floats) -> Floats:
    """Return the sum over the partners whose gain is known, NaN where there are partners but none is."""
    known = ~np.isnan(gain)
    total: Floats = np.where(known, gain, 0.0) @ strength
    total[~(known & (strength > 0)).any(axis=1) & (strength > 0).any()] = np.nan
    return total


def _rows(H: Holdings, regions: Collection[str]) -> NDArray[np.intp]:
    """Return where the regions stand in the table."""
    if isinstance(regions, str) or not len(regions):
        raise UsageError(f"regions is {regions!r}, expected a list of at least one region")
    for region in regions:
        if region not in H.regions:
            raise UnknownName("region", str(region), H.regions.astype(str))
    if len(set(regions)) < len(regions):
        raise UsageError(f"regions is {list(regions)!r}, expected each region once")
    rows: NDArray[np.intp] = H.regions.get_indexer(list(regions))
    return rows


def _union(H: Holdings, rows: NDArray[np.intp]) -> Holdings:
    """Return what the regions hold together as one row: held if one of them does, known if held or known to all."""
    held: Bools = np.any(H.held[rows], axis=0, keepdims=True)
    if H.known is None:
        return Holdings(pd.Index(["union"]), H.activities, held)
    return Holdings(pd.Index(["union"]), H.activities, held, held | np.all(H.known[rows], axis=0, keepdims=True))


def _others(related: Floats) -> Floats:
    related = related.copy()
    np.fill_diagonal(related, 0.0)
    return related


def _ties(ties: pd.DataFrame, regions: pd.Index) -> Floats:
    values = checked(ties, remedy="a strength, 0 where there is no tie")
    for labels in (ties.index, ties.columns):
        absent = regions.difference(labels)
        if len(absent):
            raise UsageError(f"the ties have no region {absent[0]!r} ({len(absent)} absent), expected the table's rows")
    return values[np.ix_(ties.index.get_indexer(regions), ties.columns.get_indexer(regions))]
