"""What may stand in a cell: the schema's types, ranges and choices as SQL over the raw text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import duckdb

from synergy.errors import closest
from synergy.tables.check.database import FETCHED, fetch, literal, quoted, report, shown
from synergy.tables.check.raw import RawTable
from synergy.tables.check.tally import Tally
from synergy.tables.moments import PATTERN
from synergy.tables.problems import Problem
from synergy.tables.schema import Column, Table

_EDGE_SPACE = r"^[\s\p{Z}]|[\s\p{Z}]$"
_HIDDEN = r"[\p{Cc}\p{Cf}]"
_HIDDEN_IN_TEXT = r"[\x00-\x08\x0b-\x1f\x7f-\x{9f}]"
_NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
_INTEGER = r"-?[0-9]{1,18}"
CODE = r"[A-Za-z][A-Za-z0-9_-]*:[^\s;:,][^\s;,]*"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_URL = r"(?i)https?://[^\s/]+\S*"
_UNKNOWN_WORDS = frozenset({"na", "n/a", "nan", "nil", "null", "none", "-", "--", ".", ":", "?", "unknown"})

Hint = Callable[[str], str | None]


@dataclass(frozen=True)
class CellTest:
    """One thing that is wrong with a cell when ``where`` holds."""

    code: str
    column: str
    where: str
    expected: str
    hint: Hint = lambda _text: None


def check_cells(database: duckdb.DuckDBPyConnection, raw: RawTable, tally: Tally) -> None:
    """Run all tests of a table in one scan, then fetch the places of those that found something."""
    tests = list(cell_tests(raw.table, raw.given))
    if not tests:
        return
    counts = fetch(
        database,
        f"SELECT {', '.join(f'count(*) FILTER (WHERE {test.where})' for test in tests)} FROM {raw.table.name}",
    )[0]
    for test, count in zip(tests, counts, strict=True):
        if count:
            _tell(database, raw, test, count, tally)


def _tell(database: duckdb.DuckDBPyConnection, raw: RawTable, test: CellTest, count: int, tally: Tally) -> None:
    rows = fetch(
        database,
        f"SELECT row, {quoted(test.column)} FROM {raw.table.name} WHERE {test.where} ORDER BY row LIMIT {FETCHED}",
    )
    problems = [
        Problem(
            raw.file,
            row,
            test.column,
            test.code,
            "an empty cell" if text is None else shown(text),
            test.expected,
            None if text is None else test.hint(text),
        )
        for row, text in rows
    ]
    report(tally, problems, count)


def cell_tests(table: Table, given: frozenset[str]) -> Iterator[CellTest]:
    """Yield the tests of the columns that are given."""
    for column in table.columns:
        if column.name in given:
            yield from _column_tests(table, column)


def _column_tests(table: Table, column: Column) -> Iterator[CellTest]:
    name = column.name
    cell = quoted(name)
    if column.type == "text":
        # A line end may be CR LF but no CR alone.
        lines = f"replace({cell}, chr(13) || chr(10), '')"
        is_hidden = f"regexp_matches({lines}, {literal(_HIDDEN_IN_TEXT)})"
    else:
        is_hidden = f"regexp_matches({cell}, {literal(_HIDDEN)})"
    has_space = f"regexp_matches({cell}, {literal(_EDGE_SPACE)})"
    clean = f"NOT {is_hidden}"
    if column.required:
        yield CellTest("S201", name, f"{cell} IS NULL", f"a value: {column.description}")
    yield CellTest("S203", name, is_hidden, "no control or invisible characters")
    if column.type != "text" or name in table.key or column.choices or name == "country":
        clean = f"{clean} AND NOT {has_space}"
        yield CellTest("S202", name, f"NOT {is_hidden} AND {has_space}", "no space before or after", _trimmed)
    match column.type:
        case "number":
            bad = f"(NOT regexp_full_match({cell}, {literal(_NUMBER)}) OR isinf(TRY_CAST({cell} AS DOUBLE)))"
            yield CellTest("S204", name, f"{clean} AND {bad}", "a number such as 1.5", _number_hint)
            yield from _range(column, f"{clean} AND NOT {bad}")
        case "integer" | "year":
            bad = f"NOT regexp_full_match({cell}, {literal(_INTEGER)})"
            code, what = (
                ("S205", "a whole number such as 12") if column.type == "integer" else ("S206", "a year as 2014")
            )
            yield CellTest(code, name, f"{clean} AND {bad}", what, _number_hint)
            yield from _range(column, f"{clean} AND NOT {bad}")
        case "date":
            day = f"TRY_STRPTIME({cell}, '%Y-%m-%d')"
            bad = f"(NOT regexp_full_match({cell}, {literal(_DATE)}) OR {day} IS NULL)"
            yield CellTest("S214", name, f"{clean} AND {bad}", "a day as 2016-07-01", _date_hint)
        case "moment":
            day = f"TRY_STRPTIME(left({cell}, 10), '%Y-%m-%d')"
            bad = f"(NOT regexp_full_match({cell}, {literal(PATTERN)}) OR {day} IS NULL)"
            expected = "a day as 2027-03-01, or a day and time as 2027-03-01T17:00"
            yield CellTest("S545", name, f"{clean} AND {bad}", expected, _date_hint)
        case "codes":
            yield from _codes(table, column, clean)
        case "url":
            bad = f"NOT regexp_full_match({cell}, {literal(_URL)})"
            yield CellTest("S212", name, f"{clean} AND {bad}", "an address such as https://example.org")
        case _:
            pass
    if column.choices:
        listed = ", ".join(map(literal, column.choices))
        expected = f"one of {', '.join(column.choices)}"
        yield CellTest("S208", name, f"{clean} AND {cell} NOT IN ({listed})", expected, _near(column.choices))


def _range(column: Column, valid: str) -> Iterator[CellTest]:
    limits = (column.minimum, column.maximum)
    if limits == (None, None):
        return
    low, high = (f"{'-' * (not at)}inf" if limit is None else repr(float(limit)) for at, limit in enumerate(limits))
    unit = f" {column.unit}" if column.unit else ""
    upto = (
        f"from {column.minimum:g} to {column.maximum:g}"
        if column.maximum is not None
        else f"at least {column.minimum:g}"
    )
    outside = f"TRY_CAST({quoted(column.name)} AS DOUBLE) NOT BETWEEN '{low}'::DOUBLE AND '{high}'::DOUBLE"
    yield CellTest("S207", column.name, f"{valid} AND {outside}", f"{upto}{unit}")


def _codes(table: Table, column: Column, clean: str) -> Iterator[CellTest]:
    cell = quoted(column.name)
    bad = f"NOT regexp_full_match({cell}, {literal(f'{CODE}(;{CODE})*')})"
    expected = "scheme:code, several separated by ';'"
    yield CellTest("S209", column.name, f"{clean} AND {bad}", expected, _codes_hint)
    valid = f"{clean} AND NOT {bad}"
    if column.name in table.key:
        yield CellTest("S211", column.name, f"{valid} AND contains({cell}, ';')", "one code in this column")
    else:
        again = f"len(list_distinct(string_split({cell}, ';'))) < len(string_split({cell}, ';'))"
        yield CellTest("S210", column.name, f"{valid} AND {again}", "each code once in a cell", _repeated)


def _trimmed(text: str) -> str:
    return f"write {text.strip()!r}"


def _number_hint(text: str) -> str | None:
    if text.casefold() in _UNKNOWN_WORDS:
        return "leave the cell empty when it is not known"
    if text.count(",") == 1 and text.replace(",", "").lstrip("+-").isdecimal():
        return f"with a decimal point: {text.replace(',', '.')}"
    whole = text.removesuffix(".0")
    return f"write {whole}" if whole != text and whole.lstrip("-").isdecimal() else None


def _date_hint(text: str) -> str | None:
    if text.casefold() in _UNKNOWN_WORDS:
        return "leave the cell empty when it is not known"
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}.*", text):
        return f"write {text.replace(' ', 'T', 1)}"
    found = re.fullmatch(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})", text)
    return f"write {found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None


def _codes_hint(text: str) -> str | None:
    if "," in text:
        return "separate codes with ';'"
    if any(mark.isspace() for mark in text):
        return "no spaces in or around codes"
    return "begin each with its scheme, e.g. nace:28" if ":" not in text else None


def _repeated(text: str) -> str:
    codes = text.split(";")
    return f"repeated: {', '.join(sorted({code for code in codes if codes.count(code) > 1}))}"


def _near(choices: tuple[str, ...]) -> Hint:
    def hint(text: str) -> str | None:
        near = closest(text, choices)
        return f"did you mean {near!r}?" if near else None

    return hint
