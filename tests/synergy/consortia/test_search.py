"""The search against trying every choice, under drawn rules of every kind and under the schemes that ship."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synergy.consortia import Consortia, Effort, Pool, Rule, RuleSet, Value, load_rules, rule_names, search
from synergy.errors import Infeasible, UnknownName, UsageError

QUICK = Effort(rounds=2)


def under(rules) -> RuleSet:
    return RuleSet("drawn", "Drawn rules", "2024", "drawn", tuple(rules))


def test_as_good_as_trying_every_choice(draws, checker):
    drawn_pool, drawn_rules, drawn_value = draws
    people_of, broken, worth, best_of_all = checker
    answered = 0
    for seed in range(32):
        pool, rules = drawn_pool(seed, n=6, missing=0.1 if seed % 2 else 0.35), drawn_rules(seed)
        value = drawn_value(seed, pool)
        best = best_of_all(pool, rules, value, 5)
        if best is None:
            with pytest.raises(Infeasible):
                search(pool, under(rules), value=value, max_size=5)
            continue
        found = search(pool, under(rules), value=value, max_size=5, effort=QUICK).best
        assert found.proven and found.gap == 0
        assert found.value == pytest.approx(best[0], abs=1e-6)
        assert worth(pool, value, found.members) == pytest.approx(found.value, abs=1e-9)
        assert broken(people_of(pool), rules, found.members) == []
        assert sum(found.parts.values()) == pytest.approx(found.value)
        answered += 1
    assert answered >= 12


@pytest.mark.parametrize("name", rule_names())
def test_no_rule_of_a_scheme_is_broken(name, draws, checker):
    people_of, broken, *_ = checker
    scheme, answered = load_rules(name), 0
    for seed in range(4):
        pool = draws[0](seed + 100, n=12, capacities=5)
        try:
            found = search(pool, scheme, effort=Effort(rounds=2, nodes=5), k=2)
        except Infeasible:
            continue
        answered += 1
        for one in found:
            assert broken(people_of(pool), scheme.rules, one.members) == []
            assert not one.broken
            assert one.value <= one.bound + 1e-9
    assert answered


def test_no_choice_is_worth_more_than_the_bound(draws, checker):
    drawn_pool, drawn_rules, drawn_value = draws
    best_of_all = checker[3]

    @settings(max_examples=10, deadline=None)
    @given(st.integers(0, 10**6), st.integers(0, 3))
    def bounded(seed, nodes):
        pool, rules = drawn_pool(seed, n=6), drawn_rules(seed, 2)
        value = drawn_value(seed, pool)
        best = best_of_all(pool, rules, value, 4)
        if best is not None:
            effort = Effort(rounds=0, nodes=nodes)
            found = search(pool, under(rules), value=value, max_size=4, effort=effort).best
            assert found.value - 1e-6 <= best[0] <= found.bound + 1e-6

    bounded()


def small() -> Pool:
    """Four candidates whose best pair, trio and prices can be seen by eye."""
    candidates = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c", "d"],
            "country": ["AT", "IT", "IT", None],
            "kind": ["firm", "firm", "research", "firm"],
            "cost": [100.0, 200.0, None, 50.0],
        }
    )
    links = pd.DataFrame(
        [("a", "wood", 0.5), ("b", "wood", 1.0), ("b", "glue", 0.4), ("c", "tools", 0.8), ("d", "glue", 0.95)],
        columns=["candidate_id", "capacity", "quality"],
    )
    return Pool.from_frames(candidates, links)


TWO = under([Rule("two", "Exactly two partners", "partners", min=2, max=2)])


def test_by_hand():
    found = search(small(), TWO, value=Value(weights={"tools": 2.0}))
    # b and c: wood 1 + glue 0.4 + tools 1.6; b and d have 1.95, c and d 2.55
    assert found.best.members == ("b", "c")
    assert found.best.value == pytest.approx(3.0)
    assert found.best.proven
    assert found.best.losses == pytest.approx({"b": 1.4, "c": 1.6})
    assert (found.best.cost, found.best.cost_unknown) == (200.0, ("c",))
    assert found.best.uncovered == ()
    held = {one.capacity: (one.best, one.quality, one.value) for one in found.best.contributions}
    assert held == {"wood": ("b", 1.0, 1.0), "glue": ("b", 0.4, 0.4), "tools": ("c", 0.8, 1.6)}


def test_wishes():
    pool = small()
    assert search(pool, TWO, must=["a"]).best.members == ("a", "d")
    assert search(pool, TWO, exclude=["b"]).best.members == ("c", "d")
    # what c costs is not known: it does not exceed the budget for sure
    assert search(pool, TWO, budget=120).best.members == ("c", "d")
    assert search(pool, under([Rule("one", "one", "partners", min=1)]), max_size=1).best.members == ("b",)
    with pytest.raises(UnknownName, match="Did you mean"):
        search(pool, TWO, must=["A"])
    with pytest.raises(UsageError, match="at least 1"):
        search(pool, TWO, k=0)


def test_what_is_not_known_is_to_be_confirmed_or_refused():
    pool = small()
    austrian = Rule("at", "Two from Austria", "partners", min=2, who={"country": ("AT",)})
    found = search(pool, under([*TWO.rules, austrian])).best
    assert found.members == ("a", "d")
    assert [one.rule.id for one in found.to_confirm] == ["at"]
    with pytest.raises(Infeasible, match="minimum 1 instead of 2"):
        search(pool, under([*TWO.rules, replace(austrian, unknown="refuse")]))


def test_alternatives_keep_apart_and_are_bounded(draws, checker):
    pool = draws[0](3, n=10)
    found = search(pool, under([Rule("size", "3 to 4", "partners", min=3, max=4)]), k=4, apart=2, effort=QUICK)
    assert len(found) == 4
    for late, one in enumerate(found):
        assert all(len(set(earlier.members) - set(one.members)) >= 2 for earlier in found.consortia[:late])
    bounds = [one.bound for one in found]
    assert bounds == sorted(bounds, reverse=True)
    assert found.to_dict()["consortia"][1]["less_than_best"] == pytest.approx(found[0].value - found[1].value)


def test_fewer_alternatives_where_there_are_no_more():
    found = search(small(), TWO, must=["a", "b"], k=3, apart=1)
    assert len(found) == 1


def test_result_tells_all(draws):
    found = search(small(), TWO, k=2, apart=1)
    assert isinstance(found, Consortia)
    frame = found.to_frame()
    assert frame["consortium"].tolist() == [1, 1, 2, 2]
    assert frame["loss"].notna().all()
    again = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert again["consortia"][0]["rules"][0]["status"] == "kept"
    assert again["params"]["k"] == 2
    assert "proven best" in repr(found)


def test_same_call_same_result(draws):
    drawn_pool, _, drawn_value = draws
    pool, rules = drawn_pool(7, n=8), under([Rule("size", "2 to 5", "partners", min=2, max=5)])
    one, two = (search(pool, rules, value=drawn_value(7, pool), k=2, seed=5, effort=QUICK).to_dict() for _ in range(2))
    assert one == two


def test_input_order_does_not_matter():
    pool = small()
    shuffled = Pool.from_frames(
        pool.candidates.iloc[::-1],
        pd.DataFrame(
            [("d", "glue", 0.95), ("c", "tools", 0.8), ("b", "glue", 0.4), ("b", "wood", 1.0), ("a", "wood", 0.5)],
            columns=["candidate_id", "capacity", "quality"],
        ),
    )
    assert search(pool, TWO).to_dict() == search(shuffled, TWO).to_dict()


def test_a_pool_without_candidates_is_told():
    empty = Pool.from_frames(
        pd.DataFrame({"candidate_id": pd.Series(dtype=object)}),
        pd.DataFrame({"candidate_id": pd.Series(dtype=object), "capacity": pd.Series(dtype=object), "quality": []}),
    )
    with pytest.raises(Infeasible, match="two"):
        search(empty, TWO)
