"""What regions learn as HTML and Markdown: stress tests, their synthesis, the policy reading, good practices."""

from __future__ import annotations

from typing import Any

from synergy.report.practices_figure import needs_figure
from synergy.report.render import page, plain_page
from synergy.report.survey_figure import beside, dots, radar
from synergy.report.synthesis_figure import means_figure, pairs_figure


def region_to_html(summary: dict[str, Any]) -> str:
    """Return the page of one region's StressTest, self-contained; ``summary`` as ``summarise_region`` gives it."""
    name, other = summary["name"], summary["against"]
    figures = {
        "radar": radar(summary["region_id"], summary["areas"], name, other),
        "areas": dots("areas", summary["areas"], name, other, "Areas with their intervals"),
        "directions": dots("directions", summary["directions"], name, other, "Directions with their intervals"),
    }
    return page("stresstest.html.j2", s=summary, figures=figures)


def region_to_markdown(summary: dict[str, Any]) -> str:
    """Return one region's StressTest as Markdown; text from tables cannot become markup."""
    return plain_page("stresstest.md.j2", s=summary)


def synthesis_to_html(summary: dict[str, Any]) -> str:
    """Return the page of the synthesis, self-contained; ``summary`` as ``summarise_synthesis`` gives it."""
    figures = {
        "table": means_figure(summary),
        "beside": beside(summary["regions"], f"{summary['role']}: mean answer", "priorities with a cluster, %"),
    }
    return page("synthesis.html.j2", s=summary, figures=figures)


def synthesis_to_markdown(summary: dict[str, Any]) -> str:
    """Return the synthesis as Markdown; text from tables cannot become markup."""
    return plain_page("synthesis.md.j2", s=summary)


def policy_to_html(summary: dict[str, Any]) -> str:
    """Return the page of the policy reading, self-contained; ``summary`` as ``summarise_policy`` gives it."""
    figures = {"pairs": pairs_figure(summary) if summary["pairs"] else ""}
    return page("policy.html.j2", s=summary, figures=figures)


def policy_to_markdown(summary: dict[str, Any]) -> str:
    """Return the policy reading as Markdown; text from tables cannot become markup."""
    return plain_page("policy.md.j2", s=summary)


def practices_to_html(summary: dict[str, Any]) -> str:
    """Return the page of the practices, self-contained; ``summary`` as ``summarise_practices`` gives it."""
    return page("practices.html.j2", s=summary, figure=needs_figure(summary))


def practices_to_markdown(summary: dict[str, Any]) -> str:
    """Return the practices as Markdown; text from tables cannot become markup."""
    return plain_page("practices.md.j2", s=summary)
