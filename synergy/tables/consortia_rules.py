"""The rules of consortia: files of rules, and the tables of a pool that is not a study's."""

from __future__ import annotations

from synergy.tables.rule import Rule

CONSORTIA_RULES = (
    Rule(
        "S501",
        "A file of rules that cannot be read as TOML",
        "Nothing of it can be used until its form is right.",
        "min = three",
        "Correct the line that is named; texts stand between quotation marks.",
    ),
    Rule(
        "S502",
        "A key that rules do not have",
        "It would be left unread without a word, most often because of a typing error.",
        "mim = 3",
        "Rename it, or remove it.",
    ),
    Rule(
        "S503",
        "A value of the wrong kind in a file of rules",
        "A limit is a number of at least 0, a text is not empty, who is meant is a list of texts.",
        'min = "three"',
        "Write what is expected there.",
    ),
    Rule(
        "S504",
        "A value that a rule cannot have, or one that is there already",
        "Only some things can be counted, and every rule has an id of its own.",
        'counts = "countrys"',
        "Take one of those that are named.",
    ),
    Rule(
        "S505",
        "Something is missing in a file of rules",
        "A rule without a source cannot be checked, and one without a limit says nothing.",
        "a [[rule]] without says",
        "Add what is named.",
    ),
    Rule(
        "S506",
        "Keys of a rule that do not go together",
        "What people have to confirm has no limit; every is about all partners; per needs a maximum.",
        'counts = "people" with min = 3',
        "Write two rules, or leave one of the keys out.",
    ),
    Rule(
        "S511",
        "A column that a pool needs is missing, or one that it does not know",
        "Candidates need an id; links need a candidate, a capacity and a quality.",
        "county in place of country",
        "Rename it; columns of your own begin with x_.",
    ),
    Rule(
        "S512",
        "A value in a pool that is not a text",
        "Ids and attributes are compared as texts; one that is not known is left empty.",
        "candidate_id = 12",
        "Write it as a text.",
    ),
    Rule(
        "S513",
        "A candidate or a link of a pool that is there twice",
        "It would not be clear which of the two counts.",
        "two rows for c1 and wood",
        "Keep one of them.",
    ),
    Rule(
        "S514",
        "A cost or quality of a pool out of range",
        "A cost is at least 0 or empty; a quality lies between 0 (not held) and 1.",
        "quality = 80",
        "Divide a percentage by 100.",
    ),
    Rule(
        "S515",
        "A link of a pool to somebody who is no candidate",
        "What it says would count for nobody.",
        "candidate_id c9 in the links alone",
        "Correct the id, or add the candidate.",
    ),
)
