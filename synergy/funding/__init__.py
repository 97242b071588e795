"""The synchronised scheme: one joint call out of many regional programmes, and which proposals are funded by whom."""

from synergy.funding.alignment import Alignment, align
from synergy.funding.demand import Demand, Limits, uncertain_demand
from synergy.funding.equity import Fairness, fairness
from synergy.funding.granting import Grants, grants
from synergy.funding.pots import lead_agencies
from synergy.funding.pricing import prices
from synergy.funding.scenarios import Change, compare, what_if
from synergy.funding.scheme import Scheme, make_scheme
from synergy.funding.selection import Selection, select

__all__ = [
    "Alignment",
    "Change",
    "Demand",
    "Fairness",
    "Grants",
    "Limits",
    "Scheme",
    "Selection",
    "align",
    "compare",
    "fairness",
    "grants",
    "lead_agencies",
    "make_scheme",
    "prices",
    "select",
    "uncertain_demand",
    "what_if",
]
