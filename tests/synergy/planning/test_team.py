"""The consortium of a plan: who applies, what is confirmed before which step, and why there is none."""

import json

from synergy.consortia import Rule, RuleSet
from synergy.report.plan import summarise_plan
from synergy.report.render import plan_to_html, plan_to_markdown


def rule_set(*rules: Rule) -> RuleSet:
    return RuleSet("own", "Own <scheme>", "2026", "the test", rules)


def test_a_plan_names_the_partners_and_what_has_to_be_confirmed(plan_toy, toy):
    rules = rule_set(
        Rule("partners", "Two or three partners", "partners", min=2, max=3),
        Rule("share", "Firms bear at least half", "share", min=0.0, max=0.5, per="country"),
        Rule("months", "At most 36 months", "people"),
    )
    plan = plan_toy(chosen=["A01"], rules=rules)
    (part,) = plan.parts
    assert 2 <= len(part.team.members) <= 3 and part.team.proven
    assert part.facts.home in {member.region for member in part.team.members}
    assert part.team.to_confirm == ("Firms bear at least half", "At most 36 months")
    without = plan_toy(chosen=["A01"]).parts[0]
    assert without.team is None
    added = part.gaps[len(without.gaps) :]
    assert part.gaps[: len(without.gaps)] == without.gaps and len(added) == 3
    assert {gap.step for gap in added} == {part.number("match-funding")}
    assert "Own <scheme>: At most 36 months" in added[1].what and "wants to apply" in added[2].what
    told = json.loads(json.dumps(plan.to_dict(), allow_nan=False))["activities"][0]["consortium"]
    assert [rule["status"] for rule in told["rules"][:3]] == ["kept", "to be confirmed", "to be confirmed"]
    summary = summarise_plan(toy.study, plan)
    assert "Consortium under Own &lt;scheme&gt;" in plan_to_html(summary)
    assert "consortium under Own &lt;scheme&gt;" in plan_to_markdown(summary)


def test_without_a_consortium_the_plan_says_why(plan_toy, toy):
    plan = plan_toy(chosen=["A01"], rules=rule_set(Rule("many", "Fifty countries", "countries", min=50)))
    (part,) = plan.parts
    assert part.team.members == () and "'many' (Fifty countries)" in part.team.why_none
    assert part.team.why_none in part.gaps[-1].what
    assert "None: " in plan_to_html(summarise_plan(toy.study, plan))
