"""Moments: a day, or a day and time, in a time zone; as text and as minutes."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

MINUTES_A_DAY = 24 * 60
UTC = "UTC"
PATTERN = (
    r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}"
    r"(T([01][0-9]|2[0-3]):[0-5][0-9](Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?)?"
)
"""A day as 2027-03-01, or a day and time as 2027-03-01T17:00, with Z or an offset such as +01:00 where one is given."""
_START = dt.datetime(1970, 1, 1)


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones (the IANA time zone database)."""
    return frozenset(available_timezones()) | {UTC}


@cache
def zone_of(name: str) -> dt.tzinfo:
    """Return a time zone by its name."""
    return dt.UTC if name == UTC else ZoneInfo(name)


def is_moment(text: str) -> bool:
    """Whether a text is a day, or a day and time.

    >>> is_moment("2027-03-01"), is_moment("2027-03-01T17:00+01:00"), is_moment("2027-02-30"), is_moment("1/3/2027")
    (True, True, False, False)
    """
    if not re.fullmatch(PATTERN, text):
        return False
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def minutes(text: str, zone: str = UTC, *, clock: str = UTC, end: bool = False) -> int:
    """Return the minute of a moment on the clock of a place, counted from 1970-01-01 00:00 of that clock.

    A day begins at its first minute; with ``end`` it stands for the first minute after it. A time without an offset
    is one of ``zone``; of an hour that comes twice when summer time ends the first is meant.

    >>> minutes("2027-03-31", end=True) - minutes("2027-03-31")
    1440
    >>> minutes("2027-03-31T17:00", "Europe/Zurich") - minutes("2027-03-31T23:59")  # 15:00 in UTC, in summer time
    -539
    """
    moment = dt.datetime.fromisoformat(text)
    if end and len(text) == len("2027-03-31"):
        moment += dt.timedelta(days=1)
    if moment.tzinfo is None:
        if zone == clock:
            return _count(moment)
        moment = moment.replace(tzinfo=zone_of(zone))
    return _count(moment.astimezone(zone_of(clock)).replace(tzinfo=None))


def _count(moment: dt.datetime) -> int:
    return (moment - _START) // dt.timedelta(minutes=1)


def clock_text(minute: int, *, end: bool = False) -> str:
    """Return a minute as people read it: the day alone where it is a day's beginning, or with ``end`` its end.

    >>> clock_text(minutes("2027-03-31", end=True), end=True), clock_text(minutes("2027-03-31T17:00"), end=True)
    ('2027-03-31', '2027-03-31 17:00')
    """
    whole = minute % MINUTES_A_DAY == 0
    moment = _START + dt.timedelta(minutes=minute - MINUTES_A_DAY * (whole and end))
    return f"{moment:%Y-%m-%d}" if whole else f"{moment:%Y-%m-%d %H:%M}"


def day_of(minute: int) -> dt.date:
    """Return the day a minute lies on."""
    return (_START + dt.timedelta(minutes=minute)).date()
