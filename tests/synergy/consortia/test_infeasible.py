"""Impossible wishes: the clash is the smallest there is, and every repair, applied, gives a consortium."""

from itertools import combinations

import pandas as pd
import pytest

from synergy.consortia import Effort, Pool, Rule, RuleSet, search
from synergy.consortia.solving.choice import choose
from synergy.errors import Infeasible, UsageError

QUICK = Effort(rounds=1, nodes=20)


def village() -> Pool:
    """Six candidates: three firms, two of one owner; two countries; d's country, e's kind and f's cost not known."""
    candidates = pd.DataFrame(
        {
            "candidate_id": list("abcdef"),
            "country": ["AT", "AT", "IT", None, "IT", "AT"],
            "region": ["AT31", "AT32", "ITH3", None, "ITH3", "AT31"],
            "kind": ["firm", "firm", "firm", "research", None, "public"],
            "size": ["small", "large", "large", None, None, None],
            "owner": ["x", "x", "y", "d", "e", "f"],
            "cost": [100_000.0, 200_000.0, 300_000.0, 50_000.0, 80_000.0, None],
        }
    )
    links = pd.DataFrame([(one, f"k{one}", 0.5) for one in "abcdef"], columns=["candidate_id", "capacity", "quality"])
    return Pool.from_frames(candidates, links)


FIRM, LAB, ITALY = {"kind": ("firm",)}, {"kind": ("research",)}, {"country": ("IT",)}


def partners(least=None, most=None, who=None, **more) -> Rule:
    return Rule(f"partners {least}-{most} {sorted(who or {})} {more}", "", "partners", least, most, who or {}, **more)


def counted(counts, least=None, most=None, who=None, **more) -> Rule:
    return Rule(f"{counts} {least}-{most} {sorted(who or {})} {more}", "", counts, least, most, who or {}, **more)


# name: (rules, wishes, how many rules and wishes clash)
KINDS = {
    "more partners than there are": ([partners(7)], {}, 1),
    "more partners than are wished": ([partners(5)], {"max_size": 4}, 2),
    "more partners than another rule allows": ([partners(5), partners(None, 3)], {}, 2),
    "more firms than there are": ([partners(5, who=FIRM)], {}, 1),
    "more firms than partners": ([partners(4, who=FIRM), partners(None, 3)], {}, 2),
    "more labs than there are": ([partners(3, who=LAB)], {}, 1),
    "a kind that nobody else may have": ([partners(1, who={"kind": ("cluster",)})], {"exclude": ["e"]}, 2),
    "more countries than there are": ([counted("countries", 4)], {}, 1),
    "more countries than partners": ([counted("countries", 3), partners(None, 2)], {}, 2),
    "more regions than there are": ([counted("regions", 5)], {}, 1),
    "more kinds than there are": ([counted("kinds", 5)], {}, 1),
    "more owners than partners": ([counted("owners", 4), partners(None, 3)], {}, 2),
    "more owners than there are": ([counted("owners", 6)], {}, 1),
    "many partners of few countries": ([partners(5), counted("countries", None, 1)], {}, 2),
    "too many per country": ([partners(6), partners(None, 2, per="country")], {}, 2),
    "too many of one owner": ([partners(6), partners(None, 1, per="owner")], {}, 2),
    "every partner a firm, and a lab": ([partners(every=True, who=FIRM), partners(1, who=LAB)], {"exclude": ["e"]}, 3),
    "every partner Italian, many": ([partners(every=True, who=ITALY), partners(4)], {}, 2),
    "less money than asked for": ([counted("cost", 500_000, unknown="refuse")], {"budget": 400_000}, 2),
    "more money than all cost": ([counted("cost", 900_000, unknown="refuse")], {}, 1),
    "many partners, no money": ([partners(5)], {"budget": 200_000}, 2),
    "firms bear it all, and a lab": ([counted("share", 0.95, who=FIRM), partners(1, who=LAB)], {"exclude": ["e"]}, 3),
    "two, and nobody bears nearly half":
        ([counted("share", None, 0.45, per="partner"), partners(1, 2)], {"exclude": ["f"]}, 3),
    "a country bears little": ([counted("share", None, 0.4, per="country", unknown="refuse")], {}, 1),
    "must and excluded": ([partners(1)], {"must": ["a"], "exclude": ["a"]}, 2),
    "must of two of one owner": ([partners(None, 1, per="owner")], {"must": ["a", "b"]}, 3),
    "must beyond the budget": ([], {"must": ["b", "c"], "budget": 450_000}, 3),
    "must beyond the size": ([], {"must": ["a", "b", "c"], "max_size": 2}, 4),
    "must of the wrong kind": ([partners(None, 0, who={"kind": ("public",)})], {"must": ["f"]}, 2),
    "what is not known is refused":
        ([partners(5, who={"country": ("AT", "IT")}, unknown="refuse"), partners(6)], {"exclude": ["a"]}, 2),
    "a firm excluded that is needed": ([partners(3, who=FIRM, unknown="refuse")], {"exclude": ["c"]}, 2),
    "money not known is refused": ([counted("cost", None, 10**6, unknown="refuse")], {"must": ["f"]}, 2),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_kinds(kind, checker):
    people_of, broken, *_ = checker
    rules, wishes, clashing = KINDS[kind]
    pool = village()
    with pytest.raises(Infeasible) as raised:
        search(pool, RuleSet(kind, kind, "2024", "test", tuple(rules)), effort=QUICK, **wishes)
    error = raised.value
    assert isinstance(error, UsageError)
    everyone, people = [m for k in range(7) for m in combinations(pool.ids, k)], people_of(pool)
    assert all(broken(people, error.clash, members) for members in everyone), "the clash can be kept"
    for smaller in combinations(error.clash, len(error.clash) - 1):
        assert any(not broken(people, smaller, members) for members in everyone), "a part of the clash clashes alone"
    assert len(error.clash) == clashing
    assert error.repairs
    assert all(repr(rule.id) in str(error) for rule in error.clash)
    for repair in error.repairs:
        repaired = search(pool, RuleSet(kind, kind, "2024", "test", repair.rules), effort=QUICK)
        assert not broken(people, repair.rules, repaired.best.members)
        assert not broken(people, repair.rules, repair.members)
    assert [one.size for one in error.repairs] == sorted(one.size for one in error.repairs)


def test_repairs_by_hand():
    with pytest.raises(Infeasible) as raised:
        search(village(), RuleSet("t", "t", "t", "t", (partners(5),)), budget=200_000, effort=QUICK)
    # the five cheapest cost 100 + 200 + 50 + 80 and one of unknown cost; within 200,000 there are three
    told = {str(one) for one in raised.value.repairs}
    assert any("minimum 3 instead of 5" in one for one in told)
    assert any("maximum 430,000 instead of 200,000" in one for one in told)


def test_smallest_clash_as_by_trying_all(draws, checker):
    drawn_pool, drawn_rules, _ = draws
    people_of, broken, *_ = checker
    met = 0
    for seed in range(14):
        pool, rules = drawn_pool(seed, n=5), drawn_rules(seed, 5)
        people, everyone = people_of(pool), [m for k in range(6) for m in combinations(pool.ids, k)]

        def kept(some, people=people, everyone=everyone):
            return any(not broken(people, some, members) for members in everyone)

        if kept(rules):
            continue
        met += 1
        with pytest.raises(Infeasible) as raised:
            search(pool, RuleSet("t", "t", "t", "t", rules), max_size=5, effort=QUICK)
        smallest = next(k for k in range(1, 6) if any(not kept(some) for some in combinations(rules, k)))
        assert len(raised.value.clash) == smallest
        assert not kept(raised.value.clash)
    assert met >= 4


def test_choose_without_rules():
    assert choose([], 3).members == ()
