"""What regions learn as HTML and Markdown."""

from __future__ import annotations

from typing import Any

from synergy.report.practices_figure import needs_figure
from synergy.report.render import page, plain_page


def practices_to_html(summary: dict[str, Any]) -> str:
    """Return the page of the practices, self-contained; ``summary`` as ``summarise_practices`` gives it."""
    return page("practices.html.j2", s=summary, figure=needs_figure(summary))


def practices_to_markdown(summary: dict[str, Any]) -> str:
    """Return the practices as Markdown; text from tables cannot become markup."""
    return plain_page("practices.md.j2", s=summary)
