"""When a programme takes proposals: its windows on one clock."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from synergy.funding.shifts import Span
from synergy.tables.moments import UTC, clock_text, minutes
from synergy.tables.study import Study


@dataclass(frozen=True)
class Window:
    """One call window; ``span`` is None where its days are not known, ``movable`` where nobody said."""

    programme_id: str
    kind: str
    span: Span | None
    movable: bool | None
    row: int

    def words(self, days: int = 0) -> str:
        """Return the window for people, moved by so many days."""
        if self.span is None:
            return "a call whose days are not known"
        opens, closes = self.moved(days)
        if self.kind == "continuous":
            return "always open" if opens is None else f"always open from {opens}"
        since = f"from {opens}" if opens else "open"
        return f"{since}, no end" if closes is None else f"{opens} to {closes}"

    def moved(self, days: int = 0) -> tuple[str | None, str | None]:
        """Return when the window opens and closes as text, moved by so many days; None where it does not."""
        if self.span is None:
            return None, None
        opens, closes = (None if at is None else at + days * 1440 for at in (self.span.opens, self.span.closes))
        return opens if opens is None else clock_text(opens), closes if closes is None else clock_text(closes, end=True)


def clock_of(study: Study) -> str:
    """Return the time zone in which windows are compared: the commonest of the table, UTC where it names none.

    A day of another zone begins at another minute of this clock. Days are those of the clock, of 24 hours on it.
    """
    named = study["call_windows"]["time_zone"].dropna()
    counts = named.value_counts()
    return UTC if counts.empty else str(min(counts.index, key=lambda zone: (-counts[zone], zone)))


def windows_of(study: Study, clock: str) -> dict[str, tuple[Window, ...]]:
    """Return the windows by programme, in the order of their rows.

    A call needs both ends: of one whose deadline or beginning is not known it cannot be said with what it overlaps.
    A continuous window is open from its beginning on, or has always been; an open-ended one needs its beginning. Where
    nobody said whether a window can be moved, it is taken as movable.
    """
    found: dict[str, list[Window]] = {}
    columns = ["programme_id", "kind", "opens", "closes", "time_zone", "movable"]
    for row, programme, kind, opens, closes, zone, movable in study["call_windows"][columns].itertuples(name=None):
        place = UTC if pd.isna(zone) else zone
        first = None if pd.isna(opens) else minutes(opens, place, clock=clock)
        last = None if pd.isna(closes) else minutes(closes, place, clock=clock, end=True)
        known = kind == "continuous" or (first is not None and (kind == "open-ended" or last is not None))
        moves = None if pd.isna(movable) else movable == "yes"
        span = Span(first, last, moves is not False) if known else None
        found.setdefault(programme, []).append(Window(programme, kind, span, moves, int(row)))
    return {programme: tuple(windows) for programme, windows in sorted(found.items())}
