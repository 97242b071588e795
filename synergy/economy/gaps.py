"""What a regions x activities table leaves out: the zero rows and columns that every measure gives 0 for."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from synergy.economy.matrix import checked


@dataclass(frozen=True)
class Gaps:
    """The labels of rows and columns without any amount, and the (row, column) places of unknown cells."""

    zero_rows: tuple[Hashable, ...]
    zero_columns: tuple[Hashable, ...]
    unknown: tuple[tuple[Hashable, Hashable], ...]

    def __bool__(self) -> bool:
        """Say whether there is anything to tell."""
        return bool(self.zero_rows or self.zero_columns or self.unknown)

    def notes(self) -> tuple[str, ...]:
        """Return one plain sentence per kind of gap.

        >>> gaps(pd.DataFrame([[1.0, 0], [0, 0]], index=["r", "s"], columns=["i", "j"])).notes()
        ("1 row without any amount: 's'", "1 column without any amount: 'j'")
        """
        told = (
            (self.zero_rows, "row", " without any amount"),
            (self.zero_columns, "column", " without any amount"),
            (self.unknown, "cell", " unknown"),
        )
        return tuple(f"{counted(labels, what)}{state}: {listed(labels)}" for labels, what, state in told if labels)


def gaps(X: pd.DataFrame) -> Gaps:
    """Return what the table leaves out: zero rows, zero columns and unknown cells.

    Every measure here gives 0 for a row or column that sums to 0 (never NaN), as there is no share to compare;
    ask this for which ones. A row or column whose cells are all unknown is unknown, not zero.

    Raises UsageError for negative, infinite or repeated entries.

    >>> gaps(pd.DataFrame([[1.0, 0], [float("nan"), 0]], index=["r", "s"], columns=["i", "j"]))
    Gaps(zero_rows=(), zero_columns=('j',), unknown=(('s', 'i'),))
    """
    values = checked(X, "available")
    unknown = np.isnan(values)
    return Gaps(
        tuple(X.index[(values == 0).all(axis=1)]),
        tuple(X.columns[(values == 0).all(axis=0)]),
        tuple((X.index[r], X.columns[i]) for r, i in np.argwhere(unknown)),
    )


def counted(labels: tuple[object, ...], what: str) -> str:
    """Return "1 row", "2 rows", "2 activities".

    >>> counted(("r", "s"), "row")
    '2 rows'
    """
    if len(labels) == 1:
        return f"1 {what}"
    return f"{len(labels)} {what[:-1]}ies" if what.endswith("y") else f"{len(labels)} {what}s"


def listed(labels: tuple[object, ...], most: int = 5) -> str:
    """Return the first labels, and how many more there are.

    >>> listed(("r", "s", "t"), most=2)
    "'r', 's' and 1 more"
    """
    more = f" and {len(labels) - most} more" if len(labels) > most else ""
    return ", ".join(repr(label) for label in labels[:most]) + more
