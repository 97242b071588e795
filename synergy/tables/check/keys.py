"""Rows that name the same thing twice."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from synergy.tables.check.database import FETCHED, fetch, quoted, report, shown
from synergy.tables.check.raw import RawTable
from synergy.tables.check.tally import Tally
from synergy.tables.problems import Problem

_SAME_PRIORITY = ("region_id", "title", "description", "codes", "source", "year")


def check_keys(database: duckdb.DuckDBPyConnection, raw: RawTable, tally: Tally) -> None:
    """Tell rows whose key another row has already; rows with an incomplete key are told of elsewhere."""
    table = raw.table
    needed = [name for name in table.key if table.column(name).required]
    if not raw.given.issuperset(needed):
        return
    complete = [f"{quoted(name)} IS NOT NULL" for name in needed]
    complete += [f"coalesce({', '.join(map(quoted, group))}) IS NOT NULL" for group in table.one_of]
    expected = f"each {' + '.join(table.key)} once"
    column = table.key[0] if len(table.key) == 1 else None
    _repeated(database, raw, table.key, complete, "S301", column, expected, tally)


def check_same_priority(database: duckdb.DuckDBPyConnection, raw: RawTable, tally: Tally) -> None:
    """Tell priorities that repeat another one under a different id: they would count twice."""
    if not raw.given.issuperset(("priority_id", "region_id", "title")):
        return
    once = "row IN (SELECT min(row) FROM priorities GROUP BY priority_id)"
    present = ["region_id IS NOT NULL", "title IS NOT NULL", "priority_id IS NOT NULL", once]
    expected = "each priority of a region once"
    _repeated(database, raw, _SAME_PRIORITY, present, "S309", "title", expected, tally)


def _repeated(
    database: duckdb.DuckDBPyConnection,
    raw: RawTable,
    columns: Sequence[str],
    conditions: Sequence[str],
    code: str,
    column: str | None,
    expected: str,
    tally: Tally,
) -> None:
    names = ", ".join(map(quoted, columns))
    where = " AND ".join(conditions)
    groups = (
        f"SELECT {names}, min(row) AS first FROM {raw.table.name} WHERE {where} GROUP BY {names} HAVING count(*) > 1"
    )
    same = " AND ".join(f"again.{quoted(name)} IS NOT DISTINCT FROM repeated.{quoted(name)}" for name in columns)
    again = f"SELECT row, {names} FROM {raw.table.name} WHERE {where}"
    rows = fetch(
        database,
        f"WITH repeated AS ({groups}), again AS ({again}) "
        f"SELECT count(*) OVER (), again.row, first, {', '.join(f'again.{quoted(name)}' for name in columns)} "
        f"FROM again JOIN repeated ON {same} WHERE again.row > first ORDER BY again.row LIMIT {FETCHED}",
    )
    problems = [
        Problem(raw.file, row, column, code, _named(columns, values), expected, f"first on line {first}")
        for _, row, first, *values in rows
    ]
    report(tally, problems, rows[0][0] if rows else 0)


def _named(columns: Sequence[str], values: Sequence[str | None]) -> str:
    if len(columns) == 1:
        return shown(str(values[0]))
    return ", ".join(f"{name} {shown(value)}" for name, value in zip(columns, values, strict=True) if value is not None)
