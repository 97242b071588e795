"""The measures against their definitions, worked case by case, under weights too."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from synergy.backtesting.metrics import Ranking, auc, average_precision, precision_at

CASES = st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.integers(0, 3)), min_size=2, max_size=12).filter(
    lambda rows: any(t and w for _, t, w in rows) and any(not t and w for _, t, w in rows)
)


def spread(rows):
    """Write a case of weight w as w cases of weight 1."""
    whole = [(score, true) for score, true, weight in rows for _ in range(weight)]
    return np.array([s for s, _ in whole], float), np.array([t for _, t in whole])


def ranked(rows):
    score, true, weight = (np.array(column) for column in zip(*rows, strict=True))
    return Ranking.of(score.astype(float), true.astype(bool), weight.astype(float)[None, :])


@given(CASES)
def test_auc_is_the_share_of_pairs_in_the_right_order(rows):
    score, true = spread(rows)
    wins = [(x > y) + (x == y) / 2 for x in score[true] for y in score[~true]]
    found = auc(ranked(rows))[0]
    assert found == pytest.approx(np.mean(wins))
    u = mannwhitneyu(score[true], score[~true]).statistic
    assert found == pytest.approx(u / (true.sum() * (~true).sum()))


@given(CASES)
def test_average_precision_sums_precision_over_steps_of_recall(rows):
    score, true = spread(rows)
    expected, before = 0.0, 0.0
    for limit in sorted(set(score), reverse=True):
        taken = score >= limit
        recall = true[taken].sum() / true.sum()
        expected += (recall - before) * true[taken].mean()
        before = recall
    assert average_precision(ranked(rows))[0] == pytest.approx(expected)


@given(CASES)
def test_a_score_without_information_has_the_base_rate(rows):
    flat = [(0, true, weight) for _, true, weight in rows]
    _, true = spread(flat)
    assert auc(ranked(flat))[0] == pytest.approx(0.5)
    assert average_precision(ranked(flat))[0] == pytest.approx(true.mean())
    assert precision_at(ranked(flat), 0.5)[0] == pytest.approx(true.mean())


def test_precision_at_k_takes_the_mean_over_orders_of_equal_scores():
    score, true = np.array([3.0, 2, 2, 2, 1]), np.array([False, True, True, False, True])
    ranking = Ranking.of(score, true, np.ones((1, 5)))
    assert precision_at(ranking, 1 / 5)[0] == 0
    assert precision_at(ranking, 2 / 5)[0] == pytest.approx((0 + 2 / 3) / 2)
    assert precision_at(ranking, 1.0)[0] == pytest.approx(3 / 5)


def test_one_kind_of_outcome_has_no_auc():
    ranking = Ranking.of(np.array([1.0, 2.0]), np.array([True, True]), np.ones((1, 2)))
    assert np.isnan(auc(ranking)[0])
