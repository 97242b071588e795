"""Goes through the rows below a header: who answered what, and every cell that says nothing of the kind."""

from __future__ import annotations

from collections.abc import Mapping

from synergy.survey.instrument import Instrument
from synergy.survey.reading.cells import SHOWN, UNANSWERED, Names, Scale, no_id
from synergy.survey.reading.grid import Grid
from synergy.survey.reading.header import Header


class RowReader:
    """Goes through the rows of answers once, collecting answers and telling the grid its problems."""

    def __init__(
        self, grid: Grid, instrument: Instrument, names: Mapping[str, Names | None], fixed: Mapping[str, str | None]
    ) -> None:
        self.grid, self.instrument, self.names, self.fixed = grid, instrument, names, fixed
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
            if all(cells[at] in UNANSWERED for _, at in columns):
                self.empty.append(line)
                continue
            who = self._respondent(header, line, cells)
            where = self.fixed["region"] or self._named(header, line, cells, "region")
            kind = self.fixed["stakeholder"] or self._named(header, line, cells, "stakeholder")
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
            self.grid.told(wrong, line, f"{cell[:SHOWN]!r} ({error})", expected, column=code)
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
        elif not self._is_id(line, who, name):
            pass
        elif _is_address(who):
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
            self._is_id(line, cell, name)
            return cell
        key = names.key(cell)
        if key is None:
            self.grid.told(unknown, line, repr(cell[:SHOWN]), names.expected(), names.near(cell), column=name)
        return key or ""

    def _is_id(self, line: int, cell: str, column: str) -> bool:
        """Whether a cell can be an id in a table of a study; told if not."""
        if (wrong := no_id(cell)) is not None:
            self.grid.told(wrong.code, line, wrong.found, wrong.expected, wrong.hint, column)
        return wrong is None


def _is_address(text: str) -> bool:
    name, _, host = text.rpartition("@")
    return bool(name) and "." in host.strip(".") and len(text.split()) == 1
