"""P-values of many tests, made honest about how many there were."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synergy_graphs.errors import GraphError

Correction = Literal["bh", "bonferroni"]


def adjust(p_values: ArrayLike, method: Correction = "bh", n_tests: int | None = None) -> NDArray[np.float64]:
    """Adjust p-values for the number of tests, so that they can be compared with the level itself.

    bonferroni: min(1, m p), which holds the chance of a single false find; bh (Benjamini & Hochberg 1995):
    min over j >= k of min(1, m p_(j) / j), with p_(1) <= p_(2) <= …, which holds the expected share of false finds
    among the finds when the tests are independent or positively dependent.

    m is ``n_tests``, or the number of p-values given. It is larger where tests that cannot be significant were not
    written down: they count as p = 1. The result has the shape of ``p_values``; an empty input gives an empty result.

    Raises GraphError when a p-value is outside [0, 1] or NaN, when m is smaller than the number of p-values, and for
    an unknown method.

    >>> adjust([0.01, 0.04, 0.03, 0.5]).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    >>> adjust([0.01, 0.04], "bonferroni", n_tests=10).tolist()
    [0.1, 0.4]
    """
    check_correction(method)
    given = np.asarray(p_values, dtype=np.float64)
    flat = given.ravel()
    wrong = ~((flat >= 0) & (flat <= 1))
    if wrong.any():
        raise GraphError(f"p-value {int(wrong.argmax())} is {flat[wrong.argmax()]}, expected from 0 to 1")
    m = flat.size if n_tests is None else int(n_tests)
    if m < flat.size:
        raise GraphError(f"n_tests is {m}, but there are {flat.size} p-values")
    if method == "bonferroni":
        return np.minimum(given * m, 1.0)
    order = np.argsort(flat, kind="stable")
    scaled = flat[order] * (m / np.arange(1, flat.size + 1))
    result = np.empty_like(flat)
    result[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return result.reshape(given.shape)


def cutoff(p_values: NDArray[np.float64], alpha: float, correction: Correction | None, n_tests: int) -> float:
    """Return the raw p-value at or below which a test is significant at level ``alpha`` after the correction.

    None: alpha; bonferroni: alpha / m; bh: alpha k / m with k the largest rank whose p-value is at most that, or 0 when
    there is none.

    >>> cutoff(np.array([0.001, 0.02, 0.9]), 0.05, "bh", 4)
    0.025
    """
    check_level(alpha)
    if correction is None:
        return alpha
    check_correction(correction)
    if correction == "bonferroni":
        return alpha / max(n_tests, 1)
    steps = np.arange(1, p_values.size + 1) * (alpha / max(n_tests, 1))
    passed = np.flatnonzero(np.sort(p_values) <= steps)
    return float(steps[passed[-1]]) if passed.size else 0.0


def check_level(alpha: float) -> None:
    """Raise GraphError unless 0 < alpha < 1."""
    if not 0 < alpha < 1:
        raise GraphError(f"alpha is {alpha}, expected above 0 and below 1")


def check_correction(method: str) -> None:
    """Raise GraphError unless there is such a correction."""
    if method not in get_args(Correction):
        raise GraphError(f"there is no correction {method!r}; there are {', '.join(get_args(Correction))}")
