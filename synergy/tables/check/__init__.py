"""Every problem of a study, found in one pass: first the files, then the cells, then keys and references."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb
import pandas as pd

from synergy.tables.check.cells import check_cells
from synergy.tables.check.codes import check_codes
from synergy.tables.check.database import open_database
from synergy.tables.check.funding import check_ordered, check_scores, check_windows
from synergy.tables.check.gather import Gathered, gather
from synergy.tables.check.hierarchy import check_hierarchy, check_points
from synergy.tables.check.keys import check_keys, check_same_priority
from synergy.tables.check.level import check_level
from synergy.tables.check.raw import RawTable
from synergy.tables.check.references import check_one_of, check_references
from synergy.tables.check.tally import Tally
from synergy.tables.problems import Problems
from synergy.tables.settings import parse_settings, settings_problems
from synergy.tables.study import Settings, Study


@dataclass(frozen=True)
class Examined:
    """What a study holds and all that is wrong with it; the tables are raw text."""

    problems: Problems
    settings: Settings
    raw: Mapping[str, RawTable] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)


def check(source: str | Path | Mapping[str, pd.DataFrame] | Study, settings: Settings | None = None) -> Problems:
    """Find every problem of a study's files and tables in one pass; empty when it is sound.

    Bad data never raises; `UsageError` is raised when there is no such folder. Nothing is written.

    >>> import pandas as pd
    >>> regions = pd.DataFrame({"region_id": ["AT3"], "name": ["Western Austria"], "country": ["AT"], "level": ["1,5"]})
    >>> print(check({"regions": regions}))
    2 problems
    S101 priorities: found no such table, expected a table 'priorities'
    S205 regions:2:level: found '1,5', expected a whole number such as 12 (with a decimal point: 1.5)
    """
    return examine(source, settings).problems


def examine(
    source: str | Path | Mapping[str, pd.DataFrame] | Study,
    settings: Settings | None = None,
    only: Collection[str] = (),
) -> Examined:
    """Check a study and keep what was read; of the tables ``only`` some, if any are named."""
    if isinstance(source, Study):
        settings = settings or source.settings
        source = {name: frame for name, frame in source.tables.items() if len(frame)}
    tally = Tally()
    found = gather(source, tally)
    if only:
        found = replace(found, raw={name: raw for name, raw in found.raw.items() if name in only})
    chosen, setting_problems = _settings(found, settings)
    database = open_database(found.raw)
    try:
        _check_tables(database, found, tally)
        check_level(
            database, found.raw.get("regions"), chosen, found.settings_bytes if settings is None else None, tally
        )
    finally:
        database.close()
    problems = Problems((*setting_problems, *tally.problems()))
    return Examined(problems, chosen, found.raw, found.hashes)


def _check_tables(database: duckdb.DuckDBPyConnection, found: Gathered, tally: Tally) -> None:
    for raw in found.raw.values():
        check_cells(database, raw, tally)
        check_keys(database, raw, tally)
        check_one_of(database, raw, tally)
        check_references(database, raw, found.raw, found.broken, tally)
        check_ordered(database, raw, tally)
    check_codes(database, found.raw, found.broken, tally)
    if regions := found.raw.get("regions"):
        check_hierarchy(database, regions, tally)
        check_points(database, regions, tally)
    if priorities := found.raw.get("priorities"):
        check_same_priority(database, priorities, tally)
    if windows := found.raw.get("call_windows"):
        check_windows(database, windows, tally)
    if proposals := found.raw.get("proposals"):
        check_scores(database, proposals, tally)


def _settings(found: Gathered, given: Settings | None) -> tuple[Settings, Problems]:
    if given is not None:
        return given, settings_problems(given)
    if found.settings_bytes is None:
        return Settings(), Problems()
    return parse_settings(found.settings_bytes)
