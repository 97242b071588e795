"""The rules of surveys: the instrument, the files of survey tools, the table of answers."""

from __future__ import annotations

from synergy.tables.rule import Rule

SURVEY_RULES = (
    Rule(
        "S561",
        "An item for an area or direction that the instrument does not have",
        "Its answers would enter no score.",
        'area = "desing" under [item.DS1]',
        "Correct the name, or add the area or direction.",
    ),
    Rule(
        "S562",
        "An area or direction without items",
        "Nothing would be asked about it, and its scores would stay empty without a word.",
        "[area] support = … and no item of area support",
        "Write an item for it, or remove it.",
    ),
    Rule(
        "S563",
        "An importance of something that is no item",
        "Importance is compared with the answers to the item it is about.",
        'importance_of = "DS9" without an item DS9',
        "Name an item that asks how far something is true.",
    ),
    Rule(
        "S564",
        "Two items that cannot be told apart",
        "Survey tools and people would mix up codes that differ in case alone, or items of the same text.",
        "items DS1 and ds1, or one text twice",
        "Give each item a code and a text of its own.",
    ),
    Rule(
        "S581",
        "An item that the instrument does not have",
        "The answer would enter no score.",
        "item DS9",
        "Correct the code, or use the instrument the survey was made with.",
    ),
    Rule(
        "S582",
        "A stakeholder type that the instrument does not have",
        "The respondent would be in no group.",
        "stakeholder 'clusters' where the instrument has cluster",
        "Correct it, or add the type to the instrument.",
    ),
    Rule(
        "S583",
        "An answer off the scale",
        "Answers are 1 to 5; 0 says that there is no information.",
        "answer 7 or 3.5",
        "Correct it; leave it empty when it is not known.",
    ),
    Rule(
        "S584",
        "A respondent in two groups",
        "Everybody answers for one region and as one stakeholder type, or would count twice.",
        "respondent 17 in AT31 and in AT32",
        "Correct the row, or make two respondents of it.",
    ),
    Rule(
        "S585",
        "An item answered twice by one respondent",
        "Which of the two answers holds is not clear.",
        "two rows for respondent 17 and item DS1",
        "Keep one.",
    ),
)
