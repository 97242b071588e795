"""The header of a CSV file: its names, its delimiter, and whether they fit the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from synergy.errors import closest
from synergy.tables.check.tally import Tally
from synergy.tables.problems import Problem
from synergy.tables.schema import Table

OWN = "x_"
"""A column whose name begins so is the user's own and is left alone."""

_DELIMITERS = {";": "';'", "\t": "tabs", "|": "'|'"}


def split_header(data: bytes, begin: int, end: int, commas: Sequence[int]) -> tuple[str, ...]:
    """Return the names of a header record that ends at ``end`` and has its commas at ``commas``.

    >>> split_header(b'region_id,"name"', 0, 16, [9])
    ('region_id', 'name')
    """
    edges = [begin - 1, *commas, end]
    fields = [data[left + 1 : right] for left, right in pairwise(edges)]
    fields[-1] = fields[-1].removesuffix(b"\r")
    return tuple(_unquote(field.decode(errors="replace")) for field in fields)


def _unquote(field: str) -> str:
    return field[1:-1].replace('""', '"') if len(field) > 1 and field[0] == field[-1] == '"' else field


def wrong_delimiter(header: tuple[str, ...], table: Table) -> str | None:
    """Return what the columns seem to be separated by when it is not the comma.

    >>> from synergy.tables.schema import BY_NAME
    >>> wrong_delimiter(("region_id;name;country;level",), BY_NAME["regions"])
    "';'"
    """
    known = set(table.column_names)
    if known & set(header):
        return None
    for mark, name in _DELIMITERS.items():
        parts = {part.strip().strip('"') for field in header for part in field.split(mark)}
        if len(known & parts) > 1 or header[0].casefold() == f"sep={mark}":
            return name
    return None


def check_columns(header: Sequence[str], table: Table, file: str, row: int | None, tally: Tally) -> bool:
    """Tell unknown, repeated and missing columns; return whether each name stands for one column."""
    known = table.column_names
    counts = Counter(header)
    missing = [name for name in known if name not in counts]
    for name, count in counts.items():
        if count > 1:
            tally.add(Problem(file, row, name, "S116", f"column {name!r} {count} times", "each column once"))
        if name not in known and not name.startswith(OWN):
            near = closest(name.strip(), missing or known)
            hint = f"did you mean {near!r}?" if near else f"name it {OWN}… if it is your own"
            tally.add(Problem(file, row, name, "S115", f"column {name!r}", f"one of {', '.join(known)}", hint))
    needed = {name for name in missing if table.column(name).required}
    for name in missing:
        if name in needed:
            tally.add(Problem(file, row, name, "S114", "no such column", f"a column {name!r}"))
    for group in table.one_of:
        if not set(group) & set(counts):
            expected = f"a column {' or '.join(map(repr, group))}"
            tally.add(Problem(file, row, None, "S114", "no such column", expected))
    return all(count == 1 for count in counts.values())
