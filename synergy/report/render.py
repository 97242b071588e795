"""The summary as HTML, Markdown and JSON."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from synergy.funding.words import rough
from synergy.report import figures
from synergy.report.activities_figure import matrix_figure, relatedness_figure
from synergy.report.backtest_figure import backtest_figure
from synergy.report.consortia_figure import cover_figure
from synergy.report.consortia_words import why_words
from synergy.report.diamond_figure import diamond_figure
from synergy.report.gantt import COLOURS, by_line, gantt
from synergy.report.pairs import chance_words
from synergy.report.scheme import scheme_parts
from synergy.report.text import counted, figure, harmless, markdown_text, number, signed, whole
from synergy.report.timeline import timeline


def to_json(summary: dict[str, Any]) -> str:
    """Return the summary as JSON text, keys in their order, UTF-8 kept.

    >>> print(to_json({"title": "Alpine Space", "score": None}), end="")
    {
      "title": "Alpine Space",
      "score": null
    }
    """
    return json.dumps(summary, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_html(summary: dict[str, Any], points: dict[str, tuple[float, float, str]]) -> str:
    """Return one self-contained page; ``points`` holds longitude, latitude and name by region."""
    drawn = {
        "role_matrix": figures.role_matrix(summary),
        "scores": figures.scores(summary),
        "untapped_map": figures.untapped_map(summary, points),
        "diamonds": {one["diamond_id"]: diamond_figure(one) for one in summary["diamonds"]},
        "backtest": backtest_figure(summary["backtest"]["levels"]) if summary["backtest"] else "",
    }
    return _environment(True).get_template("report.html.j2").render(s=summary, figures=drawn)


def to_markdown(summary: dict[str, Any]) -> str:
    """Return the summary as Markdown; text from tables cannot become markup."""
    return _environment(False).get_template("report.md.j2").render(s=summary)


def diamonds_to_html(summary: dict[str, Any]) -> str:
    """Return the page of the diamonds, self-contained; ``summary`` as ``summarise_diamonds`` gives it."""
    drawn = {one["diamond_id"]: diamond_figure(one) for one in summary["diamonds"]}
    return _environment(True).get_template("diamonds.html.j2").render(s=summary, figures=drawn)


def diamonds_to_markdown(summary: dict[str, Any]) -> str:
    """Return the diamonds as Markdown; text from tables cannot become markup."""
    return _environment(False).get_template("diamonds.md.j2").render(s=summary)


def backtest_to_html(summary: dict[str, Any]) -> str:
    """Return the page of a backtest, self-contained; ``summary`` as ``summarise_backtest`` gives it."""
    figure = backtest_figure(summary["backtest"]["levels"])
    return _environment(True).get_template("backtest.html.j2").render(s=summary, figure=figure)


def backtest_to_markdown(summary: dict[str, Any]) -> str:
    """Return a backtest as Markdown; text from tables cannot become markup."""
    return _environment(False).get_template("backtest.md.j2").render(s=summary)


def activities_to_html(summary: dict[str, Any]) -> str:
    """Return the page of the activities, self-contained; ``summary`` as ``summarise_activities`` gives it."""
    drawn = {"relatedness": relatedness_figure(summary), "matrix": matrix_figure(summary)}
    return _environment(True).get_template("activities.html.j2").render(s=summary, figures=drawn)


def activities_to_markdown(summary: dict[str, Any]) -> str:
    """Return the activities as Markdown; text from tables cannot become markup."""
    return _environment(False).get_template("activities.md.j2").render(s=summary)


def plan_to_html(summary: dict[str, Any]) -> str:
    """Return the page of an action plan, self-contained; ``summary`` as ``summarise_plan`` gives it."""
    plan = summary["plan"]
    drawn = [gantt(activity, plan["start"]) for activity in plan["activities"]]
    return _environment(True).get_template("plan.html.j2").render(s=summary, p=plan, figures=drawn)


def plan_to_markdown(summary: dict[str, Any]) -> str:
    """Return an action plan as Markdown; text from tables cannot become markup."""
    return _environment(False).get_template("plan.md.j2").render(s=summary, p=summary["plan"])


def scheme_to_html(summary: dict[str, Any]) -> str:
    """Return the page of a scheme, self-contained; ``summary`` as ``summarise_scheme`` gives it."""
    figure = timeline(summary["scheme"]["alignment"])
    return _environment(True).get_template("scheme.html.j2").render(**scheme_parts(summary), figure=figure)


def scheme_to_markdown(summary: dict[str, Any]) -> str:
    """Return a scheme as Markdown; text from tables cannot become markup."""
    return _environment(False).get_template("scheme.md.j2").render(**scheme_parts(summary))


def call_to_html(summary: dict[str, Any]) -> str:
    """Return the page of the joint call of a scheme, self-contained; ``summary`` as ``summarise_scheme`` gives it."""
    return _environment(True).get_template("call.html.j2").render(**scheme_parts(summary))


def call_to_markdown(summary: dict[str, Any]) -> str:
    """Return the joint call of a scheme as Markdown; text from tables cannot become markup."""
    return _environment(False).get_template("call.md.j2").render(**scheme_parts(summary))


def consortia_to_html(summary: dict[str, Any]) -> str:
    """Return the page of consortia, self-contained; ``summary`` as ``summarise_consortia`` gives it."""
    drawn = [cover_figure(summary["consortia"][0])]
    return _environment(True).get_template("consortia.html.j2").render(s=summary, named=_named(summary), figures=drawn)


def consortia_to_markdown(summary: dict[str, Any]) -> str:
    """Return consortia as Markdown; text from tables cannot become markup."""
    return _environment(False).get_template("consortia.md.j2").render(s=summary, named=_named(summary))


def _named(summary: dict[str, Any]) -> dict[str, str]:
    return {member["id"]: member["name"] for each in summary["consortia"] for member in each["members"]}


def page(template: str, **values: object) -> str:
    """Return a page from one of the HTML templates."""
    return _environment(True).get_template(template).render(**values)


def plain_page(template: str, **values: object) -> str:
    """Return a text from one of the Markdown templates."""
    return _environment(False).get_template(template).render(**values)


@cache
def _environment(escape: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("synergy.report"),
        autoescape=escape,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"num": number, "whole": whole, "counted": counted, "md": markdown_text, "figure": figure}
    environment.filters |= {"rough": rough}
    environment.filters |= {"signed": signed, "groupby_line": by_line, "line_colour": COLOURS.__getitem__}
    environment.globals |= {"chance": chance_words, "why": why_words}
    return environment


def _clean(value: object) -> object:
    """Keep control signs of the study's text out; what is markup already stays."""
    return harmless(value) if type(value) is str else value
