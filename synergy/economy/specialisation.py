"""Who is specialised in what."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.economy.matrix import Missing, checked


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
    values = checked(X, missing)
    known = ~np.isnan(values)
    totals = np.nansum(values, axis=1)
    reference = _ratio(np.nansum(values, axis=0), (known * totals[:, None]).sum(axis=0))
    own = _ratio(values, totals[:, None])
    quotient = np.where(known, _ratio(own, reference[None, :]), np.nan)
    return pd.DataFrame(quotient, index=X.index, columns=X.columns, copy=False)


def presence(X: pd.DataFrame, *, missing: Missing = "refuse") -> pd.DataFrame:
    """Return 1 where the location quotient is at least 1, 0 where it is below, NaN where it is unknown.

    >>> X = pd.DataFrame([[10, 10], [0, 20]], index=["r", "s"], columns=["i", "j"])
    >>> presence(X).values.tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    quotient = location_quotient(X, missing=missing)
    return (quotient >= 1).astype(float).where(quotient.notna())


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Divide with 0 where the divisor is 0 (a zero row or column has no share to compare)."""
    below = np.broadcast_to(below, np.shape(above))
    ratio: np.ndarray = np.divide(above, below, out=np.zeros(np.shape(above)), where=below > 0)
    return ratio
