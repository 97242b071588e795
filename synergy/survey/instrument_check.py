"""What may stand in an instrument, and every problem of one that says something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from synergy.errors import closest
from synergy.tables.problems import Problem

POINTS = (1, 2, 3, 4, 5)
"""The answers that say something; 0 is 'no information'."""
SCALE = (0, *POINTS)

_TOP = ("title", "note", "question", "language")
_SECTIONS = ("scale", "stakeholder", "direction", "area", "item")
_ASKED = {"area", "direction", "text"}
_IMPORTANCE = {"importance_of", "text"}
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TEXT = 'a text, or texts by language: { en = "…", de = "…" }'


def find_problems(content: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the problems of a parsed instrument, the dotted name of the key as their column."""
    for name in sorted(set(content) - {*_TOP, *_SECTIONS}):
        yield _unknown(name, "a key", name, {*_TOP, *_SECTIONS})
    yield from _top(content)
    for section in _SECTIONS:
        part = content.get(section)
        if part is None:
            yield _told(section, "S402", f"no [{section}]", f"a section [{section}]")
        elif not isinstance(part, Mapping):
            yield _told(section, "S403", repr(part), f"a section [{section}]")
        elif not part:
            yield _told(section, "S404", f"an empty [{section}]", "at least one entry")
        elif section == "item":
            yield from _items(part, content)
        else:
            for key, value in part.items():
                yield from _text(f"{section}.{key}", value)
    if isinstance(content.get("scale"), Mapping) and sorted(content["scale"]) != [str(point) for point in SCALE]:
        found = f"points {', '.join(sorted(content['scale']))}"
        yield _told("scale", "S404", found, "a label for each of 0 (no information), 1, 2, 3, 4, 5")
    yield from _empty_cells(content)


def _top(content: Mapping[str, Any]) -> Iterator[Problem]:
    language = content.get("language")
    if not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
        yield _told("language", "S403" if language is not None else "S402", repr(language), "a language such as 'en'")
    for name in ("title", "question"):
        if name not in content:
            yield _told(name, "S402", f"no {name}", _TEXT)
        else:
            yield from _text(name, content[name])
    if content.get("note", "") != "":
        yield from _text("note", content["note"])


def _text(dotted: str, value: object) -> Iterator[Problem]:
    texts = value if isinstance(value, Mapping) else {"en": value}
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts.values()):
        yield _told(dotted, "S403", repr(value), _TEXT)
    for language in texts:
        if not _LANGUAGE.fullmatch(language):
            yield _told(dotted, "S404", f"the language {language!r}", "two or three small letters such as 'de'")


def _items(part: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    texts: dict[str, str] = {}
    for code, item in part.items():
        dotted = f"item.{code}"
        if not isinstance(item, Mapping):
            yield _told(dotted, "S403", repr(item), f"a section [{dotted}]")
            continue
        if not _CODE.fullmatch(code):
            expected = "a letter, then letters and digits: survey tools allow no other sign"
            yield _told(dotted, "S404", f"the code {code!r}", expected)
        if code.casefold() in seen:
            expected = "codes that differ in more than case"
            yield _told(dotted, "S564", f"{code!r} beside {seen[code.casefold()]!r}", expected)
        seen.setdefault(code.casefold(), code)
        yield from _item(dotted, code, item, content)
        for text in _said(item.get("text")):
            if text in texts:
                yield _told(f"{dotted}.text", "S564", f"the text of {texts[text]}", "a text of its own")
            texts.setdefault(text, code)


def _item(dotted: str, code: str, item: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[Problem]:
    allowed = _IMPORTANCE if "importance_of" in item else _ASKED
    for key in sorted(set(item) - allowed):
        yield _unknown(f"{dotted}.{key}", "a key", key, allowed)
    for key in sorted(allowed - set(item)):
        yield _told(dotted, "S402", f"no {key}", f"{key} = …")
    if "text" in item:
        yield from _text(f"{dotted}.text", item["text"])
    for key in sorted({"area", "direction"} & allowed & set(item)):
        known = content.get(key)
        if isinstance(known, Mapping) and item[key] not in known:
            yield _unknown(f"{dotted}.{key}", f"{_a(key)} {key}", item[key], known, "S561")
    if "importance_of" in item:
        others = {name for name, other in content["item"].items() if _is_asked(other)} - {code}
        if item["importance_of"] not in others:
            yield _unknown(f"{dotted}.importance_of", "an item", item["importance_of"], others, "S563")


def _empty_cells(content: Mapping[str, Any]) -> Iterator[Problem]:
    """Tell an area or a direction that no item asks about."""
    items = content.get("item")
    if not isinstance(items, Mapping):
        return
    for section in ("area", "direction"):
        known = content.get(section)
        used = {item.get(section) for item in items.values() if _is_asked(item)}
        for key in known if isinstance(known, Mapping) else ():
            if key not in used:
                yield _told(f"{section}.{key}", "S562", f"no item of {section} {key!r}", "at least one item")


def _is_asked(item: object) -> bool:
    return isinstance(item, Mapping) and "importance_of" not in item


def _said(text: object) -> Collection[str]:
    texts = text.values() if isinstance(text, Mapping) else [text]
    return sorted({" ".join(each.split()).casefold() for each in texts if isinstance(each, str)})


def _a(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def _unknown(dotted: str, what: str, name: object, known: Collection[str], code: str = "S402") -> Problem:
    near = closest(str(name), known)
    expected = f"one of {', '.join(sorted(known)[:12])}" + (", …" if len(known) > 12 else "")
    return _told(dotted, code, f"{what} {name!r}", expected, f"did you mean {near!r}?" if near else None)


def _told(dotted: str, code: str, found: str, expected: str, hint: str | None = None) -> Problem:
    return Problem("", None, dotted, code, found, expected, hint)
