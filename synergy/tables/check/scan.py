"""One pass over a CSV file's bytes: where its records start, and everything that is wrong with its structure.

The file is read in pieces and each piece is looked at as an array of bytes, so that neither a field of eight
gigabytes nor a million rows costs more than the piece. Lines are counted as an editor counts them.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from synergy.tables.check.block import Block, Lines, cut_block
from synergy.tables.check.characters import UNCOUNTED, bad_characters
from synergy.tables.check.encoding import wide_encoding
from synergy.tables.check.header import split_header, wrong_delimiter
from synergy.tables.check.quotes import sort_quotes
from synergy.tables.check.tally import Tally
from synergy.tables.problems import Problem
from synergy.tables.schema import Table

PIECE = 4 << 20
FIELD_LIMIT = 1 << 20
RECORD_LIMIT = 16 << 20


@dataclass(frozen=True)
class Scan:
    """What the pass saw: the header's names, the line each record starts on, the file's SHA-256."""

    header: tuple[str, ...]
    header_row: int
    rows: Lines
    sha256: str
    sound: bool


@dataclass
class _State:
    """Where the pass stands; one per file, never shared."""

    table: Table
    file: str
    tally: Tally
    line: int = 1
    header: tuple[str, ...] | None = None
    header_row: int = 1
    starts: list[Lines] = field(default_factory=list)
    sound: bool = True
    stopped: bool = False

    def report(self, code: str, row: int | None, found: str, expected: str, hint: str | None = None) -> None:
        self.sound = False
        self.tally.add(Problem(self.file, row, None, code, found, expected, hint))


def scan(path: Path, table: Table, tally: Tally) -> Scan:
    """Read a CSV file once, tell its problems to the tally and return where its records start."""
    digest = hashlib.sha256()
    state = _State(table, path.name, tally)
    carry, first = b"", True
    for piece in _pieces(path):
        digest.update(piece)
        if first:
            first = False
            if wide := wide_encoding(piece):
                state.report("S106", 1, f"a file that looks like {wide}", "UTF-8", "save it as CSV UTF-8")
                state.stopped = True
                break
            piece = piece.removeprefix(codecs.BOM_UTF8)
        carry = _take(carry + piece, state)
        if state.stopped:
            break
    if not state.stopped and carry:
        carry = _take(carry if carry.endswith(b"\n") else carry + b"\n", state)
        if carry and not state.stopped:
            _unclosed(carry, state)
    if not state.stopped:
        _finish(state)
    rows = np.concatenate(state.starts) if state.starts else np.empty(0, np.int64)
    # A header with wrong bytes in it names no columns: those would only look unknown.
    header = state.header or ()
    legible = not any("\0" in name or "\ufffd" in name for name in header)
    return Scan(header if state.sound or legible else (), state.header_row, rows, digest.hexdigest(), state.sound)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield piece


def _finish(state: _State) -> None:
    if state.header is None and state.sound:
        state.report(
            "S104",
            None,
            "an empty file",
            "a header and at least one row",
            "leave the file out if you have no such data",
        )
    elif state.sound and not any(part.size for part in state.starts):
        state.report(
            "S105", None, "a header and no row", "at least one row", "leave the file out if you have no such data"
        )


def _unclosed(tail: bytes, state: _State) -> None:
    quotes, _ = sort_quotes(tail)
    opened = state.line + tail.count(b"\n", 0, int(quotes[-1]))
    state.report("S111", state.line, f"a quote opened on line {opened} and never closed", 'a closing quote (")')


def _take(data: bytes, state: _State) -> bytes:
    """Look at all whole records of ``data`` and return the rest, which begins outside any quotes."""
    raw = np.frombuffer(data, np.uint8)
    quotes, stray = sort_quotes(data)
    marks = np.flatnonzero((raw == 10) | (raw == 44))
    marks = marks[(np.searchsorted(quotes, marks) & 1) == 0]
    cut = _too_large(raw, marks)
    if cut is not None:
        marks = marks[marks < cut]
        state.stopped = True
    last = np.flatnonzero(raw[marks] == 10)
    if last.size:
        _records(cut_block(data, raw, quotes, stray, marks, last, state.line), state)
    done = int(marks[last[-1]]) + 1 if last.size else 0
    state.line += int(np.count_nonzero(raw[:done] == 10))
    if cut is not None:
        _report_large(data[cut:], state)
    return data[done:]


def _too_large(raw: NDArray[np.uint8], marks: Lines) -> int | None:
    """Return where the record with a field over the limit, or itself over the limit, starts."""
    edges = np.concatenate(([-1], marks, [raw.size]))
    large = np.flatnonzero(np.diff(edges) - 1 > FIELD_LIMIT)
    ends = marks[raw[marks] == 10]
    if large.size:
        before = ends[ends <= edges[large[0]]]
        return int(before[-1]) + 1 if before.size else 0
    tail = int(ends[-1]) + 1 if ends.size else 0
    return tail if raw.size - tail > RECORD_LIMIT else None


def _report_large(rest: bytes, state: _State) -> None:
    quoted = rest.find(b'"', 0, FIELD_LIMIT)
    hint = "perhaps a quote that is never closed" if quoted >= 0 else "perhaps not a table of text"
    state.report(
        "S112",
        state.line,
        "a field of more than 1 MiB, or a record of more than 16 MiB; the rest of the file was not read",
        "fields of at most 1 MiB",
        hint,
    )


def _records(block: Block, state: _State) -> None:
    keep = ~block.blank
    if state.header is None and keep.any():
        at = int(np.argmax(keep))
        keep[at] = False
        state.header = split_header(block.data, *block.edges(at))
        state.header_row = int(block.lines[at])
        if delimiter := wrong_delimiter(state.header, state.table):
            found, expected = f"columns separated by {delimiter}", "columns separated by ','"
            state.report("S108", state.header_row, found, expected, "save it as CSV with commas")
            state.header, state.stopped = None, True
            return
    uncounted = np.zeros(keep.size, np.bool_)
    for code, at, found, expected, hint in bad_characters(block):
        state.report(code, int(block.lines[at]), found, expected, hint)
        uncounted[at] |= code in UNCOUNTED
    if state.header is None:
        return
    if uncounted[~block.blank & ~keep].any():
        state.header, state.stopped = None, True
        return
    width = len(state.header)
    for at in np.flatnonzero(keep & ~uncounted & (block.widths != width)).tolist():
        widths = int(block.widths[at])
        hint = "a text with a comma must stand in quotes" if widths > width else None
        state.report("S109", int(block.lines[at]), f"{widths} fields", f"{width} fields, as in the header", hint)
    state.starts.append(block.lines[keep])
