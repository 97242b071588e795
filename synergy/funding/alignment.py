"""Which programmes can act together on a topic: themes, windows, rules, whom they fund, and what keeps them apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from synergy.errors import UsageError
from synergy.funding.calendar import Calendar, calendar_of
from synergy.funding.common_rules import CommonRule, common_rules
from synergy.funding.eligibility import eligibility, shared_eligibility
from synergy.funding.programmes import Programme, programmes_of
from synergy.funding.territory import Served, known_regions, serve
from synergy.funding.theme import Theme, coverage, theme_of
from synergy.funding.windows import clock_of
from synergy.tables.located import Located
from synergy.tables.study import Study
from synergy.topics import Topics, find_topics

if TYPE_CHECKING:
    from typing import Any

FIT = 0.5
OVERLAP_DAYS = 28
SHIFT_WEEKS = 8
MOST_WEEKS = 104
TAKES_PART = "takes part"
UNDATED = "takes part once its window is known"
MISSED = "its windows cannot meet the others"
UNFIT = "its themes do not cover the topic"
NOT_KNOWN = "its themes are not known"
AS_WELL = "could as well"
ELSEWHERE = "funds none of the regions"


@dataclass(frozen=True, repr=False, eq=False)
class Alignment:
    """How far programmes fit together on a topic.

    ``frame`` has one row per programme of the study: fit, state, window, days moved; ``programmes`` are those of the
    call, ``regions`` says which of them funds whom, ``rules`` compares what they ask, ``eligibility`` (one row per
    programme and group) and ``shared`` (one row per group) whom they fund and at which rate. ``gaps`` are regions that
    nobody funds.
    """

    theme: Theme
    regions: tuple[Served, ...]
    region_names: Mapping[str, str]
    programmes: tuple[Programme, ...]
    frame: pd.DataFrame
    calendar: Calendar
    rules: tuple[CommonRule, ...]
    eligibility: pd.DataFrame
    params: Mapping[str, Any]

    @property
    def gaps(self) -> tuple[Served, ...]:
        """The regions whose partners no programme of the call funds."""
        return tuple(each for each in self.regions if each.programme_id is None)

    @property
    def shared(self) -> pd.DataFrame:
        """Whom all programmes of the call fund, whom only some."""
        return shared_eligibility(self.eligibility)

    @property
    def illustrative(self) -> bool:
        """Whether any programme of the call is made up."""
        return any(programme.illustrative for programme in self.programmes)

    def rule(self, key: str) -> CommonRule:
        """Return the rule of a key, such as windows or needs-sme-project."""
        return next(rule for rule in self.rules if rule.key == key)

    def to_frame(self) -> pd.DataFrame:
        """Return a copy of the programmes, one row each."""
        return self.frame.copy()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; what is unknown is None."""
        from synergy.funding.plain import alignment_values

        return alignment_values(self)

    def __len__(self) -> int:
        return len(self.programmes)

    def __repr__(self) -> str:
        calendar = self.calendar
        when = "open together as they stand" if calendar.meets_now else f"{calendar.total} days to move"
        return f"Alignment({self.theme.name!r}: {len(self)} programmes, {when}, {len(self.gaps)} regions without)"


def align(
    study: Study,
    topic: str,
    regions: Iterable[str] | None = None,
    *,
    topics: Topics | None = None,
    shift_weeks: int = SHIFT_WEEKS,
    overlap_days: int = OVERLAP_DAYS,
    fit: float = FIT,
) -> Alignment:
    """Find which programmes of a study can act together on a topic (or a code) for a set of regions.

    ``regions`` may be of any level, one above the analysed level stands for those in it; without them they are those
    of the topic, or for a code all that are analysed. For each region the programme that covers the topic best takes
    part (``coverage`` of at least ``fit``). Windows are compared on one clock and moved by whole days, none by more
    than ``shift_weeks``, the fewest in all so that they overlap for ``overlap_days`` (``least_shift``). Programmes
    whose windows cannot be brought together are left out of the call and named. A region that nobody funds is a gap
    and no error.

    Raises UnknownName for a topic, code or region that is not there, UsageError for a limit out of range.

    >>> from synergy.tables.read import load
    >>> align(load("data/baltic"), "ecosystem:health", ["EE00"]).gaps
    (Served(region_id='EE00', programme_id=None, basis='no programme of it is known', others=(), in_part=False),)
    """
    _within("shift", shift_weeks, 0, MOST_WEEKS, "weeks")
    _within("overlap", overlap_days, 1, 366, "days")
    _within("fit", fit, 0, 1, "as a share")
    located = study.located
    if topics is None and topic not in located.fields.names:
        topics = find_topics(study)
    theme = theme_of(located, topic, topics)
    chosen = known_regions(located.places, (theme.regions or located.places.regions) if regions is None else regions)
    every = programmes_of(study)
    fits = _fits(theme, every, located)
    served = serve(located.places, chosen, every, fits, fit)
    invited = {each.programme_id for each in served} - {None}
    candidates = [programme for programme in every if programme.programme_id in invited]
    calendar = calendar_of(candidates, clock_of(study), overlap_days, 7 * shift_weeks)
    partners = tuple(each for each in candidates if each.programme_id not in calendar.missed)
    served = tuple(_without(each, calendar.missed) for each in served)
    gaps = [each.region_id for each in served if each.programme_id is None]
    names = dict(zip(study["regions"]["region_id"], study["regions"]["name"], strict=True))
    return Alignment(
        theme,
        served,
        names,
        partners,
        _frame(every, fits, served, calendar, fit),
        calendar,
        common_rules(candidates, calendar, gaps),
        eligibility(partners),
        {"topic": topic, "shift_weeks": shift_weeks, "overlap_days": overlap_days, "fit": fit},
    )


def _within(what: str, value: float, low: float, high: float, unit: str) -> None:
    if isinstance(value, bool) or not low <= value <= high:
        raise UsageError(f"the {what} is {value}, expected {low} to {high} {unit}")


def _fits(theme: Theme, programmes: Iterable[Programme], located: Located) -> dict[str, float | None]:
    known: dict[tuple[str, ...], float | None] = {}
    found: dict[str, float | None] = {}
    for programme in programmes:
        if programme.codes not in known:
            known[programme.codes] = coverage(theme.codes, programme.codes, located.fields)
        found[programme.programme_id] = 1.0 if programme.any_theme else known[programme.codes]
    return found


def _without(served: Served, missed: tuple[str, ...]) -> Served:
    if served.programme_id not in missed:
        return served
    return Served(served.region_id, None, f"the windows of {served.programme_id} cannot meet the others", served.others)


def _frame(
    programmes: Iterable[Programme], fits: Mapping[str, float | None], served: Iterable[Served], calendar: Calendar,
    bar: float,
) -> pd.DataFrame:  # fmt: skip
    funds: dict[str | None, list[str]] = {}
    spare: set[str] = set()
    for each in served:
        funds.setdefault(each.programme_id, []).append(each.region_id)
        spare.update(each.others)
    rows = []
    for p in programmes:
        entry, fit = calendar.entries.get(p.programme_id), fits[p.programme_id]
        state = (
            MISSED if p.programme_id in calendar.missed
            else UNDATED if p.programme_id in calendar.unknown
            else TAKES_PART if p.programme_id in funds
            else NOT_KNOWN if fit is None
            else UNFIT if fit < bar
            else AS_WELL if p.programme_id in spare
            else ELSEWHERE
        )  # fmt: skip
        opens, closes = (None, None) if entry is None else entry.window.moved()
        moved = (None, None) if entry is None or entry.days is None else entry.window.moved(entry.days)
        rows.append(
            (
                p.programme_id, p.name, p.funder, p.region_id, ";".join(funds.get(p.programme_id, ())) or None, fit,
                state, None if entry is None else entry.window.kind, opens, closes,
                None if entry is None else entry.days, *moved,
                None if entry is None or entry.decision is None else entry.decision.isoformat(),
                None if p.budget is None else p.budget / 100, p.illustrative, p.row,
            )
        )  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(PROGRAMME_COLUMNS))
    return frame.astype({"fit": "float64", "days": "Int64", "budget_eur": "float64"})


PROGRAMME_COLUMNS = (
    "programme_id", "name", "funder", "region_id", "funds", "fit", "state", "window", "opens", "closes", "days",
    "opens_moved", "closes_moved", "decision", "budget_eur", "illustrative", "row",
)  # fmt: skip
