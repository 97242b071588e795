"""The raw tables in DuckDB: in memory, no extension is loaded, nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from synergy.tables.check.raw import RawTable
from synergy.tables.check.tally import LISTED, Tally
from synergy.tables.problems import Problem

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "enable_external_access": False,
    "temp_directory": "",
}

SMALL = 20_000
"""Up to how many rows in all the planning of a query costs more than it saves."""


def open_database(raw: Mapping[str, RawTable]) -> duckdb.DuckDBPyConnection:
    """Return a database in which each raw table is a view of its name."""
    database = duckdb.connect(":memory:", config=_SETTINGS)
    database.execute("SET enable_progress_bar = false")
    if sum(len(table.data) for table in raw.values()) <= SMALL:
        database.execute("SET threads = 1")
        database.execute("PRAGMA disable_optimizer")
    for name, table in raw.items():
        database.register(name, table.data)
    return database


def quoted(name: str) -> str:
    """Return a column's name as SQL writes it."""
    return f'"{name}"'


def literal(text: str) -> str:
    """Return a text as SQL writes it.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def fetch(database: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    return database.execute(query).fetchall()


def shown(value: str, width: int = 60) -> str:
    """Return a cell's text as Python writes it, cut where it is long.

    >>> shown(" AT")
    "' AT'"
    """
    text = repr(value)
    return text if len(text) <= width else f"{text[:width]}… ({len(value)} characters)"


def report(tally: Tally, problems: list[Problem], total: int) -> None:
    """Tell the tally of the problems fetched and of those that the limit of the query left out."""
    for problem in problems:
        tally.add(problem)
    if problems and total > len(problems):
        tally.add_unlisted(problems[0].file, problems[0].code, total - len(problems))


FETCHED = LISTED + 1
"""How many rows a query for problems needs to return."""
