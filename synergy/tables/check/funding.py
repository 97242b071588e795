"""Windows that cannot be, limits the wrong way round, proposals with two scores."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from synergy.errors import closest
from synergy.tables.check.database import FETCHED, fetch, quoted, report, shown
from synergy.tables.check.raw import RawTable
from synergy.tables.check.tally import Tally
from synergy.tables.moments import UTC, is_moment, minutes, time_zones
from synergy.tables.problems import Problem


def check_ordered(database: duckdb.DuckDBPyConnection, raw: RawTable, tally: Tally) -> None:
    """Tell rows whose lower limit is above their upper one."""
    for low, high in raw.table.ordered:
        if not raw.given.issuperset((low, high)):
            continue
        below, above = (f"TRY_CAST({quoted(name)} AS DOUBLE)" for name in (low, high))
        rows = fetch(
            database,
            f"SELECT count(*) OVER (), row, {quoted(low)}, {quoted(high)} FROM {raw.table.name} "
            f"WHERE {below} > {above} ORDER BY row LIMIT {FETCHED}",
        )
        problems = [
            Problem(raw.file, row, low, "S548", f"{low} {least} above {high} {most}", f"{low} of at most {high}")
            for _, row, least, most in rows
        ]
        report(tally, problems, rows[0][0] if rows else 0)


def check_windows(database: duckdb.DuckDBPyConnection, raw: RawTable, tally: Tally) -> None:
    """Tell unknown time zones, windows that close before they open, and ends of windows that have none."""
    unknown = _zones(database, raw) if "time_zone" in raw.given else {}
    for problem in _windows(database, raw, unknown):
        tally.add(problem)


def _zones(database: duckdb.DuckDBPyConnection, raw: RawTable) -> dict[str, str | None]:
    """Return the names that are no time zone, each with the nearest that is one."""
    used = fetch(database, f"SELECT DISTINCT time_zone FROM {raw.table.name} WHERE time_zone IS NOT NULL ORDER BY 1")
    return {name: closest(name, time_zones()) for (name,) in used if name.strip() and name not in time_zones()}


def _windows(database: duckdb.DuckDBPyConnection, raw: RawTable, unknown: dict[str, str | None]) -> Iterator[Problem]:
    rows = fetch(database, f"SELECT row, kind, opens, closes, time_zone FROM {raw.table.name} ORDER BY row")
    for row, kind, opens, closes, zone in rows:
        if zone in unknown:
            near = unknown[zone]
            hint = f"did you mean {near!r}?" if near else None
            yield Problem(raw.file, row, "time_zone", "S547", shown(zone), "a time zone such as Europe/Zurich", hint)
            continue
        if kind in ("open-ended", "continuous") and closes is not None:
            found = f"{kind} and closes {shown(closes)}"
            yield Problem(raw.file, row, "closes", "S549", found, "no end, or the kind call")
        if opens and closes and is_moment(opens) and is_moment(closes):
            place = (zone or "").strip() or UTC
            if minutes(opens, place) >= minutes(closes, place, end=True):
                found = f"opens {opens} and closes {closes}"
                yield Problem(raw.file, row, "closes", "S546", found, "an end after the beginning")


def check_scores(database: duckdb.DuckDBPyConnection, raw: RawTable, tally: Tally) -> None:
    """Tell rows of a proposal with another score, or other themes, than its first row."""
    if "proposal_id" not in raw.given:
        return
    for column in sorted({"score", "codes"} & raw.given):
        cell = quoted(column)
        same = f"TRY_CAST({cell} AS DOUBLE)" if column == "score" else cell
        rows = fetch(
            database,
            f"WITH firsts AS (SELECT proposal_id, min(row) AS first, arg_min(coalesce({cell}, ''), row) AS said, "
            f"arg_min(coalesce(CAST({same} AS VARCHAR), ''), row) AS meant FROM {raw.table.name} GROUP BY proposal_id) "
            f"SELECT count(*) OVER (), row, coalesce({cell}, ''), said, first FROM {raw.table.name} JOIN firsts "
            f"USING (proposal_id) WHERE coalesce(CAST({same} AS VARCHAR), '') <> meant ORDER BY row LIMIT {FETCHED}",
        )
        problems = [
            Problem(raw.file, row, column, "S550", shown(found), f"{shown(said)} as on line {first}")
            for _, row, found, said, first in rows
        ]
        report(tally, problems, rows[0][0] if rows else 0)
