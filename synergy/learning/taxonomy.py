"""The kinds of cluster service, as data: what each answers in a survey, builds in a topic, and how it is taught."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from synergy.capacities import CORNERS
from synergy.errors import DataError, UsageError, closest
from synergy.tables.problems import Problem, Problems
from synergy.tables.settings import line_of
from synergy.tables.study import Study

SHIPPED = "taxonomy.toml"
WORDS = ("kind", "field", "host", "teachers", "learners")
_KEYS: dict[str, dict[str, type]] = {
    "category": {"title": str, "about": str, "areas": list, "corners": list},
    "session": {"title": str, "minutes": int, "text": str},
}
_WORDS = {str: "a text", list: "a list of texts", int: "a whole number of minutes"}


@dataclass(frozen=True)
class Category:
    """One kind of service: the survey's areas it answers and the corners of a topic it builds."""

    key: str
    title: str
    about: str = ""
    areas: tuple[str, ...] = ()
    corners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Session:
    """One session of a workshop; ``text`` has the places of WORDS in braces."""

    key: str
    title: str
    minutes: int
    text: str


@dataclass(frozen=True)
class Taxonomy:
    """The kinds of service and the sessions of a workshop; ``source`` is the file they were read from."""

    source: str
    categories: Mapping[str, Category]
    sessions: tuple[Session, ...]

    def __repr__(self) -> str:
        return f"Taxonomy({self.source}: {len(self.categories)} categories)"


def load_taxonomy(path: str | Path | None = None) -> Taxonomy:
    """Read a taxonomy: the shipped one, or a TOML file of the same form (a section it leaves out is the shipped one).

    Raises UsageError when the file cannot be read, DataError with every problem of it at once.

    >>> load_taxonomy()
    Taxonomy(taxonomy.toml: 7 categories)
    """
    if path is None:
        return _shipped()
    name = Path(path)
    try:
        text = name.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror or error
        raise UsageError(f"cannot read the taxonomy {str(path)!r}: {reason}") from None
    return _read(name.name, text, tomllib.loads(_shipped_text()))


def check_categories(study: Study, taxonomy: Taxonomy) -> None:
    """Raise DataError (S591) with every service whose category is not in the taxonomy."""
    expected = f"one of {', '.join(taxonomy.categories)} ({taxonomy.source})"
    problems = []
    for row, category in study["services"]["category"].items():
        if category not in taxonomy.categories:
            near = closest(category, taxonomy.categories)
            hint = f"did you mean {near!r}?" if near else None
            problems.append(
                Problem(study.file_of("services"), int(str(row)), "category", "S591", repr(category), expected, hint)
            )
    if problems:
        raise DataError(Problems(tuple(problems)))


@cache
def _shipped() -> Taxonomy:
    return _read(SHIPPED, _shipped_text(), {})


def _shipped_text() -> str:
    return files(__package__).joinpath(SHIPPED).read_text(encoding="utf-8")


def _read(name: str, text: str, defaults: Mapping[str, Any]) -> Taxonomy:
    try:
        content = {**defaults, **tomllib.loads(text)}
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataError(Problems((Problem(name, None, None, "S401", str(error), "TOML"),))) from None
    problems = [replace(each, file=name, row=line_of(text, each.column or "")) for each in _problems(content)]
    if problems:
        raise DataError(Problems(tuple(problems)))
    categories = {
        key: Category(
            key,
            part["title"],
            part.get("about", ""),
            tuple(part.get("areas", ())),
            tuple(part.get("corners", ())),
        )
        for key, part in content["category"].items()
    }
    return Taxonomy(name, categories, tuple(Session(key, **part) for key, part in content["session"].items()))


def _problems(content: Mapping[str, Any]) -> Iterator[Problem]:
    for section, parts in content.items():
        if section not in _KEYS:
            yield _unknown(section, section, _KEYS)
        elif not isinstance(parts, Mapping) or not parts:
            yield Problem("", None, section, "S403", repr(parts), f"sections [{section}.KEY]")
        else:
            for key, part in parts.items():
                yield from _part(f"{section}.{key}", part, _KEYS[section])


def _part(where: str, part: Any, keys: Mapping[str, type]) -> Iterator[Problem]:
    if not isinstance(part, Mapping):
        yield Problem("", None, where, "S403", repr(part), f"a section [{where}]")
        return
    required = ("title",) if "about" in keys else tuple(keys)
    for name in sorted(set(required) - set(part)):
        yield Problem("", None, where, "S402", f"no {name}", f"{name} = …")
    for name, value in part.items():
        at = f"{where}.{name}"
        if name not in keys:
            yield _unknown(at, name, keys)
        elif not _fits(value, keys[name]):
            yield Problem("", None, at, "S403", repr(value), _WORDS[keys[name]])
        elif name == "corners":
            for corner in sorted(set(part[name]) - set(CORNERS)):
                yield _unknown(at, corner, CORNERS)
        elif name == "text" and (bad := _bad_places(part[name])):
            yield Problem("", None, at, "S404", bad, f"the places {', '.join(f'{{{word}}}' for word in WORDS)}")


def _fits(value: object, kind: type) -> bool:
    if isinstance(value, list):
        return kind is list and all(isinstance(each, str) for each in value)
    return isinstance(value, kind) and not isinstance(value, bool)


def _bad_places(text: str) -> str:
    try:
        text.format(**dict.fromkeys(WORDS, ""))
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        return f"a place that is not known: {error}"
    return ""


def _unknown(where: str, name: str, known: Mapping[str, object] | tuple[str, ...]) -> Problem:
    near = closest(name, known)
    hint = f"did you mean {near!r}?" if near else None
    return Problem("", None, where, "S402", repr(name), f"one of {', '.join(known)}", hint)
