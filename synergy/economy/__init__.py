"""Regional economics: who is specialised in what, what is related to what, how complex it is, who adds what to whom.

Every function takes a regions x activities table of amounts (or of 0/1 presence, with ``binary=True``) and gives
labelled Series or DataFrames; ``gaps`` tells what the table leaves out.
"""

from synergy.economy.association import relatedness
from synergy.economy.colisting import colisting, colisting_of
from synergy.economy.complementarity import complementarity
from synergy.economy.complexity import Complexity, complexity
from synergy.economy.concentration import entropy, hachman_index, herfindahl_index, krugman_index, locational_gini
from synergy.economy.density import density
from synergy.economy.gaps import Gaps, gaps
from synergy.economy.holdings import presence
from synergy.economy.income import prody
from synergy.economy.outlook import Outlook, complexity_outlook
from synergy.economy.pooling import pooling_gain, tied_complementarity, union_density
from synergy.economy.relatedness import excess_proximity, proximity
from synergy.economy.specialisation import location_quotient
from synergy.economy.variety import related_variety, unrelated_variety

__all__ = [
    "Complexity",
    "Gaps",
    "Outlook",
    "colisting",
    "colisting_of",
    "complementarity",
    "complexity",
    "complexity_outlook",
    "density",
    "entropy",
    "excess_proximity",
    "gaps",
    "hachman_index",
    "herfindahl_index",
    "krugman_index",
    "location_quotient",
    "locational_gini",
    "pooling_gain",
    "presence",
    "prody",
    "proximity",
    "related_variety",
    "relatedness",
    "tied_complementarity",
    "union_density",
    "unrelated_variety",
]
