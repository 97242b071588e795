"""The analysed level of the settings against the regions there are."""

from __future__ import annotations

import duckdb

from synergy.tables.check.database import fetch
from synergy.tables.check.raw import RawTable
from synergy.tables.check.tally import Tally
from synergy.tables.problems import Problem
from synergy.tables.settings import FILE, line_of
from synergy.tables.study import Settings


def check_level(
    database: duckdb.DuckDBPyConnection,
    regions: RawTable | None,
    settings: Settings,
    toml: bytes | None,
    tally: Tally,
) -> None:
    """Tell a level at which no region is; ``toml`` is None for settings made in Python."""
    if settings.level is None or regions is None or "level" not in regions.given:
        return
    levels = [
        level
        for (level,) in fetch(
            database, "SELECT DISTINCT TRY_CAST(level AS BIGINT) AS depth FROM regions ORDER BY depth"
        )
    ]
    levels = [level for level in levels if level is not None]
    if settings.level in levels:
        return
    file, row = (FILE, line_of(toml.decode("utf-8-sig"), "level")) if toml is not None else ("settings", None)
    expected = f"a level that regions have: {', '.join(map(str, levels)) or 'none'}"
    tally.add(Problem(file, row, "level", "S405", str(settings.level), expected))
