"""Codes that are not in the list of their scheme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

import duckdb
import pyarrow as pa

from synergy.errors import closest
from synergy.tables.check.cells import CODE
from synergy.tables.check.database import FETCHED, fetch, literal, quoted, report
from synergy.tables.check.raw import RawTable
from synergy.tables.check.tally import Tally
from synergy.tables.codelists import nace_codes
from synergy.tables.problems import Problem

_NEAR_SCHEME = 0.75
_HINTED = 50


def check_codes(
    database: duckdb.DuckDBPyConnection, tables: Mapping[str, RawTable], broken: Collection[str], tally: Tally
) -> None:
    """Tell codes that their scheme does not have, and schemes that look like a misspelt known one.

    The scheme ``nace`` is built in; a scheme of which the study's own table ``codes`` lists any code must have
    all its codes there; every other scheme is free.
    """
    listed = _listed(database, tables)
    for raw in tables.values():
        for column in raw.table.columns:
            if column.type == "codes" and column.name in raw.given:
                _column(database, raw, column.name, listed, "codes" not in broken, tally)


def _listed(database: duckdb.DuckDBPyConnection, tables: Mapping[str, RawTable]) -> dict[str, set[str]]:
    """Return the known codes by scheme."""
    known: dict[str, set[str]] = defaultdict(set)
    if "codes" in tables:
        for (code,) in fetch(database, f"SELECT DISTINCT code FROM codes WHERE {_valid('code')}"):
            known[code.partition(":")[0]].add(code)
    known["nace"] = {f"nace:{code}" for code in nace_codes()}
    return dict(known)


def _valid(cell: str) -> str:
    return f"regexp_full_match({cell}, {literal(CODE)})"


def _column(
    database: duckdb.DuckDBPyConnection,
    raw: RawTable,
    column: str,
    listed: Mapping[str, set[str]],
    compare_schemes: bool,
    tally: Tally,
) -> None:
    single = f"SELECT row, unnest(string_split({quoted(column)}, ';')) AS code FROM {raw.table.name}"
    used = [
        code
        for (code,) in fetch(database, f"SELECT DISTINCT code FROM ({single}) WHERE {_valid('code')} ORDER BY code")
    ]
    schemes = sorted({code.partition(":")[0] for code in used} - set(listed)) if compare_schemes else []
    meant = {scheme: near for scheme in schemes if (near := closest(scheme, listed, _NEAR_SCHEME))}
    for kind, unknown in (
        ("S307", [code for code in used if code.partition(":")[0] in listed and code not in _of(code, listed)]),
        ("S308", [code for code in used if code.partition(":")[0] in meant]),
    ):
        if not unknown:
            continue
        database.register("unknown_codes", pa.table({"code": unknown}))
        rows = fetch(
            database,
            f"SELECT count(*) OVER (), row, code FROM ({single}) WHERE code IN (SELECT code FROM unknown_codes) "
            f"ORDER BY row, code LIMIT {FETCHED}",
        )
        database.unregister("unknown_codes")
        expected = "a code that its scheme has" if kind == "S307" else f"a scheme: {', '.join(sorted(listed))}"
        hints = _hints(unknown[:_HINTED], listed, meant)
        problems = [
            Problem(raw.file, row, column, kind, repr(code), expected, hints.get(code)) for _, row, code in rows
        ]
        report(tally, problems, rows[0][0])


def _of(code: str, listed: Mapping[str, set[str]]) -> set[str]:
    return listed.get(code.partition(":")[0], set())


def _hints(unknown: list[str], listed: Mapping[str, set[str]], meant: Mapping[str, str]) -> dict[str, str]:
    hints: dict[str, str] = {}
    for code in unknown:
        scheme, _, rest = code.partition(":")
        near = f"{meant[scheme]}:{rest}" if scheme in meant else closest(code, _of(code, listed))
        if near:
            hints[code] = f"did you mean {near!r}?"
    return hints
