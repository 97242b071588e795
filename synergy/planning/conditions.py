"""When a step applies and what there is to do in it: the words of a template, each with its meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from synergy.planning.facts import Actor, Capacity, Criterion, Facts
from synergy.planning.template import Template
from synergy.planning.words import DIRECTIONS

COVERED = "capacity from another region"
"""Actions that have a step of their own."""


def applies(when: tuple[str, ...], facts: Facts) -> bool:
    """Return whether all of these conditions hold for an activity."""
    return all(HOLDS[word](facts) for word in when)


def details_of(each: str, facts: Facts, template: Template) -> tuple[str, ...]:
    """Return one line per thing that a step lists; none where it lists nothing."""
    return EACH[each](facts, template) if each else ()


def _with_state(facts: Facts, state: str) -> list[Capacity]:
    return [capacity for capacity in facts.capacities if capacity.state == state]


def _unknown(facts: Facts) -> list[Criterion]:
    return [criterion for criterion in facts.criteria if criterion.met is None]


def _unmet(facts: Facts) -> list[Criterion]:
    return [criterion for criterion in facts.criteria if criterion.met is False]


def _advice(criterion: Criterion, facts: Facts, template: Template, state: str) -> str:
    remedy = template.remedies.get(criterion.name)
    advice = "" if remedy is None else f" {getattr(remedy, state).format(**facts.words)}."
    why = criterion.why or ("the data do not tell" if state == "unknown" else "below its bar")
    return f"{criterion.name.capitalize()}: {why}.{advice}"


def _elsewhere(facts: Facts) -> tuple[str, ...]:
    found = [(each, ", ".join(map(facts.place, each.holders))) for each in _with_state(facts, "from elsewhere")]
    return tuple(f"{each.name} ({each.code}): held by {where or 'nobody the data name'}" for each, where in found)


def _to_call(actor: Actor, facts: Facts) -> str:
    names = {capacity.code: capacity.name for capacity in facts.capacities}
    brings = ", ".join(dict.fromkeys(names.get(code, code) for code in actor.brings))
    kind = "kind not known" if actor.kind == "unknown" else actor.kind
    where = f"{actor.region}, " if actor.region else ""
    return f"{actor.name} ({where}{kind}; {actor.place})" + (f": counts towards {brings}" if brings else "")


def _goes(direction: str, facts: Facts) -> bool:
    return facts.direction == direction


EACH: Mapping[str, Callable[[Facts, Template], tuple[str, ...]]] = {
    "criterion unknown": lambda facts, template: tuple(
        _advice(each, facts, template, "unknown") for each in _unknown(facts)
    ),
    "criterion unmet": lambda facts, template: tuple(_advice(each, facts, template, "unmet") for each in _unmet(facts)),
    "capacity from elsewhere": lambda facts, _: _elsewhere(facts),
    "capacity missing": lambda facts, _: tuple(
        f"{each.name} ({each.code}): no region of the study holds it" for each in _with_state(facts, "missing")
    ),
    "capacity unknown": lambda facts, _: tuple(
        f"{each.name} ({each.code}): no table reaches it in {facts.place(facts.home)}"
        for each in _with_state(facts, "unknown")
    ),
    "action": lambda facts, _: tuple(f"{what} ({basis})" for what, of, basis in facts.actions if of != COVERED),
    "actor": lambda facts, _: tuple(_to_call(actor, facts) for actor in facts.actors),
    "region": lambda facts, _: tuple(f"{facts.place(region)}: {facts.strategies[region]}" for region in facts.regions),
}

HOLDS: Mapping[str, Callable[[Facts], bool]] = {
    **{word: partial(_goes, word) for word in DIRECTIONS[:-1]},
    "direction unknown": lambda facts: facts.direction not in DIRECTIONS[:-1],
    "several regions": lambda facts: len(facts.regions) > 1,
    "several countries": lambda facts: len(facts.countries) > 1,
    "no cluster at home": lambda facts: not any(a.kind == "cluster" and a.region == facts.home for a in facts.actors),
    "illustrative": lambda facts: "illustrative" in facts.note.lower(),
    "criterion unknown": lambda facts: bool(_unknown(facts)),
    "criterion unmet": lambda facts: bool(_unmet(facts)),
    "capacity from elsewhere": lambda facts: bool(_with_state(facts, "from elsewhere")),
    "capacity missing": lambda facts: bool(_with_state(facts, "missing")),
    "capacity unknown": lambda facts: bool(_with_state(facts, "unknown")),
}
