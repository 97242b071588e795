"""How far one region's profile, or one activity's map, departs from the whole: one number each.

Every function takes a regions x activities table of amounts X_ri >= 0 and shares ``s_ri = X_ri / X_r.`` and
``s_i = X_.i / X_..``. A profile is compared as a whole, so an unknown cell is refused with its place: what a
region lacks in one cell moves every other share. A region (or activity) without any amount gets 0;
``synergy.economy.gaps(X)`` tells which. Raises UsageError as ``location_quotient`` does.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.economy.matrix import checked

Floats = NDArray[np.float64]
WHOLE = "a value (the measure needs the whole profile)"


def krugman_index(X: pd.DataFrame) -> pd.Series:
    """Return how much of each region's profile would have to move to match the whole table's.

    ``K_r = sum_i |s_ri - s_i|``, per region, in [0, 2): 0 is the whole table's structure. Krugman (1991).

    >>> krugman_index(pd.DataFrame([[10, 10], [0, 20]], index=["r", "s"])).tolist()
    [0.5, 0.5]
    """
    own, whole, held = _shares(X)
    return _per_row(X, np.where(held, np.abs(own - whole).sum(axis=1), 0.0), "krugman")


def hachman_index(X: pd.DataFrame) -> pd.Series:
    """Return how closely each region mirrors the whole table.

    ``H_r = 1 / sum_i s_ri LQ_ri = 1 / sum_i (s_ri^2 / s_i)``, per region, in (0, 1]: 1 is the same structure.

    >>> hachman_index(pd.DataFrame([[10, 10], [0, 20]], index=["r", "s"])).round(3).tolist()
    [0.75, 0.75]
    """
    own, whole, held = _shares(X)
    quotient = np.divide(own, whole, out=np.zeros_like(own), where=np.broadcast_to(whole > 0, own.shape))
    mean = (own * quotient).sum(axis=1)
    return _per_row(X, np.divide(1.0, mean, out=np.zeros_like(mean), where=held), "hachman")


def herfindahl_index(X: pd.DataFrame) -> pd.Series:
    """Return how concentrated each region's profile is.

    ``HHI_r = sum_i s_ri^2``, per region, not normalised: from 1 / (number of activities) to 1.

    >>> herfindahl_index(pd.DataFrame([[10, 10], [0, 20]], index=["r", "s"])).tolist()
    [0.5, 1.0]
    """
    own, _, _ = _shares(X)
    return _per_row(X, (own**2).sum(axis=1), "herfindahl")


def entropy(X: pd.DataFrame) -> pd.Series:
    """Return how varied each region's profile is, in bits.

    ``H_r = -sum_i s_ri log2 s_ri``, per region, from 0 (one activity) to log2(number of activities).

    >>> entropy(pd.DataFrame([[10, 10], [0, 20]], index=["r", "s"])).tolist()
    [1.0, 0.0]
    """
    own, _, _ = _shares(X)
    return _per_row(X, bits(own), "entropy")


def locational_gini(X: pd.DataFrame) -> pd.Series:
    """Return how unevenly each activity lies over the regions, against all activities together.

    Regions are sorted by LQ_ri; ``G_i = 1/2 - area under the curve of the activity's cumulated share of
    regions over the regions' cumulated share of everything``. Per activity, in [0, 0.5): Krugman's (1991)
    convention; twice this is the Hoover-Gini over all amounts.

    >>> locational_gini(pd.DataFrame([[10, 10], [0, 20]], columns=["i", "j"])).round(3).tolist()
    [0.25, 0.083]
    """
    values = checked(X, remedy=WHOLE)
    totals = values.sum(axis=1)
    return pd.Series([_gini(column, totals) for column in values.T], index=X.columns, name="locational_gini")


def _gini(amounts: Floats, totals: Floats) -> float:
    if not amounts.any():
        return 0.0
    held = totals > 0
    order = np.argsort(amounts[held] / totals[held], kind="stable")
    across = np.concatenate([[0.0], np.cumsum(totals[held][order])]) / totals.sum()
    up = np.concatenate([[0.0], np.cumsum(amounts[held][order])]) / amounts.sum()
    return max(0.0, 0.5 - float(np.trapezoid(up, across)))


def bits(shares: Floats) -> Floats:
    """Return ``-sum p log2 p`` along the last axis, with ``0 log 0 = 0``."""
    logs = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    result: Floats = np.abs((shares * logs).sum(axis=-1))
    return result


def _shares(X: pd.DataFrame) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return each region's shares, the whole table's shares, and which regions hold anything."""
    values = checked(X, remedy=WHOLE)
    totals, columns = values.sum(axis=1), values.sum(axis=0)
    held = totals > 0
    own = np.divide(values, totals[:, None], out=np.zeros_like(values), where=held[:, None])
    return own, columns / (totals.sum() or 1.0), held


def _per_row(X: pd.DataFrame, values: Floats, name: str) -> pd.Series:
    return pd.Series(values, index=X.index, name=name)
