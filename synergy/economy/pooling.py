"""What more than two regions bring each other: density of a union, and added density over known ties."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from synergy.economy.complementarity import added_density
from synergy.economy.density import density, related_to
from synergy.economy.matrix import Missing, checked
from synergy.economy.relatedness import as_presence
from synergy.errors import UnknownName, UsageError


def union_presence(M: pd.DataFrame, regions: Collection[str]) -> pd.Series:
    """Return what the regions hold together: 1 if one of them does, else NaN if one is unknown, else 0.

    Raises UnknownName for a region that is not a row, UsageError for none at all.

    >>> M = pd.DataFrame([[1, 0, 0], [0, 1, 0]], index=["r", "s"], columns=["i", "j", "k"])
    >>> union_presence(M, ["r", "s"]).tolist()
    [1.0, 1.0, 0.0]
    """
    if isinstance(regions, str) or not len(regions):
        raise UsageError(f"regions is {regions!r}, expected a list of at least one region")
    for region in regions:
        if region not in M.index:
            raise UnknownName("region", str(region), M.index.astype(str))
    rows = M.loc[list(regions)].astype(float)
    return rows.max(axis=0).where((rows == 1).any(axis=0) | rows.notna().all(axis=0))


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
    and submodular). phi comes from the whole table. Raises as ``union_presence`` and ``density`` do.

    >>> M = pd.DataFrame([[1, 0, 0], [0, 1, 1], [1, 1, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])
    >>> union_density(M, ["r", "s"], binary=True).tolist()
    [100.0, 100.0, 100.0]
    """
    M = as_presence(X, binary=binary, missing=missing)
    related = pd.DataFrame(related_to(M, phi, missing), index=M.columns, columns=M.columns)
    joint = union_presence(M, regions).to_frame("union").T
    return density(joint, related, binary=True, missing=missing).loc["union"].rename("union_density")


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
    M = as_presence(X, binary=binary, missing=missing)
    related = _others(related_to(M, phi, missing))
    joint = union_presence(M, regions)
    others, known = joint.fillna(0.0).to_numpy()[None, :], joint.notna().to_numpy(dtype=float)[None, :]
    gain = {r: _gain(M.loc[r], related, others, known)[:, 0] for r in regions}
    return pd.DataFrame(gain, index=M.columns).T.where(M.loc[list(regions)] == 0)


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
    in r. Balland and Boschma (2021). A region that is not in L raises: no tie is a 0, not an absence.

    Raises UsageError for ties that lack a region or are negative or unknown, and as ``density`` does.

    >>> M = pd.DataFrame([[1, 0, 0], [0, 1, 1], [1, 1, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])
    >>> L = pd.DataFrame([[0, 2, 0], [0, 0, 0], [0, 1, 0]], index=M.index, columns=M.index)
    >>> tied_complementarity(M, L, binary=True).loc["r"].tolist()
    [200.0, 100.0, 200.0]
    """
    M = as_presence(X, binary=binary, missing=missing)
    strength = _ties(ties, M.index)
    related = _others(related_to(M, phi, missing))
    present, known = M.fillna(0.0).to_numpy(dtype=float), M.notna().to_numpy(dtype=float)
    if known.all():
        whole = related.sum(axis=1)
        reached = ((1 - present) * (strength @ present)) @ related.T
        linked = 100 * np.divide(reached, whole, out=np.zeros_like(reached), where=np.broadcast_to(whole > 0, M.shape))
    else:
        rows = [_gain(M.loc[r], related, present, known) @ strength[n] for n, r in enumerate(M.index)]
        linked = np.array(rows)
    return pd.DataFrame(linked, index=M.index, columns=M.columns).where(M.notna())


def _gain(own: pd.Series, related: np.ndarray, others: np.ndarray, known: np.ndarray) -> np.ndarray:
    return added_density(related, own.fillna(0.0).to_numpy(), own.notna().to_numpy(dtype=float), others, known)


def _others(related: np.ndarray) -> np.ndarray:
    related = related.copy()
    np.fill_diagonal(related, 0.0)
    return related


def _ties(ties: pd.DataFrame, regions: pd.Index) -> np.ndarray:
    values = checked(ties, remedy="a strength, 0 where there is no tie")
    for labels in (ties.index, ties.columns):
        absent = regions.difference(labels)
        if len(absent):
            raise UsageError(f"the ties have no region {absent[0]!r} ({len(absent)} absent), expected the table's rows")
    return values[np.ix_(ties.index.get_indexer(regions), ties.columns.get_indexer(regions))]
