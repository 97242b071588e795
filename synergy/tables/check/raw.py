"""A table as its file has it: every cell text or missing, every row with the line it starts on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from synergy.tables.check.scan import FIELD_LIMIT, RECORD_LIMIT, Scan
from synergy.tables.check.tally import Tally
from synergy.tables.problems import Problem
from synergy.tables.schema import Table

ROW = "row"


@dataclass(frozen=True)
class RawTable:
    """Text columns of the schema in their order, all missing where not given, after a column ``row``."""

    table: Table
    file: str
    data: pa.Table
    given: frozenset[str]


def from_csv(path: Path, table: Table, scan: Scan, tally: Tally) -> RawTable | None:
    """Read the cells of a file whose structure was found sound; None when it has no column of ours."""
    wanted = [name for name in table.column_names if name in scan.header]
    if not wanted:
        return None
    try:
        data = pacsv.read_csv(
            path,
            read_options=pacsv.ReadOptions(block_size=2 * RECORD_LIMIT),
            parse_options=pacsv.ParseOptions(newlines_in_values=True),
            convert_options=pacsv.ConvertOptions(
                include_columns=wanted,
                column_types=dict.fromkeys(wanted, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except (pa.ArrowInvalid, OSError) as error:
        tally.add(Problem(path.name, None, None, "S103", f"{error}", "a CSV file that can be read"))
        return None
    if data.num_rows != scan.rows.size:
        found = f"{data.num_rows} rows where {scan.rows.size} were counted"
        tally.add(Problem(path.name, None, None, "S103", found, "a file that does not change while it is read"))
        return None
    return _assemble(table, path.name, {name: data[name] for name in wanted}, scan.rows)


def _assemble(table: Table, file: str, columns: dict[str, Any], rows: Any) -> RawTable:
    absent = pa.nulls(len(rows), pa.string())
    named = {ROW: pa.array(rows, pa.int64())}
    named |= {name: columns.get(name, absent) for name in table.column_names}
    return RawTable(table, file, pa.table(named), frozenset(columns))


def from_frame(frame: pd.DataFrame, table: Table, tally: Tally) -> tuple[RawTable | None, str]:
    """Turn a frame's cells into the text a CSV file would hold; return them and their SHA-256."""
    rows = frame_rows(frame)
    columns: dict[str, Any] = {}
    sound = True
    digest = hashlib.sha256(",".join(map(str, frame.columns)).encode(errors="replace"))
    for name in frame.columns:
        texts = cell_texts(frame[name], whole=name in table.column_names and table.column(name).type != "text")
        sound &= _check_texts(texts, rows, table.name, str(name), tally)
        digest.update("\x1e".join("\x1f" if text is None else text for text in texts).encode(errors="replace"))
        if sound and name in table.column_names:
            columns[name] = pa.array(texts, pa.string())
    raw = _assemble(table, table.name, columns, rows) if sound else None
    return raw, digest.hexdigest()


def frame_rows(frame: pd.DataFrame) -> Any:
    """Return the line of each row: the frame's own when its index is named ``row``, else counted from 2."""
    if frame.index.name == ROW and pd.api.types.is_integer_dtype(frame.index.dtype) and frame.index.is_unique:
        return frame.index.to_numpy(np.int64)
    return np.arange(2, len(frame) + 2, dtype=np.int64)


def cell_texts(cells: pd.Series[Any], whole: bool) -> list[str | None]:
    """Return the cells as text, missing as None; with ``whole`` 2014.0 becomes 2014.

    >>> cell_texts(pd.Series([2014.0, None, 0.5]), whole=True)
    ['2014', None, '0.5']
    """
    missing = cells.isna().tolist()
    values = cells.astype(object).tolist()
    return [None if gone else _text(value, whole) for value, gone in zip(values, missing, strict=True)]


def _text(value: object, whole: bool) -> str | None:
    if isinstance(value, str):
        return str(value) or None
    if isinstance(value, float | np.floating):
        number = float(value)
        # A whole column of numbers becomes float as soon as one cell is missing.
        return str(int(number)) if whole and number.is_integer() and abs(number) < 1e15 else repr(number)
    return str(value) or None


def _check_texts(texts: list[str | None], rows: Any, file: str, column: str, tally: Tally) -> bool:
    sound = True
    for row, text in zip(rows.tolist(), texts, strict=True):
        if text is None or (text.isascii() and len(text) <= FIELD_LIMIT):
            continue
        try:
            size = len(text.encode())
        except UnicodeEncodeError:
            tally.add(Problem(file, row, column, "S106", "a lone surrogate", "text that can be written as UTF-8"))
            sound = False
            continue
        if size > FIELD_LIMIT:
            tally.add(Problem(file, row, column, "S112", "a field of more than 1 MiB", "fields of at most 1 MiB"))
            sound = False
    return sound
