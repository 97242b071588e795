"""A synergy diamond drawn: four corners, each region's reach, what they reach together, and funding apart."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

from synergy.report.drawing import INK, QUIET, RULE, bare, drawing, short, svg
from synergy.report.text import counted

# Okabe-Ito; mark and stroke repeat what colour says.
REGION_STYLE: tuple[tuple[str, str, Any], ...] = (
    ("#0072B2", "o", "-"),
    ("#D55E00", "^", (0, (6, 1.5))),
    ("#009E73", "s", (0, (3, 1.5))),
    ("#CC79A7", "D", (0, (1, 1))),
)
BAND, AMBER, TAN, GREEN = "#c9d1d8", "#8a5a00", "#c9a96a", "#009E73"
ENDS = {"strategy": (0, 1), "industry": (1, 0), "knowledge": (0, -1), "opportunity": (-1, 0)}
FAR = 2.0
MOST_PROJECTS = 12
Point = tuple[float, float]


def diamond_figure(one: dict[str, Any]) -> str:
    """Draw one diamond of the plain summary as SVG."""
    with drawing():
        figure = Figure(figsize=(5.3, 5.6))
        axes, strip = figure.subplots(2, 1, gridspec_kw={"height_ratios": [6.4, 1], "hspace": 0.24})
        _ground(axes)
        for corner in one["corners"]:
            _corner(axes, corner)
        reach = [corner["together"]["reach"] for corner in one["corners"]]
        names = [corner["corner"] for corner in one["corners"]]
        _outline(axes, names, reach, BAND, "-", 7.0, 2)
        for number, (colour, mark, stroke) in enumerate(REGION_STYLE[: len(one["regions"])]):
            reach = [corner["regions"][number]["reach"] for corner in one["corners"]]
            _outline(axes, names, reach, colour, stroke, 1.8, 3 + number)
            for corner, value in zip(names, reach, strict=True):
                if value is not None:
                    axes.plot(*_at(corner, value), mark, color=colour, markersize=7, markeredgecolor="white", zorder=9)
        _keys(axes, one["regions"])
        _funding(strip, one["funding"])
        return svg(figure, one["diamond_id"], f"Synergy diamond {one['diamond_id']}: reach at four corners")


def _at(corner: str, reach: float) -> Point:
    x, y = ENDS[corner]
    return x * min(reach, FAR), y * min(reach, FAR)


def _ground(axes: Axes) -> None:
    for ring in (0.5, 1.0, 1.5, 2.0):
        whole = [_at(corner, ring) for corner in ENDS]
        line = ring == 1.0
        axes.add_patch(
            Polygon(whole, fill=False, edgecolor=INK if line else RULE, linewidth=1.3 if line else 0.7,
                    linestyle=(0, (4, 3)) if line else "-", zorder=2.5 if line else 1)
        )  # fmt: skip
    for corner in ENDS:
        x, y = _at(corner, FAR)
        axes.plot([0, x], [0, y], color=RULE, linewidth=0.8, zorder=1)
    axes.set_aspect("equal")
    axes.set_xlim(-3.1, 3.1)
    axes.set_ylim(-2.62, 2.55)
    axes.set_xticks([])
    axes.set_yticks([])
    bare(axes)


def _corner(axes: Axes, corner: dict[str, Any]) -> None:
    """Name a corner; where it is unknown, hatch it, its tip alone when it is unknown for some of the regions."""
    name = corner["corner"]
    x, y = ENDS[name]
    side = "left" if x > 0 else "right" if x < 0 else "center"
    axes.text(
        x * (FAR + 0.12), y * (FAR + 0.2), name, fontsize=10.5, fontweight="bold", zorder=10, ha=side, va="center"
    )
    unknown = [region["region_id"] for region in corner["regions"] if region["reach"] is None]
    if not unknown:
        return
    every = len(unknown) == len(corner["regions"])
    start, wide = (0.0, 1.0) if every else (1.5, 1.78)
    kite = [(start * x, start * y), (wide * x + 0.24 * y, wide * y + 0.24 * x), (FAR * x, FAR * y),
            (wide * x - 0.24 * y, wide * y - 0.24 * x)]  # fmt: skip
    axes.add_patch(
        Polygon(kite, facecolor="none", edgecolor=TAN, hatch="/////", linewidth=0.7, linestyle=":", zorder=1.5)
    )
    words = "unknown" if every else "\n".join(["unknown:", *unknown])
    at = (x * (FAR + 0.12), -0.22) if x else (0.92, y * (FAR + 0.2))
    axes.text(*at, words, fontsize=8.5, style="italic", color=AMBER, zorder=10, ha=side if x else "left",
              va="top" if x else "center")  # fmt: skip


def _outline(
    axes: Axes, names: list[str], reach: list[float | None], colour: str, stroke: Any, width: float, order: float
) -> None:
    """Join the corners that are known; towards one that is not, the line ends in the middle."""
    points = [None if value is None else _at(name, value) for name, value in zip(names, reach, strict=True)]
    for here, there in zip(points, [*points[1:], points[0]], strict=True):
        if here is not None and there is not None:
            axes.plot(*zip(here, there, strict=True), color=colour, linestyle=stroke, linewidth=width, zorder=order,
                      solid_capstyle="round", solid_joinstyle="round")  # fmt: skip
        elif (known := here or there) is not None:
            axes.plot([0, known[0]], [0, known[1]], color=colour, linestyle=":", linewidth=min(width, 2), zorder=order)


def _keys(axes: Axes, regions: list[dict[str, Any]]) -> None:
    handles = [
        Line2D([], [], color=colour, marker=mark, linestyle=stroke, markeredgecolor="white", markersize=7,
               linewidth=1.8, label=short(f"{region['region_id']} {region['name']}", 27))
        for (colour, mark, stroke), region in zip(REGION_STYLE, regions, strict=False)
    ]  # fmt: skip
    handles += [
        Line2D([], [], color=BAND, linewidth=6, label="together"),
        Line2D([], [], color=INK, linewidth=1.3, linestyle=(0, (4, 3)), label="the line: critical mass"),
    ]
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, 0.045), ncols=2, frameon=False, fontsize=8.5,
                handlelength=2.4, borderpad=0, labelspacing=0.4, columnspacing=1.5)  # fmt: skip


def _funding(strip: Axes, funding: dict[str, Any] | None) -> None:
    strip.set_xlim(0, 100)
    strip.set_ylim(0, 10)
    strip.set_xticks([])
    strip.set_yticks([])
    bare(strip)
    strip.axhline(9.4, color=RULE, linewidth=0.8)
    strip.text(0, 6.4, "funding, apart", fontsize=9, fontweight="bold", va="center")
    if funding is None:
        strip.add_patch(Rectangle((27, 4.8), 8, 3.2, facecolor="none", edgecolor=TAN, hatch="////", linestyle=":"))
        strip.text(37, 6.4, "unknown", fontsize=9, style="italic", color=AMBER, va="center")
        return
    joint = funding["joint_projects"]
    shown = min(joint, MOST_PROJECTS)
    for number in range(shown):
        strip.add_patch(Rectangle((27 + 3.2 * number, 5.2), 2.4, 2.4, color=GREEN, linewidth=0))
    said = counted(joint, "joint project") if joint else "no joint project"
    strip.text(28 + 3.2 * shown if shown else 27, 6.4, f"{said} on the field", fontsize=9, va="center")
    listed = [short(row["programme"], 30) for row in funding["programmes"][:2]]
    more = len(funding["programmes"]) - len(listed)
    tail = f" and {more} more" if more > 0 else ""
    words = f"programmes of the field that two or more take part in: {', '.join(listed)}{tail}" if listed else ""
    strip.text(0, 2.2, short(words, 96), fontsize=8, color=QUIET, va="center")
