"""The yardstick regression at its optimum."""

import numpy as np
import pytest
from scipy.optimize import minimize

from synergy.backtesting.regression import RIDGE, fit


def test_it_is_where_a_general_optimiser_ends():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(80, 3)) * (1, 5, 0.1) + (0, 2, 1)
    y = rng.random(80) < 1 / (1 + np.exp(-(x[:, 0] - 1)))
    z = (x - x.mean(axis=0)) / x.std(axis=0)

    def loss(beta):
        eta = beta[0] + z @ beta[1:]
        return np.logaddexp(0, eta).sum() - eta[y].sum() + RIDGE / 2 * (beta[1:] ** 2).sum()

    best = minimize(loss, np.zeros(4), tol=1e-12).x
    np.testing.assert_allclose(fit(x, y).coefficients, best[1:], atol=1e-4)


def test_an_unknown_feature_counts_as_average():
    x = np.array([[0.0], [1.0], [2.0], [3.0], [np.nan]])
    model = fit(x, np.array([False, False, True, True, True]))
    assert model.predict(np.array([[np.nan], [1.5]])).tolist() == pytest.approx([0.0, 0.0])


def test_one_kind_of_outcome_teaches_nothing():
    assert fit(np.ones((3, 1)), np.array([True, True, True])) is None
    assert fit(np.ones((3, 1)), np.array([False, False, False])) is None
