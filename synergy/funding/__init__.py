"""The synchronised scheme: which proposals of a joint call are funded from many regional budgets."""

from synergy.funding.demand import Demand, uncertain_demand
from synergy.funding.equity import Fairness, fairness
from synergy.funding.granting import Grants, grants
from synergy.funding.pots import lead_agencies
from synergy.funding.pricing import prices
from synergy.funding.scenarios import Change, compare, what_if
from synergy.funding.selection import Selection, select

__all__ = [
    "Change",
    "Demand",
    "Fairness",
    "Grants",
    "Selection",
    "compare",
    "fairness",
    "grants",
    "lead_agencies",
    "prices",
    "select",
    "uncertain_demand",
    "what_if",
]
