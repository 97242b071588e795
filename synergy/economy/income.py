"""The income level that an activity stands for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.economy.matrix import Missing
from synergy.economy.specialisation import location_quotient
from synergy.errors import UsageError


def prody(X: pd.DataFrame, income: pd.Series, *, missing: Missing = "refuse") -> pd.Series:
    """Return the income of the regions that hold each activity, weighted by how specialised they are in it.

    ``PRODY_i = sum_r LQ_ri Y_r / sum_r LQ_ri`` (the weights are each region's share s_ri over the sum of
    shares), per activity, in the unit of ``income``, which names its regions. An activity that nobody holds
    gets 0 (``gaps(X)`` tells which). With ``missing="available"`` unknown cells and regions without an income
    are left out of both sums; an activity that nobody is known to hold is then unknown (NaN). Hausmann, Hwang
    and Rodrik (2007).

    Raises UsageError for a region without income (on refuse), and as ``location_quotient`` does.

    >>> X = pd.DataFrame([[10, 10], [0, 20]], index=["r", "s"], columns=["i", "j"])
    >>> prody(X, pd.Series({"r": 30.0, "s": 60.0})).round(3).tolist()
    [30.0, 50.0]
    """
    quotient = location_quotient(X, missing=missing)
    earned = _aligned(income, X.index, missing)
    known = earned.notna().to_numpy()
    quotients = quotient.to_numpy()[known]
    weights = np.nan_to_num(quotients)
    above, below = earned.to_numpy(dtype=float)[known] @ weights, weights.sum(axis=0)
    nobody = np.where(np.isnan(quotients).any(axis=0), np.nan, np.inf)
    level = above / np.where(below > 0, below, nobody)
    return pd.Series(level, index=X.columns, name="prody")


def _aligned(income: pd.Series, regions: pd.Index, missing: Missing) -> pd.Series:
    if not income.index.is_unique:
        raise UsageError(f"region {income.index[income.index.duplicated()][0]!r} has two incomes, expected one")
    aligned = income.reindex(regions)
    without = aligned.index[aligned.isna()]
    if missing == "refuse" and len(without):
        raise UsageError(
            f"region {without[0]!r} has no income ({len(without)} such region(s)), expected one for each row of"
            " the table, or missing='available'"
        )
    return aligned
