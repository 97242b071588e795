"""Bytes that may not stand where they stand: not UTF-8, NUL, a stray quote, a carriage return alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from synergy.tables.check.block import Block
from synergy.tables.check.encoding import narrow_encoding

UNCOUNTED = frozenset({"S110", "S113"})
"""After these the fields of a record cannot be counted."""

Found = tuple[str, int, str, str, str | None]


def bad_characters(block: Block) -> Iterator[Found]:
    """Yield (code, record, found, expected, hint) for each record and kind of bad character."""
    yield from _not_utf8(block)
    if b"\0" in block.data:
        for at in block.records_of(np.flatnonzero(block.raw == 0)):
            yield "S107", at, "a NUL byte", "text", "the file is damaged or no text file"
    for at in block.records_of(block.stray):
        yield "S110", at, "a quote inside a field", "fields wholly in quotes, with quotes in them doubled", None
    returns = np.flatnonzero(block.raw == 13)
    # the last byte is a line end, so that each has one after it
    alone = returns[block.raw[returns + 1] != 10]
    outside = alone[(np.searchsorted(block.quotes, alone) & 1) == 0]
    for at in block.records_of(outside):
        yield "S113", at, "a carriage return alone", "lines that end with LF or CR LF", None


def _not_utf8(block: Block) -> Iterator[Found]:
    try:
        block.data.decode()
        return
    except UnicodeDecodeError:
        suspects = block.records_of(np.flatnonzero(block.raw >= 0x80))
    for at in suspects:
        record = block.data[block.begins[at] : block.ends[at]]
        try:
            record.decode()
        except UnicodeDecodeError as error:
            found = f"byte 0x{record[error.start]:02X}: {narrow_encoding(record)}"
            yield "S106", at, found, "UTF-8", "save it as CSV UTF-8"
