"""What a cell of an export says: an answer on the scale, a region, a stakeholder type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from synergy.errors import closest
from synergy.survey.instrument import SCALE, Instrument
from synergy.survey.reading.header import plain

NO_INFORMATION = (
    "n/a", "n.a", "n. a", "na", "no information", "no answer", "no opinion", "don't know", "do not know",
    "k.a", "k. a", "keine angabe", "keine antwort", "weiß nicht", "sans réponse", "ne sait pas", "nsp",
    "nessuna risposta", "non so", "brez odgovora", "ne vem",
)  # fmt: skip
"""Ways in which survey tools and people write 0, besides the instrument's own label."""
UNANSWERED = frozenset({"", "-", "–", "."})
LONGEST, SHOWN = 500, 60
"""No answer and no name has more characters; so many of a wrong one are shown."""

_NUMBER = re.compile(r"A?(-?\d+)(?:[.,](\d+))?")
_NUMBERED = re.compile(r"([0-5])\s*[-–—:.)=(]+\s*(\D.*)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Scale:
    """Reads answers: 3, 3.0, '3,0', 'A3', a label in any language of the instrument, '3 - partly', ways to say 0."""

    def __init__(self, instrument: Instrument) -> None:
        self._labels = {
            plain(label): point for point, text in instrument.scale.items() for label in text.texts.values()
        } | dict.fromkeys(NO_INFORMATION, 0)

    def point(self, cell: str) -> int | None:
        """Return the point of the scale, or None for a cell that is no answer at all; ValueError says why it is wrong.

        >>> from synergy.survey.instrument import load_instrument
        >>> scale = Scale(load_instrument())
        >>> [scale.point(cell) for cell in ("4", "4,0", "A4", "teilweise", "5 - fully", "n/a", "")]
        [4, 4, 4, 3, 5, 0, None]
        """
        if cell in UNANSWERED:
            return None
        if cell.startswith("="):
            raise ValueError("a formula that was never calculated")
        if len(cell) > LONGEST:
            raise ValueError("no answer")
        if number := _NUMBER.fullmatch(cell):
            if number[2] and number[2].strip("0"):
                raise ValueError("a number between two points")
            if int(number[1]) not in SCALE:
                raise ValueError("a number off the scale")
            return int(number[1])
        if (point := self._labels.get(plain(cell))) is not None:
            return point
        if numbered := _NUMBERED.fullmatch(cell):
            return int(numbered[1])
        raise ValueError("a day: the spreadsheet took the answer for one" if _DAY.match(cell) else "no answer")


class Names:
    """Reads a region or stakeholder type: its key, a label of it, or a text with the key at an end ('AT32 Salzburg').

    A label that two keys have names neither of them.
    """

    def __init__(self, keys: Iterable[str], labels: Iterable[tuple[str, str]] = ()) -> None:
        self._keys = {plain(key): key for key in keys}
        called: dict[str, set[str]] = {}
        for label, key in labels:
            called.setdefault(plain(label), set()).add(key)
        self._shared = {label: sorted(keys) for label, keys in called.items() if len(keys) > 1}
        self._known = {label: min(keys) for label, keys in called.items() if len(keys) == 1} | self._keys

    @property
    def keys(self) -> list[str]:
        """The keys, sorted."""
        return sorted(self._keys.values())

    def key(self, cell: str) -> str | None:
        """Return the key that a cell names, or None."""
        if len(cell) > LONGEST:
            return None
        if found := self._known.get(plain(cell)):
            return found
        words = [word for word in re.split(r"[^\w-]+", cell) if word]
        keys = {self._keys[plain(word)] for word in (*words[:1], *words[-1:]) if plain(word) in self._keys}
        return keys.pop() if len(keys) == 1 else None

    def near(self, cell: str) -> str | None:
        """Return the hint to the nearest name, or to those that share this one."""
        if shared := self._shared.get(plain(cell)):
            return f"{' and '.join(shared)} are called so: write the one that is meant"
        near = closest(plain(cell), self._known) if len(cell) <= LONGEST else None
        return f"did you mean {self._known[near]!r}?" if near else None

    def expected(self) -> str:
        """Return the keys in words."""
        return f"one of {', '.join(self.keys[:12])}" + (", …" if len(self._keys) > 12 else "")


class NoId(NamedTuple):
    """Why a text cannot be an id."""

    code: str
    found: str
    expected: str
    hint: str | None = None


def no_id(text: str) -> NoId | None:
    """Return why a text cannot be an id in a table of a study, None when it can.

    >>> no_id("AT31"), no_id("=A1").found
    (None, "the formula '=A1'")
    """
    if not text.strip():
        return NoId("S201", "an empty cell", "a number or key")
    if text != text.strip():
        return NoId("S202", repr(text[:SHOWN]), "no space before or after")
    if text.startswith("="):
        hint = "open the file in a spreadsheet program and save it"
        return NoId("S586", f"the formula {text[:SHOWN]!r}", "a number or key", hint)
    if len(text) > LONGEST:
        return NoId("S586", f"{len(text)} characters", f"at most {LONGEST}")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in text):
        return NoId("S203", repr(text[:SHOWN]), "no control or invisible characters")
    return None


def stakeholder_names(instrument: Instrument, labels: Mapping[str, str]) -> Names:
    """Return the reader of stakeholder types: keys and titles in every language, and labels of the caller's."""
    titles = [(title, key) for key, text in instrument.stakeholders.items() for title in text.texts.values()]
    return Names(instrument.stakeholders, [*titles, *labels.items()])
