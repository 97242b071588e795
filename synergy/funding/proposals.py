"""A call as it is worked with: proposals in the order of their rank, money in whole cents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from synergy.errors import DataError, UsageError, closest
from synergy.funding.cents import amount_problems, is_number, is_unknown
from synergy.tables.problems import Problem, Problems

if TYPE_CHECKING:
    from numpy.typing import NDArray


NEEDED = ("proposal_id", "score")
HIGHEST = 10**9
"""No score is higher: beyond, sums of scores would lose what tells two proposals apart."""


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

    def with_budgets(self, budgets: Mapping[str, int]) -> Call:
        """Return the call with other budgets for the regions that are named."""
        changed = [int(budgets.get(region, money)) for region, money in zip(self.regions, self.budgets, strict=True)]
        return replace(self, budgets=np.array(changed, dtype=np.int64))

    def without(self, regions: Collection[str]) -> Call:
        """Return the call after regions left it: what asks money of one of them is out."""
        gone = np.array([region in regions for region in self.regions], dtype=bool)
        stay = self.asked[:, gone].sum(axis=1) == 0
        return Call(
            tuple(one for one, here in zip(self.ids, stay.tolist(), strict=True) if here),
            self.scores[stay],
            self.asked[stay][:, ~gone],
            tuple(region for region in self.regions if region not in regions),
            self.budgets[~gone],
        )

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
    problems = list(_budgets(budgets))
    money = dict(budgets.items())
    regions = sorted(money, key=str)
    if not regions:
        raise UsageError("there is no budget: name at least one region with its whole cents")
    problems += _columns(proposals, [*map(str, regions)])
    if not problems:
        problems += _rows(proposals, regions)
    if problems:
        raise DataError(Problems(tuple(problems)))
    ids = [str(one) for one in proposals["proposal_id"]]
    scores = np.array([float(one) for one in proposals["score"]], dtype=np.float64)
    asked = np.array([[int(cell) for cell in proposals[region]] for region in regions], dtype=np.int64).T
    means = np.array([int(money[region]) for region in regions], dtype=np.int64)
    return ranked(ids, scores, asked.reshape(len(ids), len(regions)), tuple(map(str, regions)), means)


def ranked(
    ids: Sequence[str],
    scores: NDArray[np.float64],
    asked: NDArray[np.int64],
    regions: tuple[str, ...],
    budgets: NDArray[np.int64],
) -> Call:
    """Return what is checked already as a `Call`, in the order of the ranks."""
    order = np.lexsort((np.array(ids, dtype=str), asked.sum(axis=1), -scores))
    return Call(tuple(ids[i] for i in order), scores[order], asked[order], regions, budgets)


def _budgets(budgets: Mapping[str, int] | pd.Series) -> Iterator[Problem]:
    seen: set[object] = set()
    for region, cents in budgets.items():
        yield from amount_problems("budgets", None, str(region), cents)
        if not isinstance(region, str) or not region.strip() or region in NEEDED:
            yield Problem("budgets", None, str(region), "S531", repr(region), "the id of a region, as text")
        if region in seen:
            yield Problem("budgets", None, str(region), "S531", "the region twice", "one budget per region")
        seen.add(region)


def _columns(proposals: pd.DataFrame, regions: list[str]) -> Iterator[Problem]:
    needed = [*NEEDED, *regions]
    given = [str(column) for column in proposals.columns]
    for column in needed:
        if given.count(column) != 1:
            found = "the column twice" if column in given else "no such column"
            near = closest(column, [name for name in given if name not in needed])
            hint = f"is {near!r} meant?" if near else None
            yield Problem("proposals", 1, column, "S531", found, f"one column {column!r}", hint)
    for column in given:
        if column not in needed:
            near = closest(column, regions)
            hint = f"is {near!r} meant?" if near else "leave it out, or give the region a budget"
            yield Problem("proposals", 1, column, "S531", "a column of no budget", "a region that has one", hint)


def _rows(proposals: pd.DataFrame, regions: list[str]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for row, one in enumerate(proposals["proposal_id"], start=2):
        text = "" if is_unknown(one) else str(one).strip()
        if not text or text != str(one):
            yield Problem("proposals", row, "proposal_id", "S532", repr(one), "an id without spaces around it")
        elif text in seen:
            yield Problem("proposals", row, "proposal_id", "S532", f"{text!r} as in row {seen[text]}", "every id once")
        seen.setdefault(text, row)
    for row, score in enumerate(proposals["score"], start=2):
        if is_unknown(score) or not is_number(score) or not 0 <= score <= HIGHEST:
            found = "no value" if is_unknown(score) else repr(score)
            yield Problem("proposals", row, "score", "S533", found, f"a number from 0 to {HIGHEST}")
    for region in regions:
        for row, cell in enumerate(proposals[region], start=2):
            yield from amount_problems("proposals", row, str(region), cell)
    for row, cells in enumerate(zip(*(proposals[region] for region in regions), strict=True), start=2):
        if all(is_number(cell) and cell == 0 for cell in cells):
            yield Problem("proposals", row, None, "S536", "0 cents of every region", "a region that is asked for money")
