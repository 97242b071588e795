"""Money as whole cents: what is one, and what is told of what is none."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterator
from typing import TypeGuard

import pandas as pd

from synergy.tables.problems import Problem

MOST = 10**13
"""No amount is above 100 billion in the currency's unit: so sums of thousands of them stay exact in 64 bits."""


def amount_problems(file: str, row: int | None, column: str, cell: object) -> Iterator[Problem]:
    """Tell what is wrong with an amount: S534 it is unknown, S535 it is no whole cents. 100.0 is whole, 0.5 is not.

    >>> [problem.code for problem in amount_problems("budgets", None, "AT32", 0.5)]
    ['S535']
    """
    if is_unknown(cell):
        yield Problem(file, row, column, "S534", "no value", "whole cents; 0 only where there is none")
    elif not is_number(cell) or not 0 <= cell <= MOST or cell % 1:
        yield Problem(file, row, column, "S535", repr(cell), f"whole cents from 0 to {MOST}")


def is_number(cell: object) -> TypeGuard[float]:
    """Return whether a cell is a number; truth values are none.

    >>> is_number(3), is_number(True), is_number("3")
    (True, False, False)
    """
    return isinstance(cell, numbers.Real) and not isinstance(cell, bool)


def is_unknown(cell: object) -> bool:
    """Return whether a cell is missing.

    >>> is_unknown(None), is_unknown(float("nan")), is_unknown(0)
    (True, True, False)
    """
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell))


def spoken(cents: int) -> str:
    """Return an amount as people read it.

    >>> spoken(123_456_789)
    '1,234,567.89'
    """
    return f"{cents // 100:,}.{cents % 100:02d}"
