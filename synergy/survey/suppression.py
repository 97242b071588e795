"""Which cells of a published table are withheld, so that no subtraction gives them back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synergy.survey.instrument import POINTS

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
RANGE = 1.0
"""The published tables leave every small group's mean at least this range, in points of the scale."""


def with_totals(inner: Floats) -> Floats:
    """Return a regions x types table with a last row and a last column of totals.

    >>> with_totals(np.array([[1.0, 2.0]])).tolist()
    [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]
    """
    rows = np.column_stack([inner, inner.sum(axis=1)])
    return np.vstack([rows, rows.sum(axis=0)])


def withhold(counts: Floats, sums: Floats, min_n: int) -> Mask:
    """Return which cells of a table of means with totals are withheld.

    ``counts`` and ``sums`` are regions x types, without totals; the mask has both totals. A reader of the table is
    taken to know every count. Cells of fewer than ``min_n`` answers are withheld; then others, until (a) what a total
    and its shown parts leave over is at least ``min_n`` answers, (b) no withheld sum follows from the shown ones (the
    projection on the null space of the table's sums is not 0), and (c) every small cell's mean can still lie within a
    range of ``RANGE`` points, all answers being within the scale: the range that a reader's linear programme finds.

    >>> counts = np.array([[2.0, 9.0, 8.0], [6.0, 7.0, 9.0]])
    >>> withhold(counts, 3 * counts, 5).astype(int).tolist()
    [[1, 0, 1, 0], [1, 0, 1, 0], [0, 0, 0, 0]]
    """
    n, total = with_totals(counts), with_totals(sums)
    there = n > 0
    hidden = there & (n < min_n)
    small = hidden.copy()
    while (weak := _weakest(n, total, hidden, small, min_n)) is not None:
        free = there & ~hidden
        if not free.any():
            break
        hidden[_next(n, free, hidden, *weak)] = True
    return hidden


def _weakest(n: Floats, total: Floats, hidden: Mask, small: Mask, min_n: int) -> tuple[int, int] | None:
    """Return a cell in whose row or column more must be withheld; -1 for a whole row or column."""
    if not hidden.any():
        return None
    left = np.where(hidden, n, 0.0)
    for axis in (1, 0):
        inner, end = (left[:, :-1], hidden[:, -1]) if axis else (left[:-1], hidden[-1])
        rest = inner.sum(axis=axis)
        if (poor := np.flatnonzero((rest > 0) & (rest < min_n) & ~end)).size:
            return (int(poor[0]), -1) if axis else (-1, int(poor[0]))
    freedom, needed = ranges(n, total, hidden), np.where(small, RANGE, 1e-6)
    for row, column in np.argwhere(hidden & (freedom > 0) & (freedom < needed)):
        freedom[row, column] = solved_range(n, total, hidden, (int(row), int(column)))
    weak = hidden & (freedom < needed - 1e-9)
    if not weak.any():
        return None
    company = np.minimum(hidden.sum(axis=1)[:, None], hidden.sum(axis=0)[None, :])
    at = np.argwhere(weak)
    row, column = at[np.lexsort((freedom[weak], company[weak]))[0]]
    return int(row), int(column)


def ranges(n: Floats, total: Floats, hidden: Mask) -> Floats:
    """Return, for each withheld cell, a range its mean can surely move in; 0 where it is determined, NaN where shown.

    ``n`` and ``total`` have their totals. Moving all withheld sums along a vector of the null space changes no shown
    one; how far that goes before some mean leaves the scale is a range that every reader must grant. Cells that can
    move, but not along the vector tried, have a tiny range.
    """
    equations, _ = _system(total, hidden)
    moves = np.eye(equations.shape[1]) - np.linalg.pinv(equations) @ equations
    moves[np.abs(moves) < 1e-9] = 0.0
    count, value = n[hidden], total[hidden]
    lowest, highest = np.minimum(POINTS[0] * count - value, 0), np.maximum(POINTS[-1] * count - value, 0)
    still = moves == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        ahead = np.where(still, np.inf, np.where(moves > 0, highest, lowest) / moves).min(axis=1, initial=np.inf)
        behind = np.where(still, -np.inf, np.where(moves > 0, lowest, highest) / moves).max(axis=1, initial=-np.inf)
        width = (ahead - behind) * np.diag(moves) / count
    found = np.full(n.shape, np.nan)
    found[hidden] = np.where(np.diag(moves) > 0, np.maximum(width, 1e-12), 0.0)
    return found


def solved_range(n: Floats, total: Floats, hidden: Mask, cell: tuple[int, int]) -> float:
    """Return the range of a withheld mean that fits all shown sums and the scale, by linear programming."""
    from scipy.optimize import linprog

    equations, known = _system(total, hidden)
    aim = np.zeros(n.shape)
    aim[cell] = 1 / n[cell]
    bounds = np.column_stack([POINTS[0] * n[hidden], POINTS[-1] * n[hidden]])
    ends = [linprog(way * aim[hidden], A_eq=equations, b_eq=known, bounds=bounds) for way in (1, -1)]
    # sums that only rounding makes impossible are taken for determined: that withholds more
    return float(-ends[1].fun - ends[0].fun) if all(each.status == 0 for each in ends) else 0.0


def _system(total: Floats, hidden: Mask) -> tuple[Floats, Floats]:
    """Return the equations of the withheld sums, a row for each line of the table, and what the shown ones leave.

    With totals taken as negative every row and every column of the table sums to 0.
    """
    height, width = total.shape
    signs = np.ones(total.shape)
    signs[-1] *= -1
    signs[:, -1] *= -1
    at = np.argwhere(hidden)
    equations = np.zeros((height + width, len(at)))
    equations[at[:, 0], np.arange(len(at))] = signs[hidden]
    equations[height + at[:, 1], np.arange(len(at))] = signs[hidden]
    shown = np.where(hidden, 0.0, signs * total)
    return equations, -np.concatenate([shown.sum(axis=1), shown.sum(axis=0)])


def _next(n: Floats, free: Mask, hidden: Mask, row: int, column: int) -> tuple[int, int]:
    """Choose what to withhold besides: where the fewest answers are lost, a total only when nothing else helps."""
    height, width = n.shape
    at = np.argwhere(free)
    beside = (at[:, 0] == row) | (at[:, 1] == column)
    alone = [hidden[row].sum() < 2 if row >= 0 else False, hidden[:, column].sum() < 2 if column >= 0 else False]
    urgent = (alone[0] & (at[:, 0] == row)) | (alone[1] & (at[:, 1] == column))
    totals = (at[:, 0] == height - 1).astype(int) + (at[:, 1] == width - 1)
    crossing = hidden[at[:, 0]].any(axis=1).astype(int) + hidden[:, at[:, 1]].any(axis=0)
    order = np.lexsort((at[:, 1], at[:, 0], n[free], totals, -crossing, ~urgent, ~beside))
    best = at[order[0]]
    return int(best[0]), int(best[1])
