"""The rules of the check, as data: what each code means, why it matters and what to do."""

from __future__ import annotations

from synergy.errors import UnknownName
from synergy.tables.consortia_rules import CONSORTIA_RULES
from synergy.tables.funding_rules import FUNDING_RULES
from synergy.tables.learning_rules import LEARNING_RULES
from synergy.tables.rule import Rule
from synergy.tables.selection_rules import SELECTION_RULES
from synergy.tables.survey_rules import SURVEY_RULES

__all__ = ["RULES", "Rule", "rule"]

_SAVE = "Save the table as 'CSV UTF-8' with commas."

_ALL = (
    # S1xx: files
    Rule(
        "S101",
        "A required table is missing",
        "A study needs regions and priorities; all other tables may be left out.",
        "a folder without regions.csv",
        "Add the file; its columns stand in docs/tables.md.",
    ),
    Rule(
        "S102",
        "A CSV file that is no table of a study",
        "A file whose name is not known would be left unread without a word, most often because of a typing error.",
        "region.csv",
        "Rename it, or keep it outside the study's folder.",
    ),
    Rule(
        "S103",
        "A file cannot be read",
        "It is no regular file, the system refuses to open it, or it changed while it was read.",
        "a folder named regions.csv",
        "Put a readable file there.",
    ),
    Rule(
        "S104",
        "An empty file",
        "A file without even a header says neither that there is nothing nor that nothing is known.",
        "firms.csv with 0 bytes",
        "Leave the file out if you have no such data.",
    ),
    Rule(
        "S105",
        "A header and no row",
        "A table without rows is most often an export that failed; no data is said by leaving the table out.",
        "firm_id,region_id,name,kind and nothing below",
        "Fill the table or leave it out.",
    ),
    Rule(
        "S106",
        "Text that is not UTF-8",
        "The same byte means different letters in different encodings, so nothing is guessed. UTF-8 works with and "
        "without a byte order mark.",
        "Kärnten saved as Windows-1252",
        _SAVE,
    ),
    Rule(
        "S107",
        "A NUL byte",
        "Text has none: the file is damaged, or it is no text file.",
        "an .xlsx file renamed to .csv",
        "Export the table again.",
    ),
    Rule(
        "S108",
        "Columns are not separated by commas",
        "Semicolons also separate codes inside a cell, so another delimiter is not guessed.",
        "region_id;name;country",
        _SAVE,
    ),
    Rule(
        "S109",
        "A record with too many or too few fields",
        "Its values would slip into wrong columns.",
        "AT32,Salzburg, Land,AT,2 under four columns",
        'Put a text with a comma in quotes: "Salzburg, Land".',
    ),
    Rule(
        "S110",
        "A quote inside a field",
        "Programs read such a field in different ways.",
        'a,5" pipe,b',
        'Put the whole field in quotes and double those inside: "5"" pipe".',
    ),
    Rule(
        "S111",
        "A quote that is never closed",
        "Everything after it would be one field.",
        'AT32,"Salzburg,AT,2 up to the end of the file',
        "Close the quote, or remove it.",
    ),
    Rule(
        "S112",
        "A field of more than 1 MiB",
        "No cell of a study is that long: a quote is not closed, or the file is no table. Records may have 16 MiB.",
        "a file of 8 GB in one line",
        "Look at the line that is named.",
    ),
    Rule(
        "S113",
        "A carriage return alone",
        "Lines end with LF or CR LF; a CR alone is a line end for some programs and a character for others.",
        "a file saved for old Macintosh computers",
        "Save it with LF or CR LF line ends.",
    ),
    Rule(
        "S114",
        "A column is missing",
        "A required column is not there, or a column without the one that it needs beside it, as lat without lon.",
        "regions.csv without country",
        "Add the column; its cells may be empty only where docs/tables.md says so.",
    ),
    Rule(
        "S115",
        "An unknown column",
        "A misspelt column would be left unread without a word. Columns of your own begin with x_.",
        "regoin_id",
        "Correct the name, or write x_ in front of it.",
    ),
    Rule(
        "S116",
        "A column is there twice",
        "Which of the two holds is not clear.",
        "region_id,name,name",
        "Remove or rename one of them.",
    ),
    # S2xx: cells
    Rule(
        "S201",
        "A required cell is empty",
        "Without it the row has no meaning.",
        "a region without name",
        "Fill it, or remove the row.",
    ),
    Rule(
        "S202",
        "A space before or after",
        "'AT32 ' and 'AT32' are two ids to a computer and one to a reader.",
        "'AT32 '",
        "Remove the space.",
    ),
    Rule(
        "S203",
        "A control or invisible character",
        "It cannot be seen, and makes equal names differ. Texts may hold line ends and tabs, ids may not.",
        "AT32 with a zero-width space",
        "Type the cell again.",
    ),
    Rule(
        "S204",
        "Not a number",
        "Numbers have a decimal point, no thousands separator and no unit; NaN and infinity are no numbers.",
        "1,5 or 12abc or NaN or 1e999",
        "Write 1.5; leave the cell empty when the number is not known.",
    ),
    Rule("S205", "Not a whole number", "Counts and levels have no decimals.", "2.0 or two", "Write 2."),
    Rule(
        "S206",
        "Not a year",
        "A year is a whole number such as 2014.",
        "2014/15 or 01.11.2016",
        "Write the first year: 2014.",
    ),
    Rule(
        "S207",
        "A number out of range",
        "The schema says between which limits a number can be right.",
        "latitude 471.2",
        "Look for a lost decimal point or exchanged columns.",
    ),
    Rule(
        "S208",
        "Not among the choices",
        "The column has a fixed list of values.",
        "kind 'univercity'",
        "Take one of the list.",
    ),
    Rule(
        "S209",
        "Codes that are not written as scheme:code",
        "Codes say which list they are from; several are separated by semicolons, without spaces.",
        "28.9 or nace:28, nace:29",
        "Write nace:28.9 or nace:28;nace:29.",
    ),
    Rule("S210", "A code twice in one cell", "It would count twice.", "nace:28;nace:28", "Write it once."),
    Rule(
        "S211",
        "More than one code where one belongs",
        "The code is part of the row's key.",
        "activity code nace:28;nace:29",
        "Make a row for each.",
    ),
    Rule(
        "S212",
        "Not a web address",
        "An address begins with http:// or https://.",
        "www.example.org",
        "Write https://www.example.org.",
    ),
    Rule(
        "S213",
        "Half a point",
        "A latitude without a longitude is no place.",
        "lat 47.8, lon empty",
        "Give both, or neither.",
    ),
    Rule(
        "S214",
        "Not a day",
        "A day is written year, month, day, so that 03/04 cannot mean two things.",
        "01/07/2016",
        "Write 2016-07-01, or leave the cell empty and give the year.",
    ),
    # S3xx: keys and references
    Rule(
        "S301",
        "A key is there twice",
        "Two rows name the same thing; which of them holds is not clear.",
        "two rows AT32 in regions",
        "Keep one.",
    ),
    Rule(
        "S302",
        "A reference to something that is not there",
        "The row names a region, firm or cluster that its table does not have.",
        "region_id AT39",
        "Correct the id or add the row it names. Old NUTS codes have newer ones, e.g. ITD3 is ITH3 now.",
    ),
    Rule(
        "S303",
        "Neither of the columns is filled of which one is needed",
        "A participation without firm and without region belongs nowhere.",
        "firm_id and region_id both empty",
        "Fill one of them.",
    ),
    Rule(
        "S304",
        "A region is its own parent",
        "The top of the hierarchy has no parent.",
        "AT32 with parent AT32",
        "Leave the cell empty at the top.",
    ),
    Rule(
        "S305",
        "A parent is not above its child",
        "Level numbers grow downwards: a parent has a smaller one.",
        "parent AT3 at level 2 of AT32 at level 2",
        "Correct the level or the parent.",
    ),
    Rule(
        "S306",
        "Parents in a circle",
        "Going up never reaches a top. The circle is told once.",
        "A -> B -> A",
        "Correct one of the parents.",
    ),
    Rule(
        "S307",
        "A code that its scheme does not have",
        "nace is built in (Rev. 2); a scheme of which the table codes lists any code must have all its codes there.",
        "nace:40 or ecosystem:helth",
        "Correct the code, or list it in codes.csv.",
    ),
    Rule(
        "S308",
        "A scheme that looks like a misspelt one",
        "Schemes are free, so a misspelt one would quietly become a scheme of its own.",
        "nce:28",
        "Correct it; if the scheme is meant, list its codes in codes.csv.",
    ),
    Rule(
        "S309",
        "The same priority twice",
        "Rows that differ in their id alone would make the region declare the field twice.",
        "p1 and p2: AT32, Health, nace:21",
        "Keep one.",
    ),
    # S4xx: settings
    Rule(
        "S401",
        "study.toml is no TOML",
        "The file cannot be read as settings.",
        "seed = ",
        "Correct the line that is named.",
    ),
    Rule(
        "S402",
        "An unknown setting",
        "A misspelt setting would have no effect without a word.",
        "sead = 1",
        "Correct or remove it.",
    ),
    Rule(
        "S403", "A setting of the wrong type", "Texts stand in quotes, numbers do not.", 'seed = "1"', "Write seed = 1."
    ),
    Rule(
        "S404",
        "A setting out of range",
        "Weights are not negative and not all 0, runs are at least 1, dropout is from 0 to below 1.",
        "runs = 0",
        "Choose a value in the range that is named.",
    ),
    Rule(
        "S405",
        "A level that no region has",
        "Nothing could be analysed there.",
        "level = 3 with regions of level 2",
        "Choose one that is there, or leave it out.",
    ),
    *CONSORTIA_RULES,
    *SELECTION_RULES,
    *FUNDING_RULES,
    *SURVEY_RULES,
    *LEARNING_RULES,
)

RULES: dict[str, Rule] = {rule.code: rule for rule in _ALL}
"""Every rule by its code: S1xx files, S2xx cells, S3xx keys and references, S4xx settings, S5xx what a stage needs."""


def rule(code: str) -> Rule:
    """Return the rule of a code; raise `UnknownName` when there is none.

    >>> rule("S306").title
    'Parents in a circle'
    """
    found = RULES.get(code.strip().upper())
    if found is None:
        raise UnknownName("rule", code, RULES)
    return found
