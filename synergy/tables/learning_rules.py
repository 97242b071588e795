"""The rules of practices and workshops, as data; checked where services are matched, not when tables are read."""

from __future__ import annotations

from synergy.tables.rule import Rule

LEARNING_RULES = (
    Rule(
        "S591",
        "A service of a kind that the taxonomy does not have",
        "It could be matched to no need, and would be left out without a word.",
        "category 'fundng' in services.csv",
        "Take a key of the taxonomy, or give your own with --taxonomy.",
    ),
)
