"""The questionnaire as data: areas, directions, items, scale, stakeholder types, in one or several languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from synergy.errors import DataError, UsageError
from synergy.survey.instrument_check import POINTS, SCALE, find_problems
from synergy.tables.problems import Problem, Problems
from synergy.tables.settings import line_of

SHIPPED = "instrument.toml"
SHARED = ("scale", "stakeholder", "direction", "area", "question")
"""What an own instrument may leave out: it is then as in the shipped one."""

__all__ = ["POINTS", "SCALE", "Instrument", "Item", "Text", "load_instrument"]


@dataclass(frozen=True)
class Text:
    """One text in one or several languages; ``str`` gives it in the instrument's own."""

    texts: Mapping[str, str]
    default: str

    def of(self, language: str | None = None) -> str:
        """Return the text in a language, or in the instrument's own where it is not translated."""
        return self.texts.get(language or self.default, str(self))

    def __str__(self) -> str:
        return self.texts.get(self.default, next(iter(self.texts.values())))


@dataclass(frozen=True)
class Item:
    """One statement of an area and a direction, or the question how important another item is (``importance_of``)."""

    code: str
    text: Text
    area: str
    direction: str
    importance_of: str | None = None


@dataclass(frozen=True, eq=False)
class Instrument:
    """A whole questionnaire; ``source`` is the file it was read from, every mapping keeps the file's order.

    Answers are 1 to 5 (``POINTS``); 0 is 'no information': missing, never a value.
    """

    source: str
    title: Text
    note: Text
    question: Text
    language: str
    scale: Mapping[int, Text]
    stakeholders: Mapping[str, Text]
    directions: Mapping[str, Text]
    areas: Mapping[str, Text]
    items: Mapping[str, Item]

    @cached_property
    def cells(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The item codes of each area and direction that any item asks about, in the order of the instrument."""
        asked = [item for item in self.items.values() if item.importance_of is None]
        found = {
            (area, direction): tuple(item.code for item in asked if (item.area, item.direction) == (area, direction))
            for area in self.areas
            for direction in self.directions
        }
        return {cell: codes for cell, codes in found.items() if codes}

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of (importance, performance) item codes."""
        return tuple((item.code, item.importance_of) for item in self.items.values() if item.importance_of)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that any text is given in, the instrument's own first."""
        named = [self.title, self.question, *self.areas.values(), *(item.text for item in self.items.values())]
        others = {language for text in named for language in text.texts} - {self.language}
        return (self.language, *sorted(others))

    def __repr__(self) -> str:
        return (
            f"Instrument({self.source}: {len(self.items)} items, {len(self.areas)} areas x "
            f"{len(self.directions)} directions, {len(self.stakeholders)} stakeholder types)"
        )


def load_instrument(path: str | Path | None = None) -> Instrument:
    """Read an instrument: the shipped one, or a TOML file of the same form.

    The shipped one is Synergy's own (the items of the project's StressTest are not public). Scale, stakeholder types,
    directions, areas and the question may be left out of an own file: they are then as in the shipped one.

    Raises UsageError when there is no such file, DataError with every problem of it at once, by line and key.

    >>> load_instrument()
    Instrument(instrument.toml: 35 items, 5 areas x 2 directions, 5 stakeholder types)
    >>> load_instrument().areas["portfolio"].of("fr")
    'Portefeuille de clusters'
    """
    if path is None:
        return _shipped()
    name = Path(path)
    try:
        text = name.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror or error
        raise UsageError(f"cannot read the instrument {str(path)!r}: {reason}") from None
    shipped = _content(SHIPPED, _shipped_text())
    return _read(name.name, text, {section: shipped[section] for section in SHARED})


@cache
def _shipped() -> Instrument:
    return _read(SHIPPED, _shipped_text(), {})


def _shipped_text() -> str:
    return files(__package__).joinpath(SHIPPED).read_text(encoding="utf-8")


def _read(name: str, text: str, defaults: Mapping[str, Any]) -> Instrument:
    content = {**defaults, **_content(name, text)}
    problems = [replace(each, file=name, row=line_of(text, each.column or "")) for each in find_problems(content)]
    if problems:
        raise DataError(Problems(tuple(problems)))
    return _build(name, content)


def _content(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataError(Problems((Problem(name, None, None, "S401", str(error), "TOML"),))) from None


def _build(name: str, content: Mapping[str, Any]) -> Instrument:
    language = content["language"]

    def text(value: str | Mapping[str, str]) -> Text:
        return Text({language: value} if isinstance(value, str) else dict(value), language)

    def texts(section: str) -> dict[str, Text]:
        return {key: text(value) for key, value in content[section].items()}

    items = {}
    for code, part in content["item"].items():
        performance = part.get("importance_of")
        home = content["item"][performance] if performance else part
        items[code] = Item(code, text(part["text"]), home["area"], home["direction"], performance)
    return Instrument(
        source=name,
        title=text(content["title"]),
        note=text(content.get("note", "")),
        question=text(content["question"]),
        language=language,
        scale={int(point): label for point, label in sorted(texts("scale").items())},
        stakeholders=texts("stakeholder"),
        directions=texts("direction"),
        areas=texts("area"),
        items=items,
    )
