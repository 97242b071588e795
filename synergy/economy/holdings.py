"""Which region holds which activity: what every measure after the location quotient starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from synergy.economy.matrix import Missing, checked, refuse
from synergy.economy.specialisation import shares

Bools = NDArray[np.bool_]
Counts = NDArray[Any]
"""Whole numbers kept as floats, single ones where these are exact."""


@dataclass(frozen=True, eq=False)
class Holdings:
    """Regions x activities, a byte a cell: what is held (False where unknown), and what is known (None: all)."""

    regions: pd.Index
    activities: pd.Index
    held: Bools
    known: Bools | None = None

    def sparse(self) -> sparse.csr_array:
        """Return what is held as a 0/1 matrix that stores its ones alone."""
        rows, columns = self.held.shape
        starts = np.concatenate([[0], np.cumsum(self.held.sum(axis=1))]).astype(np.int32)
        places = (np.flatnonzero(self.held) % max(columns, 1)).astype(np.int32)
        return sparse.csr_array((np.ones(len(places)), places, starts), shape=(rows, columns))

    def known_or_all(self) -> Bools:
        """Return which cells are known, as a table even where all are."""
        return np.ones(self.held.shape, dtype=bool) if self.known is None else self.known

    def absent(self) -> Bools:
        """Return which cells are known not to be held."""
        return ~self.held if self.known is None else self.known & ~self.held

    def to_frame(self) -> pd.DataFrame:
        """Return 1 where held, 0 where not, NaN where unknown."""
        values = self.held.astype(np.float64)
        if self.known is not None:
            values[~self.known] = np.nan
        return pd.DataFrame(values, index=self.regions, columns=self.activities, copy=False)


def presence(X: pd.DataFrame, *, missing: Missing = "refuse") -> pd.DataFrame:
    """Return 1 where the location quotient is at least 1, 0 where it is below, NaN where it is unknown.

    Raises UsageError as ``location_quotient`` does.

    >>> X = pd.DataFrame([[10, 10], [0, 20]], index=["r", "s"], columns=["i", "j"])
    >>> presence(X).values.tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    return holdings(X, binary=False, missing=missing).to_frame()


def counting(cells: Bools, largest: int) -> Counts:
    """Return 0/1 as floats that count to ``largest`` exactly: single precision to 2^24, at half the price of double."""
    return np.ascontiguousarray(cells, dtype=np.float32 if largest < 2**24 else np.float64)


def holdings(
    X: pd.DataFrame, *, binary: bool, missing: Missing, remedy: str = "a value, or missing='available'"
) -> Holdings:
    """Return what each region holds: what X says when ``binary``, else a location quotient of at least 1.

    Raises UsageError as ``location_quotient`` does, and when ``binary`` for a cell that is neither 0 nor 1.

    >>> X = pd.DataFrame([[10, 10], [0, 20]], index=["r", "s"], columns=["i", "j"])
    >>> holdings(X, binary=False, missing="refuse").held.tolist()
    [[True, False], [False, True]]
    """
    values = checked(X, missing, remedy=remedy)
    held = values > 0
    if binary:
        other = values != held
        if other.any():
            refuse(X, other & ~np.isnan(values), "neither 0 nor 1", "a presence, or amounts without binary=True")
    else:
        own, whole = shares(values)
        # LQ >= 1, without dividing once more: a quotient of floats is at least 1 where the dividend is no smaller.
        held &= own >= whole
    known = None if missing == "refuse" else ~np.isnan(values)
    return Holdings(X.index, X.columns, held, None if known is None or known.all() else known)
