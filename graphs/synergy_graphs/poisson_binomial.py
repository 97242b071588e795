"""How many of many unequal coins come up heads."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Numbers of one batch: few enough to stay in the processor's cache through all its rounds.
_BATCH = 24_000


def upper_tails(
    chances: NDArray[np.float64],
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
    counts: NDArray[np.int64],
    tops: NDArray[np.int64],
) -> list[NDArray[np.float64]]:
    """Return for each distribution g the tails P(X_g >= k), k = 0 … tops[g].

    X_g is the number of successes of independent trials. With (first, second) = ``pairs``, trial class a has
    probability q_ga = chances[first[g], a] chances[second[g], a] and is there ``counts[a]`` times.

    The distribution is built trial by trial, everything at the top gathered in one absorbing state: only products and
    sums of numbers that are not negative, so that also tails of 1e-100 are right to about 12 digits (a Fourier
    transform leaves 1e-16 of noise). It costs trials x tops[g] per distribution.

    >>> chances, zero, one, two = np.array([[1.0], [0.5]]), np.array([0]), np.array([1]), np.array([2])
    >>> upper_tails(chances, (zero, one), two, two)[0].tolist()
    [1.0, 0.75, 0.25]
    """
    first, second = pairs
    result: list[NDArray[np.float64]] = [np.ones(0)] * tops.size
    order = np.argsort(tops, kind="stable")
    start = 0
    while start < order.size:
        # Alike in size, so that none is carried further than it needs.
        stop = start + 1
        while stop < order.size and (stop + 1 - start) * (tops[order[stop]] + 1) <= _BATCH:
            stop += 1
        batch = order[start:stop]
        top = int(tops[batch[-1]])
        ends = _absorbed(chances[first[batch]] * chances[second[batch]], counts, tops[batch], top)
        for column, g in enumerate(batch.tolist()):
            mine = ends[: tops[g] + 1, column]
            result[g] = np.minimum(np.cumsum(mine[::-1])[::-1], 1.0)
        start = stop
    return result


def _absorbed(
    q: NDArray[np.float64], counts: NDArray[np.int64], tops: NDArray[np.int64], top: int
) -> NDArray[np.float64]:
    """Return states x distributions: the chance of each count below the top, and of the top or more at the top."""
    chance = np.zeros((top + 1, tops.size))
    chance[0] = 1.0
    moved = np.empty((top, tops.size))
    done = 0
    for a, times in enumerate(counts.tolist()):
        heads = q[:, a]
        tails = 1.0 - heads
        for _ in range(times):
            # No count above the trials so far has any chance yet.
            reach = min(done + 1, top)
            np.multiply(chance[:reach], heads, out=moved[:reach])
            if done < top:
                chance[: reach + 1] *= tails
            else:
                chance[:top] *= tails
            chance[1 : reach + 1] += moved[:reach]
            done += 1
    # Distributions with a lower top than the batch's own: what lies above counts as their top.
    for column in np.flatnonzero(tops < top).tolist():
        chance[tops[column], column] = chance[tops[column] :, column].sum()
    return chance
