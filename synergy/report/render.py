"""The summary as HTML, Markdown and JSON."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from synergy.report import figures


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
    }
    return _environment(True).get_template("report.html.j2").render(s=summary, figures=drawn)


def to_markdown(summary: dict[str, Any]) -> str:
    """Return the summary as Markdown; text from tables cannot become markup."""
    return _environment(False).get_template("report.md.j2").render(s=summary)


@cache
def _environment(escape: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("synergy.report"),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"num": number, "whole": whole, "md": markdown_text}
    return environment


def number(value: float | None, digits: int = 2) -> str:
    """Return a number for people, 'unknown' when it is missing.

    >>> number(0.5), number(None)
    ('0.50', 'unknown')
    """
    return "unknown" if value is None else f"{value:.{digits}f}"


def whole(value: float | None) -> str:
    """Return a count for people, 'unknown' when it is missing.

    >>> whole(1200), whole(None)
    ('1,200', 'unknown')
    """
    return "unknown" if value is None else f"{int(value):,}"


def markdown_text(value: object) -> str:
    r"""Return text in which nothing is Markdown or HTML markup.

    >>> markdown_text("<b>*x*|y</b>\nz")
    '&lt;b&gt;\\*x\\*\\|y&lt;/b&gt; z'
    """
    text = " ".join(str(value).split())
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign in "\\`*_[]|#!":
        text = text.replace(sign, "\\" + sign)
    return text
