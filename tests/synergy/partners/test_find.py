"""Consortia of the toy study: the frames, what is to be confirmed, wishes, refusals."""

from dataclasses import replace

import pandas as pd
import pytest

import synergy
from synergy.consortia import Rule, RuleSet
from synergy.errors import Infeasible, UnknownName, UsageError
from synergy.partners.proposal import MEMBER_COLUMNS


def rule_set(*rules: Rule) -> RuleSet:
    return RuleSet("own", "Own rules", "2026", "the test", rules)


TWO = rule_set(
    Rule("two", "Two partners", "partners", min=2, max=2),
    Rule("countries", "Of two countries", "countries", min=2),
    Rule("firms", "One firm", "partners", min=1, who={"kind": ("firm",)}),
    Rule("lead", "Somebody leads", "people"),
)


@pytest.fixture(scope="module")
def find(toy_results):
    def run(rules=TWO, **options):
        options = {"topic": "T02", **options}
        return synergy.find_consortia(
            toy_results.study, rules, scores=toy_results.scores, topics=toy_results.topics, **options
        )

    return run


def test_the_best_two_partners(find):
    # f1 and Waldhof hold most (0.75 + 0.375), but are both Austrian; of the rest c3 and f3 hold alike.
    found = find(k=1)
    best = found.consortia.best
    assert best.value == pytest.approx(0.75 + 0.25) and best.proven
    assert set(best.members) & {"cluster:c3", "firm:f3"} and set(best.members) & {"firm:f1", "firm:org-1"}
    frame = found.to_frame()
    assert list(frame.columns) == list(MEMBER_COLUMNS)
    assert set(frame["to_confirm"]) == {"lead"} and set(frame["covers"]) == {"ecosystem:wood"}
    assert frame["loss"].tolist() == pytest.approx([best.losses[one] for one in frame["candidate_id"]])
    cover = found.cover.set_index("candidate_id")
    assert cover.at[best.contributions[0].best, "rows"].split()[0].endswith((".csv:2", ".csv:4"))
    assert {verdict.rule.id: verdict.status for verdict in found.verdicts()}["lead"] == "to be confirmed"


def test_a_rule_on_what_is_not_known_is_to_be_confirmed(find):
    firms = rule_set(Rule("firms", "Two firms", "partners", min=2, max=2, who={"kind": ("firm",)}))
    found = find(firms, must=["org-1", "c3", "f1"], max_size=3, k=1)
    (verdict,) = (one for one in found.verdicts() if one.rule.id == "firms")
    assert (verdict.status, verdict.low, verdict.high) == ("to be confirmed", 1, 2)  # Waldhof may be a firm
    money = find(rule_set(Rule("share", "", "share", max=0.7, per="partner")), budget=10, k=1)
    assert {one.status for one in money.verdicts() if one.rule.counts in ("share", "cost")} == {"to be confirmed"}
    assert money.consortia.best.cost_unknown == money.consortia.best.members


def test_wishes_are_kept(find):
    assert set(find(must=["c3"], exclude=["f1"], k=1).consortia.best.members) >= {"cluster:c3"}
    many = find(k=50)
    assert 1 <= len(many) < 50
    values = [one.value for one in many.consortia]
    assert values[0] == max(values)


@pytest.fixture(scope="module")
def by_hand(toy_results):
    """One activity: wood and wood products of AT31, with DE12, which is no member of the topic, and ITH1."""
    found = synergy.find_activities(toy_results.study, topics=toy_results.topics)
    row = {"activity_id": "A01", "topic_id": "T02", "name": "Timber", "regions": "AT31;DE12;ITH1", "home": "AT31"}
    codes = [{"activity_id": "A01", "code": code} for code in ("ecosystem:wood", "nace:16")]
    return replace(found, frame=pd.DataFrame([row]), capacities=pd.DataFrame(codes))


def test_an_activity_asks_for_a_partner_of_each_of_its_regions(find, by_hand):
    found = find(TWO, topic=None, activity="A01", activities=by_hand, k=1)
    assert found.subject.core == ("AT31", "DE12", "ITH1")
    assert set(found.subject.regions) == {"AT31", "DE12", "ITH1", "AT32", "ITH3"}
    assert found.partners.unnamed == ("ITH1",) and found.partners.missing == ("nace:16",)
    # Only f1 and f2 hold wood in the two regions that the rules of the activity ask for.
    assert found.consortia.best.members == ("firm:f1", "firm:f2")
    asked = [one.rule.says for one in found.verdicts() if one.rule.source == "the activity"]
    assert asked == ["A partner from AT31, the home of A01", "A partner from DE12, a region of A01"]


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"topic": "T9"}, UnknownName, "no topic 'T9'"),
        ({"topic": None}, UsageError, "give one of the two"),
        ({"activity": "A01"}, UsageError, "give one of the two"),
        ({"rules": "alpine-space-clasic"}, UnknownName, "Did you mean 'alpine-space-classic'"),
        ({"rules": None}, UsageError, "under which rules"),
        ({"must": ["c1"], "exclude": ["c1"]}, Infeasible, "cannot|no consortium"),
        ({"rules": "alpine-space-classic"}, Infeasible, "cannot|no consortium"),
        ({"exclude": ["nobody"]}, UnknownName, "no candidate 'nobody'"),
        ({"k": 0}, UsageError, "k is 0"),
    ],
)
def test_what_cannot_be_is_told(find, options, error, says):
    with pytest.raises(error, match=says):
        find(**options)


def test_without_anybody_named_there_is_nothing_to_look_for(toy_with, toy_results):
    study = toy_with(clusters=None, firms=None, participations=None, memberships=None)
    with pytest.raises(UsageError, match="the data name nobody who holds a capacity of T02"):
        synergy.find_consortia(study, TWO, topic="T02", scores=toy_results.scores, topics=toy_results.topics)
