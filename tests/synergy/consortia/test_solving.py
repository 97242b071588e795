"""The parts of the search: simplex against HiGHS, cuts and envelopes against every choice, bounds."""

from itertools import product

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import linprog

from synergy.consortia.solving.branch import Search
from synergy.consortia.solving.constraints import AtLeast, AtMost, Linear, PerGroup
from synergy.consortia.solving.exchange import improve, perturb
from synergy.consortia.solving.frame import Coefficients
from synergy.consortia.solving.model import Model
from synergy.consortia.solving.relaxation import Relaxation
from synergy.consortia.solving.simplex import Tableau
from synergy.consortia.solving.solve import solve
from synergy.consortia.solving.terms import Mix, Ties
from synergy.consortia.wish import Effort


def least(cost, M, r, lower, upper) -> float:
    found = linprog(cost, M, r, bounds=np.column_stack([lower, upper]), method="highs")
    assert found.status == 0
    return found.fun


def programme(seed: int, rows: int = 7, columns: int = 9):
    rng = np.random.default_rng(seed)
    M = rng.normal(size=(rows, columns)) * (rng.random((rows, columns)) < 0.6)
    lower, upper = np.zeros(columns), rng.uniform(0.5, 2.0, columns)
    inside = rng.uniform(lower, upper)
    return rng.normal(size=columns), M, M @ inside + rng.uniform(0, 0.3, rows), lower, upper, rng


@pytest.mark.parametrize("seed", range(12))
def test_simplex_agrees_with_highs_after_every_kind_of_change(seed):
    cost, M, r, lower, upper, rng = programme(seed)
    tableau = Tableau.slack(cost, M, r, lower, upper)
    tableau.solve(1000)
    assert tableau.objective == pytest.approx(least(cost, M, r, lower, upper), abs=1e-7)
    assert cost @ tableau.solution() == pytest.approx(tableau.objective, abs=1e-7)
    # the dual value, from the multipliers alone
    y = tableau.multipliers()
    reduced = cost + y @ M
    assert -y @ r + np.minimum(reduced * lower, reduced * upper).sum() == pytest.approx(tableau.objective, abs=1e-7)

    point = rng.uniform(lower, upper)
    row = rng.normal(size=len(cost))
    limit = min(row @ tableau.solution(), row @ point) + 0.05
    tableau.add_rows(row[None, :], np.array([limit]))
    M, r = np.vstack([M, row]), np.append(r, limit)
    tableau.solve(1000)
    assert tableau.objective == pytest.approx(least(cost, M, r, lower, upper), abs=1e-7)

    column = rng.normal(size=(len(r), 1))
    tableau.add_columns(np.array([-1.0]), column, np.zeros(1), np.ones(1))
    cost, M = np.append(cost, -1.0), np.hstack([M, column])
    lower, upper = np.append(lower, 0.0), np.append(upper, 1.0)
    tableau.solve(1000)
    assert tableau.objective == pytest.approx(least(cost, M, r, lower, upper), abs=1e-7)

    fixed = np.array([0])
    at = np.clip(tableau.solution()[fixed] + 0.01, lower[fixed], upper[fixed])
    lower[fixed] = upper[fixed] = at
    tableau.set_bounds(fixed, at, at)
    tableau.solve(1000)
    assert tableau.objective == pytest.approx(least(cost, M, r, lower, upper), abs=1e-7)

    again = Tableau.at(cost, M, r, lower, upper, tableau.basic, tableau.at_upper())
    assert again.objective == pytest.approx(tableau.objective, abs=1e-7)
    assert again.solve(1000) == 0

    loose = np.sort(-1 - tableau.basic[(tableau.basic < 0) & (tableau.value > 1e-6)])
    tableau.drop(loose, np.zeros(0, dtype=np.int64))
    assert np.allclose(tableau.solution(), again.solution(), atol=1e-6)
    assert tableau.solve(1000) == 0


RNG = np.random.default_rng(4)
GROUP = np.array([0, 1, 1, 2, -1, 0])
CONSTRAINTS = [
    Linear("l", RNG.normal(size=6), 0.4),
    PerGroup("p", GROUP, RNG.uniform(size=6), -0.2 * RNG.uniform(size=6), 0.5),
    AtLeast("a", GROUP, 2),
    AtMost("m", GROUP, 1),
]


@pytest.mark.parametrize("one", CONSTRAINTS, ids=lambda one: type(one).__name__)
def test_a_constraint_agrees_with_itself(one):
    every = [np.flatnonzero(chosen) for chosen in product([0, 1], repeat=6)]
    kept = [members for members in every if one.excess(members) == 0]
    assert 0 < len(kept) < len(every)
    for members in every:
        joined = one.excess_with(members)
        for i in set(range(6)) - set(members.tolist()):
            assert joined[i] == pytest.approx(one.excess([*members, i]))
    for seed in range(40):
        x = np.random.default_rng(seed).random(6)
        for a, b in one.cuts(x):
            assert a @ x > b
            assert all(a[members].sum() <= b + 1e-9 for members in kept), "a cut takes away what is allowed"
    # what no cut takes away is allowed, when it is whole
    for members in every:
        x = np.zeros(6)
        x[members] = 1
        assert bool(list(one.cuts(x))) == (one.excess(members) > 1e-6)
    part = one.take(np.array([5, 3, 0]))
    assert part.excess([0, 2]) == pytest.approx(one.excess([5, 0]))


PAIRS = np.triu(RNG.normal(size=(6, 6)).round(1), 1)
TERMS = [
    Ties(sparse.csr_array(PAIRS + PAIRS.T)),
    Mix(GROUP, np.array([[0, 0.5, 0.2], [0.5, 0, 0.9], [0.2, 0.9, 0]])),
]


@pytest.mark.parametrize("term", TERMS, ids=lambda one: type(one).__name__)
def test_a_term_agrees_with_itself_and_its_envelope_lies_above(term):
    every = [np.flatnonzero(chosen) for chosen in product([0, 1], repeat=6)]
    for members in every:
        assert term.value(members) <= term.most + 1e-9
        for i in set(range(6)) - set(members.tolist()):
            gain = term.value([*members, i]) - term.value(members)
            assert term.gains(members)[i] == pytest.approx(gain)
        x = np.zeros(6)
        x[members] = 1
        a, c = term.above(x)
        assert a @ x + c == pytest.approx(term.value(members))
    for seed in range(25):
        a, c = term.above(np.random.default_rng(seed).random(6))
        assert all(a[members].sum() + c >= term.value(members) - 1e-9 for members in every)


def model(seed: int, n: int = 9, rows: int = 4) -> Model:
    rng = np.random.default_rng(seed)
    worth = sparse.csr_array(rng.random((n, rows)) * (rng.random((n, rows)) < 0.5))
    rules = (Linear("size", np.ones(n), 3.0), AtLeast("labels", rng.integers(0, 3, n), 2))
    return Model(worth, rng.integers(1, 3, rows), rules, np.ones(n, dtype=bool), 3)


def choices(one: Model) -> list[tuple[float, tuple[int, ...]]]:
    every = (tuple(np.flatnonzero(chosen).tolist()) for chosen in product([0, 1], repeat=one.n))
    return [(one.value(members), members) for members in every if one.excess(members) == 0]


@pytest.mark.parametrize("seed", range(6))
def test_the_bound_lies_above_every_choice_at_every_step(seed):
    one = model(seed)
    best = max(choices(one))[0]
    nobody = np.zeros(one.n, dtype=bool)
    relaxed = Relaxation.root(Coefficients(one), nobody, ~nobody, np.arange(3))
    assert relaxed.dual().bound >= best - 1e-9
    whole = relaxed.refine()
    assert whole.bound >= best - 1e-9
    forced = relaxed.child(2, np.array([0]))
    forced.tableau.solve(1000)
    able = [value for value, members in choices(one) if 2 in members and 0 not in members]
    assert forced.dual().bound >= max(able) - 1e-9
    for value, members in choices(one):
        assert whole.bound + min(whole.reduced[list(members)].min(initial=0.0), 0.0) >= value - 1e-6
    start = improve(one, ())[0]
    proof = Search(relaxed, start, one.value(start), 0.0).run(1000)
    assert proof.value == pytest.approx(best)
    assert proof.bound == pytest.approx(best, abs=1e-5)


def test_values_and_gains_without_each():
    one = model(3)
    values, gains = one.without_each([0, 4, 7])
    for line, rest in enumerate([[0, 4, 7], [4, 7], [0, 7], [0, 4]]):
        assert values[line] == pytest.approx(one.value(rest))
        for i in set(range(one.n)) - {0, 4, 7}:
            assert gains[line][i] == pytest.approx(one.value([*rest, i]) - one.value(rest))


def test_perturbing_never_loses_and_repeats_with_its_seed():
    one = model(5)
    start, worth = improve(one, ())
    runs = [perturb(one, start, np.ones(one.n), 5, np.random.default_rng(2)) for _ in range(2)]
    assert runs[0] == runs[1]
    assert runs[0][1] >= worth


def test_a_larger_pool_is_proven_and_no_smaller_effort_says_more():
    rng = np.random.default_rng(1)
    n = 120
    worth = sparse.csr_array(rng.random((n, 12)) * (rng.random((n, 12)) < 0.2))
    rules = (Linear("size", np.ones(n), 4.0), AtLeast("labels", rng.integers(0, 5, n), 3))
    one = Model(worth, np.ones(12, dtype=np.int64), rules, np.ones(n, dtype=bool), 4)
    full, little = solve(one, Effort(rounds=10), 0), solve(one, Effort(rounds=0, nodes=0), 0)
    assert full.gap == 0
    assert little.value <= full.value <= little.bound
    assert full.bound <= little.bound
