"""Who may pay for whom: virtual, mixed and real common pot as one rule."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from synergy.errors import UnknownName, UsageError
from synergy.funding.cents import is_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from synergy.funding.proposals import Call

POTS = ("virtual", "mixed", "real")


@dataclass(frozen=True, repr=False, eq=False)
class Pot:
    """What each region keeps for its own applicants and what it puts into the common part, in cents.

    A set of proposals that needs n_r of region r can be paid when

        sum_r max(0, n_r - own_r) <= sum_r shared_r        with own_r + shared_r = budget_r.

    shared = 0 is the virtual common pot (no money crosses a border), shared = budget the real one (strictly by money),
    and a share of every budget the mixed mode, whose balancing pot fills gaps (ERA-LEARN). What can be paid from a
    virtual pot can be paid from a mixed one, and from a mixed one also from a real one.
    """

    own: NDArray[np.int64]
    shared: NDArray[np.int64]

    @property
    def budgets(self) -> NDArray[np.int64]:
        """By region."""
        return self.own + self.shared

    def short(self, need: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return by region what its own part lacks, and the common part is asked for."""
        short: NDArray[np.int64] = np.maximum(need - self.own, 0)
        return short

    def missing(self, need: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the cents that the common part lacks, 0 or less when all can be paid; ``need`` ends in regions."""
        missing: NDArray[np.int64] = self.short(need).sum(axis=-1) - self.shared.sum()
        return missing

    def fits(self, need: NDArray[np.int64]) -> bool:
        """Return whether what is needed of each region can be paid."""
        return bool(self.missing(need) <= 0)

    def payments(self, need: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return who pays for whom, payers x receivers, in cents.

        A region pays its own applicants as far as its whole budget goes. What is then missing is paid by the others in
        proportion to what each has left of its common part; cents that do not divide go to the largest remainders,
        regions in their order (Hamilton's method).
        """
        paid = np.diag(np.minimum(need, self.budgets))
        can = np.minimum(self.shared, np.maximum(self.budgets - need, 0)).astype(object)
        for receiver in np.flatnonzero(need > self.budgets):
            gives = apportion(int(need[receiver] - self.budgets[receiver]), can)
            paid[:, receiver] += gives.astype(np.int64)
            can = can - gives
        return paid


def pot_of(pot: str, budgets: NDArray[np.int64], balancing: float = 0.1) -> Pot:
    """Return the pot of that name over budgets in cents; the mixed one shares floor(balancing x budget) of each.

    The share is taken as the decimal that it is written as, so 0.1 is one tenth exactly.

    >>> pot_of("mixed", np.array([1_005, 20]), 0.1).shared
    array([100,   2])
    """
    if pot not in POTS:
        raise UnknownName("pot", str(pot), POTS)
    if not is_number(balancing) or not 0 <= balancing <= 1:
        raise UsageError(f"the balancing share is {balancing}, expected a number from 0 to 1")
    share = {"virtual": Fraction(0), "mixed": Fraction(str(balancing)), "real": Fraction(1)}[pot]
    shared = np.array([int(share * int(budget)) for budget in budgets], dtype=np.int64)
    return Pot(budgets - shared, shared)


def apportion(amount: int, parts: NDArray[np.object_]) -> NDArray[np.object_]:
    """Split whole cents in proportion to parts, none above its own, by largest remainders (Hamilton).

    >>> apportion(10, np.array([1, 10, 19], dtype=object))
    array([1, 3, 6], dtype=object)
    """
    total = int(sum(parts))
    down = np.array([amount * int(part) // total for part in parts], dtype=object)
    rest = [amount * int(part) % total for part in parts]
    for k in sorted(range(len(parts)), key=lambda i: (-rest[i], i))[: amount - int(sum(down))]:
        down[k] += 1
    return down


def lead_agencies(call: Call) -> tuple[str, ...]:
    """Return per proposal the region that leads: where the larger amount is asked, the first by id among equals.

    Under the lead agency procedure the lead's evaluation counts for all and each agency funds its own part, so money
    is that of the virtual common pot (SNSF and FWF).
    """
    return tuple(call.regions[int(k)] for k in call.asked.argmax(axis=1)) if len(call) else ()
