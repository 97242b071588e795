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
    payable = pot.missing(call.asked.cumsum(axis=0)) <= 0
    return np.logical_and.accumulate(payable)


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
    """Fund the greatest sum of scores.

    What still fits beside it is added by rank, so that nothing payable is left out; and among proposals of equal score
    a lower ranked one gives way to a higher ranked one (less money, then id) wherever the pot allows the exchange.
    """
    found = maximise(call.scores, call.asked, pot, gap=gap, nodes=nodes)
    greedy = skip(call, pot)
    better = found.value >= call.scores[greedy].sum()
    chosen = skip(call, pot, by_rank(call, pot, found.chosen if better else greedy, equal=True))
    value = float(call.scores[chosen].sum())
    return Solution(chosen, value, max(value, found.bound))


def least_violation(call: Call, pot: Pot, *, gap: float, nodes: int) -> tuple[Solution, float]:
    """Fund as many proposals as the pot can pay, and of such selections the one that violates the ranking least.

    A violation is a pair of a funded proposal and one that is not funded though it ranks higher. With ranks r and k
    funded proposals there are

        V = sum_funded r_i - k (k + 1) / 2

    of them (the U of Mann and Whitney 1947), so for a fixed k the least V is the least sum of ranks: a linear program.
    Where that search ends early, single exchanges for higher ranked proposals go on from there. Value and bound are
    those of k; beside them the larger gap of k and of the sum of ranks (counted from below).
    """
    n = len(call)
    most = maximise(np.ones(n), call.asked, pot, gap=0.0, nodes=nodes)
    counted = max(skip(call, pot, most.chosen), skip(call, pot), key=np.count_nonzero)
    k = int(counted.sum())
    low = np.arange(n, 0, -1, dtype=np.float64)
    found = maximise(low, call.asked, pot, exactly=k, gap=gap, nodes=nodes)
    chosen = by_rank(call, pot, found.chosen if found.chosen.sum() == k else counted, equal=False)
    ranks = Solution(chosen, float(low[chosen].sum()), found.bound)
    told = Solution(chosen, float(k), float(max(k, np.floor(most.bound + 1e-6))))
    return told, max(told.gap, ranks.gap)


def by_rank(call: Call, pot: Pot, chosen: NDArray[np.bool_], *, equal: bool) -> NDArray[np.bool_]:
    """Exchange funded proposals for higher ranked ones, one for one and the lowest first, where the pot allows it.

    With ``equal``, only for ones of the same score.
    """
    funded = chosen.copy()
    need = call.asked[funded].sum(axis=0)
    for i in np.flatnonzero(~funded):
        below = np.flatnonzero(funded)
        below = below[(below > i) & ((call.scores[below] == call.scores[i]) | (not equal))]
        payable = below[pot.missing(need + call.asked[i] - call.asked[below]) <= 0]
        if len(payable):
            funded[[i, payable[-1]]] = True, False
            need = need + call.asked[i] - call.asked[payable[-1]]
    return funded


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
