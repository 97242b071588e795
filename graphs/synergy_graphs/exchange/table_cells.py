"""The cells of a table that comes from outside, checked one by one; all problems told at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from numbers import Integral, Real

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy_graphs.errors import GraphError
from synergy_graphs.exchange.plain_text import suggestion

_SHOWN = 20


class Cells:
    """One table, or none, whose problems are noted in ``problems``, not raised."""

    def __init__(self, what: str, table: pd.DataFrame | None) -> None:
        self.what = what
        self.table = pd.DataFrame() if table is None else table
        self.given = table is not None
        self.problems: list[str] = []

    def _column(self, name: str) -> list[object] | None:
        columns = [str(column) for column in self.table.columns]
        if columns.count(name) > 1:
            self.problems.append(f"{self.what}: there are {columns.count(name)} columns {name!r}")
        if name in columns:
            return list(self.table.iloc[:, columns.index(name)].astype(object))
        return None

    def _note(self, row: int, column: str, value: object, expected: str) -> None:
        shown = "empty" if _is_empty(value) else repr(value)
        self.problems.append(f"{self.what} row {row}: {column} is {shown}, expected {expected}")

    def text(self, name: str, default: str | None = None, *, may_be_empty: bool = False) -> list[str]:
        """Return a column of text, whole numbers made text; the default everywhere if there is no such column."""
        column = self._column(name)
        if column is None:
            if default is None and self.given:
                columns = [str(each) for each in self.table.columns]
                has = f"; there are {', '.join(columns) or 'none'}{suggestion(name, columns)}"
                self.problems.append(f"{self.what}: there is no column {name!r}{has}")
            return [default or ""] * len(self.table)
        result = []
        for row, value in enumerate(column):
            if isinstance(value, Integral) and not isinstance(value, bool | np.bool_):
                value = str(int(value))
            if not isinstance(value, str) or not (value or may_be_empty):
                self._note(row, name, value, "text")
                value = ""
            result.append(value)
        return result

    def names(self, name: str) -> list[str]:
        """Return a column of text in which nothing stands twice."""
        result = self.text(name)
        first: dict[str, int] = {}
        for row, value in enumerate(result):
            if value and first.setdefault(value, row) != row:
                self.problems.append(f"{self.what} row {row}: {name} {value!r} stands before, in row {first[value]}")
        return result

    def labels(self, ids: Sequence[str]) -> list[str]:
        """Return the column of labels, or the ids."""
        return self.text("label", may_be_empty=True) if "label" in self.table.columns else list(ids)

    def weights(self, name: str) -> NDArray[np.float64]:
        """Return a column of positive numbers; 1 everywhere if there is no such column."""
        column = self._column(name)
        result = np.ones(len(self.table))
        for row, value in enumerate(column or ()):
            number = (
                float(value) if isinstance(value, Real) and not isinstance(value, bool | np.bool_) else float("nan")
            )
            if isfinite(number) and number > 0:
                result[row] = number
            else:
                self._note(row, name, value, "a positive number")
        return result

    def truths(self, name: str) -> list[bool]:
        """Return a column of true and false; false everywhere if there is no such column."""
        column = self._column(name)
        if column is None:
            return [False] * len(self.table)
        for row, value in enumerate(column):
            if not isinstance(value, bool | np.bool_):
                self._note(row, name, value, "true or false")
        return [value is True or (isinstance(value, np.bool_) and bool(value)) for value in column]

    def places(self, name: str, values: Sequence[str], known: Sequence[str]) -> NDArray[np.int64]:
        """Return for each value of a column its place among the known ones."""
        at = {each: place for place, each in enumerate(known)}
        for row, value in enumerate(values):
            if value and value not in at:
                self.problems.append(
                    f"{self.what} row {row}: there is no {name} {value!r}{suggestion(value, list(at))}"
                )
        return np.array([at.get(value, -1) for value in values], dtype=np.int64)


def _is_empty(value: object) -> bool:
    return value is None or value is pd.NA or value == "" or (isinstance(value, float) and value != value)


def tell(*tables: Cells) -> None:
    """Raise GraphError with all problems of the tables, if there are any."""
    problems = [problem for table in tables for problem in table.problems]
    if problems:
        more = [f"and {len(problems) - _SHOWN} more problems"] if len(problems) > _SHOWN else []
        raise GraphError("\n".join([*problems[:_SHOWN], *more]))
