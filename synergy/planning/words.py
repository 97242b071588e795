"""The words that a template may use; each has its meaning in one function elsewhere, and a test compares the two."""

from __future__ import annotations

LINES = ("evidence base", "identification", "development", "implementation", "monitoring")
"""The five action lines of the Innovation Model, in their order."""

DIRECTIONS = ("modernisation", "diversification", "transition", "radical foundation", "unknown")
SOURCES = ("actors", "holders", "people")
WANTS = ("up", "down", "keep")
PLACEHOLDERS = ("activity", "topic", "home", "regions", "countries", "direction", "holders")

STATES = ("criterion unknown", "criterion unmet", "capacity from elsewhere", "capacity missing", "capacity unknown")
LISTS = (*STATES, "action", "actor", "region")
CONDITIONS = (
    *DIRECTIONS[:-1],
    "direction unknown",
    "several regions",
    "several countries",
    "no cluster at home",
    "illustrative",
    *STATES,
)
BY_HAND = "by hand"
MEASURES = (
    "joint projects",
    "untapped pairs",
    "declaring regions",
    "organisations",
    "clusters",
    "linked clusters",
    "capacities held",
    "capacities open",
    "criteria met",
    BY_HAND,
)
