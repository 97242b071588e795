"""What all figures share: one style, deterministic bytes, no font files, readable in print."""

from __future__ import annotations

import io
import re
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from synergy.report.text import one_line

INK, QUIET, RULE = "#1b2733", "#5b6770", "#d9dee3"
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "synergy",
    "font.family": "sans-serif",
    "font.size": 9,
    "text.parse_math": False,
    "axes.edgecolor": RULE,
    "axes.labelcolor": QUIET,
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": INK,
}


def bare(axes: Axes) -> None:
    """Take ticks and frame off."""
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def short(text: str, most: int) -> str:
    """Return text in one line of at most so many signs.

    >>> short("Mobility, transport and automotive", 10)
    'Mobility,…'
    """
    clean = one_line(text)
    return clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"


def folded(text: str, most: int = 15, whole: int = 60) -> str:
    r"""Break a label into lines of about so many signs.

    >>> folded("Role of clusters in S3 design")
    'Role of\nclusters in S3\ndesign'
    """
    return "\n".join(textwrap.wrap(short(text, whole), most, break_long_words=False)) or ""


@contextmanager
def drawing() -> Iterator[None]:
    """Draw in our style whatever the user's own settings are; the browser has the signs that our font lacks."""
    with style.context(["default", STYLE]), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="(?s).*[Gg]lyph .* missing from")
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support")
        yield


def svg(figure: Figure, key: str, label: str) -> str:
    """Return the figure as an SVG element: no date, a label for screen readers, of the ids only those it uses."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', text))
    text = re.sub(r' id="([^"]+)"', lambda found: f' id="{key}-{found[1]}"' if found[1] in used else "", text)
    text = re.sub(r'(href="#|url\(#)', rf"\1{key}-", text)
    return text.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
