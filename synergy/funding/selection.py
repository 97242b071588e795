"""Which proposals of a joint call are funded, from whose money, and what proves that it cannot be done better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from synergy.errors import UnknownName, UsageError
from synergy.funding.orders import ORDERS, least_violation, optimal, skip, strict, violations
from synergy.funding.pots import Pot, lead_agencies, pot_of
from synergy.funding.proposals import Call, call_of
from synergy.funding.reasons import lacks_of, why_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

GAP = 1e-4
"""A ten thousandth of the sum of scores: by default the search for the best ends there."""
NODES = 1_000
"""So many nodes of the search tree by default: about ten seconds for 120 proposals of twelve regions."""


@dataclass(frozen=True, repr=False, eq=False)
class Selection:
    """A selection: what is funded, from whose money, and why the rest is not; all money in whole cents.

    ``call`` holds the checked proposals in the order of their rank, ``funded`` says which of them are funded,
    ``payments`` who pays for whom (payers x receivers, `Pot.payments`). ``bound`` is a total of scores that no
    selection under the same pot can pass (order least-violation: a number of projects), ``gap`` by which share of the
    bound the selection may be short of the best (least-violation: the larger one of projects and of the sum of ranks);
    both None for strict and skip, which claim no best.
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
    def proven(self) -> bool | None:
        """Whether it is proven that none is better, to the solver's part in a million; None where none is claimed."""
        return None if self.gap is None else self.gap <= 1e-6

    @property
    def violations(self) -> int:
        """Pairs of a funded proposal and one that is not funded though it ranks higher."""
        return violations(self.funded)

    @property
    def frame(self) -> pd.DataFrame:
        """One row per proposal by rank: proposal_id, rank, score, asked, lead (the region asked most), funded, why."""
        return pd.DataFrame(
            {
                "proposal_id": self.call.ids,
                "rank": range(1, len(self.call) + 1),
                "score": self.call.scores,
                "asked": self.call.asked.sum(axis=1),
                "lead": lead_agencies(self.call),
                "funded": self.funded,
                "why": np.array(why_of(self.call, self.pot, self.funded, self.params["order"]), dtype=object),
            }
        )

    @property
    def regions(self) -> pd.DataFrame:
        """One row per region, money in cents.

        region_id, budget, asked, used (granted to its applicants), paid (by it), given and received over its border,
        left (budget - paid), proposals, funded, blocks (proposals left out for which its own money does not suffice)
        and binding (whether there is one).
        """
        paid, used, at_home = self.payments.sum(axis=1), self.payments.sum(axis=0), np.diag(self.payments)
        involved = self.call.asked > 0
        blocks = self.lacks["region_id"].value_counts().reindex(self.call.regions, fill_value=0).to_numpy()
        return pd.DataFrame(
            {
                "region_id": self.call.regions,
                "budget": self.call.budgets,
                "asked": self.call.asked.sum(axis=0),
                "used": used,
                "paid": paid,
                "given": paid - at_home,
                "received": used - at_home,
                "left": self.call.budgets - paid,
                "proposals": involved.sum(axis=0),
                "funded": involved[self.funded].sum(axis=0),
                "blocks": blocks,
                "binding": blocks > 0,
            }
        )

    @property
    def lacks(self) -> pd.DataFrame:
        """One row per proposal left out and region whose own money does not suffice for it (`lacks_of`)."""
        return lacks_of(self.call, self.pot, self.funded, self.params["order"])

    @property
    def transfers(self) -> pd.DataFrame:
        """Who paid for whom over a border: payer, receiver, cents; empty under the virtual pot."""
        abroad = self.payments.copy()
        np.fill_diagonal(abroad, 0)
        payers, receivers = np.nonzero(abroad)
        return pd.DataFrame(
            {
                "payer": [self.call.regions[k] for k in payers],
                "receiver": [self.call.regions[k] for k in receivers],
                "cents": abroad[payers, receivers],
            }
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row per proposal, by rank."""
        return self.frame

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, money in cents; what is unknown is None."""
        return {
            "projects": self.projects,
            "money": self.money,
            "score": self.score,
            "bound": self.bound,
            "gap": self.gap,
            "proven": self.proven,
            "violations": self.violations,
            "proposals": self.frame.astype(object).where(self.frame.notna(), None).to_dict("records"),
            "regions": self.regions.to_dict("records"),
            "lacks": self.lacks.to_dict("records"),
            "transfers": self.transfers.to_dict("records"),
            "params": dict(self.params),
        }

    def __len__(self) -> int:
        return self.projects

    def __repr__(self) -> str:
        share = self.money / max(int(self.call.budgets.sum()), 1)
        how = f"{self.params['pot']} pot, {self.params['order']}"
        gap = "" if self.gap is None else f", gap {self.gap:.2%}"
        return f"Selection({self.projects} of {len(self.call)} proposals, {share:.1%} of the money, {how}{gap})"


def select(
    proposals: pd.DataFrame,
    budgets: Mapping[str, int] | pd.Series,
    pot: str = "virtual",
    order: str = "optimal",
    balancing: float = 0.1,
    *,
    gap: float = GAP,
    nodes: int = NODES,
) -> Selection:
    """Select the proposals of a joint call that the regions' budgets can fund.

    ``proposals``: proposal_id, score (0 or more), and one column per region of ``budgets`` with what is asked of it in
    whole cents, 0 where it is not involved; unknown money is refused. ``pot`` says who may pay for whom (`Pot`):

    - virtual: each region funds its own applicants, no money crosses a border; the lead agency procedure funds alike
    - mixed: floor(``balancing`` x budget) of every budget forms a balancing pot that fills the gaps of any region
    - real: one common pot, strictly by money

    ``order`` says in which order (`synergy.funding.orders`): optimal (greatest sum of scores), strict (by rank, up to
    the first that cannot be paid), skip (by rank, passing over such) or least-violation (as many projects as can be
    paid, then the fewest pairs of a funded proposal and a higher ranked one that is not). The search for the best ends
    at the relative ``gap`` or after so many ``nodes`` of its tree, never by time; the selection tells the gap left.

    Raises DataError with every problem of the tables (`call_of`), UnknownName for a pot or an order that is not there,
    UsageError for a share, gap or number of nodes out of range.

    >>> frame = pd.DataFrame({"proposal_id": ["p", "q"], "score": [4.0, 3.5], "AT32": [500, 400], "ITH3": [700, 500]})
    >>> found = select(frame, {"AT32": 1000, "ITH3": 600})
    >>> found
    Selection(1 of 2 proposals, 56.2% of the money, virtual pot, optimal, gap 0.00%)
    >>> found.frame["why"][0]
    'ITH3 lacks 6.00 (it asks more than the whole budget)'
    """
    call = call_of(proposals, budgets)
    return choose(call, pot, order, balancing, gap=gap, nodes=nodes)


def choose(
    call: Call, pot: str, order: str, balancing: float = 0.1, *, gap: float = GAP, nodes: int = NODES
) -> Selection:
    """Select from a call that is checked already."""
    if order not in ORDERS:
        raise UnknownName("order", str(order), ORDERS)
    if not 0 <= gap < 1 or nodes < 1 or nodes % 1:
        raise UsageError(f"gap is {gap} and nodes is {nodes}, expected a gap from 0 to below 1 and a node or more")
    means = pot_of(pot, call.budgets, balancing)
    bound = left = None
    if order == "optimal":
        found = optimal(call, means, gap=gap, nodes=nodes)
        funded, bound, left = found.chosen, found.bound, found.gap
    elif order == "least-violation":
        found, left = least_violation(call, means, gap=gap, nodes=nodes)
        funded, bound = found.chosen, found.bound
    else:
        funded = (strict if order == "strict" else skip)(call, means)
    params = {"pot": pot, "order": order, "balancing": balancing, "gap": gap, "nodes": nodes}
    return Selection(call, means, funded, means.payments(call.asked[funded].sum(axis=0)), bound, left, params)
