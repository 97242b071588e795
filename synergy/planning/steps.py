"""A template's steps for one activity: which apply, with what detail, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from synergy.planning.facts import Actor, Capacity, Criterion, Facts
from synergy.planning.people import Person, people
from synergy.planning.schedule import Slot, schedule, without
from synergy.planning.template import StepTemplate, Template
from synergy.planning.words import DIRECTIONS, LINES

DONE, OPEN = "done", "to do"
COVERED = "capacity from another region"
"""Actions that have a step of their own."""


@dataclass(frozen=True)
class Step:
    """A step of one activity: who does what until when; ``slot`` is None for what the carried stage says is done."""

    key: str
    number: int
    line: str
    title: str
    lead: Person
    partners: tuple[Person, ...]
    inputs: str
    outcome: str
    details: tuple[str, ...]
    milestone: str
    weeks: int
    depends: tuple[str, ...]
    because: str
    status: str
    slot: Slot | None

    @property
    def weeks_text(self) -> str:
        """The weeks as '3' or '3-6'; 'done' for what is."""
        if self.slot is None:
            return DONE
        return str(self.slot.start) if self.weeks == 1 else f"{self.slot.start}-{self.slot.end}"


def steps_of(template: Template, facts: Facts) -> tuple[Step, ...]:
    """Return the steps that apply to an activity, those of one action line together, each line in order of time.

    A step applies when all of its ``when`` hold and, where it has ``each``, when there is any. What waited for a
    step that does not apply waits for what that one waits for. A line before the stage that the study carries for
    the activity is done, but for steps about what is unknown or unmet: these stay first work.
    """
    details = {key: _details(step, facts, template) for key, step in template.steps.items()}
    chosen = {
        key: step
        for key, step in template.steps.items()
        if applies(step.when, facts) and (not step.each or details[key])
    }
    status = {key: DONE if _is_done(step, facts) else OPEN for key, step in chosen.items()}
    waits = {key: step.depends for key, step in template.steps.items()}
    ahead = without(waits, [key for key in chosen if status[key] == OPEN])
    slots = schedule({key: chosen[key].weeks for key in ahead}, ahead)
    shown = without(waits, chosen)
    order = list(template.steps)
    named = people(template, facts)

    def place(key: str) -> tuple[int, int, int]:
        return LINES.index(chosen[key].line), slots[key].start if key in slots else 0, order.index(key)

    return tuple(
        Step(
            key=key,
            number=number,
            line=step.line,
            title=step.title.format(**facts.words),
            lead=named[step.lead],
            partners=tuple(named[role] for role in step.partners),
            inputs=step.inputs.format(**facts.words),
            outcome=step.outcome.format(**facts.words),
            details=details[key],
            milestone=step.milestone.format(**facts.words),
            weeks=step.weeks,
            depends=shown[key],
            because="; ".join([*step.when, *([step.each] if step.each in _REASONS else [])]),
            status=status[key],
            slot=slots.get(key),
        )
        for number, key in enumerate(sorted(chosen, key=place), start=1)
        for step in (chosen[key],)
    )


def applies(when: tuple[str, ...], facts: Facts) -> bool:
    """Return whether all of these conditions hold for an activity."""
    return all(HOLDS[word](facts) for word in when)


def _is_done(step: StepTemplate, facts: Facts) -> bool:
    settles = step.each in ("criterion unknown", "criterion unmet", "capacity unknown")
    return facts.carried and not settles and LINES.index(step.line) < LINES.index(facts.stage)


def _details(step: StepTemplate, facts: Facts, template: Template) -> tuple[str, ...]:
    return EACH[step.each](facts, template) if step.each else ()


def _with_state(facts: Facts, state: str) -> list[Capacity]:
    return [capacity for capacity in facts.capacities if capacity.state == state]


def _unknown(facts: Facts) -> list[Criterion]:
    return [criterion for criterion in facts.criteria if criterion.met is None]


def _unmet(facts: Facts) -> list[Criterion]:
    return [criterion for criterion in facts.criteria if criterion.met is False]


def _open_criterion(criterion: Criterion, template: Template, state: str) -> str:
    remedy = template.remedies.get(criterion.name)
    advice = "" if remedy is None else f" {getattr(remedy, state)}."
    why = criterion.why or ("the data do not tell" if state == "unknown" else "below its bar")
    return f"{criterion.name.capitalize()}: {why}.{advice}"


def _elsewhere(facts: Facts) -> tuple[str, ...]:
    return tuple(
        f"{each.name} ({each.code}): held by {', '.join(map(facts.place, each.holders)) or 'a region the data do not name'}"
        for each in _with_state(facts, "from elsewhere")
    )


def _to_call(actor: Actor, facts: Facts) -> str:
    names = {capacity.code: capacity.name for capacity in facts.capacities}
    brings = ", ".join(names.get(code, code) for code in actor.brings)
    kind = "kind not known" if actor.kind == "unknown" else actor.kind
    where = f"{actor.region}, " if actor.region else ""
    return f"{actor.name} ({where}{kind}; {actor.place})" + (f": brings {brings}" if brings else "")


EACH: Mapping[str, Callable[[Facts, Template], tuple[str, ...]]] = {
    "criterion unknown": lambda facts, template: tuple(_open_criterion(c, template, "unknown") for c in _unknown(facts)),
    "criterion unmet": lambda facts, template: tuple(_open_criterion(c, template, "unmet") for c in _unmet(facts)),
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
_REASONS = set(EACH) - {"action", "actor", "region"}

HOLDS: Mapping[str, Callable[[Facts], bool]] = {
    **{word: (lambda facts, word=word: facts.direction == word) for word in DIRECTIONS[:-1]},
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
