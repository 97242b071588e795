"""Regional economics: specialisation, relatedness, complementarity."""

from synergy.economy.complementarity import complementarity
from synergy.economy.relatedness import excess_proximity, proximity
from synergy.economy.specialisation import location_quotient, presence

__all__ = ["complementarity", "excess_proximity", "location_quotient", "presence", "proximity"]
