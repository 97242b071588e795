"""Rule files: what may stand in one, and every problem of one that says something else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from synergy.consortia.rules.form import COUNTS, MARKS, PER, UNKNOWN, WHO, Rule, RuleSet
from synergy.errors import DataError, UnknownName, UsageError, closest
from synergy.tables.problems import Problem, Problems

NEEDED = ("name", "title", "date", "source")
HEAD = (*NEEDED, "note")
CHOICES = {"counts": COUNTS, "per": PER, "unknown": UNKNOWN, "mark": tuple(MARKS)}
TEXT, NUMBER, TRUTH = "a text that is not empty", "a finite number of at least 0", "true or false"
KEYS = {
    "id": TEXT, "says": TEXT, "source": TEXT, "date": TEXT, "min": NUMBER, "max": NUMBER, "every": TRUTH,
    "who": 'a table of attributes, e.g. { kind = ["firm"] }',
    **{key: " or ".join(all_) for key, all_ in CHOICES.items()},
}  # fmt: skip

Said = tuple[str | None, str, str, str, str | None]
"""A problem: the key it is at, its code, what was found, what was expected, a hint."""


def rule_names() -> tuple[str, ...]:
    """Return the names of the rule sets that come with Synergy.

    >>> "horizon-europe" in rule_names()
    True
    """
    return tuple(sorted(file.name.removesuffix(".toml") for file in _folder().iterdir() if file.name.endswith(".toml")))


def load_rules(source: str | Path) -> RuleSet:
    """Read a rule set: one that comes with Synergy by its name, or a file of one's own.

    Raises `UnknownName` when there is neither, `DataError` with every problem of the file at once.

    >>> load_rules("alpine-space-classic")
    RuleSet('alpine-space-classic': 5 rules, 2021-2027)
    """
    if isinstance(source, str) and source in rule_names():
        return parse_rules(_folder().joinpath(f"{source}.toml").read_bytes(), f"{source}.toml")
    path = Path(source)
    if not path.is_file():
        if path.suffix == ".toml" or len(path.parts) > 1:
            raise UsageError(
                f"there is no file {path}, expected a rule file (.toml) or one of {', '.join(rule_names())}"
            )
        raise UnknownName("rule set", str(source), rule_names())
    return parse_rules(path.read_bytes(), path.name)


def _folder() -> Any:
    return files("synergy.consortia.rules").joinpath("schemes")


def parse_rules(data: bytes, file: str = "rules.toml") -> RuleSet:
    """Return what the bytes of a rule file say; raise `DataError` with all that is wrong with it."""
    try:
        text = data.decode("utf-8-sig")
        content = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(Problems((Problem(file, line, None, "S501", "a byte that is not UTF-8", "UTF-8"),))) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"at line (\d+)", str(error))
        found = Problem(file, int(at[1]) if at else text.count("\n") + 1, None, "S501", str(error), "TOML")
        raise DataError(Problems((found,))) from None
    problems = Problems(tuple(_placed(number, said, file, text) for number, said in _problems(content)))
    if problems:
        raise DataError(problems)
    sets = content.get("sets", {})
    rules = tuple(_rule(entry, content, sets) for entry in content["rule"])
    head = {key: content[key] for key in HEAD if key in content}
    return RuleSet(rules=rules, **head)


def _rule(entry: Mapping[str, Any], content: Mapping[str, Any], sets: Mapping[str, list[str]]) -> Rule:
    who = {attribute: _values(given, sets) for attribute, given in entry.get("who", {}).items()}
    given = {"source": content["source"], "date": content["date"], **entry, "who": who}
    return Rule(**given)


def _values(given: str | list[str], sets: Mapping[str, list[str]]) -> tuple[str, ...]:
    listed = [given] if isinstance(given, str) else given
    spread = [value for one in listed for value in (sets[one[1:]] if one.startswith("@") else [one])]
    return tuple(dict.fromkeys(spread))


def _problems(content: Mapping[str, Any]) -> Iterator[tuple[int | None, Said]]:
    """Yield each problem after the number of the rule it is in, None outside of rules."""
    for said in _head_problems(content):
        yield None, said
    sets = content.get("sets", {})
    rules = content.get("rule")
    if not isinstance(rules, list) or not rules or not all(isinstance(one, Mapping) for one in rules):
        yield None, ("rule", "S505", "no rule", "at least one [[rule]]", None)
        return
    seen: set[str] = set()
    for number, entry in enumerate(rules):
        if isinstance(one := entry.get("id"), str):
            if one in seen:
                yield number, ("id", "S504", f"{one!r} again", "an id that no other rule has", None)
            seen.add(one)
        for said in _rule_problems(entry, sets if isinstance(sets, Mapping) else {}):
            yield number, said


def _head_problems(content: Mapping[str, Any]) -> Iterator[Said]:
    for key, value in content.items():
        if key in HEAD:
            if not _fits(value, TEXT):
                yield key, "S503", repr(value), TEXT, None
        elif key not in ("rule", "sets"):
            yield _unknown(key, {*HEAD, "rule", "sets"})
    for key in NEEDED:
        if key not in content:
            yield key, "S505", f"no {key}", f"{key} = {TEXT}", None
    sets = content.get("sets", {})
    if not isinstance(sets, Mapping):
        yield "sets", "S503", repr(sets), "a section [sets] of lists of texts", None
        return
    for key, values in sets.items():
        if not _texts(values):
            yield f"sets.{key}", "S503", repr(values), "a list of texts", None


def _rule_problems(entry: Mapping[str, Any], sets: Mapping[str, Any]) -> Iterator[Said]:
    for key, value in entry.items():
        if key not in KEYS:
            yield _unknown(key, KEYS)
        elif key in CHOICES:
            if value not in CHOICES[key]:
                near = closest(value, CHOICES[key]) if isinstance(value, str) else None
                yield key, "S504", repr(value), KEYS[key], f"did you mean {near!r}?" if near else None
        elif key == "who":
            yield from _who_problems(value, sets)
        elif not _fits(value, KEYS[key]):
            yield key, "S503", repr(value), KEYS[key], None
    for key in ("id", "says", "counts"):
        if key not in entry:
            yield key, "S505", f"no {key}", f"{key} = {KEYS[key]}", None
    yield from _combination(entry)


def _combination(entry: Mapping[str, Any]) -> Iterator[Said]:
    """Yield what does not go together."""
    counts, least, most = entry.get("counts"), entry.get("min"), entry.get("max")
    bounded = least is not None or most is not None
    if counts == "people":
        if bounded or "who" in entry or "per" in entry or "every" in entry:
            yield "counts", "S506", "people with a limit", "no min, max, who, per or every: nothing is computed", None
        return
    if entry.get("every"):
        if counts != "partners" or bounded or "per" in entry or not entry.get("who"):
            yield "every", "S506", "every with more", 'counts = "partners" and who, and nothing else', None
        return
    if counts in COUNTS and not bounded:
        yield "counts", "S505", "neither min nor max", "at least one limit", None
    if "per" in entry and (least is not None or counts not in ("partners", "cost", "share")):
        yield "per", "S506", "per with min, or with different values", "a max of partners, cost or share", None
    if least is not None and most is not None and _fits(least, NUMBER) and _fits(most, NUMBER) and least > most:
        yield "min", "S504", f"{least} above max {most}", "min up to max", None
    if counts == "share":
        for key, value in (("min", least), ("max", most)):
            if value is not None and _fits(value, NUMBER) and value > 1:
                yield key, "S504", repr(value), "a share from 0 to 1, e.g. 0.7 for 70 %", None


def _who_problems(value: Any, sets: Mapping[str, Any]) -> Iterator[Said]:
    if not isinstance(value, Mapping) or not value:
        yield "who", "S503", repr(value), KEYS["who"], None
        return
    for attribute, given in value.items():
        if attribute not in WHO:
            yield f"who.{attribute}", *_unknown(attribute, WHO)[1:]
            continue
        listed = [given] if isinstance(given, str) else given
        if not _texts(listed):
            yield f"who.{attribute}", "S503", repr(given), "a text or a list of texts", None
            continue
        for one in listed:
            if one.startswith("@") and one[1:] not in sets:
                near = closest(one[1:], [str(key) for key in sets])
                hint = f"did you mean '@{near}'?" if near else None
                yield (
                    f"who.{attribute}",
                    "S504",
                    repr(one),
                    f"one of the [sets]: {', '.join(sets) or 'there are none'}",
                    hint,
                )


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)


def _fits(value: Any, expected: str) -> bool:
    if expected == TRUTH:
        return isinstance(value, bool)
    if expected == NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")
    return isinstance(value, str) and bool(value.strip())


def _unknown(key: str, known: Iterable[str]) -> Said:
    near = closest(key, known)
    hint = f"did you mean {near!r}?" if near else None
    return key, "S502", f"a key {key!r}", f"one of {', '.join(sorted(known))}", hint


def _placed(number: int | None, said: Said, file: str, text: str) -> Problem:
    key, code, found, expected, hint = said
    where = key if number is None else f"rule {number + 1}.{key}"
    return Problem(file, line_of(text, number, key), where, code, found, expected, hint)


def line_of(text: str, number: int | None, key: str | None) -> int | None:
    """Return the line of a key in the n-th [[rule]] (None: outside of rules), else that of the rule's head.

    >>> line_of('name = "x"\\n[[rule]]\\nid = "a"\\n[[rule]]\\nid = "b"\\n', 1, "id")
    5
    """
    at, head = -1, None
    found: dict[str, int] = {}
    for line, content in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*\[\[\s*rule\s*\]\]", content):
            at += 1
            head = line if at == number else head
        elif at == (-1 if number is None else number):
            word = re.match(r"\s*\[?\s*[\"']?([\w.-]+)", content)
            if word:
                found.setdefault(word[1].split(".")[-1], line)
    # The innermost name that begins a line: that of the attribute, else that of the key it stands in.
    return next((found[name] for name in reversed((key or "").split(".")) if name in found), head)
