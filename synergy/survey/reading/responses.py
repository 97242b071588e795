"""Reads one row per respondent, as survey tools export it, into the ``survey`` table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from synergy.errors import DataError, UnknownName
from synergy.survey.answers import COLUMNS
from synergy.survey.instrument import Instrument, load_instrument
from synergy.survey.reading.cells import Names, Scale, stakeholder_names
from synergy.survey.reading.grid import Grid, read_grids
from synergy.survey.reading.header import Finder, Header, find_header
from synergy.tables.problems import Problem, Problems

_ADDRESS = re.compile(r"\S+@\S+\.\S+")
_SHOWN = 60


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

    def __repr__(self) -> str:
        return f"Responses({self.file}: {self.respondents} respondents, {len(self.frame)} answers)"


def read_responses(
    path: str | Path,
    instrument: Instrument | None = None,
    *,
    respondent: str | None = None,
    region: str | None = None,
    stakeholder: str | None = None,
    regions: Mapping[str, str] | Iterable[str] | None = None,
    stakeholders: Mapping[str, str] | None = None,
    region_id: str | None = None,
    sheet: str | None = None,
) -> Responses:
    """Read the answers of a LimeSurvey or EUSurvey export, or of any CSV file or workbook with a row per respondent.

    Columns are found by item code (``DS1``, ``Q[DS1]``, ``DS1. text``) or by the item's text in any language, in the
    row that names most items; rows above it and further rows of the header are passed over. UTF-8 with or without mark,
    comma, semicolon, tab. ``respondent``, ``region`` and ``stakeholder`` name those columns where they are not called
    so; without a respondent column people are numbered by row. ``regions``: the region ids that may stand there, or
    labels with their ids (any text is an id when left out); ``region_id`` is the region of everybody, for a file
    without such a column. ``stakeholders``: labels with their types, besides the instrument's own. An answer is 0 to 5
    (3, '3,0', 'A3', a label, '3 - partly'); empty cells give no row.

    Raises UsageError when there is no such file or sheet, DataError with every problem at once, by row and column.

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
    for kind in (stakeholders or {}).values():
        if kind not in instrument.stakeholders:
            raise UnknownName("stakeholder type", kind, instrument.stakeholders)
    grid = _chosen(read_grids(Path(path), sheet), instrument)
    named = {"respondent": respondent, "region": region, "stakeholder": stakeholder}
    if region_id is not None and region is None:
        del named["region"]
    header = find_header(grid, instrument, named) if grid.rows else None
    names = {"region": _region_names(regions), "stakeholder": stakeholder_names(instrument, stakeholders or {})}
    reader = _Reader(grid, instrument, names, region_id)
    if header is not None:
        reader.read(header)
    problems = grid.tally.problems()
    if not problems and header is None:
        problems = Problems((Problem(grid.file, None, None, "S104", "no row", "a header and at least one row"),))
    if problems or header is None:
        raise DataError(problems)
    frame = pd.DataFrame(reader.found, columns=list(COLUMNS)).astype({"answer": "Int64"})
    return Responses(frame, grid.file, reader.respondents, tuple(reader.empty), header.ignored)


def _chosen(grids: list[Grid], instrument: Instrument) -> Grid:
    """Return the sheet that names items, or the first."""
    finder = Finder(instrument)
    named = (grid for grid in grids if any(finder.item(cell) for row in grid.rows[:40] for cell in row))
    return next(named, grids[0])


def _region_names(regions: Mapping[str, str] | Iterable[str] | None) -> Names | None:
    if regions is None:
        return None
    return Names(regions.values(), regions.items()) if isinstance(regions, Mapping) else Names(regions)


class _Reader:
    """Goes through the rows of answers once, collecting answers and telling the grid its problems."""

    def __init__(
        self, grid: Grid, instrument: Instrument, names: Mapping[str, Names | None], region_id: str | None
    ) -> None:
        self.grid, self.instrument, self.names, self.region_id = grid, instrument, names, region_id
        self.found: list[tuple[str, str, str, str, int]] = []
        self.empty: list[int] = []
        self.respondents = 0
        self._seen: dict[str, int] = {}
        self._points: dict[str, int | None] = {}
        self._scale = Scale(instrument)

    def read(self, header: Header) -> None:
        """Read every row below the header."""
        rows, lines = self.grid.rows[header.start :], self.grid.lines[header.start :]
        if not rows:
            self.grid.told("S105", None, "a header and no row", "at least one row")
        columns = [(code, header.items[code]) for code in self.instrument.items if code in header.items]
        for row, line in zip(rows, lines, strict=True):
            cells = self._whole(row, line, len(header.names))
            if cells is None:
                continue
            points = [(code, self._point(line, code, cells[at])) for code, at in columns]
            if not any(cells[at] for _, at in columns):
                self.empty.append(line)
                continue
            who = self._respondent(header, line, cells)
            where = self.region_id or self._named(header, line, cells, "region")
            kind = self._named(header, line, cells, "stakeholder")
            self.respondents += 1
            self.found += [(who, where, kind, code, point) for code, point in points if point is not None]

    def _whole(self, row: list[str], line: int, width: int) -> list[str] | None:
        """Return a row with as many cells as the header has, or None."""
        missing = width - len(row)
        if (missing < 0 and any(row[width:])) or (missing > 0 and not self.grid.is_sheet):
            hint = "a text with the delimiter in it must stand in quotes" if missing < 0 else None
            self.grid.told("S109", line, f"{len(row)} fields", f"{width} fields, as in the header", hint)
            return None
        return row + [""] * missing

    def _point(self, line: int, code: str, cell: str) -> int | None:
        if cell in self._points:
            return self._points[cell]
        try:
            point = self._scale.point(cell)
        except ValueError as error:
            wrong = "S573" if "number" in str(error) else "S572"
            expected = "a whole number from 0 to 5, or a label of the scale"
            self.grid.told(wrong, line, f"{cell[:_SHOWN]!r} ({error})", expected, column=code)
            return None
        self._points[cell] = point
        return point

    def _respondent(self, header: Header, line: int, cells: list[str]) -> str:
        at = header.roles.get("respondent")
        if at is None:
            return f"row{line}"
        who, name = cells[at], header.names[at]
        if not who:
            self.grid.told("S201", line, "an empty cell", "the respondent's number or key", column=name)
        elif _ADDRESS.fullmatch(who):
            self.grid.told("S579", line, "an e-mail address", "a number or key that names nobody", column=name)
        elif who in self._seen:
            found = f"{who!r}, as in row {self._seen[who]}"
            self.grid.told("S578", line, found, "each respondent once", column=name)
        self._seen.setdefault(who, line)
        return who

    def _named(self, header: Header, line: int, cells: list[str], role: str) -> str:
        at, names = header.roles.get(role), self.names[role]
        if at is None:
            return ""
        cell, name = cells[at], header.names[at]
        empty, unknown = ("S575", "S574") if role == "region" else ("S577", "S576")
        if not cell:
            self.grid.told(empty, line, "an empty cell", f"the {role} of the respondent", column=name)
            return ""
        if names is None:
            return cell
        key = names.key(cell)
        if key is None:
            self.grid.told(unknown, line, repr(cell[:_SHOWN]), names.expected(), names.near(cell), column=name)
        return key or ""
