"""Differences of means with their test, interval and effect size, many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

from synergy_graphs.fdr import adjust

Floats = NDArray[np.float64]
POWER = 0.8
GAP, NO_GAP, UNKNOWN = "gap", "no gap that matters", "cannot tell"


@dataclass(frozen=True, eq=False)
class Contrast:
    """Differences of two means with standard error, degrees of freedom and effect size; arrays of one length."""

    difference: Floats
    error: Floats
    df: Floats
    effect: Floats

    def p_values(self) -> Floats:
        """Return the two-sided p of no difference: ``2 T_df(-|d| / se)``; NaN where there is no standard error."""
        return np.asarray(2 * stdtr(self.df, -np.abs(self._ratio(self.difference))))

    def p_small(self, matters: float) -> Floats:
        """Return the p of a difference of at least ``matters`` either way (two one-sided tests, Schuirmann 1987)."""
        return np.asarray(stdtr(self.df, self._ratio(np.abs(self.difference) - matters)))

    def interval(self, level: float) -> tuple[Floats, Floats]:
        """Return ``d -+ t_df se``."""
        reach = np.asarray(stdtrit(self.df, (1 + level) / 2)) * np.where(self.error > 0, self.error, np.nan)
        return self.difference - reach, self.difference + reach

    def detectable(self, alpha: float | Floats) -> Floats:
        """Return the true difference that a test at ``alpha`` finds with a probability of `POWER`: ``(t + t) se``."""
        reach = (stdtrit(self.df, 1 - alpha / 2) + stdtrit(self.df, POWER)) * self.error
        found: Floats = np.where(self.error > 0, reach, np.nan)
        return found

    def _ratio(self, value: Floats) -> Floats:
        ratio: Floats = np.divide(value, self.error, out=np.full(value.shape, np.nan), where=self.error > 0)
        return ratio


def difference_of_means(
    n_a: ArrayLike, mean_a: ArrayLike, var_a: ArrayLike,
    n_b: ArrayLike, mean_b: ArrayLike, var_b: ArrayLike,
    both: ArrayLike = 0, covariance: ArrayLike = 0,
) -> Contrast:  # fmt: skip
    """Return the difference of two means whose groups may share ``both`` people, with their covariance.

    ``se^2 = var_a/n_a + var_b/n_b - 2 both cov / (n_a n_b)`` and degrees of freedom between Welch's (1947), which they
    are when nobody is in both groups, and those of the paired t test, when everybody is (Derrick, Russ, Toher and White
    2017). Where all of them have the same difference, the two are taken as different people. The effect is Hedges' g:
    the difference by the root of the mean variance, times ``1 - 3 / (4 df - 1)``.

    >>> found = difference_of_means(10, 4.0, 1.0, 10, 3.0, 1.0)
    >>> found.df.tolist(), found.p_values().round(4).tolist(), found.effect.round(3).tolist()
    ([18.0], [0.0382], [0.958])
    """
    n1, m1, v1, n2, m2, v2, c, cov = (
        np.atleast_1d(np.asarray(x, dtype=np.float64))
        for x in (n_a, mean_a, var_a, n_b, mean_b, var_b, both, covariance)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        e1, e2 = v1 / n1, v2 / n2
        welch = (e1 + e2) ** 2 / (e1**2 / (n1 - 1) + e2**2 / (n2 - 1))
        square = e1 + e2 - 2 * c * cov / (n1 * n2)
        # everybody has the same difference: the pairs tell nothing about its spread, so they are not used
        c = np.where(square > 1e-9, c, 0)
        df = (c - 1) + (welch - c + 1) / (n1 + n2) * (n1 + n2 - 2 * c)
        error = np.sqrt(np.where(square > 1e-9, square, e1 + e2))
        effect = (m1 - m2) / np.sqrt((v1 + v2) / 2) * (1 - 3 / (4 * df - 1))
    return Contrast(m1 - m2, error, df, effect)


def verdicts(p: Floats, p_small: Floats, family: NDArray[np.int64], fdr: float) -> tuple[Floats, Floats, list[str]]:
    """Return the q-values of both tests (Benjamini and Hochberg 1995 within each family) and the verdicts.

    'no gap that matters' where the difference is shown to be smaller than what matters, else 'gap' where it is shown
    not to be 0, else 'cannot tell': the data fit both no difference and one that matters, or are too few.
    """
    q, q_small = np.full(p.shape, np.nan), np.full(p.shape, np.nan)
    for each in np.unique(family):
        tested = (family == each) & ~np.isnan(p)
        q[tested], q_small[tested] = adjust(p[tested]), adjust(p_small[tested])
    words = np.where(q_small <= fdr, NO_GAP, np.where(q <= fdr, GAP, UNKNOWN))
    return q, q_small, [str(word) for word in words]
