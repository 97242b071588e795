"""What programmes ask, side by side: what they share, what binds, and what clashes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from synergy.funding.calendar import Calendar
from synergy.funding.programmes import Programme
from synergy.funding.words import UNKNOWN, days_words, listing
from synergy.tables.moments import MINUTES_A_DAY

SHARED, BINDS, CLASH, OPEN = "shared", "binds", "clash", "open"
STATES = {
    SHARED: "the same for all",
    BINDS: "they differ, and all can take the strictest",
    CLASH: "they cannot all be met",
    OPEN: "not known",
}
WHO = {
    "any": ("partner", "partners"),
    "sme": ("SME", "SMEs"),
    "firm": ("firm", "firms"),
    "research": ("research organisation", "research organisations"),
    "university": ("university", "universities"),
    "public": ("public body", "public bodies"),
    "other": ("other organisation", "other organisations"),
}


@dataclass(frozen=True)
class CommonRule:
    """One rule over all programmes: what the call has to take, who binds it, and how a clash is mended.

    ``state`` is one of STATES; ``values`` says what each programme asks; ``unknown`` are programmes that do not say.
    """

    key: str
    title: str
    state: str
    common: str
    binds: tuple[str, ...]
    why: str
    repair: str
    values: Mapping[str, str]
    unknown: tuple[str, ...] = ()


def common_rules(
    programmes: Sequence[Programme], calendar: Calendar, unfunded: Sequence[str] = ()
) -> tuple[CommonRule, ...]:
    """Compare the programmes of a call rule by rule; ``unfunded`` are regions whose partners nobody would fund."""
    if not programmes:
        return ()
    return (
        windows_rule(programmes, calendar),
        _start(programmes, calendar),
        *_needs(programmes),
        _duration(programmes),
        _readiness(programmes),
        _unfunded(programmes, unfunded),
        _evaluation(programmes),
        _currency(programmes),
    )


def windows_rule(programmes: Sequence[Programme], calendar: Calendar) -> CommonRule:
    """Return whether the windows meet, which one keeps them apart, and what would mend it."""
    names = {p.programme_id: p.name for p in programmes}
    entries = calendar.entries
    values = {key: entries[key].window.words() if key in entries else UNKNOWN for key in names}
    state = CLASH if calendar.missed else BINDS if calendar.total else SHARED if entries else OPEN
    most = max((entry.saved or 0 for entry in entries.values()), default=0)
    binds = tuple(key for key, entry in entries.items() if most and entry.saved == most)
    common = ""
    if entries:
        common = f"open together from {calendar.opens or 'any day'} to {calendar.closes or 'any day'}"
    apart = calendar.overlap_now
    why = ""
    if apart is not None and apart < calendar.overlap_days:
        found = f"they overlap for {days_words(apart)}" if apart > 0 else f"they are {days_words(-apart)} apart"
        why = f"As they stand {found}; {calendar.overlap_days} days are asked for. {_ends(names, calendar)}"
    moves = [
        f"{names[key]} moves {days_words(abs(entry.days))} {'later' if entry.days > 0 else 'earlier'}"
        for key, entry in entries.items()
        if entry.days
    ]
    repair = [f"{'; '.join(moves)}."] if moves else []
    for key in calendar.missed:
        far = f"not within {calendar.limit_days // 7} weeks"
        repair.append(f"{names[key]} cannot meet the others, {far}: agree on another window or leave it out.")
    stay = [(names[key], entry.longer) for key, entry in entries.items() if entry.longer]
    if repair and stay and all(entry.longer is not None for entry in entries.values()):
        said = "; ".join(f"{name} stays open {days_words(longer)} longer" for name, longer in stay)
        repair.append(f"Or, with no window moved: {said}.")
    return CommonRule("windows", "Call windows", state, common, binds, why, " ".join(repair), values, calendar.unknown)


def _ends(names: Mapping[str, str], calendar: Calendar) -> str:
    """Say which window closes first, and by how many days before the next."""
    spans = {key: entry.window.span for key, entry in calendar.entries.items() if entry.window.span is not None}
    ends = sorted((span.closes, key) for key, span in spans.items() if span.closes is not None)
    starts = sorted((span.opens, key) for key, span in spans.items() if span.opens is not None)
    if not ends or not starts:
        return ""
    first, last = ends[0][1], starts[-1][1]
    lead = ""
    if len(ends) > 1 and ends[1][0] > ends[0][0]:
        lead = f", {days_words((ends[1][0] - ends[0][0]) / MINUTES_A_DAY)} before {names[ends[1][1]]}"
    return f"{names[first]} closes first{lead}; {names[last]} opens last."


def _start(programmes: Sequence[Programme], calendar: Calendar) -> CommonRule:
    days = {
        p.programme_id: calendar.entries[p.programme_id].start if p.programme_id in calendar.entries else None
        for p in programmes
    }
    known = {key: day for key, day in days.items() if day is not None}
    last = max(known.values(), default=None)
    binds = tuple(key for key, day in known.items() if day == last and len(set(known.values())) > 1)
    common = f"no project begins before {last}" if last else ""
    why = "The last decision or first allowed day decides." if binds else ""
    values = {key: str(day) if day else UNKNOWN for key, day in days.items()}
    return _rule("start", "First day of projects", values, known, common, binds, why)


def _needs(programmes: Sequence[Programme]) -> Iterator[CommonRule]:
    asked = sorted({(n.where != "project", list(WHO).index(n.who), n.who) for p in programmes for n in p.needs})
    for at_home, _, who in asked:
        where = "home" if at_home else "project"
        least = {p.programme_id: n.minimum for p in programmes for n in p.needs if (n.who, n.where) == (who, where)}
        values = {p.programme_id: str(least.get(p.programme_id, "not asked")) for p in programmes}
        title = f"{WHO[who][1][0].upper()}{WHO[who][1][1:]}{' of its own region' if at_home else ''}"
        yield _need(title, who, at_home, least, values, programmes)


def _need(
    title: str, who: str, at_home: bool, least: Mapping[str, int], values: Mapping[str, str], all_: Sequence[Programme]
) -> CommonRule:
    names = {p.programme_id: p.name for p in all_}
    most = max(least.values())
    many = WHO[who][most > 1]
    key = f"needs-{who}-{'home' if at_home else 'project'}"
    if at_home:
        each = "; ".join(f"{names[one]}: {n}" for one, n in least.items())
        common = f"with a partner of theirs: {each}"
        return CommonRule(key, title, BINDS, common, tuple(least), "Each asks it of its own region alone.", "", values)
    binds = tuple(one for one, n in least.items() if n == most)
    if len(least) == len(all_) and len(set(least.values())) == 1:
        return CommonRule(key, title, SHARED, f"at least {most} in a project", (), "", "", values)
    others = max((n for n in least.values() if n < most), default=0)
    lower = f"accepts {others}, as the next strictest" if others else "drops the rule, which no other has"
    who_binds = listing([names[one] for one in binds])
    common = f"at least {most} in a project with money of {who_binds}"
    common += f", {others} with that of others that ask for some" if others else ""
    why = f"{who_binds} {'needs' if len(binds) == 1 else 'need'} {most} {many}; a project with fewer is refused there."
    repair = f"Every project with money of {who_binds} takes {most} {many}; or it {lower}."
    return CommonRule(key, title, BINDS, common, binds, why, repair, values)


def _duration(programmes: Sequence[Programme]) -> CommonRule:
    known = {p.programme_id: p.max_months for p in programmes if p.max_months is not None}
    least = min(known.values(), default=None)
    differ = len(set(known.values())) > 1
    binds = tuple(key for key, months in known.items() if differ and months == least)
    values = _values(programmes, lambda p: None if p.max_months is None else f"{p.max_months} months")
    common = f"at most {least} months" if known else ""
    why = f"Others allow up to {max(known.values())} months." if differ else ""
    return _rule("duration", "Longest project", values, known, common, binds, why)


def _readiness(programmes: Sequence[Programme]) -> CommonRule:
    low = {p.programme_id: p.trl_min for p in programmes if p.trl_min is not None}
    high = {p.programme_id: p.trl_max for p in programmes if p.trl_max is not None}
    values = _values(programmes, _trl)
    title = "Technology readiness level (TRL)"
    if not low and not high:
        return _rule("readiness", title, values, {}, "", (), "")
    first, last = max(low.values(), default=1), min(high.values(), default=9)
    floor = [key for key, level in low.items() if level == first and len(set(low.values())) > 1]
    ceiling = [key for key, level in high.items() if level == last and len(set(high.values())) > 1]
    binds = tuple(dict.fromkeys([*floor, *ceiling]))
    if first <= last:
        return _rule("readiness", title, values, values, f"TRL {first} to {last}", binds, "")
    names = {p.programme_id: p.name for p in programmes}
    above, below = ([key for key in levels if levels[key] == at] for levels, at in ((low, first), (high, last)))
    high_end, low_end = listing([names[key] for key in above]), listing([names[key] for key in below])
    why = f"Lowest level {first}: {high_end}. Highest level {last}: {low_end}."
    repair = "Call for two stages, research and demonstration, or leave one side out."
    return CommonRule("readiness", title, CLASH, "", (*above, *below), why, repair, values, _silent(values))


def _trl(p: Programme) -> str | None:
    return None if p.trl_min is None and p.trl_max is None else f"{p.trl_min or '?'} to {p.trl_max or '?'}"


def _unfunded(programmes: Sequence[Programme], unfunded: Sequence[str]) -> CommonRule:
    known = {p.programme_id: p.unfunded_partner for p in programmes if p.unfunded_partner is not None}
    no = tuple(key for key, allowed in known.items() if not allowed)
    names = {p.programme_id: p.name for p in programmes}
    values = _values(programmes, lambda p: {True: "allowed", False: "not allowed", None: None}[p.unfunded_partner])
    who = listing([names[one] for one in no])
    common = f"not in a project with money of {who}" if no else "allowed" if known else ""
    title, key = "Partners whom nobody funds", "unfunded"
    if not no or not unfunded:
        return _rule(key, title, values, known, common, no if len(no) < len(known) else (), "")
    allow = "allows" if len(no) == 1 else "allow"
    why = f"No programme funds {listing(list(unfunded), most=6)}, and {who} {allow} no such partner."
    repair = f"Partners of those regions stay out of projects with money of {who}, or it allows them unfunded."
    return CommonRule(key, title, CLASH, common, no, why, repair, values, _silent(values))


def _evaluation(programmes: Sequence[Programme]) -> CommonRule:
    known = {p.programme_id: p.external_evaluation for p in programmes if p.external_evaluation is not None}
    no = tuple(key for key, accepts in known.items() if not accepts)
    names = {p.programme_id: p.name for p in programmes}
    values = _values(programmes, lambda p: {True: "accepted", False: "own only", None: None}[p.external_evaluation])
    title, key = "Evaluation by others", "evaluation"
    if not no:
        return _rule(key, title, values, known, "one joint evaluation" if known else "", (), "")
    who = listing([names[one] for one in no])
    one = len(no) == 1
    why = f"{who} {'has' if one else 'have'} to evaluate {'its' if one else 'their'} own part."
    repair = (
        f"A joint panel scores all; {who} confirm{'s' * one} the result by {'its' if one else 'their'} own procedure."
    )
    return CommonRule(
        key,
        title,
        CLASH,
        f"one joint panel; {who} confirm{'s' * one} its result",
        no,
        why,
        repair,
        values,
        _silent(values),
    )


def _currency(programmes: Sequence[Programme]) -> CommonRule:
    values = {p.programme_id: p.currency for p in programmes}
    other = tuple(p.programme_id for p in programmes if p.currency != "EUR")
    lost = tuple(p.programme_id for p in programmes if p.exchange is None)
    why = "The exchange rate of some is not known, and so are their amounts." if lost else ""
    return CommonRule(
        "currency", "Currency", OPEN if lost else BINDS if other else SHARED, "amounts in euro", other, why, "", values
    )


def _values(programmes: Sequence[Programme], of: Callable[[Programme], str | None]) -> dict[str, str]:
    return {p.programme_id: of(p) or UNKNOWN for p in programmes}


def _silent(values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(key for key, value in values.items() if value == UNKNOWN)


def _rule(
    key: str, title: str, values: Mapping[str, str], known: Mapping[str, object], common: str,
    binds: tuple[str, ...], why: str,
) -> CommonRule:  # fmt: skip
    state = BINDS if binds else SHARED if known else OPEN
    return CommonRule(key, title, state, common, binds, why, "", values, _silent(values))
