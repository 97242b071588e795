"""A file of a survey tool as rows of text, each with the line or row it starts on."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from synergy.errors import UsageError
from synergy.tables.check.encoding import narrow_encoding, wide_encoding
from synergy.tables.check.tally import Tally
from synergy.tables.problems import Problem

SHEETS = (".xlsx", ".xlsm")
TEXTS = (".csv", ".txt", ".tsv")
DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 16384
"""As many as a sheet can have; a text file with more is no table of answers."""


@dataclass(frozen=True)
class Grid:
    """Rows of cells as text ('' where empty) and the line each starts on; ``tally`` holds what is wrong with them.

    In a sheet (``is_sheet``) rows end with their last filled cell; in a text file every row has all fields.
    """

    file: str
    is_sheet: bool = False
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def told(
        self, code: str, row: int | None, found: str, expected: str, hint: str | None = None, column: str | None = None
    ) -> None:
        """Note a problem."""
        self.tally.add(Problem(self.file, row, column, code, found, expected, hint))


def read_grids(path: Path, sheet: str | None = None) -> list[Grid]:
    """Return the sheets of a workbook, or the one table of a CSV file; raise UsageError when there is no such file."""
    if path.is_dir():
        raise UsageError(f"{str(path)!r} is a folder, expected a survey file")
    if not path.is_file():
        raise UsageError(f"there is no survey file {str(path)!r}")
    kind = path.suffix.casefold()
    if kind in SHEETS:
        from synergy.survey.reading.workbook import read_workbook

        return read_workbook(path, sheet)
    if sheet is not None:
        raise UsageError(f"{path.name} has no sheets; it is no workbook")
    grid = Grid(path.name)
    if kind in TEXTS:
        _text(path, grid)
    else:
        grid.told("S565", None, f"a file {kind or 'without ending'}", f"one of {', '.join((*TEXTS, *SHEETS))}")
    return [grid]


def _text(path: Path, grid: Grid) -> None:
    try:
        text = _decoded(path.read_bytes(), grid)
    except OSError as error:
        raise UsageError(f"cannot read {str(path)!r}: {error.strerror or error}") from None
    if text is None:
        return
    if not text.strip():
        grid.told("S104", None, "an empty file", "a header and at least one row")
        return
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        grid.told("S107", row, "a NUL byte", "text", "export the file again")
        return
    first = text.lstrip("\r\n").split("\n", 1)[0].strip("\r")
    if first.casefold().startswith("sep=") and len(first) == 5:
        delimiter, skipped = first[4], True
    else:
        delimiter, skipped = _delimiter(text), False
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            if len(record) > MOST_COLUMNS:
                grid.told("S565", line, f"{len(record)} fields", f"at most {MOST_COLUMNS}, as in a sheet")
                return
            if any(cell.strip() for cell in record) and not (skipped and line == 1):
                grid.rows.append([cell.strip() for cell in record])
                grid.lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        _broken(str(error), line, grid)


def _decoded(data: bytes, grid: Grid) -> str | None:
    if wide := wide_encoding(data[:4096]):
        # what spreadsheets save as 'Unicode text' says by its mark how it is to be read
        if wide == "UTF-16" and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16", errors="replace")
        grid.told("S106", 1, f"a file that looks like {wide}", "UTF-8", "save it as CSV UTF-8")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        looks = narrow_encoding(data.splitlines()[row - 1] if row <= len(data.splitlines()) else data)
        grid.told("S106", row, f"a line that looks like {looks}", "UTF-8", "save it as CSV UTF-8")
        return None


def _delimiter(text: str) -> str:
    """Return the sign that most often stands outside quotes in the first lines."""
    outside = "".join(text[:65536].split('"')[::2])
    head = outside[:20000]
    return max(DELIMITERS, key=lambda sign: (head.count(sign), -DELIMITERS.index(sign)))


def _broken(message: str, line: int, grid: Grid) -> None:
    if "unexpected end" in message:
        grid.told("S111", line, "a quote that is never closed", 'a closing quote (")')
    elif "expected after" in message:
        grid.told("S110", line, "a quote inside a field", "quotes inside a field doubled, the field in quotes")
    elif "field larger" in message:
        grid.told("S112", line, "a field of more than 128 KiB", "shorter cells", "perhaps a quote is never closed")
    else:
        grid.told("S565", line, message, "a CSV file")
