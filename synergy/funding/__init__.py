"""The synchronised scheme: which proposals of a joint call are funded from many regional budgets."""

from synergy.funding.pots import lead_agencies
from synergy.funding.selection import Selection, select

__all__ = ["Selection", "lead_agencies", "select"]
