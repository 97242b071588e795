"""Reading the monitoring table of an earlier plan, as people filled it in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from synergy.errors import DataError, UsageError, closest
from synergy.tables.problems import Problem, Problems

NEEDED = ("activity_id", "home", "about", "indicator_id", "baseline", "baseline_date", "baseline_rows", "value_now")
NUMBERS = ("baseline", "baseline_rows", "value_now")
Key = tuple[str, str, str]
"""Home region, what the activity is about, indicator: an activity's number may differ from run to run."""


@dataclass(frozen=True)
class Before:
    """What an earlier monitoring table says of one indicator; None is unknown."""

    activity: str
    baseline: float | None
    date: str
    rows: int | None
    now: float | None


def read_previous(path: str | Path) -> dict[Key, Before]:
    """Read a monitoring table as a plan wrote it and people filled it in, commas or semicolons between the cells.

    Raises UsageError when the file cannot be read, DataError with every problem of it: columns that are not there,
    cells that are no number, the same indicator twice.
    """
    name = Path(path)
    try:
        text = name.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror or error
        raise UsageError(f"cannot read the earlier monitoring table {str(path)!r}: {reason}") from None
    semicolons = text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if semicolons else ",")
    problems = _columns(name.name, list(reader.fieldnames or ()))
    found: dict[Key, Before] = {}
    if not problems:
        for row in reader:
            problems += _read(name.name, reader.line_num, row, found, "," if semicolons else "")
    if problems:
        raise DataError(Problems(tuple(problems)))
    return found


def _columns(file: str, columns: list[str]) -> list[Problem]:
    told = []
    for column in NEEDED:
        if column not in columns:
            near = closest(column, columns)
            hint = f"is {near!r} meant?" if near and near not in NEEDED else None
            told.append(Problem(file, 1, column, "S114", "no such column", f"a column {column!r}", hint))
    return told


def _read(file: str, line: int, row: Mapping[str, str | None], found: dict[Key, Before], comma: str) -> list[Problem]:
    cells = {column: (row[column] or "").strip() for column in NEEDED}
    problems, numbers = [], dict[str, float | None]()
    for column in NUMBERS:
        text = cells[column].replace(comma, ".") if comma else cells[column]
        try:
            numbers[column] = float(text) if text else None
        except ValueError:
            problems.append(Problem(file, line, column, "S204", repr(cells[column]), "a number, or empty if unknown"))
    key = cells["home"], cells["about"], cells["indicator_id"]
    if key in found:
        problems.append(
            Problem(file, line, "indicator_id", "S301", f"{key[2]!r} a second time for {key[0]}", "it once")
        )
    if not problems:
        rows = numbers["baseline_rows"]
        found[key] = Before(cells["activity_id"], numbers["baseline"], cells["baseline_date"],
                            None if rows is None else int(rows), numbers["value_now"])  # fmt: skip
    return problems
