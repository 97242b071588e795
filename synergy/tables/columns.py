"""What a table and a column of a study are, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "id", "integer", "number", "year", "date", "moment", "codes", "url"]


@dataclass(frozen=True)
class Column:
    """One column: what it holds and what may stand in it.

    ``codes`` are ``;``-separated ``scheme:code``. A cell that is not ``required`` may be empty, and empty
    means unknown, never zero.
    """

    name: str
    type: Type
    description: str
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    references: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Table:
    """One table: its columns, the columns that together name a row, and whether a study needs it."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    required: bool = False
    one_of: tuple[tuple[str, ...], ...] = ()
    ordered: tuple[tuple[str, str], ...] = ()
    """Pairs of number columns of which the first is not above the second."""

    def column(self, name: str) -> Column:
        """Return the column of this name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in their order."""
        return tuple(column.name for column in self.columns)


FIRM_KINDS = ("firm", "research", "university", "public", "other")
FIRM_SIZES = ("micro", "small", "medium", "large", "sme")
YES_NO = ("yes", "no")
