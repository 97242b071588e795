"""Transformative activities: actors, capacities and actions of a topic that together change something."""

from synergy.activities.direction import DIRECTIONS, Source, Standing, direction
from synergy.activities.find import find_activities
from synergy.activities.result import Activities

__all__ = ["DIRECTIONS", "Activities", "Source", "Standing", "direction", "find_activities"]
