"""Which column of an export is which item, and which names respondent, region and stakeholder type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from synergy.errors import closest
from synergy.survey.instrument import Instrument
from synergy.survey.reading.grid import Grid

SEARCHED = 40
"""The header is looked for in so many rows: exports have notes above it."""
LONGEST, COMPARED = 2000, 500
"""No heading has more characters; so many columns are compared with what is missing, to give a hint."""

NAMES: Mapping[str, tuple[str, ...]] = {
    "respondent": ("respondent_id", "respondent", "response id", "contribution id", "id"),
    "region": ("region_id", "region", "regione", "région", "regija", "nuts"),
    "stakeholder": ("stakeholder", "stakeholder type", "stakeholder group"),
}
"""What the other columns are called where the caller does not say it."""

_CODED = re.compile(r"(?P<code>[A-Za-z][A-Za-z0-9_]*)\s*(?:\[(?P<sub>[^\]]+)\])?\s*(?:[.:]\s+(?P<text>.+))?")
_SHORT_NAME = re.compile(r"\(([A-Za-z]\w*)\)$")
_LIKE_A_CODE = re.compile(r"[A-Za-z]+[0-9]+[A-Za-z]?")


@dataclass(frozen=True)
class Header:
    """Where things are: columns by item code and by role, the first row of answers, and what is not used."""

    items: Mapping[str, int]
    roles: Mapping[str, int]
    start: int
    names: tuple[str, ...]

    @property
    def ignored(self) -> tuple[str, ...]:
        """Names of the columns that are neither an item nor a role."""
        used = {*self.items.values(), *self.roles.values()}
        return tuple(name for at, name in enumerate(self.names) if name and at not in used)


@dataclass(frozen=True)
class Finder:
    """Finds an instrument's items in the cells of a header; ``labels`` gives headings of the caller's their codes."""

    instrument: Instrument
    labels: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {code.casefold(): code for code in self.instrument.items}

    @cached_property
    def _own(self) -> dict[str, str]:
        return {plain(label): code for label, code in self.labels.items()}

    @cached_property
    def _texts(self) -> dict[str, str]:
        texts = ((code, text) for code, item in self.instrument.items.items() for text in item.text.texts.values())
        return {plain(text): code for code, text in texts}

    def item(self, cell: str) -> str | None:
        """Return the item a header cell names, or None.

        By its code (``DS1``, ``Q[DS1]``, ``DS1. text``, ``text (DS1)``) or its text (alone, ``question [text]``,
        ``question: text``), in a line of its own if the cell has several.

        >>> from synergy.survey.instrument import load_instrument
        >>> finder = Finder(load_instrument())
        >>> cells = ["ds1", "Q1[DS1]. How far … ?", "Part 1: Clusters help design calls and support schemes.", "seed"]
        >>> [finder.item(cell) for cell in cells]
        ['DS1', 'DS1', 'SC1', None]
        """
        if not cell or len(cell) > LONGEST:
            return None
        if own := self._own.get(plain(cell)):
            return own
        for part in (cell, *cell.splitlines()) if "\n" in cell else (cell,):
            found = self._codes.get(part.casefold()) or self._texts.get(plain(part)) or self._inside(part)
            if found:
                return found
        return None

    def _inside(self, cell: str) -> str | None:
        if coded := _CODED.fullmatch(" ".join(cell.split())):
            for name in (coded["sub"], coded["code"]):
                if name and name.casefold() in self._codes:
                    return self._codes[name.casefold()]
        if (short := _SHORT_NAME.search(cell)) and short[1].casefold() in self._codes:
            return self._codes[short[1].casefold()]
        bracket = cell[cell.rfind("[") + 1 :].rstrip("] ") if "[" in cell else ""
        tails = (cell[colon.end() :] for colon in re.finditer(": ?", cell))
        return next((self._texts[plain(text)] for text in (bracket, *tails) if plain(text) in self._texts), None)


def plain(text: str) -> str:
    """Return a text without what a survey tool may change of it: case, space, marks at its end.

    >>> plain("  Clusters take part\\n in the review. ")
    'clusters take part in the review'
    """
    return " ".join(text.split()).casefold().rstrip(".:?! ")


def find_header(grid: Grid, finder: Finder, named: Mapping[str, str | None]) -> Header | None:
    """Return the header of a table of answers, or None, and tell the grid every problem of it.

    ``named`` gives the column of each role by name; None looks for the usual names.
    """
    instrument = finder.instrument
    matches = [[finder.item(cell) for cell in row] for row in grid.rows[:SEARCHED]]
    counts = [len({code for code in row if code}) for row in matches]
    if not counts or not max(counts):
        near = sorted({hint for row in grid.rows[:SEARCHED] for hint in _near_codes(row, instrument)})
        hint = f"did you mean {near[0]!r}?" if near else "name the columns by the codes of the items"
        grid.told("S566", None, "no row that names an item", "a header with items", hint)
        return None
    at = counts.index(max(counts))
    end = at + 1
    while end < len(matches) and _continues(grid.rows[end], matches[end], matches[at]):
        end += 1
    items = {code: column for column, code in reversed(list(enumerate(matches[at]))) if code}
    roles = _roles(grid, [at, *range(at + 1, end), *range(at - 1, -1, -1)], named, set(items.values()))
    _tell_items(grid, at, matches[at], instrument, set(roles.values()))
    names = tuple(_name(grid.rows[:end], at, column) for column in range(len(grid.rows[at])))
    return Header(items, roles, end, names)


def _continues(row: Sequence[str], codes: Sequence[str | None], header: Sequence[str | None]) -> bool:
    """Whether a row below the header belongs to it: it names the same items again, or carries a tool's own keys."""
    again = any(code is not None and code == above for code, above in zip(codes, header, strict=False))
    return again or any(cell.startswith('{"ImportId"') for cell in row)


def _name(rows: Sequence[Sequence[str]], at: int, column: int) -> str:
    stacked = [rows[at], *reversed(rows[:at]), *rows[at + 1 :]]
    return next((row[column] for row in stacked if column < len(row) and row[column]), "")


def _roles(grid: Grid, order: Sequence[int], named: Mapping[str, str | None], taken: set[int]) -> dict[str, int]:
    """Return the column of each role, looked for in these rows of the header in turn."""
    found: dict[str, int] = {}
    for role, name in named.items():
        wanted = NAMES[role] if name is None else (name,)
        rows = [(row, columns) for row in order if (columns := _columns(grid.rows[row], wanted, taken))]
        if rows:
            row, columns = rows[0]
            found[role] = columns[0]
            if len(columns) > 1:
                label = grid.rows[row][columns[0]]
                told = f"{len(columns)} columns {label!r}"
                grid.told("S568", grid.lines[row], told, f"one column for the {role}", column=label)
        elif name is not None or role != "respondent":
            line, known = grid.lines[order[0]], [cell for row in order for cell in _comparable(grid.rows[row])]
            near = closest(name or role, known)
            hint = f"did you mean {near!r}?" if near else f"say which it is: {role}=… or --{role} …"
            told = f"no column {name!r}" if name else f"no column of the {role}"
            grid.told("S569", line, told, f"the column of the {role}", hint, column=name or role)
    return found


def _columns(row: Sequence[str], wanted: Sequence[str], taken: set[int]) -> list[int]:
    """Return the columns of the first of the wanted names that any column has."""
    for name in wanted:
        columns = [at for at, cell in enumerate(row) if at not in taken and plain(name) in _called(cell)]
        if columns:
            return columns
    return []


def _called(cell: str) -> set[str]:
    """Return what a column may be called: its whole header, a code in front of it, the text after it, a short name."""
    coded, short = _CODED.fullmatch(" ".join(cell.split())), _SHORT_NAME.search(cell)
    names = [coded["code"], coded["text"] or ""] if coded else []
    names += [short[1], cell[: short.start()]] if short else []
    return {plain(name) for name in (cell, *names)} - {""}


def _tell_items(grid: Grid, at: int, codes: Sequence[str | None], instrument: Instrument, roles: set[int]) -> None:
    line = grid.lines[at]
    for code, count in Counter(code for code in codes if code).items():
        if count > 1:
            grid.told("S568", line, f"{count} columns for {code}", "one column for each item", column=code)
    unused = [cell for column, cell in enumerate(grid.rows[at]) if codes[column] is None and column not in roles]
    free = _comparable(unused)
    missing = [code for code in instrument.items if code not in codes]
    for cell in free:
        if _LIKE_A_CODE.fullmatch(cell) and (near := closest(cell, missing or instrument.items)):
            hint = f"did you mean {near!r}?"
            grid.told("S571", line, f"a column {cell!r}", "codes of the instrument", hint, column=cell)
    for code in missing:
        text = closest(str(instrument.items[code].text), free, cutoff=0.8)
        hint = f"is it {text!r}?" if text else ""
        grid.told("S567", line, f"no column for {code}", f"a column named {code}", hint or None, column=code)


def _near_codes(row: Sequence[str], instrument: Instrument) -> Iterator[str]:
    for cell in _comparable(row):
        if _LIKE_A_CODE.fullmatch(cell) and (near := closest(cell, instrument.items)):
            yield near


def _comparable(cells: Sequence[str]) -> list[str]:
    """Return the cells that are compared with names: comparing is slow, and files may have any number of any length."""
    return [cell for cell in cells if 0 < len(cell) <= LONGEST][:COMPARED]
