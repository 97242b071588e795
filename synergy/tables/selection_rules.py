"""The rules for the proposals and budgets of a joint call: what the selection refuses."""

from __future__ import annotations

from synergy.tables.rule import Rule

SELECTION_RULES = (
    # S531 to S539: proposals, budgets, costs, rates and limits
    Rule(
        "S531",
        "A column that is missing, twice, or of no budget",
        "Every region with a budget has one column with what is asked of it. A column that no budget knows is most "
        "often a misspelt region, and its money would be forgotten.",
        "AT23 beside a budget of AT32",
        "Correct the name, leave the column out, or give the region a budget.",
    ),
    Rule(
        "S532",
        "An id of a proposal that is empty, padded or there twice",
        "Who is funded is told by the id.",
        "p1 in two rows",
        "Give every proposal an id of its own.",
    ),
    Rule(
        "S533",
        "A score that is no number from 0 to a billion",
        "Scores are added up and put in order; a proposal without one has no rank, and 0 would be one.",
        "an empty score",
        "Enter the score, or leave the proposal out until it has one.",
    ),
    Rule(
        "S534",
        "Money that is not known",
        "Whether a budget suffices cannot be said with an unknown amount, and an unknown amount is not 0.",
        "an empty cell",
        "Enter the amount; 0 where the region is not involved.",
    ),
    Rule(
        "S535",
        "Money that is not in whole cents",
        "Sums are exact to the cent, so amounts are whole cents, from 0 to 100 billion in the currency's unit.",
        "1234.5",
        "Write 123450 for 1,234.50.",
    ),
    Rule(
        "S536",
        "A proposal that asks for nothing",
        "It needs no selection, and most often its amounts are in another column.",
        "0 of every region",
        "Enter what it asks for, or leave it out.",
    ),
    Rule(
        "S537",
        "A region without any funding rate",
        "Its partners could get nothing there; most often its name is misspelt.",
        "costs in AT23, rates for AT32",
        "Correct the name, or give the region its rates.",
    ),
    Rule(
        "S538",
        "A funding rate that is none",
        "A rate is the share of the costs that is paid, above 0 and up to 1.",
        "35",
        "Write 0.35.",
    ),
    Rule(
        "S539",
        "A lowest grant above the highest",
        "No grant could be in the range.",
        "minimum 200000, maximum 50000",
        "Exchange the two, or correct one.",
    ),
)
