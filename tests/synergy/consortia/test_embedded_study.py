"""Consortia of the embedded study under every rule set that comes with Synergy, each checked by other code."""

from dataclasses import replace

import pytest

from synergy.activities.ground import Ground
from synergy.consortia import Effort, Value, load_rules, rule_names
from synergy.errors import Infeasible
from synergy.partners import Register, of_topic, partners_for, propose
from synergy.tables.located import Located

VALUE = Value(returns=(1.0, 0.5, 0.25))
TOPICS = ("T02", "T05", "T11")


@pytest.fixture(scope="module")
def register(alpine):
    return Register(Ground(Located(alpine.study)), alpine.scores)


@pytest.mark.parametrize("name", rule_names())
def test_no_rule_is_broken_and_every_value_is_right(register, alpine, checker, name):
    people_of, broken, worth, _ = checker
    rules, found = load_rules(name), 0
    for topic in TOPICS:
        subject = of_topic(register.ground, alpine.topics, topic)
        try:
            proposal = propose(register, subject, rules, VALUE, k=2, effort=Effort(rounds=0, nodes=100))
        except Infeasible as error:
            # What the nearest repair changes is enough, says the other code too.
            people = people_of(partners_for(register, subject).pool)
            assert broken(people, rules.rules, list(error.repairs[0].members)) != []
            assert broken(people, error.repairs[0].rules, list(error.repairs[0].members)) == []
            continue
        pool = replace(proposal.partners.pool, complementarity=proposal.partners.pool.complementarity.fillna(0.0))
        asked, people = proposal.consortia.question.rules, people_of(pool)
        for one in proposal.consortia:
            assert broken(people, asked, list(one.members)) == []
            assert worth(pool, VALUE, list(one.members)) == pytest.approx(one.value)
            assert one.bound >= one.value - 1e-9
            found += 1
    assert found >= 2


def test_what_is_to_be_confirmed_is_what_would_be_refused(register, alpine, checker):
    people_of, broken, _, _ = checker
    subject = of_topic(register.ground, alpine.topics, "T02")
    proposal = propose(register, subject, load_rules("eurostars"), VALUE, effort=Effort(rounds=0))
    (one,), people = proposal.consortia, people_of(proposal.partners.pool)
    strict = [replace(rule, unknown="refuse") for rule in proposal.consortia.question.rules]
    open_rules = {verdict.rule.id for verdict in one.to_confirm if verdict.rule.counts != "people"}
    assert set(broken(people, strict, list(one.members))) == open_rules
    assert {"sme-share", "partner-balance", "country-balance"} <= open_rules
