"""Intervals of a mean on a bounded scale: exact where few answered, BCa bootstrap where more did."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri, stdtrit

from synergy.errors import UsageError
from synergy.survey.instrument import POINTS

Floats = NDArray[np.float64]
SMALL = 10
"""Below this number of answers the exact interval is taken."""
DRAWS = 2000


def mean_interval(values: Floats, level: float, draws: int, seed: int) -> tuple[float, float, str]:
    """Return the interval of a mean with its method: 'exact' below `SMALL` answers, else 'BCa'."""
    if len(values) < SMALL:
        return *exact_interval(values, level, draws=draws, seed=seed), "exact"
    return *bca_interval(values, level, draws=draws, seed=seed), "BCa"


def exact_interval(
    values: ArrayLike,
    level: float = 0.95,
    *,
    bounds: tuple[float, float] = (POINTS[0], POINTS[-1]),
    draws: int = DRAWS,
    seed: int = 1,
) -> tuple[float, float]:
    """Return Gaffke's interval of the mean of a bounded variable, for any number of answers.

    With W uniform on the simplex of n + 1 weights: the lower limit is the (1 - level)/2 quantile of the W-weighted mean
    of the answers and the scale's lowest point, the upper limit that of 1 minus this for the answers and its highest
    point (Gaffke 2005; Learned-Miller and Thomas 2019). For answers at the two ends alone it is the exact interval of
    Clopper and Pearson. That its coverage is never below the level is a conjecture of theirs, and was seen in every
    simulation of ours. ``draws`` samples of W, seeded, stand for its law.

    >>> low, high = exact_interval([4, 4, 4, 4, 4])
    >>> round(low, 1), round(high, 1)
    (2.4, 4.5)
    """
    given = np.sort(checked(values))
    if not len(given):
        return np.nan, np.nan
    if given[0] < bounds[0] or given[-1] > bounds[1]:
        raise UsageError(
            f"answers from {given[0]:g} to {given[-1]:g} do not lie between {bounds[0]:g} and {bounds[1]:g}"
        )
    weights = _simplex(len(given) + 1, draws, seed)
    inner = (weights[:, 1:] * given).sum(axis=1)
    tail = (1 - level) / 2
    low = np.quantile(inner + weights[:, 0] * bounds[0], tail)
    high = np.quantile(inner + weights[:, 0] * bounds[1], 1 - tail)
    return float(low), float(high)


@lru_cache(maxsize=64)
def _simplex(size: int, draws: int, seed: int) -> Floats:
    drawn = np.random.default_rng(np.random.SeedSequence([seed, size])).standard_exponential((draws, size))
    weights: Floats = drawn / drawn.sum(axis=1, keepdims=True)
    weights.setflags(write=False)
    return weights


def bca_interval(
    values: ArrayLike, level: float = 0.95, *, draws: int = DRAWS, seed: int = 1, expand: bool = True
) -> tuple[float, float]:
    """Return the bias-corrected and accelerated bootstrap interval of a mean (Efron 1987).

    Quantiles ``ndtr(z0 + (z0 + z) / (1 - a (z0 + z)))`` of the redrawn means, with z0 from the share of them below the
    mean (ties half) and ``a = sum d^3 / (6 (sum d^2)^1.5)``, d the deviations. With ``expand``, z is widened to
    ``t_(n-1) sqrt(n / (n - 1))``: redrawing takes the spread as known and too small by (n-1)/n, which a t interval
    allows for (Hesterberg 2015). Answers all alike give an interval without width. One answer has none: NaN.

    >>> low, high = bca_interval([1, 2, 2, 3, 3, 3, 4, 4, 5, 5] * 3)
    >>> round(low, 1), round(high, 1)
    (2.7, 3.7)
    """
    given = checked(values)
    if len(given) < 2:
        return np.nan, np.nan
    points, counts = np.unique(given, return_counts=True)
    n, mean = len(given), float(given.mean())
    if len(points) == 1:
        return mean, mean
    means = np.sort(_redrawn(given, points, counts, draws, seed))
    # the mean of a redraw equals the mean of all only up to rounding
    below, upto = np.searchsorted(means, [mean - 1e-12, mean + 1e-12])
    bias = ndtri(np.clip((below + upto) / (2 * draws), 1 / draws, 1 - 1 / draws))
    away = points - mean
    skew = (counts * away**3).sum() / (6 * (counts * away**2).sum() ** 1.5)
    tails = np.array([(1 - level) / 2, (1 + level) / 2])
    z = stdtrit(n - 1, tails) * np.sqrt(n / (n - 1)) if expand else ndtri(tails)
    low, high = np.quantile(means, ndtr(bias + (bias + z) / (1 - skew * (bias + z))))
    return float(low), float(high)


def _redrawn(given: Floats, points: Floats, counts: NDArray[np.int64], draws: int, seed: int) -> Floats:
    """Return means of redraws: drawn one by one, or by how often each value comes where values are few."""
    rng = np.random.default_rng(seed)
    n = len(given)
    if n < 8 * len(points):
        return np.asarray(given[rng.integers(0, n, (draws, n), dtype=np.int32)].mean(axis=1))
    return np.asarray((rng.multinomial(n, counts / n, size=draws) * points).sum(axis=1) / n)


def checked(values: ArrayLike) -> Floats:
    """Return the values as one row of finite numbers, missing ones left out."""
    given = np.asarray(values, dtype=np.float64).ravel()
    if np.isinf(given).any():
        raise UsageError("answers are finite numbers; infinity is none")
    return given[~np.isnan(given)]


def check_level(level: float) -> None:
    """Refuse a level that is not between 0 and 1."""
    if not 0 < level < 1:
        raise UsageError(f"the level of an interval lies between 0 and 1, not {level!r}")
