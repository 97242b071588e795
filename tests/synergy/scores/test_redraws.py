"""Each part drawn anew: the formula by hand, the point at equal weights, no bias."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from synergy.economy import complementarity, presence, proximity
from synergy.economy.profiles import weighted_cosine
from synergy.scores.complementarity import complementarity_part
from synergy.scores.cooperation import cooperation_part
from synergy.scores.lists import Lists
from synergy.scores.pairs import Pairs
from synergy.scores.part import Part, row_weights
from synergy.scores.similarity import similarity_part
from synergy.tables.located import Located


class Given:
    """A generator whose exponential numbers are given: the weights, if they have mean 1."""

    def __init__(self, weights: list[float]) -> None:
        self.weights = weights

    def standard_exponential(self, shape: tuple[int, int]) -> np.ndarray:
        assert shape == (1, len(self.weights)), shape
        return np.array([self.weights])


class Equal:
    def standard_exponential(self, shape: tuple[int, int]) -> np.ndarray:
        return np.ones(shape)


def parts_of(study) -> tuple[Pairs, list[Part]]:
    located = Located(study)
    pairs, lists = Pairs.of(located), Lists.of(located)
    return pairs, [
        similarity_part(lists, pairs),
        complementarity_part(located.activity, pairs),
        cooperation_part(located, pairs),
    ]


def at(pairs: Pairs, a: str, b: str) -> int:
    names = pairs.names()
    return int(np.flatnonzero((names["region_a"] == a) & (names["region_b"] == b))[0])


@pytest.mark.parametrize("name", ["toy", "alpine"])
def test_equal_weights_give_the_point(name: str, request) -> None:
    found = request.getfixturevalue(name)
    _, parts = parts_of(found if name == "toy" else found.study)
    for part in parts:
        drawn = part.redraw()(Equal(), 2)
        np.testing.assert_allclose(drawn, [part.value] * 2, atol=1e-9)


def test_weights_have_mean_one_and_the_spread_of_an_exponential() -> None:
    weights = row_weights(np.random.default_rng(2), 400, 50)
    np.testing.assert_allclose(weights.mean(axis=1), 1)
    # n times a Dirichlet(1, …, 1) share has variance (n - 1) / (n + 1)
    assert weights.var() == pytest.approx(49 / 51, rel=0.05)


def test_similarity_by_hand(toy) -> None:
    pairs, (part, _, _) = parts_of(toy)
    wood, health, rare = (math.log(4 / n) ** 2 for n in (3, 2, 1))
    # statements in order of region and priority: AT31 p1 health, p2 wood; AT32 p5 health and people; DE11 and DE12 p3
    # wood and digital; ITH3 p4 wood
    weights = [0.5, 1.5, 2.0, 0.25, 0.75, 1.0]
    drawn = part.redraw()(Given(weights), 1)[0]
    k = at(pairs, "AT31", "AT32")
    expected = part.columns["similarity_expected"][k]
    at31, at32 = 0.5 * health + 1.5 * wood, 2 * health + 2 * rare
    assert drawn[k] == pytest.approx(0.5 * 2 * health / math.sqrt(at31 * at32) - expected)
    assert drawn[at(pairs, "DE11", "DE12")] == 0
    k = at(pairs, "DE12", "ITH3")
    overlap = 0.75 * 1.0 * wood / math.sqrt(0.75 * (wood + rare) * 1.0 * wood)
    assert drawn[k] == pytest.approx(overlap - part.columns["similarity_expected"][k])
    assert np.isnan(drawn[at(pairs, "AT31", "ITH1")])


def test_a_field_named_by_two_rows_is_surer_than_one_named_once(toy_with) -> None:
    twice = toy_with(priorities=[{"priority_id": "p9", "region_id": "ITH31", "title": "T", "codes": "ecosystem:wood"}])
    once = parts_of(toy_with())
    spread = []
    for pairs, (part, _, _) in (once, parts_of(twice)):
        drawn = part.redraw()(np.random.default_rng(3), 10_000)
        spread.append(drawn[:, at(pairs, "AT31", "ITH3")].std())
    assert spread[1] < 0.97 * spread[0]


def test_similarity_is_not_biased(alpine) -> None:
    """Redrawn overlaps are those of the point on average; with rows drawn with replacement a quarter is lost."""
    pairs, (part, _, _) = parts_of(alpine.study)
    point = part.columns["similarity"].to_numpy()
    ok = (point > 0) & (part.value != 0)
    overlap = part.redraw()(np.random.default_rng(1), 400).mean(axis=0) + part.columns["similarity_expected"].to_numpy()
    assert 0.9 < (overlap[ok] @ point[ok]) / (point[ok] @ point[ok]) < 1.05
    assert np.corrcoef(overlap[ok], point[ok])[0, 1] > 0.95

    lists, rng = Lists.of(Located(alpine.study)), np.random.default_rng(1)
    named = lists.statements.explode("fields")
    drawn = []
    for _ in range(40):
        times = lists.statements.groupby("region_id").sample(frac=1, replace=True, random_state=rng).index
        kept = named[named.index.isin(times)]
        profiles = pd.crosstab(kept["region_id"], kept["fields"]).clip(upper=1)
        profiles = profiles.reindex(index=lists.profiles.index, columns=lists.profiles.columns, fill_value=0)
        drawn.append(pairs.pick(weighted_cosine(profiles, lists.rarity))[0])
    naive = np.nanmean(np.array(drawn)[:, ok], axis=0)
    assert (naive @ point[ok]) / (point[ok] @ point[ok]) < 0.8


def test_gains_by_the_sum_over_all_four_axes() -> None:
    rng = np.random.default_rng(6)
    X = pd.DataFrame(
        rng.integers(0, 20, (5, 7)).astype(float), index=list("abcde"), columns=[f"n{i}" for i in range(7)]
    )
    pairs = Pairs.of_regions(tuple("abcde"))
    part = complementarity_part(X, pairs)
    u = rng.standard_exponential(7)
    u /= u.mean()
    drawn = part.redraw()(Given(u.tolist()), 1)[0]
    M, phi = presence(X).to_numpy(), proximity(X).to_numpy(copy=True)
    np.fill_diagonal(phi, 0)

    def gain(r: int, s: int) -> float:
        added = [
            (u[i], 100 * sum(u[j] * phi[i, j] * (1 - M[r, j]) * M[s, j] for j in range(7)) / (phi[i] @ u))
            for i in range(7) if M[r, i] == 0
        ]  # fmt: skip
        return sum(w * each for w, each in added) / sum(w for w, _ in added)

    by_hand = [(gain(r, s) + gain(s, r)) / 2 for r, s in zip(pairs.a, pairs.b, strict=True)]
    np.testing.assert_allclose(drawn, by_hand)
    gains = complementarity(X).to_numpy()
    np.testing.assert_allclose(part.value, ((gains + gains.T) / 2)[pairs.a, pairs.b], atol=1e-9)


def test_activities_that_no_region_knows_of_together_leave_the_pairs_known() -> None:
    """The proximity of n0 and n6 is unknown; it is in no sum, and no score is unknown or zero for it."""
    X = pd.DataFrame(np.random.default_rng(6).integers(1, 20, (6, 7)), index=list("abcdef")).astype(float)
    X.columns = [f"n{i}" for i in range(7)]
    X.iloc[:3, 0] = X.iloc[3:, 6] = np.nan
    part = complementarity_part(X, Pairs.of_regions(tuple(X.index)))
    assert np.isfinite(part.value).all()
    drawn = part.redraw()(np.random.default_rng(1), 20)
    assert np.isfinite(drawn).all()
    assert (drawn[:, part.value > 0] > 0).all()


def test_an_activity_without_weight_is_as_good_as_gone(toy) -> None:
    """Weight all on one missing activity i and one j that brings it near: its density, 0 or 100."""
    located = Located(toy)
    pairs = Pairs.of(located)
    part = complementarity_part(located.activity, pairs)
    tiny = 1e-12
    # nace:30 and nace:62 alone count; AT31 lacks both, AT32 holds 30, whose only other neighbour left is 62
    drawn = part.redraw()(Given([tiny, tiny, 2.0, 2.0]), 1)[0]
    # a from b: 62 comes as near as can be, 30 (AT32's own, which AT31 lacks) not; b from a: nothing
    assert drawn[at(pairs, "AT31", "AT32")] == pytest.approx((100 / 2 + 0) / 2, abs=1e-6)


def test_cooperation_by_hand(toy) -> None:
    pairs, (_, _, part) = parts_of(toy)
    # projects in order of id: big (30 partners), solo, three (3), two
    drawn = part.redraw()(Given([2.0, 0.1, 1.5, 0.4]), 1)[0]
    assert drawn[at(pairs, "AT31", "AT32")] == pytest.approx(2.0 / 29 + 1.5 / 2)
    assert drawn[at(pairs, "DE12", "ITH1")] == pytest.approx(0.4)
    assert drawn[at(pairs, "DE11", "ITH3")] == 0


def test_a_part_without_data_is_not_drawn(toy_with) -> None:
    study = toy_with(activity=None, participations=None)
    _, parts = parts_of(study)
    assert [part.table for part in parts] == ["priorities", None, None]
    assert all(part.redraw is None and np.isnan(part.value).all() for part in parts[1:])
    assert replace(parts[0], redraw=None).name == "similarity"
