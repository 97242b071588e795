"""The regions' parents: above their children, and never in a circle; points whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from synergy.tables.check.database import FETCHED, fetch, report
from synergy.tables.check.raw import RawTable
from synergy.tables.check.tally import Tally
from synergy.tables.problems import Problem


@dataclass(frozen=True)
class _Region:
    row: int
    parent: str | None
    level: int | None


def check_hierarchy(database: duckdb.DuckDBPyConnection, raw: RawTable, tally: Tally) -> None:
    """Tell regions that are their own parent, circles of parents, and parents that are not above."""
    if not raw.given.issuperset(("region_id", "parent_id")):
        return
    regions = _read(database)
    own = {name for name, region in regions.items() if region.parent == name}
    for name in sorted(own):
        found = f"region {name!r} as its own parent"
        tally.add(
            Problem(raw.file, regions[name].row, "parent_id", "S304", found, "the region one step up, or nothing")
        )
    in_circle = set(own)
    for circle in circles({name: region.parent for name, region in regions.items() if name not in own}):
        in_circle |= set(circle)
        start = min(circle, key=lambda name: regions[name].row)
        at = circle.index(start)
        path = " -> ".join((*circle[at:], *circle[:at], start))
        tally.add(Problem(raw.file, regions[start].row, "parent_id", "S306", path, "parents that lead to a top"))
    for name, region in regions.items():
        above = regions.get(region.parent or "")
        if name in in_circle or above is None or region.level is None or above.level is None:
            continue
        if above.level >= region.level:
            found = f"parent {region.parent!r} at level {above.level} of a region at level {region.level}"
            tally.add(Problem(raw.file, region.row, "parent_id", "S305", found, "a parent at a smaller level number"))


def _read(database: duckdb.DuckDBPyConnection) -> dict[str, _Region]:
    rows = fetch(database, "SELECT region_id, row, parent_id, TRY_CAST(level AS BIGINT) FROM regions ORDER BY row DESC")
    # Of regions named twice the first counts: the second is a problem already.
    newest_last = {name: _Region(row, parent, level) for name, row, parent, level in rows if name is not None}
    return dict(sorted(newest_last.items(), key=lambda item: item[1].row))


def circles(parents: Mapping[str, str | None]) -> Iterator[tuple[str, ...]]:
    """Yield each circle once, its members in the order child, parent, parent's parent.

    >>> list(circles({"a": "b", "b": "c", "c": "b", "d": None}))
    [('b', 'c')]
    """
    done: set[str] = set()
    for start in parents:
        path: dict[str, int] = {}
        at: str | None = start
        while at is not None and at in parents and at not in done and at not in path:
            path[at] = len(path)
            at = parents[at]
        if at in path:
            yield tuple(path)[path[at] :]
        done |= set(path)


def check_points(database: duckdb.DuckDBPyConnection, raw: RawTable, tally: Tally) -> None:
    """Tell points of which one coordinate is missing."""
    given = raw.given & {"lat", "lon"}
    if len(given) == 1:
        lone = next(iter(given))
        other = "lon" if lone == "lat" else "lat"
        row = 1 if raw.file.endswith(".csv") else None
        tally.add(Problem(raw.file, row, other, "S114", f"column {lone!r} alone", f"a column {other!r} beside it"))
    elif given:
        rows = fetch(
            database,
            "SELECT count(*) OVER (), row, CASE WHEN lat IS NULL THEN 'lat' ELSE 'lon' END FROM regions "
            f"WHERE (lat IS NULL) <> (lon IS NULL) ORDER BY row LIMIT {FETCHED}",
        )
        problems = [
            Problem(raw.file, row, name, "S213", "half a point", "both lat and lon, or neither")
            for _, row, name in rows
        ]
        report(tally, problems, rows[0][0] if rows else 0)
