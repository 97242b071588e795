"""A template's steps for one activity: which apply, with what detail, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from synergy.planning.conditions import applies, details_of
from synergy.planning.facts import Facts
from synergy.planning.people import Person, people
from synergy.planning.schedule import Slot, schedule, without
from synergy.planning.template import StepTemplate, Template
from synergy.planning.words import LINES, STATES

DONE, OPEN = "done", "to do"


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
    details = {key: details_of(step.each, facts, template) for key, step in template.steps.items()}
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
            because="; ".join([*step.when, *([step.each] if step.each in STATES else [])]),
            status=status[key],
            slot=slots.get(key),
        )
        for number, key in enumerate(sorted(chosen, key=place), start=1)
        for step in (chosen[key],)
    )


def _is_done(step: StepTemplate, facts: Facts) -> bool:
    settles = step.each in ("criterion unknown", "criterion unmet", "capacity unknown")
    return facts.carried and not settles and LINES.index(step.line) < LINES.index(facts.stage)
