"""Consortia for a topic or an activity as plain values, that their page, their text and their JSON are made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from synergy.consortia import Consortium, Verdict, lacks, robustness
from synergy.consortia.rules.form import MARKS
from synergy.consortia.rules.judge import BROKEN, KEPT, OPEN
from synergy.consortia.wish import WISH
from synergy.partners import Absence, Overview, Proposal
from synergy.report.consortia_words import found_words
from synergy.tables.study import Study

WEAK = 0.75
"""The quality of two projects."""
STATES = (KEPT, OPEN, BROKEN)
QUALITY = (
    "Quality is 1 - 2^-n, n the candidate's projects on the capacity in the data, or its own row where there is none "
    "(half a row for a field read from a name). It is a floor: what is in no table does not count."
)
OWN = "The rules are the schemes'; the quality and the value of a consortium are our own."


def summarise_consortia(study: Study, found: Proposal, absent: Sequence[Absence] = ()) -> dict[str, Any]:
    """Return the consortia with the study and the rules they belong to, as dicts, lists, text, numbers and None.

    ``absent`` is who was asked about that is not in the first one.
    """
    located = study.located
    names: dict[str, str] = located.regions.set_index("region_id")["name"].to_dict()
    subject, partners = found.subject, found.partners
    rules = found.rules
    return {
        "title": study.title,
        "study": study.settings.name,
        "description": study.settings.description,
        "seed": study.settings.seed,
        "own": OWN,
        "quality": QUALITY,
        "marks": dict(MARKS),
        "for": {
            "id": subject.id, "kind": subject.kind, "name": subject.name, "topic_id": subject.topic_id or None,
            "home": subject.home or None, "home_name": names.get(subject.home),
            "regions": [_place(names, region) for region in subject.core],
            "nobody_named": [_place(names, region) for region in partners.unnamed],
        },
        "rules": {
            "name": rules.name, "title": rules.title, "date": rules.date, "source": rules.source,
            "note": rules.note or None, "count": len(rules),
        },
        "pool": {
            "candidates": len(partners), "outside": len(partners.people) - len(partners),
            "kind_unknown": int(partners.pool.candidates["kind"].isna().sum()),
            "cost_unknown": int(partners.pool.candidates["cost"].isna().sum()),
        },
        "params": dict(found.consortia.params),
        "consortia": [_consortium(found, names, number) for number in range(1, len(found) + 1)],
        "held_by_nobody": _missing(found, names),
        "weak": _weak(found),
        "leaving": _leaving(found),
        "why_not": [_absent(found, one) for one in absent],
    }  # fmt: skip


def brief_consortia(found: Overview) -> dict[str, Any]:
    """Return the best consortium of each topic in a line, and which topics have none, for the report."""
    rows = []
    for topic, proposal in found.proposals.items():
        best, pool = proposal.consortia.best, proposal.partners.pool.candidates.set_index("candidate_id")
        members = pool.loc[list(best.members)]
        rows.append(
            {
                "topic_id": topic, "name": proposal.subject.name, "members": members["name"].tolist(),
                "countries": sorted(set(members["country"])), "regions": int(members["region"].nunique()),
                "covered": sum(bool(each.members) for each in best.contributions),
                "capacities": len(best.contributions),
                "unheld": len(proposal.partners.missing), "candidates": len(pool), "proven": best.proven,
                "gap": _round(best.gap), "to_confirm": [verdict.rule.says for verdict in best.to_confirm],
            }
        )  # fmt: skip
    return {
        "rules": found.rules.name, "rules_title": found.rules.title, "rules_date": found.rules.date, "own": OWN,
        "best": rows, "without": [{"topic_id": topic, "why": why} for topic, why in found.without.items()],
    }  # fmt: skip


def _place(names: dict[str, str], region: str) -> dict[str, str]:
    return {"region_id": region, "name": names.get(region, region)}


def _consortium(found: Proposal, names: dict[str, str], number: int) -> dict[str, Any]:
    one, best = found.consortia[number - 1], found.consortia.best
    frame = found.to_frame().query("consortium == @number")
    people = found.partners.people.set_index("candidate_id")
    called = {each.capacity: each.name for each in one.contributions}
    members = [
        {
            "id": row.candidate_id, "name": row.name, "region_id": row.region,
            "region": names.get(row.region, row.region), "country": row.country, "kind": row.kind,
            "kind_by_name": bool(people.at[row.candidate_id, "by_name"]),
            "covers": [called[code] for code in row.covers.split(";") if code],
            "best_for": int(row.best_for), "loss": _round(row.loss), "row": f"{row.table}.csv:{row.row}",
        }
        for row in frame.itertuples(index=False)
    ]  # fmt: skip
    return {
        "number": number, "value": _round(one.value), "bound": _round(one.bound), "gap": _round(one.gap),
        "proven": one.proven, "less_than_best": _round(best.value - one.value),
        "countries": sorted({each["country"] for each in members}),
        "regions": sorted({each["region_id"] for each in members}),
        "members": members,
        "joins": [each["name"] for each in members if each["id"] not in best.members],
        "leaves": [people.at[each, "name"] for each in best.members if each not in one.members],
        "parts": {part: _round(value) for part, value in one.parts.items()},
        "cover": _cover(found, one, number),
        "covered": sum(bool(each.members) for each in one.contributions),
        "rules": [_verdict(verdict) for verdict in one.verdicts],
        "states": {state: sum(each.status == state for each in one.verdicts) for state in STATES},
        "ties": _ties(found, one),
        "cost": None if one.cost_unknown else one.cost,
    }  # fmt: skip


def _cover(found: Proposal, one: Consortium, number: int) -> list[dict[str, Any]]:
    rows = found.cover[found.cover["consortium"] == number]
    rows = {(row.capacity, row.candidate_id): row.rows for row in rows.itertuples(index=False)}
    return [
        {
            "capacity": each.capacity, "name": each.name, "value": _round(each.value),
            "holders": [
                {"id": member, "quality": _round(quality), "rows": rows[each.capacity, member].split()}
                for member, quality in zip(each.members, each.qualities, strict=True)
            ],
        }
        for each in one.contributions
    ]  # fmt: skip


def _verdict(verdict: Verdict) -> dict[str, Any]:
    wish = verdict.rule.source == WISH
    return verdict.to_dict() | {"found": found_words(verdict), "of": "wish" if wish else "rule"}


def _ties(found: Proposal, one: Consortium) -> dict[str, int]:
    """Return how many pairs of members have joint projects, and of how many pairs that can be known."""
    pool = found.partners.pool
    at = [pool.place(member) for member in one.members if not member.startswith("cluster:")]
    pairs = 0 if pool.ties is None else int((pool.ties[at][:, at] > 0).sum() / 2)
    return {"worked_together": pairs, "of": len(at) * (len(at) - 1) // 2}


def _missing(found: Proposal, names: dict[str, str]) -> list[dict[str, Any]]:
    table = found.subject.capacities.set_index("capacity")
    return [
        {
            "capacity": code, "name": table.at[code, "name"],
            "regions": [_place(names, region) for region in table.at[code, "holders"].split(";") if region],
        }
        for code in found.partners.missing
    ]  # fmt: skip


def _weak(found: Proposal) -> list[dict[str, Any]]:
    """Return the capacities in which no member shows two projects, and who would bring more, inside or outside."""
    people = found.partners.people.set_index("candidate_id")
    return [
        {
            "capacity": one.capacity, "name": one.name, "quality": _round(one.quality),
            "helpers": [
                {
                    "id": each.candidate, "name": people.at[each.candidate, "name"],
                    "region_id": people.at[each.candidate, "region"], "quality": _round(each.quality),
                    "candidate": each.in_pool,
                }
                for each in one.helpers
            ],
        }
        for one in lacks(found.consortia, found.partners.outside, weak=WEAK).lacks
    ]  # fmt: skip


def _leaving(found: Proposal) -> list[dict[str, Any]]:
    """Return what happens when one member leaves: what is lost, which rules break, who replaces it best."""
    names = found.partners.people.set_index("candidate_id")["name"]
    return [
        {
            "id": one.leaving, "name": names[one.leaving], "lost": _round(one.lost),
            "broken": [verdict.rule.says for verdict in one.broken],
            "replacement": one.replacement, "replacement_name": one.replacement and names[one.replacement],
            "lost_then": None if one.lost_then is None else _round(one.lost_then),
        }
        for one in robustness(found.consortia).departures
    ]  # fmt: skip


def _absent(found: Proposal, one: Absence) -> dict[str, Any]:
    told: dict[str, Any] = {"id": one.candidate, "name": one.name, "no_candidate": one.no_candidate or None}
    if one.found is None:
        return told | {"costs": None, "at_least": None, "clash": [], "repairs": [], "joins_instead_of": None}
    names = found.partners.people.set_index("candidate_id")["name"]
    kept = next((move for move in one.found.exchanges if not move.broken), None)
    return told | {
        "costs": None if one.found.costs is None else _round(one.found.costs),
        "at_least": None if one.found.at_least is None else _round(one.found.at_least),
        "clash": list(one.found.clash),
        "repairs": [str(repair) for repair in one.found.repairs],
        "joins_instead_of": None
        if kept is None or kept.leaving is None
        else {"id": kept.leaving, "name": names[kept.leaving], "gain": _round(kept.gain)},
    }


def _round(value: float) -> float:
    return round(float(value), 6)
