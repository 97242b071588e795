"""Reading a study: check everything, then give each column its type."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from synergy.errors import DataError
from synergy.tables.check import examine
from synergy.tables.check.raw import ROW, RawTable
from synergy.tables.schema import TABLES, Column, Table
from synergy.tables.study import Settings, Study


def load(source: str | Path | Mapping[str, pd.DataFrame] | Study, settings: Settings | None = None) -> Study:
    """Read a study: a folder with one CSV file per table and a ``study.toml``, or data frames by table name.

    Every table of the schema is there afterwards, with all of its columns, typed: text, ids, codes and
    addresses as text, whole numbers and years as ``Int64``, numbers as ``float64``; an empty cell is missing.
    The index ``row`` is the line of the file on which the record starts. ``settings`` given here take the place
    of ``study.toml``. Raises `DataError` with every problem of the data at once, `UsageError` when there is no
    such folder. Nothing is changed or written.

    >>> import pandas as pd
    >>> study = load({
    ...     "regions": pd.DataFrame({"region_id": ["AT32"], "name": ["Salzburg"], "country": ["AT"], "level": [2]}),
    ...     "priorities": pd.DataFrame({"priority_id": ["p1"], "region_id": ["AT32"], "title": ["Health"]}),
    ... })
    >>> study["regions"].loc[2, "region_id"], len(study["regions"]), len(study["firms"])
    ('AT32', 1, 0)
    """
    examined = examine(source, settings)
    if examined.problems:
        raise DataError(examined.problems)
    tables = {table.name: _typed(table, examined.raw.get(table.name)) for table in TABLES}
    path = Path(source) if isinstance(source, str | Path) else source.path if isinstance(source, Study) else None
    return Study(examined.settings, tables, examined.hashes, path)


def _typed(table: Table, raw: RawTable | None) -> pd.DataFrame:
    rows = raw.data[ROW].to_numpy() if raw else []
    index = pd.Index(rows, dtype="int64", name=ROW)
    columns = {column.name: _column(column, raw) for column in table.columns}
    return pd.DataFrame(columns).set_axis(index, axis=0)


def _column(column: Column, raw: RawTable | None) -> pd.Series[Any]:
    cells = raw.data[column.name] if raw else pa.chunked_array([pa.array([], pa.string())])
    match column.type:
        case "number":
            return pd.Series(cells.cast(pa.float64()).to_numpy(), dtype="float64")
        case "integer" | "year":
            # through Arrow's own integers: float64 would lose digits beyond 2**53
            whole: pd.Series[Any] = cells.cast(pa.int64()).to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
            return whole
        case _:
            text: pd.Series[Any] = cells.to_pandas()
            return text
