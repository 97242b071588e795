"""A piece of a CSV file that holds whole records, with the places of all its delimiters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Lines = NDArray[np.int64]


@dataclass(frozen=True)
class Block:
    """Whole records: per record where it begins and ends, its line and its number of fields.

    ``quotes`` take turns opening and closing (see ``quotes.py``); ``marks`` are the commas and line ends outside
    quotes, ``last`` which of them end a record.
    """

    data: bytes
    raw: NDArray[np.uint8]
    quotes: Lines
    stray: Lines
    marks: Lines
    last: Lines
    begins: Lines
    ends: Lines
    lines: Lines
    widths: Lines
    blank: NDArray[np.bool_]

    def edges(self, record: int) -> tuple[int, int, list[int]]:
        """Return where a record begins and ends, and where the commas between its fields are."""
        first = int(self.last[record - 1]) + 1 if record else 0
        commas: list[int] = self.marks[first : int(self.last[record])].tolist()
        return int(self.begins[record]), int(self.ends[record]), commas

    def records_of(self, positions: Lines) -> list[int]:
        """Return the records in which any of these positions lies."""
        found: list[int] = np.unique(np.searchsorted(self.ends, positions[positions <= self.ends[-1]])).tolist()
        return found


def cut_block(
    data: bytes, raw: NDArray[np.uint8], quotes: Lines, stray: Lines, marks: Lines, last: Lines, line: int
) -> Block:
    """Return the whole records of ``data``, whose first line is ``line``."""
    ends = marks[last]
    stop = int(ends[-1]) + 1
    begins = np.concatenate(([0], ends[:-1] + 1))
    breaks = np.flatnonzero(raw[:stop] == 10)
    return Block(
        data[:stop],
        raw[:stop],
        quotes,
        stray,
        marks,
        last,
        begins,
        ends,
        line + np.searchsorted(breaks, begins),
        np.diff(last, prepend=-1),
        (ends == begins) | ((ends == begins + 1) & (raw[begins] == 13)),
    )
