"""The rules of the check for the tables of funding."""

from __future__ import annotations

from synergy.tables.rule import Rule

FUNDING_RULES = (
    # S545 to S559: programmes, windows, proposals
    Rule(
        "S545",
        "Neither a day nor a day and time",
        "A moment is written year, month, day, and where a time is known T and hours and minutes; Z or an offset says "
        "of which clock.",
        "30.4.2027, 17 h",
        "Write 2027-04-30T17:00, or 2027-04-30 for the whole day.",
    ),
    Rule(
        "S546",
        "A window that closes before it opens",
        "Nobody could apply in it. A day that closes a window belongs to it: a window of one day names it twice.",
        "opens 2027-04-30, closes 2027-03-01",
        "Exchange the two, or correct the year.",
    ),
    Rule(
        "S547",
        "An unknown time zone",
        "Zones have the names of the IANA database; abbreviations such as CET hide summer time.",
        "Europe/Zuerich",
        "Write Europe/Zurich.",
    ),
    Rule(
        "S548",
        "A lower limit above the upper one",
        "No grant and no technology readiness level could be in the range.",
        "min_grant 200000, max_grant 50000",
        "Exchange the two, or correct one.",
    ),
    Rule(
        "S549",
        "An end of what has none",
        "Only a call closes; an open-ended or continuous window does not.",
        "kind continuous, closes 2027-04-30",
        "Leave the end empty, or call it a call.",
    ),
    Rule(
        "S550",
        "A proposal with two scores or themes",
        "Score and themes belong to the proposal and stand on each of its rows; which of two holds is not clear.",
        "P01 with score 81 on line 2 and 18 on line 3",
        "Write the same on every row of the proposal.",
    ),
)
