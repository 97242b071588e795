"""Relatedness from how often activities occur together, corrected for how often each occurs at all."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.economy.holdings import holdings
from synergy.economy.matrix import Missing, checked
from synergy.economy.relatedness import cooccurrence
from synergy.errors import UsageError

Floats = NDArray[np.float64]
Method = Literal["association", "cosine", "jaccard", "probability"]


def relatedness(
    X: pd.DataFrame,
    method: Method = "association",
    *,
    binary: bool = False,
    missing: Missing = "refuse",
    together: bool | None = None,
) -> pd.DataFrame:
    """Return the relatedness of each pair of activities: activities x activities, symmetric, diagonal 0.

    X is a regions x activities table, of which ``C = M'M`` counts the regions that hold both (``M = LQ >= 1``,
    or X itself when ``binary``); or C itself, from strategies, firms or projects (``colisting``). C is taken
    for what it is when its two axes carry the same labels and it is symmetric; ``together`` says so outright.
    With ``S_i`` the row sums of C without its diagonal and ``T`` their total:

    - ``association``: ``(C_ij / T) / ((S_i / T) (S_j / T))``; 1 is what chance gives (with replacement)
    - ``cosine``: ``C_ij / sqrt(S_i S_j)``
    - ``jaccard``: ``C_ij / (S_i + S_j - C_ij)``
    - ``probability``: ``C_ij / ([(S_i/T) (S_j/(T-S_i)) + (S_j/T) (S_i/(T-S_j))] T/2)``, chance without
      replacement (Steijn 2021)

    These are EconGeo's conventions (van Eck and Waltman 2009 for the first three). An activity that never
    occurs with another gets 0. With ``missing="available"`` C counts the regions where both are known, and a pair
    that no region knows is unknown (NaN) and left out of S and T.
    Hidalgo's ``proximity`` and ``excess_proximity`` are functions of their own, as they use the counts of
    regions, not of pairs.

    Raises UsageError for an unknown method, a C that is not square or symmetric, and as ``location_quotient``.

    >>> C = pd.DataFrame([[0, 2, 1], [2, 0, 1], [1, 1, 0]], index=list("ijk"), columns=list("ijk"))
    >>> relatedness(C).round(3).loc["i"].tolist()
    [0.0, 1.778, 1.333]
    """
    if method not in get_args(Method):
        raise UsageError(f"method is {method!r}, expected one of {', '.join(map(repr, get_args(Method)))}")
    counts = _counts(X, binary=binary, missing=missing, together=together)
    sums = np.nansum(counts, axis=1)
    below = _expected(method, counts, sums)
    related = counts / np.where(below > 0, below, np.inf)
    return pd.DataFrame(related, index=X.columns, columns=X.columns)


def _counts(X: pd.DataFrame, *, binary: bool, missing: Missing, together: bool | None) -> Floats:
    """Return C with a zero diagonal."""
    if _is_together(X) if together is None else together:
        counts = checked(X, remedy="a count").copy()
        if not (X.index.equals(X.columns) and np.array_equal(counts, counts.T)):
            raise UsageError("a co-occurrence table needs the same labels on both axes and C_ij = C_ji")
    else:
        counts = cooccurrence(holdings(X, binary=binary, missing=missing))
    np.fill_diagonal(counts, 0.0)
    return counts


def _is_together(X: pd.DataFrame) -> bool:
    return X.index.equals(X.columns) and np.array_equal(X.to_numpy(), X.to_numpy().T)


def _expected(method: Method, counts: Floats, sums: Floats) -> Floats:
    """Return the divisor of C_ij that makes the measure (0 where an activity is never with another)."""
    own, other, total = sums[:, None], sums[None, :], sums.sum() or 1.0
    if method == "association":
        below = own * other / total
    elif method == "cosine":
        below = np.sqrt(own * other)
    elif method == "jaccard":
        below = own + other - counts
    else:
        rest = np.where(sums < total, total - sums, np.inf)
        below = own * other * (1 / rest[:, None] + 1 / rest[None, :]) / 2
    return np.asarray(below, dtype=np.float64)
