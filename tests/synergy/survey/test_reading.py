"""What survey tools export: the forms that are read, and thirty files that are broken, each told by row and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

import synergy.survey
from synergy import DataError, UnknownName, UsageError
from synergy.survey import Instrument, Responses, load_instrument, read_responses, score
from synergy.tables.survey_rules import SURVEY_RULES

ITEMS = ["DD1", "DD2", "DU1", "DU2", "SD1", "SD2", "SU1", "SU2"]
HEAD = ["id", "region", "stakeholder", *ITEMS]
ROWS = [
    ["1", "AT32", "cluster", *"45343210"],
    ["2", "ITH2", "policy", *"11223344"],
    ["3", "AT32", "agency", *"55555555"],
]


def text_of(rows: list[list[str]], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue()


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[str | bytes, str], Path]:
    def save(content: str | bytes, name: str = "survey.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return save


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    def save(rows: list[list[object]], name: str = "survey.xlsx", before: list[list[object]] | None = None) -> Path:
        workbook = Workbook()
        sheet = workbook.active
        if before is not None:
            for row in before:
                sheet.append(row)
            sheet = workbook.create_sheet("Content")
        for row in rows:
            sheet.append(row)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return save


def wide(found: Responses) -> list[list[object]]:
    """The answers as the rows they were read from; None where there is no row."""
    frame = found.to_frame()
    table = frame.pivot(index=["respondent_id", "region_id", "stakeholder"], columns="item", values="answer")
    table = table.reindex(columns=ITEMS)
    return [
        [*key, *[None if pd.isna(x) else int(x) for x in row]]
        for key, row in zip(table.index, table.values, strict=True)
    ]


EXPECTED = [[row[0], row[1], row[2], *map(int, row[3:])] for row in ROWS]


def test_a_plain_table_is_read_and_scored(saved, small: Instrument) -> None:
    found = read_responses(saved(text_of([HEAD, *ROWS])), small)
    assert wide(found) == EXPECTED
    assert repr(found) == "Responses(survey.csv: 3 respondents, 24 answers)"
    assert found.ignored == ()
    assert score(found.frame, small, min_n=1).row("AT32", "design", "down")["mean"] == 4.75


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_delimiter_with_or_without_mark(saved, small: Instrument, delimiter: str, encoding: str) -> None:
    found = read_responses(saved(text_of([HEAD, *ROWS], delimiter).encode(encoding)), small)
    assert wide(found) == EXPECTED


def test_a_first_line_that_names_the_delimiter(saved, small: Instrument) -> None:
    assert wide(read_responses(saved("sep=;\r\n" + text_of([HEAD, *ROWS], ";")), small)) == EXPECTED


LIME_TEXT = ["id. Response ID", "submitdate. Date submitted", "region. Your region?", "stakeholder. You answer as"]


@pytest.mark.parametrize("form", ["code", "array", "code and text", "full text"])
def test_limesurvey_headings(saved, small: Instrument, form: str) -> None:
    texts = [str(small.items[code].text) for code in ITEMS]
    heads = {
        "code": ITEMS,
        "array": [f"Q1[{code}]" for code in ITEMS],
        "code and text": [f"Q1[{c}]. How far is it true? [{t}]" for c, t in zip(ITEMS, texts, strict=True)],
        "full text": [f"How far is it true? [{text}]" for text in texts],
    }
    head = [*(LIME_TEXT if "text" in form else ["id", "submitdate", "region", "stakeholder"]), *heads[form]]
    rows = [[who, "2026-01-01", where, kind, *[f"A{x}" for x in rest]] for who, where, kind, *rest in ROWS]
    named = {"respondent": "Response ID"} if form == "full text" else {}
    quoted = io.StringIO()
    csv.writer(quoted, quoting=csv.QUOTE_ALL).writerows([head, *rows])
    found = read_responses(saved(quoted.getvalue().encode("utf-8-sig")), small, **named)
    assert wide(found) == EXPECTED
    assert found.ignored == (head[1],)


@pytest.mark.parametrize("form", ["titles", "matrix", "short names"])
def test_eusurvey_has_notes_above_labels_for_answers_and_its_own_columns_last(
    saved, book, small: Instrument, form: str
) -> None:
    titles = [str(small.items[code].text) for code in ITEMS]
    heads = {
        "titles": titles,
        "matrix": [f"Part 1: how far is it true?: {title}" for title in titles],
        "short names": [f"How far?: x ({code})" for code in ITEMS],
    }
    extra = {"short names": ["Where are you? (region)", "And who? (stakeholder)"]}.get(
        form, ["Region", "Stakeholder type"]
    )
    head = [*extra, *heads[form], "Contribution Id", "Languages"]
    labels = {str(point): label.of("de") for point, label in small.scale.items()}
    rows = [
        [f"{where} / somewhere", small.stakeholders[kind].of(), *[labels[x] for x in rest], who, "DE"]
        for who, where, kind, *rest in ROWS
    ]
    notes = [["Alias", "StressTest"], ["Export Date", "2026-01-01"], []]
    for path in (saved(text_of([*notes, head, *rows], ";")), book([*notes, head, *rows])):
        found = read_responses(path, small, regions=["AT32", "ITH2"])
        assert wide(found) == EXPECTED
        assert found.ignored == ("Languages",)


def test_a_sheet_with_numbers_decimals_and_a_header_of_two_rows(book, small: Instrument) -> None:
    above = ["", "", "", "Design", "", "", "", "Support"]
    texts = ["", "", "", *[str(small.items[code].text) for code in ITEMS]]
    rows = [[int(who), where, kind, *[float(x) for x in rest]] for who, where, kind, *rest in ROWS]
    rows[0][3] = "4,0"
    found = read_responses(book([above, HEAD, texts, *rows], before=[["Legend"]]), small)
    assert found.file == "survey.xlsx[Content]"
    assert wide(found) == EXPECTED


def test_a_header_of_several_lines_in_one_cell_and_of_three_rows(saved, small: Instrument) -> None:
    head = [*HEAD[:3], *[f"{code}\n{small.items[code].text}" for code in ITEMS]]
    keys = ['{"ImportId":"_recordId"}', *['{"ImportId":"QID1"}'] * 10]
    assert wide(read_responses(saved(text_of([head, keys, *ROWS])), small)) == EXPECTED


def test_labels_of_regions_and_types_are_mapped(saved, small: Instrument) -> None:
    rows = [["1", "Salzburg", "Netzwerke", *"45343210"], ["2", "trento ", "Politik", *"11223344"]]
    found = read_responses(
        saved(text_of([["id", "Land", "Rolle", *ITEMS], *rows])), small, region="Land", stakeholder="Rolle",
        regions={"Salzburg": "AT32", "Trento": "ITH2"}, stakeholders={"Netzwerke": "cluster", "Politik": "policy"},
    )  # fmt: skip
    assert wide(found) == EXPECTED[:2]


def test_headings_of_ones_own_and_one_type_for_all(saved, small: Instrument) -> None:
    heads = [f"SQ{n}" for n in range(8)]
    file = saved(text_of([["id", "region", *heads], *[[*row[:2], *row[3:]] for row in ROWS]]))
    found = read_responses(
        file, small, items=dict(zip(map(str.lower, heads), ITEMS, strict=True)), stakeholder_type="policy"
    )
    assert wide(found) == [[*row[:2], "policy", *row[3:]] for row in EXPECTED]


def test_regions_of_a_table_go_by_id_or_by_a_name_that_no_other_has(saved, small: Instrument) -> None:
    regions = pd.DataFrame(
        {"region_id": ["AT3", "AT32", "ITH2", "ITH20"], "name": ["Westen", "Salzburg", "Trento", "Trento"]}
    )
    rows = [[who, where, *rest] for where, (who, _, *rest) in zip(["salzburg", "ITH2 x", "AT32"], ROWS, strict=True)]
    assert wide(read_responses(saved(text_of([HEAD, *rows])), small, regions=regions)) == EXPECTED
    for name, hint in {
        "Trento": "ITH2 and ITH20 are called so: write the one that is meant",
        "Land Salzburg": "did you mean 'AT32'?",  # a word of a name is no name
        "Ost": None,
    }.items():
        rows[0][1] = name
        with pytest.raises(DataError) as told:
            read_responses(saved(text_of([HEAD, *rows])), small, regions=regions)
        assert [(each.code, each.hint) for each in told.value.problems] == [("S574", hint)]
    with pytest.raises(UnknownName, match="no region 'AT33'"):
        read_responses(saved(TABLE), small, regions=regions, region_id="AT33")


def test_the_table_of_a_study_is_in_the_same_order_whatever_that_of_the_file(saved, small: Instrument) -> None:
    tables = [read_responses(saved(text_of([HEAD, *rows])), small).to_table() for rows in (ROWS, ROWS[::-1])]
    assert tables[0].equals(tables[1])
    assert tables[0]["respondent_id"].tolist() == ["1"] * 8 + ["3"] * 8 + ["2"] * 8
    assert tables[0]["item"].tolist() == ITEMS * 3


def test_one_region_for_all_numbered_people_and_empty_rows(saved, small: Instrument) -> None:
    rows = [["cluster", *"45343210"], ["policy", *[""] * 8], ["agency", "1", *[""] * 7]]
    found = read_responses(saved(text_of([["stakeholder", *ITEMS], *rows])), small, region_id="AT32")
    assert (found.empty, found.respondents) == ((3,), 2)
    assert found.frame.iloc[-1].tolist() == ["row4", "AT32", "agency", "DD1", 1]


@pytest.mark.parametrize(
    ("cell", "point"),
    [("3", 3), ("3.0", 3), ("3,00", 3), ("A3", 3), ("partly", 3), (" TEILWEISE ", 3), ("3 - whatever", 3),
     ("5 (fully)", 5), ("0", 0), ("n/a", 0), ("Keine Angabe", 0), ("no information", 0)],
)  # fmt: skip
def test_ways_to_write_an_answer(saved, small: Instrument, cell: str, point: int) -> None:
    row = ["1", "AT32", "cluster", cell, *"1111111"]
    assert wide(read_responses(saved(text_of([HEAD, row])), small))[0][3] == point


def changed(row: int, column: str, cell: str) -> str:
    """The table with one cell changed; row 1 is the header."""
    rows = [HEAD, *[list(each) for each in ROWS]]
    rows[row - 1] = list(rows[row - 1])
    rows[row - 1][HEAD.index(column)] = cell
    return text_of(rows)


TABLE = text_of([HEAD, *ROWS])
BROKEN: dict[str, tuple[str | bytes, str, int | None, str | None]] = {
    "an empty file": ("\n \n", "S104", None, None),
    "a header alone": (text_of([HEAD]), "S105", None, None),
    "Latin-1": (changed(3, "region", "Kärnten").encode("latin-1"), "S106", 3, None),
    "UTF-16 without a mark": (TABLE.encode("utf-16-le"), "S106", 1, None),
    "a NUL byte": (changed(4, "region", "A\0"), "S107", 4, None),
    "a row with a field too many": (TABLE.replace("2,ITH2", "2,ITH2,"), "S109", 3, None),
    "a row with a field too few": (TABLE.replace("2,ITH2,", "2,"), "S109", 3, None),
    "a quote inside a field": (TABLE.replace("3,AT32", '"3"x,AT32'), "S110", 4, None),
    "a quote never closed": (TABLE.replace("3,AT32", '"3,AT32'), "S111", 4, None),
    "a field without end": (changed(3, "DD1", "x" * 200_000), "S112", 3, None),
    "no item in any row": (
        text_of([["id", "region", "stakeholder", "Q1"], ["1", "AT32", "cluster", "3"]]),
        "S566",
        None,
        None,
    ),
    "an item without column": (text_of([row[:-1] for row in (HEAD, *ROWS)]), "S567", 1, "SU2"),
    "an item twice": (changed(1, "DD2", "DD1"), "S568", 1, "DD1"),
    "two region columns": (text_of([[*r, r[1]] for r in (HEAD, *ROWS)]), "S568", 1, "region"),
    "no region column": (changed(1, "region", "place"), "S569", 1, "region"),
    "no stakeholder column": (changed(1, "stakeholder", "who"), "S569", 1, "stakeholder"),
    "a misspelt item": (changed(1, "DU1", "DUU1"), "S571", 1, "DUU1"),
    "a word for an answer": (changed(3, "DU2", "sometimes"), "S572", 3, "DU2"),
    "an error of the spreadsheet": (changed(4, "SD1", "#N/A"), "S572", 4, "SD1"),
    "a day for an answer": (changed(2, "SD1", "2026-03-04"), "S572", 2, "SD1"),
    "a number off the scale": (changed(2, "DD1", "7"), "S573", 2, "DD1"),
    "a number below the scale": (changed(2, "DD1", "-1"), "S573", 2, "DD1"),
    "a number between two points": (changed(2, "DD1", "3,5"), "S573", 2, "DD1"),
    "a region that is not known": (changed(4, "region", "AT23"), "S574", 4, "region"),
    "no region": (changed(4, "region", ""), "S575", 4, "region"),
    "a type that is not known": (changed(3, "stakeholder", "clusters"), "S576", 3, "stakeholder"),
    "no type": (changed(3, "stakeholder", " "), "S577", 3, "stakeholder"),
    "a respondent twice": (changed(4, "id", "1"), "S578", 4, "id"),
    "an e-mail address": (changed(2, "id", "ada@example.org"), "S579", 2, "id"),
    "a respondent without id": (changed(2, "id", ""), "S201", 2, "id"),
    "a hidden sign in an id": (changed(2, "id", "1\u200b"), "S203", 2, "id"),
    "a formula for an id": (changed(3, "id", "=A1"), "S586", 3, "id"),
    "nothing but dashes": (text_of([HEAD, [*ROWS[0][:3], *["-"] * 8]]), "S105", None, None),
    "more columns than a sheet has": ("," * 20_000, "S565", 1, None),
}


def test_every_rule_of_a_survey_file_is_broken_here() -> None:
    """Those of instruments and of the table have tests of their own."""
    ours = {rule.code for rule in SURVEY_RULES if "S565" <= rule.code < "S580" or rule.code == "S586"}
    assert ours <= {code for _, code, _, _ in BROKEN.values()}
    written = {
        code
        for path in Path(synergy.survey.__file__).parent.rglob("*.py")
        for code in re.findall(r"\"(S5\d{2})\"", path.read_text(encoding="utf-8"))
    }
    assert written == {rule.code for rule in SURVEY_RULES}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_by_row_and_column(name: str, saved, small: Instrument) -> None:
    content, code, row, column = BROKEN[name]
    with pytest.raises(DataError) as told:
        read_responses(saved(content), small, regions=["AT32", "ITH2"])
    problems = [(each.code, each.row, each.column) for each in told.value.problems]
    assert (code, row, column) in problems
    assert all(each.file == "survey.csv" for each in told.value.problems)
    # what is wrong in one place alone is told once, without what only follows from it
    assert len(problems) <= 2


@pytest.mark.parametrize(
    ("name", "content"), [("survey.ods", b"PK"), ("survey.xlsx", b"id,region\n"), ("survey.xls", b"x")]
)
def test_a_file_of_another_form_is_told(saved, small: Instrument, name: str, content: bytes) -> None:
    with pytest.raises(DataError) as told:
        read_responses(saved(content, name), small)
    assert [each.code for each in told.value.problems] == ["S565"]


def test_problems_of_a_sheet_are_told_by_its_rows(book, small: Instrument) -> None:
    rows: list[list[object]] = [["Notes"], [], list(HEAD), *[list(row) for row in ROWS]]
    rows[4][3] = 3.5
    with pytest.raises(DataError) as told:
        read_responses(book(rows), small)
    assert [each.place for each in told.value.problems] == ["survey.xlsx:5:DD1"]


def test_all_problems_are_told_at_once_with_the_nearest(saved, small: Instrument) -> None:
    rows = [list(each) for each in ROWS]
    rows[0][2], rows[1][4], rows[2][1] = "clusterr", "9", "AT33"
    with pytest.raises(DataError) as told:
        read_responses(saved(text_of([HEAD, *rows])), small, regions=["AT32", "ITH2"])
    found = {each.code: each.hint for each in told.value.problems}
    assert found == {"S576": "did you mean 'cluster'?", "S573": None, "S574": "did you mean 'AT32'?"}


def test_a_wrong_call_is_wrong_usage(saved, book, tmp_path: Path, small: Instrument) -> None:
    with pytest.raises(UsageError, match="there is no survey file"):
        read_responses(tmp_path / "none.csv", small)
    with pytest.raises(UsageError, match="no sheets"):
        read_responses(saved(TABLE), small, sheet="Content")
    with pytest.raises(UsageError, match="has no sheet 'Answers'; it has Sheet"):
        read_responses(book([HEAD, *ROWS]), small, sheet="Answers")
    with pytest.raises(UsageError, match="is a folder"):
        read_responses(tmp_path, small)
    with pytest.raises(UsageError, match="not both"):
        read_responses(saved(TABLE), small, region="region", region_id="AT32")
    with pytest.raises(UnknownName, match="no item 'DD3'"):
        read_responses(saved(TABLE), small, items={"x": "DD3"})
    with pytest.raises(UnknownName, match="Did you mean 'cluster'"):
        read_responses(saved(TABLE), small, stakeholders={"x": "clusterr"})
    with pytest.raises(DataError, match="did you mean 'stakeholder'"):
        read_responses(saved(TABLE), small, stakeholder="stakeholders")


def test_the_table_that_is_read_is_a_table_of_a_study(saved, small: Instrument) -> None:
    found = read_responses(saved(TABLE), small)
    regions = pd.DataFrame(
        {"region_id": ["AT32", "ITH2"], "name": ["Salzburg", "Trento"], "country": ["AT", "IT"], "level": 2}
    )
    priorities = pd.DataFrame({"priority_id": ["p"], "region_id": ["AT32"], "title": ["Health"]})
    study = synergy.load({"regions": regions, "priorities": priorities, "survey": found.frame})
    assert score(study["survey"], small, min_n=1).respondents == 3


def test_five_thousand_respondents_in_the_shipped_form(saved, draw) -> None:
    shipped = load_instrument()
    survey = draw(shipped, 5000, 11, seed=1)
    codes = list(shipped.items)
    table = survey.pivot(index="respondent_id", columns="item", values="answer")[codes]
    who = survey.drop_duplicates("respondent_id")
    rows = [
        [a, b, c, *map(str, d)]
        for a, b, c, d in zip(who["respondent_id"], who["region_id"], who["stakeholder"], table.values, strict=True)
    ]
    found = read_responses(saved(text_of([["id", "region", "stakeholder", *codes], *rows], ";").encode("utf-8-sig")))
    assert found.respondents == 5000
    assert found.frame["answer"].tolist() == survey["answer"].tolist()
