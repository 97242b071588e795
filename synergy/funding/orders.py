"""In which order proposals are funded: strictly by rank, passing over, at best, or as near to the ranking as can be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from synergy.funding.exact import Solution, maximise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from synergy.funding.pots import Pot
    from synergy.funding.proposals import Call

ORDERS = ("optimal", "strict", "skip", "least-violation")


def strict(call: Call, pot: Pot) -> NDArray[np.bool_]:
    """Fund by rank and stop at the first proposal that the pot cannot pay."""
    chosen = np.zeros(len(call), dtype=bool)
    need = np.zeros(len(call.regions), dtype=np.int64)
    for i, asked in enumerate(call.asked):
        need = need + asked
        if not pot.fits(need):
            break
        chosen[i] = True
    return chosen


def skip(call: Call, pot: Pot, chosen: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
    """Fund by rank and pass over what the pot cannot pay; with ``chosen``, add to that selection what still fits."""
    funded = np.zeros(len(call), dtype=bool) if chosen is None else chosen.copy()
    need = call.asked[funded].sum(axis=0)
    for i in np.flatnonzero(~funded):
        if pot.fits(need + call.asked[i]):
            funded[i] = True
            need = need + call.asked[i]
    return funded


def optimal(call: Call, pot: Pot, *, gap: float, nodes: int) -> Solution:
    """Fund the greatest sum of scores; what still fits beside it, by rank, so that nothing payable is left out."""
    found = maximise(call.scores, call.asked, pot, gap=gap, nodes=nodes)
    chosen = skip(call, pot, found.chosen)
    value = float(call.scores[chosen].sum())
    return Solution(chosen, value, max(value, found.bound))


def least_violation(call: Call, pot: Pot, *, gap: float, nodes: int) -> Solution:
    """Fund as many proposals as the pot can pay, and of such selections the one that violates the ranking least.

    A violation is a pair of a funded proposal and one that is not funded though it ranks higher. With ranks r and k
    funded proposals there are

        V = sum_funded r_i - k (k + 1) / 2

    of them (the U of Mann and Whitney 1947), so for a fixed k the least V is the least sum of ranks: a linear program.
    Value and bound are those of k.
    """
    n = len(call)
    most = maximise(np.ones(n), call.asked, pot, gap=0.0, nodes=nodes)
    k = int(most.chosen.sum())
    found = maximise(np.arange(n, 0, -1, dtype=np.float64), call.asked, pot, exactly=k, gap=gap, nodes=nodes)
    return Solution(found.chosen, float(k), float(np.floor(most.bound + 1e-6)))


def violations(funded: Iterable[bool]) -> int:
    """Return the pairs of a funded proposal and a higher ranked one that is not, proposals in the order of rank.

    >>> violations([True, False, False, True])
    2
    """
    count = passed = 0
    for one in funded:
        count += passed if one else 0
        passed += not one
    return count
