"""The joint call as values: what is published, in short sentences, with fields that people fill."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from synergy.funding.common_rules import CLASH
from synergy.funding.eligibility import GROUPS, NO, YES
from synergy.funding.words import CENTS, listing

if TYPE_CHECKING:
    from synergy.funding.programmes import Programme
    from synergy.funding.scheme import Scheme

POT_WORDS = {
    "virtual": "No money crosses a border: each programme pays the partners of its own region (virtual common pot).",
    "mixed": "Each programme pays the partners of its own region first; {share} of every budget forms a balancing pot "
    "that fills gaps elsewhere (mixed mode).",
    "real": "All budgets form one pot, and projects are paid from it wherever their partners are (real common pot).",
}
ORDER_WORDS = {
    "optimal": "Those projects are funded that together have the highest sum of scores within all budgets.",
    "strict": "Projects are funded by rank, and funding stops at the first that a budget cannot pay.",
    "skip": "Projects are funded by rank; one that a budget cannot pay is passed over.",
    "least-violation": "As many projects are funded as the budgets can pay, and among such selections the one that "
    "passes over the fewest higher ranked projects.",
}
TO_FILL = (
    "Call secretariat: name, address, telephone",
    "Where and in which language proposals are handed in",
    "Members of the joint panel",
    "Scoring criteria and their weights",
    "Rules on state aid, and the legal basis of each programme",
    "Agreement of the consortium: form and date",
)


def call_values(scheme: Scheme) -> dict[str, Any]:
    """Return the joint call of a scheme as plain values, None and 'to be filled' where nobody has said it yet."""
    alignment = scheme.alignment
    calendar = alignment.calendar
    theme = alignment.theme
    return {
        "title": f"Joint call: {theme.name}",
        "illustrative": scheme.illustrative,
        "topic": {
            "id": theme.theme_id, "name": theme.name, "codes": list(theme.codes), "evidence": list(theme.evidence),
        },
        "programmes": list(_programmes(scheme)),
        "without_programme": [
            {"region_id": each.region_id, "name": alignment.region_names[each.region_id], "why": each.basis}
            for each in alignment.gaps
        ],
        "rules": list(_common(scheme)),
        "particulars": [_particular(programme) for programme in alignment.programmes],
        "calendar": {
            "clock": calendar.clock, "opens": calendar.opens, "closes": calendar.closes, "steps": list(_steps(scheme)),
            "moves": [
                {"programme_id": key, "days": entry.days}
                for key, entry in calendar.entries.items() if entry.days
            ],
        },
        "budget": _budget(scheme),
        "procedure": list(_procedure(scheme)),
        "open": [
            {"rule": rule.title, "why": rule.why, "repair": rule.repair}
            for rule in alignment.rules if rule.state == CLASH or (rule.key == "windows" and rule.repair)
        ],
        "to_fill": list(TO_FILL),
    }  # fmt: skip


def _programmes(scheme: Scheme) -> Iterator[dict[str, Any]]:
    funds: dict[str | None, list[str]] = {}
    for each in scheme.alignment.regions:
        funds.setdefault(each.programme_id, []).append(each.region_id)
    for programme in scheme.alignment.programmes:
        yield {
            "programme_id": programme.programme_id,
            "name": programme.name,
            "funder": programme.funder,
            "region_id": programme.region_id,
            "region": scheme.alignment.region_names[programme.region_id],
            "funds": funds.get(programme.programme_id, []),
            "contact": None,
            "illustrative": programme.illustrative,
            "row": programme.row,
        }


def _common(scheme: Scheme) -> Iterator[str]:
    """Yield the rules that hold for every project, as sentences."""
    alignment = scheme.alignment
    for rule in alignment.rules:
        if not rule.common or rule.key in ("windows", "currency") or rule.key.endswith("-home"):
            continue
        yield f"{rule.title}: {rule.common}."
    shared = alignment.shared
    for state, words in (("all", "All programmes fund"), ("some", "Only some programmes fund")):
        groups = shared.loc[shared["state"].str.startswith(state), "group"].tolist()
        if groups:
            yield f"{words} {listing(groups, most=len(GROUPS))}."
    if alignment.programmes:
        yield "Costs and grants are stated in euro."


def _particular(programme: Programme) -> dict[str, Any]:
    """Return what one programme asks of its own partners."""
    rates = []
    for kind, size, group in GROUPS:
        said = programme.rate(kind, size)
        state = None if said is None else NO if said.rate == 0 else YES
        rates.append({"group": group, "state": state, "rate": None if said is None or state == NO else said.rate})
    return {
        "programme_id": programme.programme_id,
        "name": programme.name,
        "rates": rates,
        "min_grant": _euro(programme.min_grant),
        "max_grant": _euro(programme.max_grant),
        "max_months": programme.max_months,
        "trl_min": programme.trl_min,
        "trl_max": programme.trl_max,
        "needs": [{"who": need.who, "where": need.where, "minimum": need.minimum} for need in programme.needs],
        "unfunded_partner": programme.unfunded_partner,
        "external_evaluation": programme.external_evaluation,
        "windows": [window.words() for window in programme.windows],
    }


def _steps(scheme: Scheme) -> Iterator[dict[str, Any]]:
    """Yield the days of the call in their order."""
    alignment = scheme.alignment
    calendar = alignment.calendar
    names = {programme.programme_id: programme.name for programme in alignment.programmes}
    yield {"day": calendar.opens, "what": "The call opens with all programmes whose windows are known."}
    yield {"day": calendar.closes, "what": "Deadline of the joint call."}
    decisions = sorted(
        (entry.decision.isoformat(), names[key])
        for key, entry in calendar.entries.items()
        if entry.decision is not None and key in names
    )
    by_day: dict[str, list[str]] = {}
    for day, name in decisions:
        by_day.setdefault(day, []).append(name)
    yield from ({"day": day, "what": f"Decision: {'; '.join(found)}."} for day, found in by_day.items())
    silent = [names[key] for key, entry in calendar.entries.items() if entry.decision is None and key in names]
    if silent:
        yield {"day": None, "what": f"Decision: {'; '.join(silent)}."}
    starts = [entry.start for key, entry in calendar.entries.items() if entry.start is not None and key in names]
    if starts:
        yield {"day": max(starts).isoformat(), "what": "Projects may begin: all known decisions are taken."}


def _budget(scheme: Scheme) -> dict[str, Any]:
    rows = [
        {"programme_id": p.programme_id, "name": p.name, "currency": p.currency, "budget": p.own_budget,
         "exchange": p.exchange, "exchange_date": p.exchange_date, "budget_eur": _euro(p.budget)}
        for p in scheme.alignment.programmes
    ]  # fmt: skip
    known = [row["budget_eur"] for row in rows if row["budget_eur"] is not None]
    return {"programmes": rows, "total_eur": sum(known) if known else None, "unknown": len(rows) - len(known)}


def _procedure(scheme: Scheme) -> Iterator[str]:
    """Yield evaluation and funding, step by step."""
    alignment = scheme.alignment
    yield "One coordinator hands in one joint proposal; each partner names its programme and its costs."
    yield "Each programme checks whether its own partners may be funded."
    names = {programme.programme_id: programme.name for programme in alignment.programmes}
    own = [p.name for p in alignment.programmes if p.external_evaluation is False]
    silent = [p.name for p in alignment.programmes if p.external_evaluation is None]
    yield "A joint panel scores every proposal once."
    if own:
        yield f"{listing(own, most=len(names))} confirm{'s' * (len(own) == 1)} the result by own procedure."
    if silent:
        yield f"To be settled: whether {listing(silent, most=len(names))} accept{'s' * (len(silent) == 1)} that panel."
    pot, order = scheme.params["pot"], scheme.params["order"]
    yield POT_WORDS[pot].format(share=f"{scheme.params['balancing']:.0%}")
    yield ORDER_WORDS[order]
    yield "A project begins when every programme in it has decided, on one day that the consortium names."
    yield "Each partner reports to its own programme; the coordinator reports on the whole project to the secretariat."


def _euro(cents: int | None) -> float | None:
    return None if cents is None else cents / CENTS
