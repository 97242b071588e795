"""Plain text files of fields: lines with their numbers, text that stays in its field, all problems told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from math import isfinite
from pathlib import Path

from synergy_graphs.errors import GraphError
from synergy_graphs.exchange.xml_text import restored

# Stands for a text without characters, which other readers refuse as a field.
_EMPTY = "_x_"
_SHOWN = 20
# What ends a line or a field somewhere, what is stripped at its ends, what starts a comment or section, and our own
# escape sign before what looks like one.
_UNSAFE = r"[\x00-\x1f\x7f\x85\u2028\u2029\ufeff{}]|\A[\s#-]|\s\Z|_(?=x[0-9A-F]{{4}}_)"
# PLAIN is for readers that know ASCII without blanks alone.
COMMAS, BLANKS, PLAIN = (re.compile(_UNSAFE.format(also)) for also in (",", r"\s", r",\s\x80-\U0010ffff"))


def field(text: str, unsafe: re.Pattern[str]) -> str:
    """Return text that stays one field of a line; ``text_of`` gives it back.

    Unsafe characters become ``_xHHHH_``, as in our XML files, in UTF-16 units; the empty text becomes ``_x_``.

    >>> field("Lunz, am See", COMMAS), field("Lunz, am See", BLANKS), field("#1 ", COMMAS), field("Köln", PLAIN)
    ('Lunz_x002C_ am See', 'Lunz,_x0020_am_x0020_See', '_x0023_1_x0020_', 'K_x00F6_ln')
    """
    if text in ("", _EMPTY):
        return text.replace("_", "_x005F_", 1) or _EMPTY
    return unsafe.sub(lambda match: "".join(f"_x{unit:04X}_" for unit in _units(match[0])), text)


def _units(character: str) -> tuple[int, ...]:
    code = ord(character) - 0x10000
    return (ord(character),) if code < 0 else (0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF))


def text_of(field: str) -> str:
    """Return the text that a field stands for; blanks around it do not count.

    >>> text_of(" Lunz_x002C_ am See"), text_of("_x_")
    ('Lunz, am See', '')
    """
    bare = field.strip()
    return "" if bare == _EMPTY else restored(bare).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the number and the text, stripped, of each line that holds something.

    Raises GraphError when there is no such file or it is not UTF-8 text.
    """
    if not path.is_file():
        raise GraphError(f"there is no file {path}")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise GraphError(f"{path} is not UTF-8 text: {problem}") from problem
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if line.strip():
            yield number, line.strip()


class Findings:
    """The problems of one file, told together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: list[tuple[int, str]] = []

    def add(self, line: int, text: str) -> None:
        """Note a problem in a line."""
        self.found.append((line, text))

    def weight(self, line: int, text: str) -> float:
        """Return a weight, or note why the text is none and return 1."""
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if isfinite(value) and value > 0:
            return value
        self.add(line, f"the weight is {text!r}, expected a positive number")
        return 1.0

    def tell(self) -> None:
        """Raise GraphError with all problems, by line, if there are any."""
        if not self.found:
            return
        told = [f"{self.path}:{line}: {text}" for line, text in sorted(self.found)]
        more = [f"and {len(told) - _SHOWN} more problems"] if len(told) > _SHOWN else []
        raise GraphError("\n".join([*told[:_SHOWN], *more]))


def suggestion(word: str, known: list[str]) -> str:
    """Return '; did you mean …?' for the nearest known word, or nothing."""
    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
