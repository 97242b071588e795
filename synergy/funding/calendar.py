"""The calendar of a joint call: which window of each programme, moved by how much, and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from synergy.funding.programmes import Programme
from synergy.funding.shifts import Span, days_longer, least_shift
from synergy.funding.windows import Window
from synergy.tables.moments import MINUTES_A_DAY, clock_text, day_of


@dataclass(frozen=True)
class Entry:
    """A programme's window in the call; ``days`` it moves by, None where it cannot meet the others within the limit.

    ``saved``: by how many days the total falls without it. ``longer``: by how many days it would have to stay open
    longer instead, if no window moved. ``decision`` is the day of its decision, counted from the end of the common
    period, None where that or its weeks are not known; ``start`` the first day of projects as far as it is known.
    """

    programme_id: str
    window: Window
    days: int | None
    saved: int | None
    longer: int | None
    decision: dt.date | None
    start: dt.date | None


@dataclass(frozen=True)
class Calendar:
    """Windows on one clock; all of those that meet are open from ``opens`` to ``closes`` (None: no end).

    ``overlap_now`` is for how many days these windows overlap as they stand, negative where they are apart, None where
    one has no end; ``total`` how many days are moved in all. ``unknown`` are programmes without a known window,
    ``missed`` those whose windows cannot meet the others.
    """

    clock: str
    overlap_days: int
    limit_days: int
    entries: Mapping[str, Entry]
    opens: str | None
    closes: str | None
    overlap_now: float | None
    total: int
    unknown: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def meets_now(self) -> bool:
        """Whether no window has to move."""
        return self.total == 0 and not self.missed


def calendar_of(programmes: Iterable[Programme], clock: str, overlap_days: int, limit_days: int) -> Calendar:
    """Choose a window for each programme and move as few days as needed (``least_shift``)."""
    chosen = list(programmes)
    spans = {p.programme_id: [(w, w.span) for w in p.windows if w.span is not None] for p in chosen}
    dated = [p for p in chosen if spans[p.programme_id]]
    overlap = overlap_days * MINUTES_A_DAY
    found = least_shift([[span for _, span in spans[p.programme_id]] for p in dated], limit_days, overlap)
    picks = [spans[p.programme_id][at or 0] for p, at in zip(dated, found.chosen, strict=True)]
    longer = days_longer([span for _, span in picks], overlap)
    entries = {
        p.programme_id: _entry(p, window, days, saved, None if window.movable is False and more else more, found.end)
        for p, (window, _), days, saved, more in zip(dated, picks, found.days, found.saved, longer, strict=True)
    }
    return Calendar(
        clock,
        overlap_days,
        limit_days,
        entries,
        None if found.start is None else clock_text(found.start),
        None if found.end is None else clock_text(found.end, end=True),
        _overlap([span for _, span in picks]),
        found.total,
        tuple(p.programme_id for p in chosen if not spans[p.programme_id]),
        tuple(p.programme_id for p, at in zip(dated, found.chosen, strict=True) if at is None),
    )


def _overlap(spans: list[Span]) -> float | None:
    first, last = max((s.first for s in spans), default=0), min((s.last for s in spans), default=0)
    open_ended = all(s.opens is None for s in spans) or all(s.closes is None for s in spans)
    return None if open_ended else (last - first) / MINUTES_A_DAY


def _entry(
    p: Programme, window: Window, days: int | None, saved: int | None, longer: int | None, end: int | None
) -> Entry:
    decision = None
    if end is not None and days is not None and p.decision_weeks is not None:
        # counted from the last minute of the common period, as the first after it may be the next day
        decision = day_of(end - 1) + dt.timedelta(weeks=p.decision_weeks)
    earliest = None if p.earliest_start is None else dt.date.fromisoformat(p.earliest_start)
    start = max((day for day in (decision, earliest) if day is not None), default=None)
    return Entry(p.programme_id, window, days, saved, longer, decision, start)
