"""By how many days call windows have to move so that all are open at once: exact, in whole days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synergy.tables.moments import MINUTES_A_DAY

Integers = NDArray[np.int64]
EVER = 1 << 50
"""A minute after every other: the end of what has none."""


@dataclass(frozen=True)
class Span:
    """From the first minute to the one after the last, on one clock; None where there is no beginning or no end."""

    opens: int | None
    closes: int | None
    movable: bool = True

    @property
    def first(self) -> int:
        """The first minute; one before every other where there is none."""
        return -EVER if self.opens is None else self.opens

    @property
    def last(self) -> int:
        """The minute after the last; one after every other where there is none."""
        return EVER if self.closes is None else self.closes


@dataclass(frozen=True)
class Shifts:
    """What moves by how much: one entry per party, in their order.

    ``chosen`` is the number of its span, None where none can be reached; ``days`` is negative for earlier. All chosen
    spans are open from ``start`` to ``end`` (None: no beginning, no end). ``saved`` is by how many days the total falls
    without a party, None for one that is not reached.
    """

    chosen: tuple[int | None, ...]
    days: tuple[int | None, ...]
    start: int | None
    end: int | None
    total: int
    saved: tuple[int | None, ...]

    @property
    def complete(self) -> bool:
        """Whether every party is reached."""
        return None not in self.chosen


def least_shift(parties: Sequence[Sequence[Span]], limit: int, overlap: int) -> Shifts:
    """Choose one span per party and move it by whole days, so that all are open together for ``overlap`` minutes.

    Least sum of |days|, none above ``limit``; where not all can be reached, the most parties first. Ties: fewest that
    move, then the smallest largest move, then the earliest start, then the span given first. A span that is not
    ``movable`` stays. Exact: for a start t of the common period a span needs

        ceil((t + overlap - closes) / day) <= days <= floor((t - opens) / day),

    and some best t is a beginning, or an end less the overlap, moved by whole days; all of these are tried.

    >>> day = 24 * 60
    >>> early, late = Span(0, 40 * day), Span(20 * day, 68 * day)
    >>> least_shift([[early], [late]], limit=56, overlap=28 * day).days
    (0, -8)
    """
    starts = _starts(parties, limit, overlap)
    reached = np.zeros(len(starts), dtype=np.int64)
    total, moved, most = reached.copy(), reached.copy(), reached.copy()
    for party in parties:
        need, fits, _ = _need(party, starts, limit, overlap)
        cost = np.where(fits, np.abs(need), 0)
        reached += fits
        total += cost
        moved += cost > 0
        most = np.maximum(most, cost)
    best = int(np.lexsort((starts, most, moved, total, -reached))[0])
    chosen: list[int | None] = []
    days: list[int | None] = []
    saved: list[int | None] = []
    # Needs are worked out again: of thousands of parties they would fill the memory.
    for party in parties:
        need, fits, which = _need(party, starts, limit, overlap)
        chosen.append(int(which[best]) if fits[best] else None)
        days.append(int(need[best]) if fits[best] else None)
        saved.append(_saved(need, fits, reached, total, best))
    spans = [
        (party[at], shift) for party, at, shift in zip(parties, chosen, days, strict=True)
        if at is not None and shift is not None
    ]  # fmt: skip
    start = max((span.first + MINUTES_A_DAY * shift for span, shift in spans if span.opens is not None), default=None)
    end = min((span.last + MINUTES_A_DAY * shift for span, shift in spans if span.closes is not None), default=None)
    return Shifts(tuple(chosen), tuple(days), start, end, int(total[best]), tuple(saved))


def _starts(parties: Sequence[Sequence[Span]], limit: int, overlap: int) -> Integers:
    """Return every start of a common period that can be best, in their order."""
    spans = [span for party in parties for span in party]
    edges = {span.opens for span in spans if span.opens is not None}
    edges |= {span.closes - overlap for span in spans if span.closes is not None}
    shifts = MINUTES_A_DAY * np.arange(-limit, limit + 1, dtype=np.int64)
    return np.unique(np.array(sorted(edges) or [0], dtype=np.int64)[:, None] + shifts)


def _need(
    party: Sequence[Span], starts: Integers, limit: int, overlap: int
) -> tuple[Integers, NDArray[np.bool_], Integers]:
    """Return for each start the days of the party's best span, whether any fits, and which it is."""
    days = np.zeros(len(starts), dtype=np.int64)
    fits = np.zeros(len(starts), dtype=bool)
    which = np.zeros(len(starts), dtype=np.int64)
    for number, span in enumerate(party):
        most = limit if span.movable else 0
        low = np.maximum(-((span.last - overlap - starts) // MINUTES_A_DAY), -most)
        high = np.minimum((starts - span.first) // MINUTES_A_DAY, most)
        need = np.clip(0, low, high)
        better = (low <= high) & (~fits | (np.abs(need) < np.abs(days)))
        days[better], which[better], fits[better] = need[better], number, True
    return days, fits, which


def _saved(days: Integers, fits: NDArray[np.bool_], reached: Integers, total: Integers, best: int) -> int | None:
    """Return by how much the total falls when a party is left out and those reached with it are reached still."""
    if not fits[best]:
        return None
    others = total - np.where(fits, np.abs(days), 0)
    as_many = reached - fits >= reached[best] - 1
    return int(total[best] - others[as_many].min())


def days_longer(spans: Sequence[Span], overlap: int) -> tuple[int, ...]:
    """Return by how many days each span would have to stay open longer, if none moves, so that all overlap.

    The common period begins when the last of them opens.

    >>> days_longer([Span(0, 40), Span(20, None)], overlap=30)
    (1, 0)
    """
    start = max((span.first for span in spans), default=-EVER)
    return tuple(max(0, -((span.last - overlap - start) // MINUTES_A_DAY)) for span in spans)
