"""Variety within and between groups of activities (Frenken, van Oort and Verburg 2007).

The groups come from the code's own hierarchy or from any other table: a mapping from each activity to its group,
or a function of the activity's label (``lambda code: code[:2]``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.economy.concentration import WHOLE, bits
from synergy.economy.matrix import checked
from synergy.errors import UsageError

Groups = Mapping[str, str] | Callable[[str], str]


def unrelated_variety(X: pd.DataFrame, groups: Groups) -> pd.Series:
    """Return each region's variety between groups, in bits.

    ``UV_r = sum_g P_rg log2(1 / P_rg)`` with ``P_rg = sum_{i in g} s_ri``; per region, 0 for a zero row.
    ``related_variety + unrelated_variety = entropy`` exactly, whatever the groups.

    Raises UsageError for an activity without a group, and as ``entropy`` does.

    >>> X = pd.DataFrame([[1, 1, 2]], index=["r"], columns=["28.1", "28.2", "62.0"])
    >>> unrelated_variety(X, lambda code: code[:2]).tolist()
    [1.0]
    """
    _, between = _shares(X, groups)
    return pd.Series(bits(between), index=X.index, name="unrelated_variety")


def related_variety(X: pd.DataFrame, groups: Groups) -> pd.Series:
    """Return each region's variety within groups, in bits.

    ``RV_r = sum_g P_rg H_rg`` with ``H_rg = sum_{i in g} (s_ri / P_rg) log2(P_rg / s_ri)``; per region, 0 for
    a zero row. Groups are matched as ``unrelated_variety`` does; raises the same.

    >>> X = pd.DataFrame([[1, 1, 2]], index=["r"], columns=["28.1", "28.2", "62.0"])
    >>> related_variety(X, {"28.1": "28", "28.2": "28", "62.0": "62"}).tolist()
    [0.5]
    """
    within, between = _shares(X, groups)
    return pd.Series(np.maximum(bits(within) - bits(between), 0.0), index=X.index, name="related_variety")


def _shares(X: pd.DataFrame, groups: Groups) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the shares by activity and by group (by the chain rule, the entropies differ by the related part)."""
    values = checked(X, remedy=WHOLE)
    names, codes = np.unique([_group(activity, groups) for activity in X.columns], return_inverse=True)
    totals = values.sum(axis=1, keepdims=True)
    own = np.divide(values, totals, out=np.zeros_like(values), where=totals > 0)
    return own, own @ np.eye(len(names))[codes]


def _group(activity: str, groups: Groups) -> str:
    if callable(groups):
        return str(groups(activity))
    try:
        return str(groups[activity])
    except KeyError:
        raise UsageError(f"activity {activity!r} has no group, expected one for each column of the table") from None
