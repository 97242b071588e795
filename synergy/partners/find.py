"""Consortia for a topic or an activity of a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from synergy.activities import Activities, find_activities
from synergy.activities.ground import Ground
from synergy.consortia import Effort, Rule, RuleSet, Value, load_rules, rule_names, search
from synergy.errors import UsageError
from synergy.network import build
from synergy.partners.candidates import Partners, Register, partners_for
from synergy.partners.people import resolved
from synergy.partners.proposal import Proposal
from synergy.partners.subject import Subject, of_activity, of_topic
from synergy.scores import PairScores, score_pairs
from synergy.tables.study import Study
from synergy.topics import Topics, find_topics

RETURNS = (1.0, 0.5, 0.25)
"""What the best, the second- and the third-best holder of a capacity count."""
EFFORT = Effort(rounds=20, nodes=200)
PAIRS = Effort(rounds=20, nodes=10)
"""Where pairs count, a node takes a hundred times as long: the gap is told instead of closed."""
ALTERNATIVES = 3


def find_consortia(
    study: Study,
    rules: RuleSet | str | Path | None = None,
    *,
    topic: str | None = None,
    activity: str | None = None,
    must: Sequence[str] = (),
    exclude: Sequence[str] = (),
    budget: float | None = None,
    max_size: int | None = None,
    k: int = ALTERNATIVES,
    cooperation: float = 0.0,
    complementarity: float = 0.0,
    effort: Effort | None = None,
    scores: PairScores | None = None,
    topics: Topics | None = None,
    activities: Activities | None = None,
) -> Proposal:
    """Find the consortia for one topic or activity that are worth most under a rule set (the study's own if None).

    Candidates are the cluster organisations and organisations of its regions with a row that says that they hold one
    of its capacities; ``must`` are taken in from anywhere. The value counts, for each capacity, the best quality among
    the members, half of the second-best and a quarter of the third; ``cooperation`` adds something for each pair of
    members that worked together before (a minus favours new ties), ``complementarity`` for each pair of their regions.
    An activity asks for a partner of each of its own regions. What the data cannot judge is *to be confirmed*.

    Raises UsageError when not exactly one of ``topic`` and ``activity`` is given, and when nobody is named; UnknownName
    for a topic, activity, candidate or rule set that is not there; Infeasible when the rules and wishes cannot hold
    together; DataError with every problem of a rule file.

    >>> from synergy.tables.read import load
    >>> find_consortia(load("data/baltic"), "eureka-network")
    Traceback (most recent call last):
        ...
    synergy.errors.UsageError: a consortium is for one topic or for one activity: give one of the two
    """
    scheme = rules_of(study) if rules is None else rules if isinstance(rules, RuleSet) else load_rules(rules)
    if scheme is None:
        raise UsageError(f"under which rules? Say one of {', '.join(rule_names())}, or a rule file")
    if (topic is None) == (activity is None):
        raise UsageError("a consortium is for one topic or for one activity: give one of the two")
    if topics is None or scores is None:
        graph = build(study)
        scores = score_pairs(study, graph) if scores is None else scores
        topics = find_topics(study, graph, scores) if topics is None else topics
    ground = Ground(study.located)
    if topic is not None:
        subject = of_topic(ground, topics, topic)
    else:
        activities = find_activities(study, topics=topics) if activities is None else activities
        subject = of_activity(ground, topics, activities, str(activity))
    if effort is None:
        effort = PAIRS if cooperation > 0 or complementarity else EFFORT
    return propose(
        Register(ground, scores), subject, scheme,
        Value(returns=RETURNS, cooperation=cooperation, complementarity=complementarity),
        must=must, exclude=exclude, budget=budget, max_size=max_size, k=k, effort=effort,
    )  # fmt: skip


def rules_of(study: Study) -> RuleSet | None:
    """Return the rule set that ``study.toml`` names, one of Synergy's or a file in the study's folder; else None."""
    named = study.settings.consortia.rules
    if not named:
        return None
    file = study.path and study.path / named
    return load_rules(file if named not in rule_names() and file and file.is_file() else named)


def propose(
    register: Register,
    subject: Subject,
    rules: RuleSet,
    value: Value,
    *,
    must: Sequence[str] = (),
    exclude: Sequence[str] = (),
    budget: float | None = None,
    max_size: int | None = None,
    k: int = 1,
    effort: Effort = EFFORT,
) -> Proposal:
    """Return the consortia of one subject; ``register`` serves any number of them."""
    partners = partners_for(register, subject, must)
    if not len(partners):
        raise UsageError(
            f"the data name nobody who holds a capacity of {subject.id}: there is no consortium to look for"
        )
    scheme = replace(rules, rules=(*rules.rules, *_own_rules(partners)))
    found = search(
        partners.pool, scheme, value=value, must=resolved(must, partners.pool.ids),
        exclude=resolved(exclude, partners.pool.ids), budget=budget, max_size=max_size, k=k, effort=effort,
        seed=register.ground.located.study.settings.seed,
    )  # fmt: skip
    return Proposal(partners, rules, found, effort)


def _own_rules(partners: Partners) -> tuple[Rule, ...]:
    """Return an activity's own rules: somebody of each of its regions in which the data name anybody."""
    subject = partners.subject
    if subject.kind != "activity":
        return ()
    named = set(partners.pool.candidates["region"])
    return tuple(
        Rule(
            f"region {region}",
            f"A partner from {region}, {'the home' if region == subject.home else 'a region'} of {subject.id}",
            "partners", min=1, who={"region": (region,)}, source="the activity",
        )
        for region in subject.core
        if region in named
    )  # fmt: skip
