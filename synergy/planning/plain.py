"""A plan as plain values: dicts, lists, text, numbers and None."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from synergy.planning.facts import Actor
from synergy.planning.monitoring import verdict
from synergy.planning.people import Person, listed
from synergy.planning.steps import Step

if TYPE_CHECKING:
    from synergy.planning.monitoring import Indicator
    from synergy.planning.plan import ActivityPlan, Plan
    from synergy.planning.team import Team


def plan_values(plan: Plan) -> dict[str, Any]:
    """Return the whole plan as plain values, activities in their order."""
    return {
        "start": plan.start and plan.start.isoformat(),
        "template": plan.template.source,
        "activities": [_part(plan, part) for part in plan.parts],
        "load": _load(plan),
        "notes": list(plan.notes),
    }


def _part(plan: Plan, part: ActivityPlan) -> dict[str, Any]:
    facts = part.facts
    steps = [_step(plan, part, step) for step in part.steps]
    return {
        "activity_id": facts.activity_id,
        "name": facts.name,
        "topic_id": facts.topic_id,
        "topic": facts.topic,
        "home": facts.place(facts.home),
        "regions": [facts.place(region) for region in facts.regions],
        "countries": list(facts.countries),
        "direction": facts.direction,
        "rule": facts.rule,
        "emphasis": part.emphasis,
        "stage": facts.stage,
        "stage_carried": facts.carried,
        "note": facts.note,
        "weeks": part.weeks,
        "people": [_person(person) for person in part.people.values()],
        "actors": [{**_actor(actor), "brings": _brought(part, actor), "row": actor.place} for actor in facts.actors],
        "capacities": [
            {"code": c.code, "name": c.name, "state": c.state, "holders": [facts.place(r) for r in c.holders]}
            for c in facts.capacities
        ],
        "criteria": [
            {"criterion": c.name, "value": c.value, "unit": c.unit, "bar": c.bar, "met": c.met, "why": c.why}
            for c in facts.criteria
        ],
        "steps": steps,
        "milestones": [step for step in steps if step["milestone"]],
        "indicators": [_indicator(each) for each in part.indicators],
        "consortium": None if part.team is None else _team(part.team),
        "missing": [{"what": gap.what, "who": gap.who, "step": gap.step} for gap in part.gaps],
    }


def _team(team: Team) -> dict[str, Any]:
    return {
        "scheme": team.scheme,
        "date": team.date,
        "source": team.source,
        "members": [{**_actor(actor), "brings": list(actor.brings), "row": actor.place} for actor in team.members],
        "rules": [{"says": says, "status": status, "because": because or None} for says, status, because in team.rules],
        "proven": team.proven,
        "gap": team.gap,
        "held_by_nobody": list(team.unheld),
        "why_none": team.why_none or None,
    }


def _step(plan: Plan, part: ActivityPlan, step: Step) -> dict[str, Any]:
    days = plan.days(step)
    return {
        "step": step.number,
        "key": step.key,
        "line": step.line,
        "title": step.title,
        "lead": _brief(step.lead),
        "partners": [_brief(person) for person in step.partners],
        "inputs": step.inputs,
        "outcome": step.outcome,
        "details": list(step.details),
        "milestone": step.milestone or None,
        "weeks": step.weeks,
        "waits_for": sorted(part.number(key) for key in step.depends),
        "because": step.because or None,
        "status": step.status,
        "start_week": step.slot and step.slot.start,
        "end_week": step.slot and step.slot.end,
        "slack_weeks": step.slot and step.slot.slack,
        "critical": step.slot and step.slot.critical,
        "start": days and days[0].isoformat(),
        "end": days and days[1].isoformat(),
    }


def _brief(person: Person) -> dict[str, Any]:
    return {
        "role": person.role,
        "title": person.title,
        "first": listed(person.named[:1], 1) if person.named else None,
        "more": max(len(person.named) - 1, 0),
        "to_be_named": None if person.named else person.unnamed,
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "role": person.role,
        "title": person.title,
        "named": [_actor(actor) for actor in person.named],
        "candidates": [_actor(actor) for actor in person.candidates],
        "to_be_named": None if person.named else person.unnamed,
        "names": listed(person.named, person.most),
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {"id": actor.key, "name": actor.name, "kind": actor.kind, "region_id": actor.region or None}


def _brought(part: ActivityPlan, actor: Actor) -> list[str]:
    names = {capacity.code: capacity.name for capacity in part.facts.capacities}
    return list(dict.fromkeys(names.get(code, code) for code in actor.brings))


def _indicator(each: Indicator) -> dict[str, Any]:
    return {
        "indicator": each.template.key,
        "title": each.template.title,
        "unit": each.template.unit,
        "wanted": each.template.want,
        "how": each.template.how,
        "table": each.table or None,
        "baseline": each.baseline,
        "baseline_date": each.baseline_date or None,
        "value_now": each.now,
        "date_now": each.date or None,
        "change": each.change,
        "verdict": None if each.now is None else verdict(each.change, each.template.want),
        "note": each.note or None,
    }


def _load(plan: Plan) -> list[dict[str, Any]]:
    """Return who leads how many steps of all activities, and how many at once at the most; named leads only."""
    led: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for part in plan.parts:
        for step in part.steps:
            if step.slot is not None and step.lead.named:
                who = step.lead.named[0]
                led.setdefault((who.name, who.region), []).append((step.slot.start, step.slot.end))
    rows = [
        {"name": name, "region_id": region or None, "steps": len(weeks), "first_week": min(start for start, _ in weeks),
         "last_week": max(end for _, end in weeks),
         "most_at_once": max(sum(start <= week <= end for start, end in weeks) for week, _ in weeks)}
        for (name, region), weeks in led.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row["steps"], row["name"], row["region_id"] or ""))
