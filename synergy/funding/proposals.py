"""A call as it is worked with: proposals in the order of their rank, money in whole cents."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

import numpy as np
import pandas as pd

from synergy.errors import DataError, UsageError, closest
from synergy.tables.problems import Problem, Problems

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 10**13
"""No amount is above 100 billion in the currency's unit: so sums of thousands of them stay exact in 64 bits."""


@dataclass(frozen=True, repr=False, eq=False)
class Call:
    """Checked proposals and budgets.

    Proposals stand in the order of their rank: score from high to low, then less money, then id. Regions stand in the
    order of their ids. So no result hangs on the order in which rows were given.
    """

    ids: tuple[str, ...]
    scores: NDArray[np.float64]
    """By proposal, 0 or more."""
    asked: NDArray[np.int64]
    """Proposals x regions, cents; 0 where the region is not involved."""
    regions: tuple[str, ...]
    budgets: NDArray[np.int64]
    """By region, cents."""

    def __len__(self) -> int:
        return len(self.ids)


def call_of(proposals: pd.DataFrame, budgets: Mapping[str, int] | pd.Series) -> Call:
    """Check proposals and budgets and return them as a `Call`.

    ``proposals`` has proposal_id, score and one column per region of ``budgets``: what the proposal asks of that
    region, in whole cents, 0 where it is not involved. Raises DataError with every problem: S531 a column that is
    missing or belongs to no budget, S532 an id that is empty or comes twice, S533 a score that is no number of at
    least 0, S534 money that is unknown, S535 money that is not in whole cents of at least 0, S536 a proposal that asks
    nothing. Raises UsageError without any budget.

    >>> frame = pd.DataFrame({"proposal_id": ["p", "q"], "score": [3.5, 4.0], "AT32": [500, 100], "ITH3": [0, 900]})
    >>> call_of(frame, {"ITH3": 1000, "AT32": 600}).ids
    ('q', 'p')
    """
    money = dict(budgets.items())
    regions = sorted(money, key=str)
    if not regions:
        raise UsageError("there is no budget: name at least one region with its whole cents")
    problems = [*_columns(proposals, regions)]
    for region in regions:
        problems += _amount("budgets", None, str(region), money[region])
    if not problems:
        problems += _rows(proposals, regions)
    if problems:
        raise DataError(Problems(tuple(problems)))
    ids = [str(one) for one in proposals["proposal_id"]]
    scores = np.array([float(one) for one in proposals["score"]], dtype=np.float64)
    asked = np.array([[int(cell) for cell in proposals[region]] for region in regions], dtype=np.int64).T
    asked = asked.reshape(len(ids), len(regions))
    order = sorted(range(len(ids)), key=lambda i: (-scores[i], int(asked[i].sum()), ids[i]))
    return Call(
        tuple(ids[i] for i in order),
        scores[order],
        asked[order],
        tuple(map(str, regions)),
        np.array([int(money[region]) for region in regions], dtype=np.int64),
    )


def _columns(proposals: pd.DataFrame, regions: list[str]) -> Iterator[Problem]:
    needed = ["proposal_id", "score", *regions]
    given = [str(column) for column in proposals.columns]
    for column in needed:
        if given.count(str(column)) != 1:
            found = "the column twice" if str(column) in given else "no such column"
            near = closest(str(column), [name for name in given if name not in needed])
            hint = f"is {near!r} meant?" if near else None
            yield Problem("proposals", 1, str(column), "S531", found, f"one column {str(column)!r}", hint)
    for column in given:
        if column not in map(str, needed):
            near = closest(column, map(str, regions))
            hint = f"is {near!r} meant?" if near else "leave it out, or give the region a budget"
            yield Problem("proposals", 1, column, "S531", "a column of no budget", "a region that has one", hint)


def _rows(proposals: pd.DataFrame, regions: list[str]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for row, one in enumerate(proposals["proposal_id"], start=2):
        text = "" if _unknown(one) else str(one).strip()
        if not text or text != str(one):
            yield Problem("proposals", row, "proposal_id", "S532", repr(one), "an id without spaces around it")
        elif text in seen:
            yield Problem("proposals", row, "proposal_id", "S532", f"{text!r} as in row {seen[text]}", "every id once")
        seen.setdefault(text, row)
    for row, score in enumerate(proposals["score"], start=2):
        if _unknown(score) or not _is_number(score) or not math.isfinite(score) or score < 0:
            found = "no value" if _unknown(score) else repr(score)
            yield Problem("proposals", row, "score", "S533", found, "a number of at least 0")
    for region in regions:
        for row, cell in enumerate(proposals[region], start=2):
            yield from _amount("proposals", row, str(region), cell)
    for row, cells in enumerate(zip(*(proposals[region] for region in regions), strict=True), start=2):
        if all(_is_number(cell) and cell == 0 for cell in cells):
            yield Problem("proposals", row, None, "S536", "0 cents of every region", "a region that is asked for money")


def _amount(file: str, row: int | None, column: str, cell: object) -> Iterator[Problem]:
    if _unknown(cell):
        yield Problem(file, row, column, "S534", "no value", "whole cents; 0 only where the region is not involved")
    elif not _is_number(cell) or cell != cell // 1 or not 0 <= cell <= MOST:
        yield Problem(file, row, column, "S535", repr(cell), f"whole cents from 0 to {MOST}")


def _is_number(cell: object) -> TypeGuard[float]:
    return isinstance(cell, numbers.Real) and not isinstance(cell, (bool, np.bool_))


def _unknown(cell: object) -> bool:
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell))
