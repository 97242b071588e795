"""The one door for a regions x activities table: checked, never repaired in silence."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.errors import UsageError

Missing = Literal["refuse", "available"]


def checked(
    X: pd.DataFrame, missing: Missing = "refuse", *, remedy: str = "a value, or missing='available'"
) -> NDArray[np.float64]:
    """Return the values of X as floats after refusing what no formula can mean.

    ``missing="refuse"`` refuses an unknown cell with its place; ``"available"`` leaves it NaN, to be left out
    of every sum it would enter. ``remedy`` is what the message expects instead of an unknown cell.

    Raises UsageError for a repeated label, a negative, infinite or (on refuse) unknown cell.

    >>> checked(pd.DataFrame([[1, 2]], index=["AT31"], columns=["nace:28", "nace:29"]))
    array([[1., 2.]])
    """
    if missing not in ("refuse", "available"):
        raise UsageError(f"missing is {missing!r}, expected 'refuse' or 'available'")
    for what, labels in (("row", X.index), ("column", X.columns)):
        if not labels.is_unique:
            raise UsageError(f"{what} label {labels[labels.duplicated()][0]!r} is given twice, expected once")
    try:
        # Asking for na_value copies the table; plain numbers need none.
        plain = all(isinstance(kind, np.dtype) and kind.kind in "biuf" for kind in set(X.dtypes))
        values: NDArray[np.float64] = X.to_numpy(np.float64) if plain else X.to_numpy(np.float64, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise UsageError(f"the table holds something that is not a number: {error}") from None
    # Two passes without a copy tell a sound table (NaN fails every comparison); only another one is searched.
    if values.size and not (values.min() >= 0 and values.max() < np.inf):
        refuse(X, values < 0, "negative", "an amount of zero or more")
        refuse(X, np.isinf(values), "infinite", "a finite amount")
        if missing == "refuse":
            refuse(X, np.isnan(values), "unknown", remedy)
    return values


def refuse(X: pd.DataFrame, wrong: NDArray[np.bool_], what: str, expected: str) -> None:
    """Raise UsageError for the first cell that is wrong, with its place and how many there are."""
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise UsageError(
            f"the cell at row {X.index[row]!r}, column {X.columns[column]!r} is {what}"
            f" ({int(wrong.sum())} such cell(s)), expected {expected}"
        )
