from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from synergy.scores import mid_rank, totals
from synergy.scores.total import mid_ranks, ranks_of, weighted_mean
from synergy.tables.study import PARTS

FEW = st.integers(0, 5).map(float)


@given(st.lists(st.one_of(FEW, st.just(math.nan)), max_size=12))
def test_mid_ranks_lie_inside_and_average_to_a_half(values: list[float]) -> None:
    ranks = mid_rank(pd.Series(values, dtype=float))
    known = ranks.dropna()
    assert ranks.isna().tolist() == [math.isnan(value) for value in values]
    assert ((known > 0) & (known < 1)).all()
    if len(known):
        assert known.mean() == pytest.approx(0.5)
    for i, value in enumerate(values):
        if not math.isnan(value):
            lower = sum(x < value for x in values) + sum(x == value for x in values) / 2
            assert ranks[i] == pytest.approx(lower / len(known))


@given(st.lists(st.lists(FEW, min_size=7, max_size=7), min_size=1, max_size=4))
def test_ranks_of_many_draws_agree_with_scipy(draws: list[list[float]]) -> None:
    values = np.array(draws)
    np.testing.assert_array_equal(ranks_of(values), [8 - rankdata(row, method="max") for row in values])
    np.testing.assert_allclose(mid_ranks(values), [(rankdata(row) - 0.5) / 7 for row in values])


def test_sums_in_another_order_tie() -> None:
    assert 0.1 + 0.2 + 0.3 != 0.3 + 0.2 + 0.1
    assert mid_ranks(np.array([0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1])).tolist() == [0.5, 0.5]


def test_totals_need_a_part_that_says_something_of_fit() -> None:
    nan = math.nan
    parts = pd.DataFrame(
        [[0.5, nan, nan, nan], [nan, nan, 0.9, 0.9], [nan, 0.2, 0.8, nan], [nan] * 4],
        columns=[f"part_{part}" for part in PARTS],
    )
    found = totals(parts, {"similarity": 1, "complementarity": 1, "cooperation": 1, "proximity": 1})
    assert found["total"].fillna(-1).tolist() == [0.5, -1, 0.5, -1]
    assert found["known_weight"].tolist() == [0.25, 0.5, 0.5, 0]
    assert found["rank"].fillna(0).tolist() == [1, 0, 1, 0]
    unweighted = totals(parts, {"similarity": 0, "complementarity": 1, "cooperation": 1, "proximity": 1})
    assert unweighted["total"].fillna(-1).tolist() == [-1, -1, 0.5, -1]


def test_the_mean_of_many_draws_is_that_of_each() -> None:
    rng = np.random.default_rng(1)
    parts, weights = [rng.random((3, 5)) for _ in range(2)], rng.random((3, 2))
    parts[0][:, 2] = np.nan
    together = weighted_mean(parts, weights)
    for k in range(3):
        np.testing.assert_array_equal(together[k], weighted_mean([part[k] for part in parts], weights[k]))
    np.testing.assert_allclose(together[:, 2], parts[1][:, 2], atol=1e-9)
