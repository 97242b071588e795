"""Which proposals of a joint call are funded, from whose money, and what proves that it cannot be done better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from synergy.errors import UnknownName
from synergy.funding.exact import Solution
from synergy.funding.orders import ORDERS, least_violation, optimal, skip, strict, violations
from synergy.funding.pots import Pot, pot_of
from synergy.funding.proposals import Call, call_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, repr=False, eq=False)
class Selection:
    """A selection; money in whole cents everywhere.

    ``frame`` has one row per proposal by rank: proposal_id, rank, score, asked, funded. ``regions`` has one row per
    region: budget, asked, used (what its own applicants got), paid (what it paid), given and received over its border,
    left. ``bound`` is a total of scores that no selection can pass (with order least-violation: a number of
    projects); unknown (None) for strict and skip, which prove nothing.
    """

    call: Call
    pot: Pot
    funded: NDArray[np.bool_]
    payments: NDArray[np.int64]
    bound: float | None
    gap: float | None
    params: Mapping[str, Any]

    @property
    def projects(self) -> int:
        """How many proposals are funded."""
        return int(self.funded.sum())

    @property
    def money(self) -> int:
        """Cents that are granted."""
        return int(self.call.asked[self.funded].sum())

    @property
    def score(self) -> float:
        """Sum of the scores of what is funded."""
        return float(self.call.scores[self.funded].sum())

    @property
    def proven(self) -> bool:
        """Whether no selection under the same pot can be better, up to a part in a million."""
        return self.gap is not None and self.gap <= 1e-6

    @property
    def violations(self) -> int:
        """Pairs of a funded proposal and one that is not though it ranks higher."""
        return violations(self.funded)

    @property
    def frame(self) -> pd.DataFrame:
        """One row per proposal, by rank."""
        return pd.DataFrame(
            {
                "proposal_id": self.call.ids, "rank": range(1, len(self.call) + 1), "score": self.call.scores,
                "asked": self.call.asked.sum(axis=1), "funded": self.funded,
            }
        )  # fmt: skip

    @property
    def regions(self) -> pd.DataFrame:
        """One row per region; all but region_id in cents."""
        paid = self.payments.sum(axis=1)
        used = self.payments.sum(axis=0)
        at_home = np.diag(self.payments)
        return pd.DataFrame(
            {
                "region_id": self.call.regions, "budget": self.call.budgets, "asked": self.call.asked.sum(axis=0),
                "used": used, "paid": paid, "given": paid - at_home, "received": used - at_home,
                "left": self.call.budgets - paid,
            }
        )  # fmt: skip

    def to_frame(self) -> pd.DataFrame:
        """Return one row per proposal, by rank."""
        return self.frame

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; money in cents."""
        return {
            "projects": self.projects, "money": self.money, "score": self.score, "bound": self.bound, "gap": self.gap,
            "proven": self.proven, "violations": self.violations,
            "proposals": self.frame.to_dict("records"), "regions": self.regions.to_dict("records"),
            "params": dict(self.params),
        }  # fmt: skip

    def __len__(self) -> int:
        return self.projects

    def __repr__(self) -> str:
        share = self.money / max(int(self.call.budgets.sum()), 1)
        how = f"{self.params['pot']} pot, {self.params['order']}"
        return f"Selection({self.projects} of {len(self.call)} proposals, {share:.1%} of the money, {how})"


def select(
    proposals: pd.DataFrame, budgets: Mapping[str, int] | pd.Series, pot: str = "virtual", order: str = "optimal",
    balancing: float = 0.1, *, gap: float = 0.0, nodes: int = 20_000,
) -> Selection:  # fmt: skip
    """Select the proposals of a joint call that the regions' budgets can fund.

    ``proposals``: proposal_id, score (0 or more), and one column per region of ``budgets`` with what is asked of it in
    whole cents, 0 where it is not involved. ``pot``: virtual, mixed or real (`Pot`); ``order``: optimal, strict, skip
    or least-violation (`synergy.funding.orders`). ``balancing`` is the share of every budget that forms the balancing
    pot of the mixed mode. Work is limited by ``nodes`` of the search tree and ends at the relative ``gap``, never by
    time.

    Raises DataError with every problem of the tables, UnknownName for a pot or an order that is not there.

    >>> frame = pd.DataFrame({"proposal_id": ["p", "q"], "score": [4.0, 3.5], "AT32": [500, 400], "ITH3": [700, 500]})
    >>> select(frame, {"AT32": 1000, "ITH3": 600})
    Selection(1 of 2 proposals, 56.2% of the money, virtual pot, optimal)
    """
    call = call_of(proposals, budgets)
    return choose(call, pot, order, balancing, gap=gap, nodes=nodes)


def choose(call: Call, pot: str, order: str, balancing: float, *, gap: float, nodes: int) -> Selection:
    """Select from a call that is checked already."""
    if order not in ORDERS:
        raise UnknownName("order", order, ORDERS)
    means = pot_of(pot, call.budgets, balancing)
    if order in ("strict", "skip"):
        found = Solution((strict if order == "strict" else skip)(call, means), 0.0, 0.0)
        bound = left = None
    else:
        found = (optimal if order == "optimal" else least_violation)(call, means, gap=gap, nodes=nodes)
        bound = found.bound
        left = 0.0 if bound == found.value else (bound - found.value) / bound
    params = {"pot": pot, "order": order, "balancing": balancing, "gap": gap, "nodes": nodes}
    payments = means.payments(call.asked[found.chosen].sum(axis=0))
    return Selection(call, means, found.chosen, payments, bound, left, params)
