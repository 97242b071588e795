"""What may stand in a template, and every problem of one that says something else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from string import Formatter
from typing import Any

from synergy.errors import closest
from synergy.planning.words import CONDITIONS, DIRECTIONS, LINES, LISTS, MEASURES, PLACEHOLDERS, SOURCES, WANTS
from synergy.tables.problems import Problem


@dataclass(frozen=True)
class _Key:
    """What one key may hold: ``kind`` text, texts or count; ``names`` the section or the words it must be one of.

    ``filled``: placeholders in it are filled in for each activity.
    """

    kind: str = "text"
    required: bool = True
    names: str | Collection[str] = ()
    filled: bool = False


_SECTIONS: dict[str, dict[str, _Key]] = {
    "role": {
        "title": _Key(),
        "unnamed": _Key(filled=True),
        "source": _Key(required=False, names=SOURCES),
        "kinds": _Key("texts", required=False),
        "besides": _Key(required=False, names="role"),
        "candidates": _Key("texts", required=False),
        "most": _Key("count", required=False),
    },
    "step": {
        "line": _Key(names=LINES),
        "title": _Key(filled=True),
        "lead": _Key(names="role"),
        "with": _Key("texts", required=False, names="role"),
        "inputs": _Key(filled=True),
        "outcome": _Key(filled=True),
        "milestone": _Key(required=False, filled=True),
        "each": _Key(required=False, names=LISTS),
        "when": _Key("texts", required=False, names=CONDITIONS),
        "weeks": _Key("count"),
        "depends": _Key("texts", required=False, names="step"),
    },
    "criterion": {"unknown": _Key(filled=True), "unmet": _Key(filled=True)},
    "direction": {"emphasis": _Key(filled=True)},
    "gap": {
        "what": _Key(filled=True),
        "who": _Key(names="role"),
        "before": _Key(required=False, names="step"),
        "when": _Key("texts", required=False, names=CONDITIONS),
    },
    "indicator": {
        "title": _Key(),
        "unit": _Key(),
        "measure": _Key(names=MEASURES),
        "want": _Key(names=WANTS),
        "how": _Key(),
    },
}
_KINDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "text": ("a text that is not empty", lambda value: isinstance(value, str) and bool(value.strip())),
    "texts": ("a list of texts", lambda value: isinstance(value, list) and all(isinstance(x, str) for x in value)),
    "count": (
        "a whole number of at least 1",
        lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 1,
    ),
}


def find_problems(content: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the problems of a parsed template, the dotted name of the key as their column."""
    for section, keys in _SECTIONS.items():
        part = content.get(section, {})
        if not _is_section(part):
            yield _told(section, "S403", repr(part), f"sections [{section}.NAME]")
            continue
        for name, entry in part.items():
            yield from _entry(f"{section}.{name}", entry, keys, content)
    for section in sorted(set(content) - set(_SECTIONS)):
        yield _unknown(section, "a section", section, _SECTIONS)
    steps = content.get("step", {})
    if steps == {}:
        yield _told("step", "S404", "no step", "at least one")
    elif _is_section(steps):
        yield from _circles(steps)
        if _is_section(content.get("direction", {})):
            for direction in DIRECTIONS:
                if direction not in content.get("direction", {}):
                    yield _told("direction", "S402", f"no [direction.{direction}]", "a section for each direction")


def _is_section(part: object) -> bool:
    return isinstance(part, Mapping) and all(isinstance(entry, Mapping) for entry in part.values())


def _entry(
    where: str, entry: Mapping[str, Any], keys: Mapping[str, _Key], content: Mapping[str, Any]
) -> Iterator[Problem]:
    for key in entry:
        if key not in keys:
            yield _unknown(f"{where}.{key}", "a key", key, keys)
    for key, rule in keys.items():
        dotted = f"{where}.{key}"
        if key not in entry:
            if rule.required:
                yield _told(where, "S402", f"no {key}", f"{key}: {_KINDS[rule.kind][0]}")
            continue
        words, fits = _KINDS[rule.kind]
        if not fits(entry[key]):
            yield _told(dotted, "S403", repr(entry[key]), words)
            continue
        values = entry[key] if rule.kind == "texts" else [entry[key]]
        if rule.names:
            section = rule.names if isinstance(rule.names, str) else ""
            known = content.get(section, {}) if section else rule.names
            for value in values if isinstance(known, Collection) else ():
                if value not in known:
                    yield _unknown(dotted, f"a {section or key}", value, known)
        elif rule.filled:
            yield from _placeholders(dotted, entry[key])


def _placeholders(dotted: str, text: str) -> Iterator[Problem]:
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        yield _told(dotted, "S404", f"{text!r} ({error})", "braces in pairs, {{ and }} for the signs themselves")
        return
    for name in names:
        if name not in PLACEHOLDERS:
            yield _unknown(dotted, "a placeholder", name, PLACEHOLDERS)


def _circles(steps: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the circle in which steps wait for one another, if there is one."""
    waits = {
        key: [other for other in step.get("depends", []) if isinstance(other, str) and other in steps]
        for key, step in steps.items()
        if isinstance(step.get("depends", []), list)
    }
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        first = circle.index(min(circle))
        turned = circle[first:-1] + circle[:first] + [circle[first]]
        shown = " waits for ".join(repr(key) for key in turned)
        yield _told(f"step.{turned[0]}.depends", "S404", f"a circle: {shown}", "steps that do not wait for themselves")


def _unknown(dotted: str, what: str, name: str, known: Collection[str]) -> Problem:
    near = closest(name, known)
    expected = f"one of {', '.join(sorted(known))}"
    return _told(dotted, "S402", f"{what} {name!r}", expected, f"did you mean {near!r}?" if near else None)


def _told(dotted: str, code: str, found: str, expected: str, hint: str | None = None) -> Problem:
    return Problem("", None, dotted, code, found, expected, hint)
