"""One sound study, one mutation each: exactly the expected problems at exactly the expected places, nothing written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import synergy.tables
from synergy.errors import DataError
from synergy.tables.check import check
from synergy.tables.consortia_rules import CONSORTIA_RULES
from synergy.tables.learning_rules import LEARNING_RULES
from synergy.tables.problems import Problems
from synergy.tables.read import load
from synergy.tables.rules import RULES
from synergy.tables.selection_rules import SELECTION_RULES
from synergy.tables.survey_rules import SURVEY_RULES

SOUND = {
    "study.toml": 'name = "tiny"\nseed = 3\nlevel = 2\n\n[weights]\nsimilarity = 1.0\n\n[topics]\nruns = 5\n',
    "regions.csv": (
        "region_id,name,country,parent_id,level,lat,lon\n"
        "AT,Austria,AT,,0,,\n"
        "AT3,Western Austria,AT,AT,1,47.7,13.5\n"
        "AT31,Upper Austria,AT,AT3,2,48.2,13.9\n"
        'AT32,"Salz\nburg",AT,AT3,2,47.4,13.2\n'
        "ITH3,Veneto,IT,,2,45.6,11.8\n"
    ),
    "priorities.csv": (
        "priority_id,region_id,title,description,codes,source,year\n"
        "p1,AT31,Health,,ecosystem:health;nace:21,strategy,2014\n"
        "p2,AT32,Tourism,,ecosystem:tourism,strategy,2014\n"
    ),
    "clusters.csv": "cluster_id,region_id,name,codes,members,url\nc1,AT31,Medtech,nace:32.5,250,https://example.org/a\n",
    "firms.csv": "firm_id,region_id,name,kind,codes,size\nf1,AT31,Alpha,firm,nace:28,small\n"
    "f2,AT32,Beta,university,,\n",
    "memberships.csv": "cluster_id,firm_id\nc1,f1\nc1,f2\n",
    "participations.csv": (
        "project_id,firm_id,region_id,organisation,programme,year,start,theme,role,partners\n"
        "q1,f1,,Alpha,Alpine,2016,2016-07-01,keep:health,lead,9\n"
        "q1,,ITH3,Gamma,Alpine,2016,,keep:health,partner,9\n"
    ),
    "activity.csv": "region_id,code,value,unit,year\nAT31,nace:28,1200.5,persons,2014\nAT32,nace:28,,persons,2014\n",
    "ideas.csv": "idea_id,region_id,title,language,who,capacities,opportunities,capacity_rating\n"
    "i1,AT31,Holzbau,de,a carpenter,nace:28,ecosystem:health,4\n",
    "activities.csv": "activity_id,region_id,about,stage,first_seen\nA01,AT31,nace:28,development,2020\n",
    "programmes.csv": "programme_id,region_id,name,trl_min,trl_max\ng1,AT31,Fund,3,7\n",
    "call_windows.csv": "programme_id,kind,opens,closes,time_zone\ng1,call,2026-12-01,2027-01-31T17:00,Europe/Vienna\n",
    "proposals.csv": "proposal_id,score,region_id,partner,cost\nb1,81,AT31,Alpha,100\nb1,81.0,AT32,Beta,\n",
    "codes.csv": "code,name,broader\n"
    "ecosystem:health,Health,\necosystem:tourism,Tourism,\nnace:21,Pharma,ecosystem:health\n",
}

Files = dict[str, bytes]
Place = tuple[str, str, int | None, str | None]


@dataclass(frozen=True)
class Case:
    """A mutation of the sound study and the problems it makes."""

    name: str
    mutate: Callable[[Files], None]
    places: tuple[Place, ...]
    says: str = ""


def swap(file: str, old: str, new: str | bytes) -> Callable[[Files], None]:
    def mutate(files: Files) -> None:
        raw = new.encode() if isinstance(new, str) else new
        assert files[file].count(old.encode()) == 1, "the mutation must hit one place"
        files[file] = files[file].replace(old.encode(), raw)

    return mutate


def put(file: str, content: str | bytes) -> Callable[[Files], None]:
    def mutate(files: Files) -> None:
        files[file] = content.encode() if isinstance(content, str) else content

    return mutate


def drop(file: str) -> Callable[[Files], None]:
    def mutate(files: Files) -> None:
        del files[file]

    return mutate


def add(file: str, rows: str) -> Callable[[Files], None]:
    def mutate(files: Files) -> None:
        files[file] += rows.encode()

    return mutate


def recode(file: str, encoding: str) -> Callable[[Files], None]:
    def mutate(files: Files) -> None:
        files[file] = files[file].replace(b"Upper", "Ober\u00f6".encode()).decode().encode(encoding)

    return mutate


def crlf(file: str) -> Callable[[Files], None]:
    def mutate(files: Files) -> None:
        files[file] = files[file].replace(b"\n", b"\r\n")

    return mutate


def both(first: Callable[[Files], None], second: Callable[[Files], None]) -> Callable[[Files], None]:
    def mutate(files: Files) -> None:
        first(files)
        second(files)

    return mutate


def rename(file: str, name: str) -> Callable[[Files], None]:
    def mutate(files: Files) -> None:
        files[name] = files.pop(file)

    return mutate


R, P, F, C, A = "regions.csv", "priorities.csv", "firms.csv", "clusters.csv", "activity.csv"
Q, T = "participations.csv", "study.toml"
W, V = "ideas.csv", "activities.csv"
G, H, B = "programmes.csv", "call_windows.csv", "proposals.csv"

CASES = [
    # files
    Case("required table missing", drop(P), (("S101", P, None, None),)),
    Case(
        "required table misspelt",
        rename(R, "region.csv"),
        (("S101", R, None, None), ("S102", "region.csv", None, None)),
        "is it 'region.csv'?",
    ),
    Case("a csv that is no table", put("firm.csv", "a\n"), (("S102", "firm.csv", None, None),), "mean 'firms.csv'?"),
    Case(
        "table in capitals",
        rename(F, "Firms.CSV"),
        (
            ("S102", "Firms.CSV", None, None),
            ("S302", "memberships.csv", 2, "firm_id"),
            ("S302", Q, 2, "firm_id"),
        ),
        "mean 'firms.csv'?",
    ),
    Case("0 bytes", put(F, b""), (("S104", F, None, None),)),
    Case("a byte order mark alone", put(F, b"\xef\xbb\xbf"), (("S104", F, None, None),)),
    Case("blank lines alone", put(F, b"\r\n\n\r\n"), (("S104", F, None, None),)),
    Case(
        "header only, optional table",
        put("memberships.csv", "cluster_id,firm_id\n"),
        (("S105", "memberships.csv", None, None),),
    ),
    Case(
        "header only without line end",
        put("memberships.csv", "cluster_id,firm_id"),
        (("S105", "memberships.csv", None, None),),
    ),
    Case("header only, required table", put(P, SOUND[P].splitlines()[0] + "\r\n\r\n"), (("S105", P, None, None),)),
    Case("Latin-1", recode(R, "latin-1"), (("S106", R, 4, None),), "Latin-1 (ISO 8859-1) or Windows-1252"),
    Case("Windows-1252", swap(R, "Veneto", b"Ven\x80to"), (("S106", R, 7, None),), "byte 0x80: Windows-1252"),
    Case("neither", swap(R, "Veneto", b"Ven\x81to"), (("S106", R, 7, None),), "neither UTF-8 nor Windows-1252"),
    Case("UTF-16 with mark", recode(R, "utf-16"), (("S106", R, 1, None),), "looks like UTF-16"),
    Case("UTF-16 without mark", recode(R, "utf-16-be"), (("S106", R, 1, None),), "looks like UTF-16"),
    Case("UTF-32", recode(R, "utf-32"), (("S106", R, 1, None),), "looks like UTF-32"),
    Case("NUL byte", swap(R, "Veneto", b"Ven\0to"), (("S107", R, 7, None),)),
    Case(
        "NUL byte after a quoted newline and CRLF",
        both(swap(R, "Veneto", b"Ven\0to"), crlf(R)),
        (("S107", R, 7, None),),
    ),
    Case(
        "semicolons",
        put("memberships.csv", "cluster_id;firm_id\nc1;f1\n"),
        (("S108", "memberships.csv", 1, None),),
        "';'",
    ),
    Case(
        "tabs", put("memberships.csv", "cluster_id\tfirm_id\nc1\tf1\n"), (("S108", "memberships.csv", 1, None),), "tabs"
    ),
    Case(
        "semicolons and decimal commas",
        put(R, SOUND[R].replace(",", ";").replace("47.7", "47,7")),
        (("S108", R, 1, None),),
    ),
    Case(
        "sep= line",
        put("memberships.csv", "sep=;\ncluster_id;firm_id\nc1;f1\n"),
        (("S108", "memberships.csv", 1, None),),
    ),
    Case("too many fields", swap(R, "Veneto", "Veneto, Region"), (("S109", R, 7, None),), "must stand in quotes"),
    Case("too few fields", swap(P, "p2,AT32,Tourism,,", "p2,AT32,Tourism,"), (("S109", P, 3, None),), "6 fields"),
    Case(
        "ragged twice",
        both(swap(R, "Veneto", "Veneto, Region"), swap(R, "AT,Austria,", "AT,")),
        (("S109", R, 2, None), ("S109", R, 7, None)),
    ),
    Case("quote inside a field", swap(R, "Veneto", 'Ven"eto'), (("S110", R, 7, None),)),
    Case("text after a closing quote", swap(R, "Veneto", '"Ven"eto'), (("S110", R, 7, None),)),
    Case(
        "inner quotes not doubled, with a comma",
        swap(R, "Veneto", '"the "real, true" Veneto"'),
        (("S110", R, 7, None),),
    ),
    Case("quote never closed", swap(R, "Veneto", '"Veneto'), (("S111", R, 7, None),), "opened on line 7"),
    Case(
        "quote that swallows other lines",
        swap(R, "Upper Austria", '"Upper Austria'),
        (("S110", R, 4, None), ("S110", R, 6, None)),
    ),
    Case("a field of 2 MiB", swap(R, "Veneto", "V" * (2 << 20)), (("S112", R, 7, None),), "more than 1 MiB"),
    Case(
        "a quoted field of 9 MiB", swap(R, "Veneto", '"' + "V\n" * (9 << 19)), (("S112", R, 7, None),), "never closed"
    ),
    Case("one line of 20 MiB", put(F, b"a," * (10 << 20)), (("S112", F, 1, None),)),
    Case(
        "carriage returns alone",
        put("memberships.csv", "cluster_id,firm_id\rc1,f1\r"),
        (("S113", "memberships.csv", 1, None),),
    ),
    Case("one carriage return alone", swap(R, "AT,Austria", "AT,Aus\rtria"), (("S113", R, 2, None),)),
    Case(
        "missing column",
        put("memberships.csv", "cluster_id,x_f\nc1,f1\n"),
        (("S114", "memberships.csv", 1, "firm_id"),),
    ),
    Case("neither of two columns", put(Q, "project_id,year\nq1,2014\n"), (("S114", Q, 1, None),)),
    Case("latitude without a column of longitudes", swap(R, ",lon", ",x_lon"), (("S114", R, 1, "lon"),)),
    Case("unknown column", swap(F, "size", "sise"), (("S115", F, 1, "sise"),), "did you mean 'size'?"),
    Case(
        "required column misspelt",
        swap(R, "region_id", "regoin_id"),
        (
            ("S114", R, 1, "region_id"),
            ("S115", R, 1, "regoin_id"),
        ),
        "did you mean 'region_id'?",
    ),
    Case(
        "no column of ours",
        put("memberships.csv", "x_a,x_b\n1,2\n"),
        (("S114", "memberships.csv", 1, "cluster_id"), ("S114", "memberships.csv", 1, "firm_id")),
    ),
    Case("a column without name", swap(F, "size", ""), (("S115", F, 1, ""),)),
    Case("a space in the header", swap(F, ",size", ", size"), (("S115", F, 1, " size"),), "did you mean 'size'?"),
    Case("column twice", swap(F, "size", "name"), (("S116", F, 1, "name"),)),
    Case(
        "Latin-1 in the header",
        put("memberships.csv", b"cluster_id,firm_id,\xe4\nc1,f1,\n"),
        (("S106", "memberships.csv", 1, None),),
    ),
    # cells
    Case("required cell empty", swap(R, "Veneto", ""), (("S201", R, 7, "name"),)),
    Case("space after an id", swap(R, "ITH3", "ITH3 "), (("S202", R, 7, "region_id"),), "'ITH3 '"),
    Case("no-break space before an id", swap(Q, ",ITH3", ",\u00a0ITH3"), (("S202", Q, 3, "region_id"),), r"\xa0"),
    Case("space in a number", swap(R, "45.6", " 45.6"), (("S202", R, 7, "lat"),)),
    Case("control character in a text", swap(R, "Veneto", "Ven\x07eto"), (("S203", R, 7, "name"),), r"\x07"),
    Case("newline in an id", swap(R, "ITH3", '"IT\nH3"'), (("S203", R, 7, "region_id"), ("S302", Q, 3, "region_id"))),
    Case("decimal comma", swap(R, "45.6", '"45,6"'), (("S204", R, 7, "lat"),), "with a decimal point: 45.6"),
    Case("letters after a number", swap(R, "45.6", "12abc"), (("S204", R, 7, "lat"),)),
    Case("NaN", swap(R, "45.6", "NaN"), (("S204", R, 7, "lat"),), "leave the cell empty"),
    Case("infinity", swap(A, "1200.5", "inf"), (("S204", A, 2, "value"),)),
    Case("a number beyond float64", swap(A, "1200.5", "1e999"), (("S204", A, 2, "value"),)),
    Case("thousands separator", swap(A, "1200.5", "1_200"), (("S204", A, 2, "value"),)),
    Case("not a whole number", swap(C, "250", "250.5"), (("S205", C, 2, "members"),)),
    Case("a whole number with a decimal", swap(C, "250", "250.0"), (("S205", C, 2, "members"),), "write 250"),
    Case("not a year", swap(A, "1200.5,persons,2014", "1200.5,persons,2014/15"), (("S206", A, 2, "year"),)),
    Case(
        "year out of range",
        swap(A, "1200.5,persons,2014", "1200.5,persons,201"),
        (("S207", A, 2, "year"),),
        "1900 to 2100",
    ),
    Case("latitude out of range", swap(R, "45.6", "90.0001"), (("S207", R, 7, "lat"),), "from -90 to 90"),
    Case("negative amount", swap(A, "1200.5", "-1"), (("S207", A, 2, "value"),), "at least 0"),
    Case(
        "not among the choices",
        swap(F, "university", "univercity"),
        (("S208", F, 3, "kind"),),
        "did you mean 'university'?",
    ),
    Case("code without scheme", swap(F, "nace:28", "28"), (("S209", F, 2, "codes"),), "begin each with its scheme"),
    Case("codes with commas", swap(F, "nace:28", '"nace:28,nace:29"'), (("S209", F, 2, "codes"),), "with ';'"),
    Case("codes with a trailing semicolon", swap(F, "nace:28", "nace:28;"), (("S209", F, 2, "codes"),)),
    Case("code twice", swap(F, "nace:28", "nace:28;nace:28"), (("S210", F, 2, "codes"),)),
    Case("two codes where one belongs", swap(A, "AT31,nace:28", "AT31,nace:28;nace:29"), (("S211", A, 2, "code"),)),
    Case("not an address", swap(C, "https://", ""), (("S212", C, 2, "url"),)),
    Case("day with slashes", swap(Q, "2016-07-01", "2016/7/1"), (("S214", Q, 2, "start"),), "write 2016-07-01"),
    Case("a day that no month has", swap(Q, "2016-07-01", "2016-02-30"), (("S214", Q, 2, "start"),), "a day as"),
    Case("half a point", swap(R, "45.6,11.8", "45.6,"), (("S213", R, 7, "lon"),)),
    # keys and references
    Case("key twice", add(R, "AT31,Again,AT,AT3,2,,\n"), (("S301", R, 8, "region_id"),), "first on line 4"),
    Case(
        "key of two columns twice",
        add("memberships.csv", "c1,f1\n"),
        (("S301", "memberships.csv", 4, None),),
        "first on line 2",
    ),
    Case("key with empty parts twice", add(Q, "q1,,ITH3,Gamma,,,,,,\n"), (("S301", Q, 4, None),), "first on line 3"),
    Case("unknown region", swap(P, "AT32", "AT23"), (("S302", P, 3, "region_id"),), "did you mean"),
    Case("old NUTS code", swap(P, "AT32", "ITD3"), (("S302", P, 3, "region_id"),), "older NUTS code of 'ITH3'"),
    Case(
        "unknown parent",
        swap(R, "AT31,Upper Austria,AT,AT3", "AT31,Upper Austria,AT,DE1"),
        (("S302", R, 4, "parent_id"),),
    ),
    Case("unknown firm", swap("memberships.csv", "c1,f2", "c1,f9"), (("S302", "memberships.csv", 3, "firm_id"),)),
    Case("unknown cluster", swap("memberships.csv", "c1,f2", "c9,f2"), (("S302", "memberships.csv", 3, "cluster_id"),)),
    Case(
        "references to a table that is not there",
        drop(C),
        (("S302", "memberships.csv", 2, "cluster_id"),),
        "2 references",
    ),
    Case("neither firm nor region", swap(Q, ",,ITH3,", ",,,"), (("S303", Q, 3, None),)),
    Case("own parent", swap(R, "ITH3,Veneto,IT,,", "ITH3,Veneto,IT,ITH3,"), (("S304", R, 7, "parent_id"),)),
    Case(
        "parent at the same level", swap(R, "ITH3,Veneto,IT,,", "ITH3,Veneto,IT,AT31,"), (("S305", R, 7, "parent_id"),)
    ),
    Case(
        "parent at a deeper level", swap(R, "AT,Austria,AT,,0", "AT,Austria,AT,ITH3,0"), (("S305", R, 2, "parent_id"),)
    ),
    Case(
        "circle of parents",
        swap(R, "AT,Austria,AT,,0", "AT,Austria,AT,AT31,0"),
        (("S306", R, 2, "parent_id"),),
        "AT -> AT31 -> AT3 -> AT",
    ),
    Case("unknown NACE code", swap(F, "nace:28", "nace:28;nace:40"), (("S307", F, 2, "codes"),), "'nace:40'"),
    Case(
        "unknown code of a listed scheme",
        swap(P, "ecosystem:tourism", "ecosystem:turism"),
        (("S307", P, 3, "codes"),),
        "mean 'ecosystem:tourism'?",
    ),
    Case("misspelt scheme", swap(F, "nace:28", "nce:28"), (("S308", F, 2, "codes"),), "did you mean 'nace:28'?"),
    Case("scheme in capitals", swap(F, "nace:28", "NACE:28"), (("S308", F, 2, "codes"),), "did you mean 'nace:28'?"),
    Case(
        "priority twice",
        add(P, "p3,AT32,Tourism,,ecosystem:tourism,strategy,2014\n"),
        (("S309", P, 4, "title"),),
        "line 3",
    ),
    # ideas and carried activities
    Case("rating of six", swap(W, "health,4", "health,6"), (("S207", W, 2, "capacity_rating"),), "from 1 to 5"),
    Case("rating of none", swap(W, "health,4", "health,0.5"), (("S207", W, 2, "capacity_rating"),)),
    Case("rating in words", swap(W, "health,4", "health,good"), (("S204", W, 2, "capacity_rating"),)),
    Case("idea without a title", swap(W, "Holzbau", ""), (("S201", W, 2, "title"),)),
    Case("idea of an unknown region", swap(W, "AT31", "AT13"), (("S302", W, 2, "region_id"),), "did you mean"),
    Case("capacity without scheme", swap(W, "nace:28", "28"), (("S209", W, 2, "capacities"),)),
    Case(
        "opportunity that is not listed",
        swap(W, "ecosystem:health", "ecosystem:wealth"),
        (("S307", W, 2, "opportunities"),),
        "mean 'ecosystem:health'?",
    ),
    Case("idea twice", add(W, "i1,AT32,Again,,,,,\n"), (("S301", W, 3, "idea_id"),), "first on line 2"),
    Case("no action line", swap(V, "development", "developing"), (("S208", V, 2, "stage"),), "mean 'development'?"),
    Case("activity about nothing", swap(V, "nace:28", ""), (("S201", V, 2, "about"),)),
    Case("activity first seen in no year", swap(V, "2020", "soon"), (("S206", V, 2, "first_seen"),)),
    Case("carried twice", add(V, "A01,AT32,nace:21,,\n"), (("S301", V, 3, "activity_id"),)),
    # programmes, windows, proposals
    Case("no moment", swap(H, "2026-12-01", "1.12.2026"), (("S545", H, 2, "opens"),), "as 2027-03-01"),
    Case("a space in a moment", swap(H, "01-31T17", "01-31 17"), (("S545", H, 2, "closes"),), "2027-01-31T17:00"),
    Case("window of the wrong year", swap(H, "2026-12", "2027-12"), (("S546", H, 2, "closes"),), "after the beginning"),
    Case("no time zone", swap(H, "Vienna", "Wienna"), (("S547", H, 2, "time_zone"),), "mean 'Europe/Vienna'?"),
    Case("levels the wrong way round", swap(G, "3,7", "7,3"), (("S548", G, 2, "trl_min"),)),
    Case("an end of what has none", swap(H, "call,", "continuous,"), (("S549", H, 2, "closes"),), "or the kind call"),
    Case("two scores", swap(B, "81.0", "18"), (("S550", B, 3, "score"),), "'81' as on line 2"),
    Case("window of no programme", swap(H, "g1", "g2"), (("S302", H, 2, "programme_id"),)),
    # settings
    Case("no TOML", swap(T, "seed = 3", "seed = "), (("S401", T, 2, None),)),
    Case("settings not UTF-8", swap(T, "seed = 3", b'title = "\xe4"'), (("S401", T, 2, None),)),
    Case("unknown setting", swap(T, "seed", "sead"), (("S402", T, 2, "sead"),), "did you mean 'seed'?"),
    Case(
        "unknown setting in a section",
        swap(T, "runs", "rans"),
        (("S402", T, 9, "topics.rans"),),
        "did you mean 'runs'?",
    ),
    Case(
        "source of an unknown table",
        add(T, '[sources.firm]\ntitle = "x"\n'),
        (("S402", T, 10, "sources.firm"),),
        "mean 'firms'?",
    ),
    Case("wrong type", swap(T, "seed = 3", 'seed = "3"'), (("S403", T, 2, "seed"),), "without the quotes"),
    Case("true is no number", swap(T, "runs = 5", "runs = true"), (("S403", T, 9, "topics.runs"),)),
    Case("a value where a section belongs", put(T, "weights = 1\n"), (("S403", T, 1, "weights"),)),
    Case("no runs", swap(T, "runs = 5", "runs = 0"), (("S404", T, 9, "topics.runs"),)),
    Case("dropout of 1", swap(T, "runs = 5", "dropout = 1.0"), (("S404", T, 9, "topics.dropout"),)),
    Case("negative weight", swap(T, "1.0", "-1.0"), (("S404", T, 6, "weights.similarity"),)),
    Case(
        "weights all 0",
        swap(T, "similarity = 1.0", "similarity = 0\ncomplementarity = 0\ncooperation = 0\nproximity = 0"),
        (("S404", T, 5, "weights"),),
    ),
    Case("NaN as a weight", swap(T, "1.0", "nan"), (("S404", T, 6, "weights.similarity"),)),
    Case("a level that is not there", swap(T, "level = 2", "level = 3"), (("S405", T, 3, "level"),), "0, 1, 2"),
]


def write(folder: Path, files: Files) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def sound() -> Files:
    return {name: text.encode() for name, text in SOUND.items()}


def places(problems: Problems) -> tuple[Place, ...]:
    return tuple((problem.code, problem.file, problem.row, problem.column) for problem in problems)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_sound_study_is_sound(tmp_path: Path) -> None:
    folder = write(tmp_path / "study", sound())
    assert str(check(folder)) == "no problems"
    assert load(folder)["regions"].index.tolist() == [2, 3, 4, 5, 7]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_mutation_is_told_with_its_code_and_place(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = sound()
    case.mutate(files)
    folder = write(tmp_path / "study", files)
    monkeypatch.chdir(tmp_path)
    before = snapshot(tmp_path)
    with pytest.raises(DataError) as caught:
        load(folder)
    problems = caught.value.problems
    assert sorted(places(problems), key=str) == sorted(case.places, key=str), str(problems)
    assert case.says in str(problems)
    assert snapshot(tmp_path) == before
    assert all(len(str(problem)) < 700 for problem in problems), "a message must stay readable"


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    folder = write(tmp_path / "study", {name: raw for name, raw in sound().items() if name not in {A, T}})
    (folder / A).mkdir()
    (folder / T).mkdir()
    assert places(check(folder)) == (("S103", A, None, None), ("S103", T, None, None))


def test_the_rules_and_the_problems_are_the_same_set() -> None:
    told = {code for case in CASES for code, *_ in case.places} | {"S103"}
    elsewhere = (*CONSORTIA_RULES, *SELECTION_RULES, *SURVEY_RULES, *LEARNING_RULES)
    of_the_check = set(RULES) - {rule.code for rule in elsewhere}
    assert told == of_the_check
    sources = Path(synergy.tables.__file__).parent
    written = {
        code
        for path in [*(sources / "check").glob("*.py"), sources / "settings.py"]
        for code in re.findall(r"\"(S\d{3})\"", path.read_text(encoding="utf-8"))
    }
    assert written == of_the_check


def test_every_mutation_at_once_hides_none_of_the_independent_ones(tmp_path: Path) -> None:
    files = sound()
    swap(R, "45.6", "95")(files)
    swap(F, "university", "univercity")(files)
    swap(C, "https://", "")(files)
    put("memberships.csv", b"\xff\xfea\0")(files)
    swap(T, "seed", "sead")(files)
    assert {problem.code for problem in check(write(tmp_path / "study", files))} == {
        "S207",
        "S208",
        "S212",
        "S106",
        "S402",
    }


def test_a_broken_table_is_not_told_again_by_those_that_refer_to_it(tmp_path: Path) -> None:
    files = sound()
    swap(R, "Veneto", 'Ven"eto')(files)
    folder = write(tmp_path / "study", files)
    assert places(check(folder)) == (("S110", R, 7, None),)
    with pytest.raises(DataError) as caught:
        load(folder)
    assert caught.value.problems == check(folder)


@pytest.mark.parametrize("bad", [999, 1000, 1001, 2500])
def test_a_thousand_are_listed_and_the_rest_are_counted(bad: int, tmp_path: Path) -> None:
    files = sound()
    files[A] = ("region_id,code,value,unit\n" + "".join(f"AT31,nace:28,x,unit {n}\n" for n in range(bad))).encode()
    problems = [problem for problem in check(write(tmp_path / "study", files)) if problem.code == "S204"]
    if bad <= 1000:
        assert [problem.row for problem in problems] == list(range(2, bad + 2))
    else:
        assert [problem.row for problem in problems] == [*range(2, 1002), 1002]
        assert problems[-1].found == f"{bad - 1000} more like these"


def test_the_count_is_right_over_several_columns(tmp_path: Path) -> None:
    files = sound()
    files[R] += "".join(f"X{n},X,XX,,2,x,y\n" for n in range(800)).encode()
    problems = [problem for problem in check(write(tmp_path / "study", files)) if problem.code == "S204"]
    assert len(problems) == 1001
    assert problems[-1].found == "600 more like these"
    assert problems[-1].row == 8 + 500


def test_ragged_rows_are_counted_beyond_the_listed_ones(tmp_path: Path) -> None:
    files = sound()
    files["memberships.csv"] += b"a,b,c\n" * 5000
    problems = list(check(write(tmp_path / "study", files)))
    assert {problem.code for problem in problems} == {"S109"}
    assert problems[-1].found == "4000 more like these"
