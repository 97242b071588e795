"""Cells that name a row of another table which is not there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import duckdb

from synergy.errors import closest
from synergy.tables.check.database import FETCHED, fetch, quoted, report, shown
from synergy.tables.check.raw import RawTable
from synergy.tables.check.tally import Tally
from synergy.tables.problems import Problem
from synergy.tables.schema import BY_NAME, Column
from synergy.tables.sources.nuts import current_code

_HINTED = 20
"""How many different unknown names get a did-you-mean: comparing spellings is slow."""
_COMPARED = 5_000
"""Among how many known names a spelling is looked for."""

# Spaces at the edge of an id are a problem of their own and not one more here.
_EDGES = "' ' || chr(9) || chr(10) || chr(13) || chr(160)"


def check_references(
    database: duckdb.DuckDBPyConnection,
    raw: RawTable,
    tables: Mapping[str, RawTable],
    broken: Collection[str],
    tally: Tally,
) -> None:
    """Tell references to rows that are not there; those to a table that cannot be read are let be."""
    for column in raw.table.columns:
        if column.references is None or column.name not in raw.given or column.references in broken:
            continue
        target = tables.get(column.references)
        if target is None:
            _no_table(database, raw, column, tally)
        elif target.table.key[0] in target.given:
            _unknown(database, raw, column, target, tally)


def check_one_of(database: duckdb.DuckDBPyConnection, raw: RawTable, tally: Tally) -> None:
    """Tell rows that give none of the columns of which one is needed."""
    for group in raw.table.one_of:
        if not raw.given & set(group):
            continue
        rows = fetch(
            database,
            f"SELECT count(*) OVER (), row FROM {raw.table.name} "
            f"WHERE coalesce({', '.join(map(quoted, group))}) IS NULL ORDER BY row LIMIT {FETCHED}",
        )
        expected = f"a value in {' or '.join(group)}"
        problems = [Problem(raw.file, row, None, "S303", f"{' and '.join(group)} empty", expected) for _, row in rows]
        report(tally, problems, rows[0][0] if rows else 0)


def _no_table(database: duckdb.DuckDBPyConnection, raw: RawTable, column: Column, tally: Tally) -> None:
    """One problem for the column, as a missing table is one mistake however many rows refer to it."""
    name = str(column.references)
    if BY_NAME[name].required:
        return
    cell = quoted(column.name)
    count, row = fetch(
        database, f"SELECT count({cell}), min(row) FILTER (WHERE {cell} IS NOT NULL) FROM {raw.table.name}"
    )[0]
    if count:
        found = f"{count} reference{'s' * (count > 1)} to {name}, which is not there"
        tally.add(Problem(raw.file, row, column.name, "S302", found, f"a table {name}"))


def _unknown(
    database: duckdb.DuckDBPyConnection, raw: RawTable, column: Column, target: RawTable, tally: Tally
) -> None:
    key = target.table.key[0]
    cell = f"trim({quoted(column.name)}, {_EDGES})"
    rows: list[tuple[Any, ...]] = fetch(
        database,
        f"SELECT count(*) OVER (), row, {cell} AS named_there FROM {raw.table.name} "
        f"WHERE named_there <> '' AND named_there NOT IN "
        f"(SELECT trim({quoted(key)}, {_EDGES}) FROM {target.table.name} WHERE {quoted(key)} IS NOT NULL) "
        f"ORDER BY row LIMIT {FETCHED}",
    )
    if not rows:
        return
    hints = _hints(list(dict.fromkeys(name for _, _, name in rows)), target.data[key].to_pylist(), target.table.name)
    expected = f"a {key} of {target.file}"
    problems = [
        Problem(raw.file, row, column.name, "S302", shown(name), expected, hints.get(name)) for _, row, name in rows
    ]
    report(tally, problems, rows[0][0])


def _hints(unknown: list[str], known: list[str | None], table: str) -> dict[str, str]:
    names = {name for name in known if name is not None}
    hints: dict[str, str] = {}
    for name in unknown:
        current = current_code(name)
        if table == "regions" and current != name:
            there = "" if current in names else ", which is not there either"
            hints[name] = f"an older NUTS code of {current!r}{there}"
    if len(names) <= _COMPARED:
        for name in [name for name in unknown if name not in hints][:_HINTED]:
            if near := closest(name, names):
                hints[name] = f"did you mean {near!r}?"
    return hints
