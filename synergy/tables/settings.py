"""``study.toml``: what may stand in it, and every problem of one that says something else."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from synergy.errors import closest
from synergy.tables.problems import Problem, Problems
from synergy.tables.schema import BY_NAME
from synergy.tables.study import (
    LEARNING,
    PARTS,
    BacktestSettings,
    ConsortiaSettings,
    Settings,
    Source,
    SurveySettings,
    TopicSettings,
    Weights,
)

FILE = "study.toml"


@dataclass(frozen=True)
class _Rule:
    """What one setting may be: a type, its name in words, and which values are in range."""

    kind: type[str] | type[int] | type[float] | type[bool]
    words: str
    fits: Callable[[Any], bool] = lambda _value: True


def _at_least(minimum: int) -> _Rule:
    return _Rule(int, f"a whole number of at least {minimum}", lambda value: value >= minimum)


_TEXT = _Rule(str, "a text")
_AMOUNT = _Rule(float, "a finite number of at least 0", lambda value: 0 <= value < math.inf)
_DAY = _Rule(
    str,
    'a year or a day in quotes, such as "2015" or "2016-06-30"',
    lambda value: not value or re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?", value) is not None,
)
_LEVEL = _Rule(int, "a level from 0 to 9", lambda value: 0 <= value <= 9)

_TOP: dict[str, _Rule] = {
    "name": _Rule(str, "a text that is not empty", lambda value: bool(value.strip())),
    "title": _TEXT,
    "description": _TEXT,
    "seed": _Rule(int, "a whole number from 0 to 2**63 - 1", lambda value: 0 <= value < 2**63),
    "level": _LEVEL,
    "inherit_from_level": _LEVEL,
}
_SECTIONS: dict[str, dict[str, _Rule]] = {
    "weights": dict.fromkeys((*PARTS, LEARNING), _AMOUNT),
    "topics": {
        "resolution": _Rule(float, "a finite number above 0", lambda value: 0 < value < math.inf),
        "runs": _at_least(1),
        "dropout": _Rule(float, "a number from 0 to below 1", lambda value: 0 <= value < 1),
        "min_regions": _at_least(1),
        "min_countries": _at_least(1),
    },
    "backtest": {"cut": _DAY, "until": _DAY},
    "consortia": {"rules": _TEXT},
    "survey": {"layer": _Rule(bool, "true or false")},
}
_SOURCE: dict[str, _Rule] = {"title": _TEXT, "date": _TEXT}


def parse_settings(data: bytes) -> tuple[Settings, Problems]:
    """Return what the bytes of a ``study.toml`` say, and all that is wrong with it.

    Settings with a problem keep their default, so that the tables can be checked all the same.

    >>> settings, problems = parse_settings(b"seed = 7\\n[weights]\\nsimilarty = 1\\n")
    >>> settings.seed, str(problems.items[0])
    (7, "S402 study.toml:3:weights.similarty: found a setting 'similarty', expected one of
    complementarity, cooperation, learning, proximity, similarity (did you mean 'similarity'?)")
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Settings(), Problems((Problem(FILE, line, None, "S401", "a byte that is not UTF-8", "UTF-8"),))
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else max(1, text.count("\n") + (not text.endswith("\n")))
        return Settings(), Problems((Problem(FILE, line, None, "S401", str(error), "TOML"),))
    problems = tuple(
        Problem(FILE, line_of(text, problem.column or ""), *_rest(problem)) for problem in find_problems(content)
    )
    bad = {problem.column for problem in problems}
    return _build(content, bad), Problems(problems)


def settings_problems(settings: Settings) -> Problems:
    """Return what is wrong with settings that were made in Python."""
    content = {name: value for name, value in asdict(settings).items() if value is not None}
    return Problems(tuple(Problem("settings", None, *_rest(problem)) for problem in find_problems(content)))


def _rest(problem: Problem) -> tuple[str | None, str, str, str, str | None]:
    return problem.column, problem.code, problem.found, problem.expected, problem.hint


def find_problems(content: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the problems of parsed settings, the dotted name of the setting as their column."""
    sections = {*_SECTIONS, "sources"}
    yield from _values({name: value for name, value in content.items() if name not in sections}, _TOP, "", sections)
    for section in sorted(sections & set(content)):
        part = content[section]
        if not isinstance(part, Mapping):
            yield _wrong_type(section, part, f"a section [{section}]")
        elif section == "sources":
            yield from _sources(part)
        else:
            yield from _values(part, _SECTIONS[section], f"{section}.", set())
    weights = content.get("weights")
    if isinstance(weights, Mapping) and set(PARTS) <= set(weights) and all(weights[part] == 0 for part in PARTS):
        expected = f"at least one above 0 of {', '.join(PARTS)}"
        yield Problem("", None, "weights", "S404", "weights that are all 0", expected)


def _values(part: Mapping[str, Any], rules: Mapping[str, _Rule], prefix: str, more: set[str]) -> Iterator[Problem]:
    for name, value in part.items():
        if name not in rules:
            yield _unknown(f"{prefix}{name}", name, {*rules, *more})
            continue
        rule = rules[name]
        right = isinstance(value, (int, float) if rule.kind is float else rule.kind)
        right = right and isinstance(value, bool) == (rule.kind is bool)
        if not right:
            yield _wrong_type(f"{prefix}{name}", value, rule.words)
        elif not rule.fits(value):
            yield Problem("", None, f"{prefix}{name}", "S404", repr(value), rule.words)


def _sources(part: Mapping[str, Any]) -> Iterator[Problem]:
    for table, source in part.items():
        where = f"sources.{table}"
        if table not in BY_NAME:
            yield _unknown(where, table, BY_NAME)
        elif not isinstance(source, Mapping):
            yield _wrong_type(where, source, f"a section [{where}]")
        else:
            columns = source.get("columns", {})
            yield from _values({n: v for n, v in source.items() if n != "columns"}, _SOURCE, f"{where}.", {"columns"})
            if not isinstance(columns, Mapping):
                yield _wrong_type(f"{where}.columns", columns, f"a section [{where}.columns]")
            else:
                yield from _values(
                    columns, dict.fromkeys(BY_NAME[table].column_names, _TEXT), f"{where}.columns.", set()
                )


def _unknown(dotted: str, name: str, known: set[str] | Mapping[str, object]) -> Problem:
    near = closest(name, known)
    expected = f"one of {', '.join(sorted(known))}"
    return Problem(
        "", None, dotted, "S402", f"a setting {name!r}", expected, f"did you mean {near!r}?" if near else None
    )


def _wrong_type(dotted: str, value: object, expected: str) -> Problem:
    hint = "without the quotes" if isinstance(value, str) and re.fullmatch(r"-?[0-9.]+", value) else None
    return Problem("", None, dotted, "S403", f"{value!r}", expected, hint)


def line_of(text: str, dotted: str) -> int | None:
    """Return the line a setting stands on, or None where it is written in another way than one per line.

    >>> line_of("seed = 1\\n[topics]\\nruns = 0\\n", "topics.runs")
    3
    """
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            section = re.sub(r"\s*\.\s*|[\"']", lambda found: "." if "." in found[0] else "", header[1])
            if section == dotted:
                return number
        elif key := re.match(r"\s*[\"']?([^\s\"'=#]+)[\"']?\s*=", line):
            name = f"{section}.{key[1]}" if section else key[1]
            if name == dotted or dotted.startswith(f"{name}."):
                return number
    return None


def _build(content: Mapping[str, Any], bad: set[str | None]) -> Settings:
    def good(part: Mapping[str, Any], names: set[str], prefix: str = "") -> dict[str, Any]:
        return {name: value for name, value in part.items() if name in names and f"{prefix}{name}" not in bad}

    chosen = good(content, set(_TOP))
    if isinstance(content.get("weights"), Mapping) and "weights" not in bad:
        chosen["weights"] = Weights(**good(content["weights"], {*PARTS, LEARNING}, "weights."))
    if isinstance(content.get("topics"), Mapping):
        names = {field.name for field in fields(TopicSettings)}
        chosen["topics"] = TopicSettings(**good(content["topics"], names, "topics."))
    if isinstance(content.get("backtest"), Mapping):
        chosen["backtest"] = BacktestSettings(**good(content["backtest"], {"cut", "until"}, "backtest."))
    if isinstance(content.get("consortia"), Mapping):
        chosen["consortia"] = ConsortiaSettings(**good(content["consortia"], {"rules"}, "consortia."))
    if isinstance(content.get("survey"), Mapping):
        chosen["survey"] = SurveySettings(**good(content["survey"], {"layer"}, "survey."))
    sources = content.get("sources")
    if isinstance(sources, Mapping) and not any(name and name.startswith("sources") for name in bad):
        chosen["sources"] = {table: Source(**source) for table, source in sources.items()}
    return Settings(**chosen)
