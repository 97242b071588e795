"""A workbook as rows of text: what its cells show, or the formula of a cell that shows nothing."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from synergy.errors import UsageError
from synergy.survey.reading.grid import Grid

_FORMULA = re.compile(rb"<f[ />]")
Row = tuple[Any, ...]


def read_workbook(path: Path, sheet: str | None = None) -> list[Grid]:
    """Return the sheets of a workbook; raise UsageError when it has no sheet of that name.

    A workbook that cannot be read gives one empty grid that says so.
    """
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        raise UsageError("workbooks need openpyxl: install interregional-synergy[sources], or save as CSV") from None
    try:
        # openpyxl warns of what it leaves out, such as rules for cells: nothing that is read here
        with warnings.catch_warnings(action="ignore"):
            return _grids(path, sheet)
    except UsageError:
        raise
    except Exception as error:  # openpyxl raises whatever its zip, XML and format readers do
        grid = Grid(path.name)
        grid.told("S565", None, f"no readable workbook ({type(error).__name__})", "an .xlsx file", "save it again")
        return [grid]


def _grids(path: Path, sheet: str | None) -> list[Grid]:
    from openpyxl import load_workbook

    shown = load_workbook(path, read_only=True, data_only=True)
    formulas = load_workbook(path, read_only=True) if _has_formulas(path) else None
    try:
        names = [each for each in shown.sheetnames if sheet is None or each == sheet]
        if not names:
            raise UsageError(f"{path.name} has no sheet {sheet!r}; it has {', '.join(shown.sheetnames)}")
        grids = []
        for name in names:
            grid = Grid(path.name if len(shown.sheetnames) == 1 else f"{path.name}[{name}]", is_sheet=True)
            behind = repeat(()) if formulas is None else _values(formulas[name])
            for line, (cells, under) in enumerate(zip(_values(shown[name]), behind, strict=False), start=1):
                row = [_cell(cell) for cell in _filled(cells, under)]
                if any(row):
                    grid.rows.append(row)
                    grid.lines.append(line)
            grids.append(grid)
    finally:
        shown.close()
        if formulas is not None:
            formulas.close()
    return grids


def _has_formulas(path: Path) -> bool:
    with ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(_FORMULA.search(parts.read(name)) for name in sheets)


def _values(sheet: Any) -> Iterator[Row]:
    # chart sheets have no cells; the size that a sheet gives of itself may be wrong, or all there could be
    if not hasattr(sheet, "iter_rows"):
        return iter(())
    sheet.reset_dimensions()
    return iter(sheet.iter_rows(values_only=True))


def _filled(cells: Row, under: Row) -> Row:
    """Put the formula in the place of a value that was never calculated, so that it is not taken for an empty cell."""
    if not under:
        return cells
    return tuple(
        getattr(formula, "text", formula) if cell is None else cell for cell, formula in zip(cells, under, strict=True)
    )


def _cell(value: Any) -> str:
    """Return a cell as a person reads it: 3.0 as 3, a day as year-month-day."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value).strip()
