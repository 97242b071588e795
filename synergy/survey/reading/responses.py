"""Reads one row per respondent, as survey tools export it, into the ``survey`` table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from synergy.errors import DataError, UnknownName, UsageError
from synergy.survey.answers import COLUMNS
from synergy.survey.instrument import Instrument, load_instrument
from synergy.survey.reading.cells import Names, no_id, stakeholder_names
from synergy.survey.reading.grid import Grid, read_grids
from synergy.survey.reading.header import SEARCHED, Finder, find_header
from synergy.survey.reading.rows import RowReader
from synergy.tables.problems import Problem, Problems

Regions: TypeAlias = Mapping[str, str] | Iterable[str] | pd.DataFrame
"""The ids that there are, labels with their ids, or a ``regions`` table: each by id, or by a name that no other has."""


@dataclass(frozen=True, repr=False, eq=False)
class Responses:
    """What was read: ``frame`` is the ``survey`` table in long form, ready for ``score`` or ``survey.csv``.

    ``empty`` holds the rows of the file in which nothing was answered, ``ignored`` the columns that were not used.
    """

    frame: pd.DataFrame
    file: str
    respondents: int
    empty: tuple[int, ...]
    ignored: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per respondent and answered item: respondent_id, region_id, stakeholder, item, answer."""
        return self.frame.copy()

    def to_table(self) -> pd.DataFrame:
        """Return the rows of ``survey.csv``: by region and respondent, items in the instrument's order."""
        return self.frame.sort_values(["region_id", "respondent_id"], kind="stable", ignore_index=True)

    def __repr__(self) -> str:
        return f"Responses({self.file}: {self.respondents} respondents, {len(self.frame)} answers)"


def read_responses(
    path: str | Path,
    instrument: Instrument | None = None,
    *,
    respondent: str | None = None,
    region: str | None = None,
    stakeholder: str | None = None,
    regions: Regions | None = None,
    stakeholders: Mapping[str, str] | None = None,
    items: Mapping[str, str] | None = None,
    region_id: str | None = None,
    stakeholder_type: str | None = None,
    sheet: str | None = None,
) -> Responses:
    """Read the answers of a LimeSurvey or EUSurvey export, or of any CSV file or workbook with a row per respondent.

    Columns are found by item code (``DS1``, ``Q[DS1]``, ``DS1. text``) or by the item's text in any language, in the
    row that names most items; rows above it and further rows of the header are passed over. UTF-8 with or without mark,
    comma, semicolon, tab. ``respondent``, ``region`` and ``stakeholder`` name those columns where they are not called
    so; without a respondent column people are numbered by row. ``regions``: the region ids that may stand there, labels
    with their ids, or a study's ``regions`` table (any text is an id when left out). ``stakeholders`` and ``items``:
    labels with their types, headings with their item codes, besides the instrument's own. ``region_id`` and
    ``stakeholder_type`` are those of everybody, for a file without such a column. An answer is 0 to 5 (3, '3,0', 'A3',
    a label, '3 - partly'); empty cells give no row.

    Raises UsageError when there is no such file or sheet, or a column and its value for everybody are both given,
    UnknownName for an item, region or type that is not there, DataError with every problem at once, by row and column.

    >>> import tempfile
    >>> codes = list(load_instrument().items)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "export.csv"
    ...     header = ";".join(["id", "region", "stakeholder", *codes])
    ...     _ = path.write_text(f"{header}\\n7;AT32;Policy makers;4,0;n/a" + ";" * (len(codes) - 2))
    ...     read_responses(path).frame.values.tolist()
    [['7', 'AT32', 'policy', 'DS1', 4], ['7', 'AT32', 'policy', 'DS2', 0]]
    """
    instrument = instrument or load_instrument()
    _known("stakeholder type", [*(stakeholders or {}).values(), stakeholder_type], instrument.stakeholders)
    _known("item", (items or {}).values(), instrument.items)
    names = {"region": _region_names(regions), "stakeholder": stakeholder_names(instrument, stakeholders or {})}
    ids = [] if region_id is None else [region_id]
    if names["region"] is not None:
        _known("region", ids, names["region"].keys)
        ids = names["region"].keys
    if (wrong := next(filter(None, map(no_id, ids)), None)) is not None:
        raise UsageError(f"an id of a region: found {wrong.found}, expected {wrong.expected}")
    fixed = {"region": region_id, "stakeholder": stakeholder_type}
    named = {"respondent": respondent, "region": region, "stakeholder": stakeholder}
    for role, value in fixed.items():
        if value is not None and named.pop(role) is not None:
            raise UsageError(f"either the column of the {role} or the one {role} of everybody, not both")
    finder = Finder(instrument, items or {})
    grid = _chosen(read_grids(Path(path), sheet), finder)
    header = find_header(grid, finder, named) if grid.rows else None
    reader = RowReader(grid, instrument, names, fixed)
    if header is not None:
        reader.read(header)
    problems = grid.tally.problems()
    if not problems and not reader.found:
        what = "no row" if header is None else f"{len(reader.empty)} rows without any answer"
        told = Problem(grid.file, None, None, "S105" if header else "S104", what, "a header and at least one answer")
        problems = Problems((told,))
    if problems or header is None:
        raise DataError(problems)
    frame = pd.DataFrame(reader.found, columns=list(COLUMNS)).astype({"answer": "Int64"})
    return Responses(frame, grid.file, reader.respondents, tuple(reader.empty), header.ignored)


def _known(what: str, names: Iterable[str | None], known: Iterable[str]) -> None:
    for name in names:
        if name is not None and name not in known:
            raise UnknownName(what, name, known)


def _chosen(grids: list[Grid], finder: Finder) -> Grid:
    """Return the sheet that names items, or the first."""
    named = (grid for grid in grids if any(finder.item(cell) for row in grid.rows[:SEARCHED] for cell in row))
    return next(named, grids[0])


def _region_names(regions: Regions | None) -> Names | None:
    if regions is None:
        return None
    if isinstance(regions, pd.DataFrame):
        named = regions[["name", "region_id"]].dropna()
        return Names(regions["region_id"], zip(named["name"], named["region_id"], strict=True))
    return Names(regions.values(), regions.items()) if isinstance(regions, Mapping) else Names(regions)
