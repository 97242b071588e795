"""Intervals of a mean: exact ones against Clopper and Pearson, BCa against scipy, and how often they cover."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from synergy import UsageError
from synergy.survey.intervals import SMALL, bca_interval, exact_interval, mean_interval


@pytest.mark.parametrize(("n", "ones"), [(5, 0), (5, 3), (9, 9), (18, 4)])
def test_on_answers_at_both_ends_the_exact_interval_is_clopper_and_pearson_s(n: int, ones: int) -> None:
    values = np.repeat([0.0, 1.0], [n - ones, ones])
    expected = stats.binomtest(ones, n).proportion_ci(0.95, method="exact")
    found = exact_interval(values, bounds=(0, 1), draws=40_000)
    assert found == pytest.approx((expected.low, expected.high), abs=0.01)


def test_bca_is_that_of_scipy() -> None:
    values = 1 + 4 * np.random.default_rng(8).beta(4, 1.5, 30)
    peer = stats.bootstrap((values,), np.mean, method="BCa", n_resamples=100_000, rng=np.random.default_rng(4))
    found = bca_interval(values, draws=100_000, expand=False)
    assert found == pytest.approx(tuple(peer.confidence_interval), abs=0.005)


def test_answers_of_few_values_are_redrawn_by_their_counts_to_the_same_end() -> None:
    values = np.repeat([1.0, 2.0, 3.0, 4.0, 5.0], [2, 6, 14, 22, 20])
    peer = stats.bootstrap((values,), np.mean, method="BCa", n_resamples=20_000, rng=np.random.default_rng(4))
    assert bca_interval(values, draws=20_000, expand=False) == pytest.approx(tuple(peer.confidence_interval), abs=0.02)


def test_the_expanded_interval_is_wider_by_what_t_says() -> None:
    values = 1 + 4 * np.random.default_rng(8).beta(4, 4, 30)
    low, high = bca_interval(values, draws=20_000, expand=False)
    wide = bca_interval(values, draws=20_000)
    ratio = stats.t.ppf(0.975, 29) / stats.norm.ppf(0.975) * np.sqrt(30 / 29)
    assert wide[1] - wide[0] == pytest.approx((high - low) * ratio, rel=0.03)


def test_few_answers_give_an_exact_interval_more_a_bca_one() -> None:
    values = np.tile([2.0, 4.0], 20)
    assert mean_interval(values[: SMALL - 1], 0.95, 500, 1)[2] == "exact"
    assert mean_interval(values[:SMALL], 0.95, 500, 1)[2] == "BCa"


def test_five_alike_do_not_give_a_sure_mean_and_one_answer_gives_a_wide_interval() -> None:
    low, high = exact_interval([4] * 5)
    assert low < 3 < 4.4 < high < 5
    assert exact_interval([3])[0] < 1.2
    assert np.isnan(exact_interval([])).all()
    assert np.isnan(bca_interval([3])).all()


def test_answers_off_the_scale_are_refused() -> None:
    with pytest.raises(UsageError, match="do not lie between 1 and 5"):
        exact_interval([0, 3])
    with pytest.raises(UsageError, match="infinity"):
        bca_interval([np.inf, 3])


@pytest.mark.parametrize(("n", "least", "most"), [(5, 0.97, 1.0), (20, 0.93, 0.97), (40, 0.93, 0.97)])
def test_how_often_the_interval_covers(n: int, least: float, most: float) -> None:
    """A lean share of what ``python -m benchmarks.survey coverage`` runs: conservative for 5, nominal from 20 on."""
    rng = np.random.default_rng(7)
    chances = np.array([0.05, 0.1, 0.25, 0.4, 0.2])
    points = np.arange(1, 6)
    base = rng.choice(points, (400, n, 1), p=chances)
    items = np.where(rng.random((400, n, 3)) < 0.6, base, rng.choice(points, (400, n, 3), p=chances))
    found = [mean_interval(each, 0.95, 600, 1)[:2] for each in items.mean(axis=2)]
    mean = float(points @ chances)
    assert least <= np.mean([low <= mean <= high for low, high in found]) <= most
