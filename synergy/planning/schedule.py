"""Which step can begin when: the critical path method."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from synergy.errors import UsageError

WORKDAYS = 5


@dataclass(frozen=True)
class Slot:
    """The weeks of a step, the first being 1; ``slack`` is by how many it may be late without delaying the end."""

    start: int
    end: int
    slack: int

    @property
    def critical(self) -> bool:
        """Whether a week lost here is a week lost at the end."""
        return self.slack == 0


def schedule(weeks: Mapping[str, int], depends: Mapping[str, Iterable[str]]) -> dict[str, Slot]:
    """Place each step as early as the steps it waits for allow, in whole weeks (Kelley and Walker 1959).

    Forward: earliest start = 1 + the largest earliest end of what it waits for. Backward: latest end = the
    smallest latest start of what waits for it, less 1. Slack is the difference. Raises ``graphlib.CycleError``
    when steps wait for one another.

    >>> slots = schedule({"a": 2, "b": 3, "c": 1}, {"c": ["a", "b"]})
    >>> slots["c"], slots["a"].slack
    (Slot(start=4, end=4, slack=0), 1)
    """
    waits = {step: sorted(depends.get(step, ())) for step in weeks}
    order = list(TopologicalSorter(waits).static_order())
    end: dict[str, int] = {}
    for step in order:
        end[step] = max((end[other] for other in waits[step]), default=0) + weeks[step]
    last = max(end.values(), default=0)
    latest = dict.fromkeys(order, last)
    for step in reversed(order):
        for other in waits[step]:
            latest[other] = min(latest[other], latest[step] - weeks[step])
    return {step: Slot(end[step] - weeks[step] + 1, end[step], latest[step] - end[step]) for step in weeks}


def without(depends: Mapping[str, Iterable[str]], kept: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the dependencies among the steps that are kept: what waited for a dropped step waits for its reasons.

    What another dependency already waits for is left out (the transitive reduction).

    >>> without({"a": [], "b": ["a"], "c": ["b"], "d": ["a", "c"]}, ["a", "c", "d"])
    {'a': (), 'c': ('a',), 'd': ('c',)}
    """
    stay = set(kept)
    direct: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    for step in TopologicalSorter({step: list(others) for step, others in depends.items()}).static_order():
        others = list(depends.get(step, ()))
        direct[step] = {reason for other in others for reason in ({other} if other in stay else direct[other])}
        before[step] = direct[step].union(*(before[other] for other in direct[step]))
    implied = {step: {far for near in direct[step] for far in before[near]} for step in direct}
    return {step: tuple(sorted(direct[step] - implied[step])) for step in depends if step in stay}


def first_monday(text: str) -> dt.date:
    """Return the Monday that a text names; UsageError for any other day, with the two Mondays around it.

    >>> first_monday("2027-01-11")
    datetime.date(2027, 1, 11)
    """
    try:
        # A week date (2027-W02-1) is a day to Python as well, and most readers would not see which.
        day = dt.date.fromisoformat(text if "W" not in text and len(text) == 10 else "")
    except ValueError:
        raise UsageError(f"the start is {text!r}, expected a day such as 2027-01-11") from None
    if day.weekday():
        before = day - dt.timedelta(days=day.weekday())
        after = before + dt.timedelta(days=7)
        raise UsageError(f"{text} is a {day:%A}, and weeks begin on a Monday: say {before} or {after}")
    return day


def days_of(slot: Slot, monday: dt.date) -> tuple[dt.date, dt.date]:
    """Return the Monday on which a step begins and the Friday on which it ends; holidays are not known.

    >>> days_of(Slot(2, 3, 0), dt.date(2027, 1, 11))
    (datetime.date(2027, 1, 18), datetime.date(2027, 1, 29))
    """
    first = monday + dt.timedelta(weeks=slot.start - 1)
    last = monday + dt.timedelta(weeks=slot.end - 1, days=WORKDAYS - 1)
    return first, last
