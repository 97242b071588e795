"""``synergy import``: what survey tools export becomes a study's survey.csv, or is told by place."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from synergy.survey import load_instrument

INSTRUMENT = load_instrument()
ITEMS = list(INSTRUMENT.items)
NAMES = {"AT11": "Burgenland", "DE11": "Stuttgart", "ITC1": "Piemonte"}
Rows = list[list[str]]


def text(rows: Rows, delimiter: str = ",", **form: object) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n", **form).writerows(rows)
    return stream.getvalue()


def saved(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


@pytest.fixture
def people(asked_tables) -> Rows:
    """Who, region, type and the 35 answers of the 36 people of the small study, in no order."""
    found: dict[object, list[str]] = {}
    for row in asked_tables()["survey"]:
        who = found.setdefault(row["respondent_id"], [row["respondent_id"], row["region_id"], row["stakeholder"]])
        who.append(str(row["answer"]))
    rows = list(found.values())
    random.Random(7).shuffle(rows)
    return rows


@pytest.fixture
def plain(people: Rows, tmp_path: Path) -> Path:
    return saved(tmp_path / "plain.csv", text([["id", "region", "stakeholder", *ITEMS], *people]))


def limesurvey(people: Rows, folder: Path) -> Path:
    head = ["id. Response ID", "submitdate. Date", "G1Q1. Where?", "G1Q2. Who?"]
    head += [f"Q1[{code}]. How far? [{INSTRUMENT.items[code].text}]" for code in ITEMS]
    rows = [[who, "2026-03-01", NAMES[where], "Netzwerk", *(f"A{x}" for x in rest)] for who, where, _, *rest in people]
    return saved(folder / "lime.csv", text([head, *rows], quoting=csv.QUOTE_ALL).encode("utf-8-sig"))


def eusurvey(people: Rows, folder: Path) -> Path:
    labels = {str(point): label.of("de") for point, label in INSTRUMENT.scale.items()}
    head = ["Ihre Region", "Sie antworten als", *(INSTRUMENT.items[code].text.of("de") for code in ITEMS)]
    rows = [
        [f"{where} / {NAMES[where]}", "Netzwerk", *(labels[x] for x in rest), who] for who, where, _, *rest in people
    ]
    notes = [["Alias", "StressTest"], ["Export Date", "2026-03-01"], []]
    return saved(folder / "eu.csv", text([*notes, [*head, "Contribution Id"], *rows], ";"))


def excel(people: Rows, folder: Path) -> Path:
    book = Workbook()
    book.active.append(["Legend"])
    sheet = book.create_sheet("Answers")
    sheet.append(["", "", "", "Design"])
    sheet.append(["code", "G1Q1", "G1Q2", *ITEMS])
    for who, where, _, *rest in people:
        sheet.append([who, NAMES[where], "Netzwerk", *map(float, rest)])
    book.save(folder / "answers.xlsx")
    return folder / "answers.xlsx"


FORMS: dict[str, tuple[Callable[[Rows, Path], Path], tuple[str, ...]]] = {
    "LimeSurvey": (limesurvey, ("--region", "G1Q1", "--stakeholder", "G1Q2")),
    "EUSurvey": (eusurvey, ("--region", "Ihre Region", "--stakeholder", "Sie antworten als")),
    "Excel": (excel, ("--sheet", "Answers", "--respondent", "code", "--region", "G1Q1", "--stakeholder", "G1Q2")),
}


@pytest.fixture
def bare(asked_study: Path) -> Path:
    """The small study with services and no survey."""
    (asked_study / "survey.csv").unlink()
    return asked_study


def test_all_forms_give_the_same_table_which_the_stresstest_reads(cli, people, bare, tmp_path):
    written = set()
    for make, options in FORMS.values():
        file = make(people, tmp_path)
        told = cli("import", file, *options, "--map-stakeholder", "Netzwerk=cluster", "--out", bare / "survey.csv",
                   "--overwrite")  # fmt: skip
        assert (told.code, told.err) == (0, "")
        assert "36 people, 1260 answers" in told.out and f"Written: {bare / 'survey.csv'}" in told.out
        written.add((bare / "survey.csv").read_bytes())
    assert len(written) == 1
    assert cli("check", bare).out.endswith("no problems\n")
    found = list(csv.reader(io.StringIO(written.pop().decode("utf-8"))))[1:]
    assert sorted(found) == sorted(_long(people))
    told = cli("stresstest", bare)
    assert (told.code, told.err) == (0, "")
    assert "36 people, means from 1 to 5" in told.out


def _long(people: Rows) -> Rows:
    return [[*row[:3], code, answer] for row in people for code, answer in zip(ITEMS, row[3:], strict=True)]


def test_the_table_is_sorted_by_region_and_respondent_with_items_as_asked(cli, plain, tmp_path):
    out = tmp_path / "survey.csv"
    assert cli("import", plain, "--out", out, "--quiet") == (0, "", "")
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8"))))[1:]
    assert [row[3] for row in rows[:35]] == ITEMS
    assert [(row[1], row[0]) for row in rows] == sorted((row[1], row[0]) for row in rows)
    assert len(rows) == 1260


def test_without_out_it_is_told_what_was_read_and_nothing_is_written(cli, people, tmp_path, tree):
    people[0][3:] = ["", *["3"] * 34]
    people.append(["late", "DE11", "policy", *[""] * 35])
    people.append(["again", *people[1][1:]])
    first = people[1][0]
    mixed = [*map(str, [1, 2, 3, 4, 5] * 7)]
    people[1][3:] = people[-1][3:] = mixed
    file = saved(tmp_path / "a.csv", text([["id", "region", "stakeholder", *ITEMS], *people]))
    before = tree(tmp_path)
    told = json.loads(cli("import", file, "--json").out)
    assert tree(tmp_path) == before
    assert (told["file"], told["respondents"], told["out"], told["empty_rows"]) == ("a.csv", 37, None, [38])
    assert sum(region["respondents"] for region in told["regions"]) == 37
    assert told["stakeholders"] == {"cluster": 37} | dict.fromkeys(list(INSTRUMENT.stakeholders)[1:], 0)
    # 12 people of ITC1 know nothing of the 7 items on the portfolio
    assert told["answered_share"] == pytest.approx(1 - _unknown(people) / (35 * 37))
    assert people[0][0] in told["straight_lines"] and first not in told["straight_lines"]
    same = {copy["respondent_id"]: copy["same_as"] for copy in told["copies"]}
    assert same == {max("again", first): min("again", first)}
    words = cli("import", file).out
    assert "Rows without any answer: 38" in words and "Nothing was written" in words
    assert "not compared with those of a study" in words


def _unknown(people: Rows) -> int:
    return sum(cell in ("", "0") for row in people if row[0] != "late" for cell in row[3:])


def test_one_region_and_type_for_all_and_columns_of_other_names(cli, people, tmp_path):
    heads = [f"SQ{at:03}" for at in range(len(ITEMS))]
    file = saved(tmp_path / "one.csv", text([heads, *(row[3:] for row in people)]))
    maps = [part for head, code in zip(heads, ITEMS, strict=True) for part in ("--map-item", f"{head}={code}")]
    out = tmp_path / "new" / "survey.csv"
    told = cli("import", file, *maps, "--region-id", "AT11", "--stakeholder-type", "policy", "--out", out)
    assert told.code == 0
    assert out.read_text(encoding="utf-8").splitlines()[1] == f"row10,AT11,policy,DS1,{people[8][3]}"


def test_all_problems_are_told_at_once_and_nothing_is_written(cli, people, toy_study, tmp_path, tree):
    people[0][3], people[1][1], people[2][2], people[3][0] = "7", "Burgenlnd", "clusterr", "ada@example.org"
    people[4][4], people[5][0], people[6][1] = "often", people[7][0], ""
    file = saved(tmp_path / "broken.csv", text([["id", "region", "stakeholder", *ITEMS], *people]))
    before = tree(toy_study)
    told = cli("import", file, "--out", toy_study / "survey.csv")
    assert (told.code, told.out, tree(toy_study)) == (1, "", before)
    assert told.err.startswith("synergy: 7 problems\n")
    for part in (
        "S573 broken.csv:2:DS1: found '7'", "S574 broken.csv:3:region: found 'Burgenlnd'", "did you mean 'AT11'?",
        "S576 broken.csv:4:stakeholder", "S579 broken.csv:5:id", "S572 broken.csv:6:DS2", "S578 broken.csv:9:id",
        "S575 broken.csv:8:region",
    ):  # fmt: skip
        assert part in told.err


def test_a_name_that_two_regions_share_is_told(cli, people, toy_tables, study_writer, tmp_path):
    toy_tables["regions"].append({"region_id": "AT", "name": "Burgenland", "country": "AT", "level": 0})
    study = study_writer(tmp_path / "shared", toy_tables)
    options = ("--region", "G1Q1", "--stakeholder-type", "cluster", "--study", study)
    told = cli("import", limesurvey(people, tmp_path), *options)
    assert told.code == 1
    assert "AT and AT11 are called so: write the one that is meant" in told.err
    assert cli("import", tmp_path / "lime.csv", *options, "--map-region", "Burgenland=AT11", "--quiet") == (0, "", "")


def test_only_the_regions_of_the_study_have_to_be_sound(cli, plain, bare):
    saved(bare / "survey.csv", "broken")
    assert cli("import", plain, "--out", bare / "survey.csv", "--overwrite").code == 0
    saved(bare / "regions.csv", "region_id,name\nAT11,Burgenland\n")
    told = cli("import", plain, "--out", bare / "survey.csv", "--overwrite")
    assert told.code == 1 and "S114 regions.csv:1:country" in told.err


def test_no_file_of_the_user_is_lost(cli, plain, tmp_path, bare):
    mine, before = saved(bare / "survey.csv", "mine"), plain.read_bytes()
    for out, says in (
        (mine, "survey.csv exists; choose another name, or say --overwrite"),
        (bare, "is a folder, expected a file name"),
        (mine / "below.csv", "cannot write"),
    ):
        told = cli("import", plain, "--out", out)
        assert (told.code, told.out) == (2, "") and says in told.err
    told = cli("import", plain, "--out", plain, "--overwrite")
    assert told.code == 2 and "is the file that is read" in told.err
    assert (mine.read_text(), plain.read_bytes()) == ("mine", before)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--region-id", "AT1", "--study", "STUDY"), "there is no region 'AT1'. Did you mean 'AT12'?"),
        (("--map-region", "Wien=AT13", "--study", "STUDY"), "there is no region 'AT13'"),
        (("--stakeholder-type", "clusters"), "Did you mean 'cluster'?"),
        (("--map-stakeholder", "x=clusters"), "Did you mean 'cluster'?"),
        (("--map-item", "x=DS11"), "Did you mean 'DS1'?"),
        (("--map-item", "DS1"), "--map-item 'DS1': expected a name and what it stands for, such as SQ001=DS1"),
        (("--map-region", "x=AT11", "--map-region", "x=AT12"), "'x' stands for 'AT11' and for 'AT12'"),
        (("--region", "region", "--region-id", "AT11"), "either the column of the region or the one region"),
        (("--region-id", " "), "an id of a region: found an empty cell"),
        (("--region-id", " AT11"), "expected no space before or after"),
        (("--region-id", "AT\n11"), "expected no control or invisible characters"),
        (("--map-region", "x=A\x07"), "expected no control or invisible characters"),
        (("--sheet", "Answers"), "has no sheets"),
        (("--instrument", "none.toml"), "cannot read the instrument"),
        (("--study", "nowhere"), "there is no study 'nowhere'"),
    ],
)
def test_wrong_wishes_are_told(cli, plain, toy_study, options, says):
    told = cli("import", plain, *(toy_study if option == "STUDY" else option for option in options))
    assert (told.code, told.out) == (2, "")
    assert says in told.err


ROW = ["1", "AT11", "cluster", *["3"] * 35]
HEAD = ["id", "region", "stakeholder", *ITEMS]
SOUND = text([HEAD, ROW])
ODD: dict[str, tuple[str | bytes, str, str]] = {
    "nothing": ("", "a.csv", "S104 a.csv: found an empty file"),
    "a mark alone": (b"\xef\xbb\xbf", "a.csv", "S104"),
    "bytes": (bytes(range(256)) * 40, "a.csv", "S106 a.csv:2"),
    "zeros": (bytes(4000), "a.csv", "S107"),
    "UTF-16 cut short": (SOUND.encode("utf-16")[:-3], "a.csv", "S572 a.csv:2:PS1I"),
    "UTF-32": (SOUND.encode("utf-32"), "a.csv", "S106 a.csv:1: found a file that looks like UTF-32"),
    "a quote never closed": (SOUND + '"2,AT11', "a.csv", "S111 a.csv:3"),
    "many columns": ("a," * 20_000, "a.csv", "S565 a.csv:1: found 20001 fields"),
    "wide": (text([[*HEAD, *(f"Q{n}" for n in range(6000))], [*ROW, *["x"] * 5999]]), "a.csv", "S109 a.csv:2"),
    "a long heading": (text([[*HEAD[:-1], ":" * 100_000], ROW]), "a.csv", "S567"),
    "a long answer": (text([HEAD, [*ROW[:-1], "1" + "-" * 100_000 + "\n"]]), "a.csv", "S572"),
    "many digits": (text([HEAD, [*ROW[:-1], "9" * 100_000]]), "a.csv", "S572"),
    "a long id": (text([HEAD, ["@" * 100_000, *ROW[1:]]]), "a.csv", "S586 a.csv:2:id: found 100000 characters"),
    "a long type": (text([HEAD, [*ROW[:2], "x" * 100_000, *ROW[3:]]]), "a.csv", "S576"),
    "a formula for an id": (text([HEAD, ["=1+1", *ROW[1:]]]), "a.csv", "S586 a.csv:2:id: found the formula '=1+1'"),
    "a formula for an answer": (text([HEAD, [*ROW[:-1], "=3"]]), "a.csv", "S572"),
    "a hidden sign": (text([HEAD, ["1", "AT\u200b11", *ROW[2:]]]), "a.csv", "S203 a.csv:2:region"),
    "no answer": (text([HEAD, [*ROW[:3], *["-"] * 35]]), "a.csv", "S105 a.csv: found 1 rows without any answer"),
    "old line ends": (SOUND.replace("\n", "\r"), "a.csv", ""),
    "no workbook": (SOUND, "a.xlsx", "S565 a.xlsx: found no readable workbook"),
    "an empty workbook": (b"", "a.xlsx", "S565"),
    "another form": (SOUND, "a.ods", "S565"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_are_told_in_words(cli, tmp_path, name):
    content, file, says = ODD[name]
    told = cli("import", saved(tmp_path / file, content), "--out", tmp_path / "survey.csv")
    assert told.code == bool(says) and says in told.err
    assert (tmp_path / "survey.csv").exists() == (not says)
    assert len(told.err) < 20_000


def test_a_folder_or_nothing_is_no_survey_file(cli, tmp_path):
    assert "is a folder, expected a survey file" in cli("import", tmp_path).err
    assert "there is no survey file" in cli("import", tmp_path / "none.csv").err


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_formulas_that_were_never_calculated_are_no_empty_cells(cli, tmp_path):
    rows = [HEAD, ["1", "AT11", "cluster", "=1+2", *[3] * 34], ["=A2+1", "AT11", "cluster", *[3] * 35]]
    told = cli("import", workbook(tmp_path / "a.xlsx", rows))
    assert told.code == 1
    assert "S572 a.xlsx:2:DS1: found '=1+2' (a formula that was never calculated)" in told.err
    assert "S586 a.xlsx:3:id: found the formula '=A2+1'" in told.err


def test_a_sheet_that_says_it_is_as_large_as_can_be_and_one_that_is_cut(cli, tmp_path):
    sound = workbook(tmp_path / "a.xlsx", [HEAD, ["1", "AT11", "cluster", *[3] * 35]])
    huge, cut = tmp_path / "huge.xlsx", tmp_path / "cut.xlsx"
    with zipfile.ZipFile(sound) as parts, zipfile.ZipFile(huge, "w") as one, zipfile.ZipFile(cut, "w") as other:
        for name in parts.namelist():
            data = parts.read(name)
            is_sheet = name.endswith("sheet1.xml")
            last = b'<row r="100000"><c r="XFD100000" s="0"/></row></sheetData>'
            one.writestr(name, data.replace(b"A1:AL2", b"A1:XFD1048576").replace(b"</sheetData>", last))
            other.writestr(name, data[: len(data) // 2] if is_sheet else data)
        assert b"A1:AL2" in parts.read("xl/worksheets/sheet1.xml")
    assert cli("import", huge, "--quiet") == (0, "", "")
    told = cli("import", cut)
    assert told.code == 1 and "S565 cut.xlsx: found no readable workbook (ParseError)" in told.err
