"""The synchronised scheme: one joint call out of many regional programmes, and which proposals are funded from whose money."""

from synergy.funding.alignment import Alignment, align
from synergy.funding.pots import lead_agencies
from synergy.funding.scheme import Scheme, make_scheme
from synergy.funding.selection import Selection, select

__all__ = ["Alignment", "Scheme", "Selection", "align", "lead_agencies", "make_scheme", "select"]
