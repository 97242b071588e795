"""Why not, what is lacking, what happens when somebody leaves: by hand, and against the search."""

import pandas as pd
import pytest

from synergy.consortia import Effort, Pool, Rule, RuleSet, Value, lacks, robustness, search, why_not
from synergy.errors import UnknownName, UsageError

RULES = RuleSet(
    "test",
    "Test",
    "2024",
    "test",
    (
        Rule("two", "Two or three partners", "partners", min=2, max=3),
        Rule("countries", "From two countries", "countries", min=2),
        Rule("firms", "A firm", "partners", who={"kind": ("firm",)}, min=1),
        Rule("money", "At most 500", "cost", max=500.0),
    ),
)


@pytest.fixture
def pool() -> Pool:
    candidates = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c", "d", "e"],
            "country": ["AT", "AT", "IT", "IT", "AT"],
            "kind": ["firm", "research", "research", "firm", "research"],
            "cost": [200.0, 100.0, 150.0, 400.0, 900.0],
        }
    )
    links = pd.DataFrame(
        [
            ("a", "wood", 0.8), ("b", "glue", 0.3), ("c", "tools", 0.9), ("d", "tools", 1.0), ("d", "wood", 0.4),
            ("e", "glue", 1.0), ("e", "wood", 0.9),
        ],
        columns=["candidate_id", "capacity", "quality"],
    )  # fmt: skip
    return Pool.from_frames(candidates, links)


@pytest.fixture
def found(pool):
    found = search(pool, RULES)
    assert found.best.members == ("a", "b", "c")  # 0.8 + 0.3 + 0.9
    return found


def test_why_not_a_candidate_that_could_be(found):
    answer = why_not(found, "d")
    # with d (400) only b (100) fits: tools 1 + wood 0.4 + glue 0.3
    assert answer.instead.members == ("b", "d")
    assert answer.costs == pytest.approx(2.0 - 1.7)
    assert answer.at_least == pytest.approx(0.3)
    assert {one.rule.id: one.short for one in answer.added.broken} == {"two": 1.0, "money": 350.0}
    assert answer.added.gain == pytest.approx(0.1)
    assert [str(one) for one in answer.added.changes] == [
        "'two': maximum 4 instead of 3",
        "'money': maximum 850 instead of 500",
    ]
    # for c: 700, for a: 650, for b: 750; in the place of c one country is left out too... d is Italian: only money
    assert [(one.leaving, [each.rule.id for each in one.broken]) for one in answer.exchanges] == [
        ("c", ["money"]),
        ("b", ["money"]),
        ("a", ["money"]),
    ]
    assert "worth 0.3 less" in str(answer)


def test_why_not_a_candidate_that_cannot_be(found):
    answer = why_not(found, "e")
    assert answer.instead is None and answer.costs is None
    assert set(answer.clash) == {"money", "must e"}
    assert answer.repairs
    assert "clashes with" in str(answer)


def test_why_not_is_asked_of_others(found):
    with pytest.raises(UsageError, match="member already"):
        why_not(found, "a")
    with pytest.raises(UnknownName):
        why_not(found, "z")


def test_lacks(found):
    outside = Pool.from_frames(
        pd.DataFrame({"candidate_id": ["x", "y"]}),
        pd.DataFrame({"candidate_id": ["x", "y"], "capacity": ["glue", "paint"], "quality": [0.7, 1.0]}),
    )
    answer = lacks(found, outside)
    assert [(one.capacity, one.quality, one.best) for one in answer.lacks] == [("glue", 0.3, "b")]
    assert [(one.candidate, one.in_pool) for one in answer.lacks[0].helpers] == [("e", True), ("x", False)]
    assert answer.lacks[0].helpers[0].gain == pytest.approx(0.7)
    assert answer.together == pytest.approx({"e": 0.7, "x": 0.4})
    assert answer.to_frame()["helper"].tolist() == ["e", "x"]
    assert lacks(found, weak=0.1).lacks == ()
    assert [one.capacity for one in lacks(found, weak=0.85).lacks] == ["glue", "wood"]


def test_lacks_tell_what_nobody_holds(pool):
    found = search(pool, RULES, must=["b", "d"], max_size=2, value=Value(weights={"wood": 3.0}))
    answer = lacks(found)
    assert [one.capacity for one in answer.lacks] == ["wood", "glue"]
    assert answer.lacks[0].helpers[0].gain == pytest.approx(3 * 0.5)


def test_robustness(found, pool):
    answer = robustness(found)
    by_name = {one.leaving: one for one in answer.departures}
    assert [one.rule.id for one in by_name["a"].broken] == ["firms"]
    # without a, a firm must come: d would cost 650 with b and c
    assert by_name["a"].replacement is None
    assert set(answer.indispensable) == {"a", "c"}
    assert by_name["b"].broken == ()
    assert by_name["b"].lost == pytest.approx(0.3)
    assert [one.rule.id for one in by_name["c"].broken] == ["countries"]
    assert set(answer.to_frame().columns) == {"leaving", "lost", "broken", "replacement", "lost_then"}


def test_a_replacement_is_the_best_there_is(draws, checker):
    people_of, broken, worth, _ = checker
    drawn_pool, drawn_rules, drawn_value = draws
    seen = 0
    for seed in range(5):
        pool, rules, value = drawn_pool(seed, n=8), drawn_rules(seed, 2), drawn_value(seed, drawn_pool(seed, n=8))
        try:
            found = search(pool, RuleSet("t", "t", "t", "t", rules), value=value, max_size=4, effort=Effort(rounds=0))
        except UsageError:
            continue
        people = people_of(pool)
        for one in robustness(found).departures:
            rest = [member for member in found.best.members if member != one.leaving]
            able = [
                worth(pool, value, [*rest, joining])
                for joining in set(pool.ids) - set(found.best.members)
                if not broken(people, rules, [*rest, joining])
            ]
            assert (one.replacement is None) == (not able)
            assert [each.rule.id for each in one.broken] == broken(people, rules, rest)
            if able:
                assert found.best.value - one.lost_then == pytest.approx(max(able))
                seen += 1
    assert seen
