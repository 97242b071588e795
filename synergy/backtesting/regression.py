"""A logistic regression as the yardstick of what all scores together can foresee."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RIDGE = 1.0
STEPS = 50


@dataclass(frozen=True, eq=False)
class Regression:
    """Coefficients per standardised feature, with the means and spreads they were standardised by."""

    coefficients: Floats
    mean: Floats
    spread: Floats

    def predict(self, features: Floats) -> Floats:
        """Return the log odds of each row (cases x features), less the constant; unknown features count as average."""
        return np.asarray(_standard(features, self.mean, self.spread) @ self.coefficients)


def fit(features: Floats, came_true: NDArray[np.bool_]) -> Regression | None:
    """Fit a logistic regression with a ridge of 1 on standardised coefficients; None where nothing came true, or all.

    ``max sum_n [y_n log p_n + (1 - y_n) log(1 - p_n)] - |b|^2 / 2`` by Newton's steps; the constant is not shrunk.

    >>> x = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> bool(fit(x, np.array([False, False, True, True])).coefficients[0] > 0)
    True
    """
    if came_true.all() or not came_true.any():
        return None
    known = ~np.isnan(features)
    filled = np.where(known, features, 0.0)
    count = np.maximum(known.sum(axis=0), 1)
    mean = filled.sum(axis=0) / count
    spread = np.sqrt((np.where(known, features - mean, 0.0) ** 2).sum(axis=0) / count)
    design = np.column_stack([np.ones(len(features)), _standard(features, mean, spread)])
    shrink = np.r_[0.0, np.full(features.shape[1], RIDGE)]
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(came_true.mean() / (1 - came_true.mean()))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        slope = design.T @ (came_true - chance) - shrink * beta
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(shrink + 1e-9)
        step = np.linalg.solve(curve, slope)
        beta += step
        if np.abs(step).max() < 1e-9:
            break
    return Regression(beta[1:], mean, spread)


def _standard(features: Floats, mean: Floats, spread: Floats) -> Floats:
    scaled = (features - mean) / np.where(spread > 0, spread, 1.0)
    return np.asarray(np.nan_to_num(scaled, nan=0.0))
