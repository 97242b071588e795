"""What a plan made from tables cannot know, and who can say it: to be filled in before the work begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from synergy.planning.conditions import applies
from synergy.planning.facts import Facts
from synergy.planning.monitoring import Indicator
from synergy.planning.people import Person, listed
from synergy.planning.steps import Step
from synergy.planning.template import Template


@dataclass(frozen=True)
class Gap:
    """Something that is still missing, who can fill it, and the number of the step that needs it first."""

    what: str
    who: str
    step: int | None


def gaps_of(
    template: Template,
    facts: Facts,
    people: Mapping[str, Person],
    steps: tuple[Step, ...],
    indicators: Iterable[Indicator],
    monday: dt.date | None,
) -> tuple[Gap, ...]:
    """Return what is missing for an activity: the people of its steps, the start, the template's gaps, baselines."""
    needed: dict[str, int] = {}
    for step in sorted(steps, key=lambda step: (step.slot.start if step.slot else 0, step.number)):
        for person in (step.lead, *step.partners):
            needed.setdefault(person.role, step.number)
    found = [_person(people[role], number) for role, number in needed.items()]
    numbers = {step.key: step.number for step in steps}
    if monday is None:
        found.append(Gap("The Monday on which week 1 begins", "Whoever asks for the plan: --start", 1))
    found += [
        Gap(gap.what.format(**facts.words), people[gap.who].first, numbers.get(gap.before))
        for gap in template.gaps.values()
        if applies(gap.when, facts)
    ]
    blank = "; ".join(each.template.title for each in indicators if each.baseline is None)
    if blank:
        found.append(Gap(f"Baselines that no table gives: {blank}", next(iter(people.values())).first, None))
    return tuple(found)


def _person(person: Person, step: int) -> Gap:
    if person.named:
        names = listed(person.named, person.most)
        return Gap(f"Consent and a contact with a mandate: {person.title.lower()} {names}", "Each of them", step)
    asked = f". In the data, to be asked: {listed(person.candidates, person.most)}" if person.candidates else ""
    return Gap(f"{person.title}{asked}", person.unnamed, step)
