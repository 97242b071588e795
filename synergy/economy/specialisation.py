"""Who is specialised in what."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.economy.matrix import Missing, checked

Floats = NDArray[np.float64]


def location_quotient(X: pd.DataFrame, *, missing: Missing = "refuse") -> pd.DataFrame:
    """Return the location quotient of each region in each activity.

    ``LQ_ri = (X_ri / X_r.) / (X_.i / X_..)``, regions x activities, no unit; 1 means the same share as in the
    whole table. A row or column of zeros gives 0.

    With ``missing="available"`` an unknown cell stays unknown in the result; ``X_r.`` sums what is known of
    the region, and the share of activity i in the whole table is taken over the regions where i is known.
    Without unknown cells both settings agree.

    Raises UsageError for negative, infinite or repeated entries, and unknown ones when they are refused.

    >>> X = pd.DataFrame([[10, 10], [0, 20]], index=["r", "s"], columns=["i", "j"])
    >>> location_quotient(X).round(3).values.tolist()
    [[2.0, 0.667], [0.0, 1.333]]
    """
    own, whole = shares(checked(X, missing))
    return pd.DataFrame(_ratio(own, whole), index=X.index, columns=X.columns, copy=False)


def shares(values: Floats) -> tuple[Floats, Floats]:
    """Return each region's share of each activity, and each activity's share in the regions that know it."""
    known = ~np.isnan(values)
    if known.all():
        totals, columns = values.sum(axis=1), values.sum(axis=0)
        return _ratio(values, totals[:, None]), _ratio(columns, totals.sum())
    totals, columns = np.nansum(values, axis=1), np.nansum(values, axis=0)
    return _ratio(values, totals[:, None]), _ratio(columns, (known * totals[:, None]).sum(axis=0))


def _ratio(above: Floats, below: Floats) -> Floats:
    """Divide with 0 where the divisor is 0 (a zero row or column has no share to compare); unknown stays unknown."""
    ratio: Floats = above / np.where(below > 0, below, np.inf)
    return ratio
