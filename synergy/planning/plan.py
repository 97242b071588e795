"""The action plan: for each chosen activity who does what by when, and how one sees that it works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from synergy.activities import Activities, find_activities
from synergy.activities.ground import Ground
from synergy.capacities import evidence_of
from synergy.consortia import RuleSet, load_rules
from synergy.errors import UnknownName, UsageError
from synergy.network import build
from synergy.partners import Register, of_activity
from synergy.planning.facts import Facts, facts_of
from synergy.planning.gaps import Gap, gaps_of
from synergy.planning.indicators import MEASURE, Basis
from synergy.planning.monitoring import COLUMNS, Indicator, indicator
from synergy.planning.people import Person, people
from synergy.planning.previous import Before, Key, read_previous
from synergy.planning.schedule import days_of, first_monday
from synergy.planning.steps import Step, steps_of
from synergy.planning.team import Team, team_gaps, team_of
from synergy.planning.template import Template, load_template
from synergy.scores import score_pairs
from synergy.tables.located import Located
from synergy.tables.study import Study
from synergy.topics import Topics, find_topics

if TYPE_CHECKING:
    from typing import Any

STEP_COLUMNS = (
    "activity_id", "activity", "step", "line", "title", "lead", "partners", "inputs", "outcome", "details", "weeks",
    "start_week", "end_week", "start", "end", "slack_weeks", "critical", "milestone", "waits_for", "status",
)  # fmt: skip


@dataclass(frozen=True)
class ActivityPlan:
    """The plan of one activity: its facts, who is in which role, steps, indicators and what people have to fill in.

    ``team`` is its consortium under the rules that were asked for, None when none were.
    """

    facts: Facts
    emphasis: str
    people: Mapping[str, Person]
    steps: tuple[Step, ...]
    indicators: tuple[Indicator, ...]
    gaps: tuple[Gap, ...]
    team: Team | None = None

    @property
    def weeks(self) -> int:
        """Weeks from the first step to the last."""
        return max((step.slot.end for step in self.steps if step.slot), default=0)

    def number(self, key: str) -> int:
        """Return the number of a step by its key."""
        return next(step.number for step in self.steps if step.key == key)


@dataclass(frozen=True, repr=False, eq=False)
class Plan:
    """An action plan: one part per activity, in their order; ``start`` is the Monday of week 1, None when not given."""

    parts: tuple[ActivityPlan, ...]
    template: Template
    start: dt.date | None
    notes: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return the steps, one row each: STEP_COLUMNS; weeks count from 1, days are missing without a start."""
        return pd.DataFrame(
            [_step_row(self, part, step) for part in self.parts for step in part.steps], columns=list(STEP_COLUMNS)
        )

    def monitoring(self) -> pd.DataFrame:
        """Return the monitoring table, one row per activity and indicator; what is unknown is missing."""
        rows = [each.row(part.facts) for part in self.parts for each in part.indicators]
        return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, as ``synergy plan --json`` prints them; what is unknown is None."""
        from synergy.planning.plain import plan_values

        return plan_values(self)

    def days(self, step: Step) -> tuple[dt.date, dt.date] | None:
        """Return the first and the last day of a step; None without a start, or when it is done."""
        return None if self.start is None or step.slot is None else days_of(step.slot, self.start)

    def __len__(self) -> int:
        return len(self.parts)

    def __repr__(self) -> str:
        steps = sum(len(part.steps) for part in self.parts)
        return f"Plan({len(self)} activities, {steps} steps, start={self.start or 'not given'})"


def make_plan(
    study: Study,
    activities: Activities | None = None,
    topics: Topics | None = None,
    *,
    chosen: Iterable[str] = (),
    topic: str | None = None,
    start: str | None = None,
    template: str | Path | Template | None = None,
    previous: str | Path | None = None,
    rules: RuleSet | str | Path | None = None,
) -> Plan:
    """Make the action plan of the chosen activities (all of a topic, or of the study, when none is chosen).

    Steps, roles and indicators come from a template (``load_template``), the names, figures and gaps from the
    activities; steps are placed by the critical path method in whole weeks, from ``start``, a Monday, or counted from
    1 without one. ``previous`` is the monitoring.csv of an earlier plan: its baselines stay, today's values and the
    changes are filled in. With ``rules``, a rule set by name or file, each activity gets a consortium under them, and
    what has to be confirmed of it. Templates, weeks and roles are our own proposal.

    Raises UnknownName for an activity or topic that is not there, UsageError for a day that is no Monday or a topic
    without activity, DataError with every problem of a template or an earlier table.

    >>> from synergy.tables.read import load
    >>> plan = make_plan(load("data/baltic"), chosen=["A01"], start="2027-01-11")
    >>> len(plan), plan.parts[0].steps[0].title
    (1, 'Name the people and open the file')
    """
    monday = None if start is None else first_monday(start)
    scheme = rules if rules is None or isinstance(rules, RuleSet) else load_rules(rules)
    chart = template if isinstance(template, Template) else load_template(template)
    before = {} if previous is None else read_previous(previous)
    if topics is None:
        topics = find_topics(study, build(study))
    if activities is None:
        activities = find_activities(study, topics=topics)
    wanted = _choose(activities, topics, tuple(chosen), topic)
    located = study.located
    names = dict(located.regions[["region_id", "name"]].itertuples(index=False, name=None))
    topic_of = dict(activities.frame[["activity_id", "topic_id"]].itertuples(index=False, name=None))
    strategies = {each: _strategies(located, topics, each) for each in sorted({topic_of[a] for a in wanted})}
    register = None if scheme is None else Register(Ground(located), score_pairs(study))
    parts = []
    for activity in wanted:
        facts = facts_of(activities, topics.frame, names, strategies[topic_of[activity]], activity)
        team = None
        if register is not None and scheme is not None:
            team = team_of(register, of_activity(register.ground, topics, activities, activity), scheme)
        parts.append(_part(Basis(located, topics, facts), chart, before, monday, team, again=previous is not None))
    return Plan(tuple(parts), chart, monday, _notes(parts, before))


def _strategies(located: Located, topics: Topics, topic: str) -> dict[str, str]:
    """Return, for every region, whether its strategy declares a topic, in words with the first row that says so."""
    rows = evidence_of(located, tuple(node for node, home in topics.nodes.items() if home == topic))
    rows = rows[rows["table"] == "priorities"].drop_duplicates("region_id").set_index("region_id")
    file = located.study.file_of("priorities")
    return {
        region: f"declares it: {rows.at[region, 'what']} ({file}:{rows.at[region, 'row']})"
        if region in rows.index
        else "its strategy does not name it"
        if known
        else "its strategy is unknown"
        for region, known in located.strategy_known.items()
    }


def _choose(activities: Activities, topics: Topics, chosen: tuple[str, ...], topic: str | None) -> list[str]:
    frame = activities.frame
    ids = frame["activity_id"].tolist()
    if topic is not None:
        if topic not in set(topics.frame["topic_id"]):
            raise UnknownName("topic", topic, topics.frame["topic_id"])
        ids = frame.loc[frame["topic_id"] == topic, "activity_id"].tolist()
    for activity in chosen:
        if activity not in ids:
            raise UnknownName("activity" if topic is None else f"activity of {topic}", activity, ids)
    if not ids:
        where = "the study" if topic is None else f"topic {topic}"
        raise UsageError(f"no transformative activity was found in {where}: there is nothing to plan")
    return [activity for activity in ids if activity in chosen or not chosen]


def _part(
    basis: Basis,
    template: Template,
    before: Mapping[Key, Before],
    monday: dt.date | None,
    team: Team | None,
    *,
    again: bool,
) -> ActivityPlan:
    facts, study = basis.facts, basis.located.study
    steps, named = steps_of(template, facts), people(template, facts)
    old = {key: before.get((facts.home, facts.about, key)) for key in template.indicators}
    indicators = tuple(
        indicator(study, each, MEASURE[each.measure](basis), old[key], again=again)
        for key, each in template.indicators.items()
    )
    emphasis = template.emphasis.get(facts.direction, template.emphasis["unknown"]).format(**facts.words)
    gaps = gaps_of(template, facts, named, steps, indicators, monday)
    if team is not None:
        gaps += team_gaps(team, next(iter(named.values())).first, steps)
    return ActivityPlan(facts, emphasis, named, steps, indicators, gaps, team)


def _notes(parts: Iterable[ActivityPlan], before: Mapping[Key, Before]) -> tuple[str, ...]:
    here = {(part.facts.home, part.facts.about) for part in parts}
    old = {(each.activity, home, about) for (home, about, _), each in before.items()}
    return tuple(
        f"{activity} ({about} in {home}) of the earlier table is not in this plan: its rows are not carried on"
        for activity, home, about in sorted(old)
        if (home, about) not in here
    )


def _step_row(plan: Plan, part: ActivityPlan, step: Step) -> tuple[object, ...]:
    slot, days = step.slot, plan.days(step)
    return (
        part.facts.activity_id, part.facts.name, step.number, step.line, step.title, step.lead.text,
        " | ".join(person.text for person in step.partners), step.inputs, step.outcome, " | ".join(step.details),
        step.weeks, slot and slot.start, slot and slot.end, days and days[0].isoformat(), days and days[1].isoformat(),
        slot and slot.slack, slot and slot.critical, step.milestone or None,
        ";".join(map(str, sorted(part.number(key) for key in step.depends))) or None, step.status,
    )  # fmt: skip
