"""The template of a plan, as data: roles, steps by action line, what to do about a criterion, indicators."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from synergy.errors import DataError, UsageError
from synergy.planning.template_check import find_problems
from synergy.tables.problems import Problem, Problems
from synergy.tables.settings import line_of

SHIPPED = "template.toml"


@dataclass(frozen=True)
class Role:
    """Who takes part: which kinds of actor, or people whom the data cannot know; ``unnamed`` says who names them."""

    key: str
    title: str
    unnamed: str
    source: str = "actors"
    kinds: tuple[str, ...] = ()
    besides: str = ""
    candidates: tuple[str, ...] = ()
    most: int | None = None


@dataclass(frozen=True)
class StepTemplate:
    """One step: its action line, who leads and takes part, what goes in and comes out, and when it applies."""

    key: str
    line: str
    title: str
    lead: str
    inputs: str
    outcome: str
    weeks: int
    partners: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    each: str = ""
    milestone: str = ""


@dataclass(frozen=True)
class Remedy:
    """What to do about a criterion that is unknown, and about one that is not met."""

    unknown: str
    unmet: str


@dataclass(frozen=True)
class IndicatorTemplate:
    """One indicator: its unit, how it is measured and which way it is wanted to go."""

    key: str
    title: str
    unit: str
    measure: str
    want: str
    how: str


@dataclass(frozen=True)
class GapTemplate:
    """Something that no table can know: who can say it, before which step, and when it matters."""

    what: str
    who: str
    before: str = ""
    when: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """A whole template; ``source`` is the file it was read from."""

    source: str
    roles: Mapping[str, Role]
    steps: Mapping[str, StepTemplate]
    remedies: Mapping[str, Remedy]
    emphasis: Mapping[str, str]
    gaps: Mapping[str, GapTemplate]
    indicators: Mapping[str, IndicatorTemplate]

    def __repr__(self) -> str:
        return f"Template({self.source}: {len(self.steps)} steps, {len(self.indicators)} indicators)"


def load_template(path: str | Path | None = None) -> Template:
    """Read a template: the shipped one, or a TOML file of the same form (sections it leaves out are the shipped ones).

    Raises UsageError when there is no such file, DataError with every problem of it at once: keys that are not
    known, roles and steps that are not there (each with the nearest name), steps that wait for themselves.

    >>> load_template()
    Template(template.toml: 24 steps, 12 indicators)
    """
    if path is None:
        return _shipped()
    name = Path(path)
    try:
        text = name.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror or error
        raise UsageError(f"cannot read the template {str(path)!r}: {reason}") from None
    return _read(name.name, text, _fitting(_content(SHIPPED, _shipped_text()), _content(name.name, text)))


@cache
def _shipped() -> Template:
    return _read(SHIPPED, _shipped_text(), {})


def _shipped_text() -> str:
    return files(__package__).joinpath(SHIPPED).read_text(encoding="utf-8")


def _read(name: str, text: str, defaults: Mapping[str, Any]) -> Template:
    content = {**defaults, **_content(name, text)}
    problems = [replace(each, file=name, row=line_of(text, each.column or "")) for each in find_problems(content)]
    if problems:
        raise DataError(Problems(tuple(problems)))
    return _build(name, content)


def _fitting(shipped: dict[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the shipped sections as they stand beside an own one: its gaps name no step that is not there."""
    if isinstance(own.get("step"), Mapping):
        for gap in shipped["gap"].values():
            if gap["before"] not in own["step"]:
                del gap["before"]
    return shipped


def _content(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataError(Problems((Problem(name, None, None, "S401", str(error), "TOML"),))) from None


def _build(name: str, content: Mapping[str, Any]) -> Template:
    def made(section: str) -> dict[str, dict[str, Any]]:
        return {key: {k: _frozen(v) for k, v in part.items()} for key, part in content[section].items()}

    steps = {key: {"partners": part.pop("with", ()), **part} for key, part in made("step").items()}
    return Template(
        source=name,
        roles={key: Role(key=key, **part) for key, part in made("role").items()},
        steps={key: StepTemplate(key=key, **part) for key, part in steps.items()},
        remedies={key: Remedy(**part) for key, part in made("criterion").items()},
        emphasis={key: part["emphasis"] for key, part in made("direction").items()},
        gaps={key: GapTemplate(**part) for key, part in made("gap").items()},
        indicators={key: IndicatorTemplate(key=key, **part) for key, part in made("indicator").items()},
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
