"""What is wrong with a study's files: every problem, told at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, order=True)
class Problem:
    """One problem at one place.

    ``row`` is the line of the file on which the record starts (the header is line 1), so that an editor
    finds it; None when the problem is the whole file's. ``column`` is the column's name, None when the
    problem is not one column's.
    """

    file: str
    row: int | None
    column: str | None
    code: str
    found: str
    expected: str
    hint: str | None = None

    @property
    def place(self) -> str:
        """Where: ``file:row:column``, as far as it is known."""
        return ":".join(str(part) for part in (self.file, self.row, self.column) if part is not None)

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.code} {self.place}: found {self.found}, expected {self.expected}{hint}"


@dataclass(frozen=True, repr=False)
class Problems:
    """All problems of a study, sorted by file, row and column; empty when it is sound."""

    items: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        ordered = sorted(
            set(self.items), key=lambda p: (p.file, p.row or 0, p.column or "", p.code, p.found, p.expected)
        )
        object.__setattr__(self, "items", tuple(ordered))

    def to_frame(self) -> pd.DataFrame:
        """Return one row per problem: code, file, row, column, found, expected, hint."""
        import pandas as pd

        return pd.DataFrame(self.to_dicts(), columns=["code", "file", "row", "column", "found", "expected", "hint"])

    def to_dicts(self) -> list[dict[str, object]]:
        """Return the problems as plain dicts, as ``synergy check --json`` prints them."""
        order = ("code", "file", "row", "column", "found", "expected", "hint")
        return [{name: asdict(problem)[name] for name in order} for problem in self.items]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.items)

    def __bool__(self) -> bool:
        return bool(self.items)

    def __str__(self) -> str:
        if not self.items:
            return "no problems"
        count = f"{len(self.items)} problem{'s' if len(self.items) > 1 else ''}"
        return "\n".join([count, *map(str, self.items)])

    def __repr__(self) -> str:
        return f"Problems({len(self.items)})"
