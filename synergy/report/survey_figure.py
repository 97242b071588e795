"""Figures of a stress test: areas as a radar, areas and directions as dots with intervals, opinion beside the data."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from synergy.report.drawing import INK, QUIET, RULE, bare, drawing, folded, short, svg
from synergy.report.labels import Label, placed

# Okabe-Ito; the two are also told apart by their marks.
OWN, OTHER = "#0072B2", "#D55E00"
LOW, HIGH = 1, 5
MIDDLE = 3
MISSING = "cannot tell"


def radar(key: str, rows: list[dict[str, Any]], name: str, other: str) -> str:
    """Draw the areas of a region around a circle, beside what it is compared with; unknown ones stay open."""
    angles = [2 * math.pi * at / max(len(rows), 1) for at in range(len(rows))]
    with drawing():
        figure = Figure(figsize=(4.2, 4.2))
        axes = figure.add_subplot(projection="polar")
        axes.set_theta_offset(math.pi / 2)  # type: ignore[attr-defined]
        axes.set_theta_direction(-1)  # type: ignore[attr-defined]
        _ring(axes, angles, [row["compared"] for row in rows], OTHER, "D", "--")
        _ring(axes, angles, [row["mean"] for row in rows], OWN, "o", "-")
        axes.set_xticks(angles, ["" for _ in rows])
        for angle, row in zip(angles, rows, strict=True):
            text = folded(row["title"]) + ("" if row["mean"] is not None else f"\n({MISSING})")
            side, up = math.sin(angle), math.cos(angle)
            axes.text(
                angle, HIGH + 0.3, text, fontsize=9, color=INK if row["mean"] is not None else QUIET,
                va="bottom" if up > 0.8 else "top" if up < -0.95 else "center",
                ha="center" if abs(side) < 0.2 else "left" if side > 0 else "right",
            )  # fmt: skip
        axes.set_ylim(LOW - 0.5, HIGH)
        axes.set_yticks(range(LOW, HIGH + 1), [str(tick) for tick in range(LOW, HIGH + 1)], fontsize=7, color=QUIET)
        axes.grid(color=RULE, linewidth=0.7)
        axes.spines["polar"].set_color(RULE)
        figure.legend(
            handles=_keys(name, other), loc="upper center", bbox_to_anchor=(0.5, 0.02), ncols=2, frameon=False
        )
        return svg(figure, f"radar-{key}", f"Areas of {short(name, 60)} from 1 to 5, as a radar")


def _ring(axes: Axes, angles: list[float], values: list[float | None], colour: str, mark: str, line: str) -> None:
    """Join neighbours of which both are known; a ring with all known is filled."""
    at = [(angle, value) for angle, value in zip(angles, values, strict=True)]
    for (a, x), (b, y) in zip(at, [*at[1:], *at[:1]], strict=True):
        if x is not None and y is not None:
            axes.plot([a, b], [x, y], line, color=colour, linewidth=1.6)
    known = [(angle, value) for angle, value in at if value is not None]
    axes.plot([a for a, _ in known], [v for _, v in known], mark, color=colour, markersize=6)
    if len(known) == len(at) and mark == "o":
        axes.fill([a for a, _ in known], [v for _, v in known], color=colour, alpha=0.12, linewidth=0)


def dots(key: str, rows: list[dict[str, Any]], name: str, other: str, label: str) -> str:
    """Draw means with their intervals, one line each, beside what they are compared with."""
    with drawing():
        height = 0.34 + 0.1 * any("\n" in row["label"] for row in rows)
        figure = Figure(figsize=(9.5, 0.95 + height * max(len(rows), 1)))
        axes = figure.subplots()
        axes.axvline(MIDDLE, color=QUIET, linewidth=0.8, linestyle=(0, (4, 3)))
        for y, row in enumerate(rows):
            if row["mean"] is None:
                axes.text(LOW + 0.05, y, MISSING, color=QUIET, fontsize=8, va="center", style="italic")
                continue
            if row["low"] is not None:
                axes.plot([row["low"], row["high"]], [y, y], color=OWN, linewidth=2.2, solid_capstyle="round")
            axes.plot(row["mean"], y, "o", color=OWN, markersize=7, zorder=4)
            if row["compared"] is not None:
                axes.plot(row["compared"], y, "D", color=OTHER, markersize=5.5, fillstyle="none", zorder=5)
        axes.set_yticks(range(len(rows)), [_label(row["label"]) for row in rows])
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_xlim(LOW - 0.1, HIGH + 0.1)
        axes.set_xticks(range(LOW, HIGH + 1))
        axes.grid(axis="x", color=RULE, linewidth=0.6)
        axes.set_axisbelow(True)
        bare(axes)
        axes.legend(
            handles=_keys(name, other), loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=8
        )
        return svg(figure, f"dots-{key}", label)


def beside(rows: list[dict[str, Any]], opinion: str, evidence: str) -> str:
    """Draw what people say against what the data hold, one mark per region for which both are known."""
    known = [row for row in rows if row["opinion"] is not None and row["share"] is not None]
    with drawing():
        figure = Figure(figsize=(9.5, 4.2))
        axes = figure.subplots()
        for row in known:
            axes.plot(row["opinion"], 100 * row["share"], "o", color=OWN, markersize=8, alpha=0.8)
        axes.axvline(MIDDLE, color=QUIET, linewidth=0.8, linestyle=(0, (4, 3)))
        axes.set_xlim(LOW, HIGH)
        axes.set_ylim(-8, 112)
        axes.set_xlabel(opinion)
        axes.set_ylabel(evidence)
        axes.grid(color=RULE, linewidth=0.6)
        axes.set_axisbelow(True)
        bare(axes)
        labels = [
            Label(row["region_id"], row["opinion"], 100 * row["share"], short(row["region_id"], 12), 9.0, always=True)
            for row in sorted(known, key=lambda row: (row["opinion"], row["region_id"]))
        ]
        for label, x, y in placed(figure, axes, labels):
            axes.text(x, y, label.text, fontsize=label.size, ha="center", va="center")
        return svg(figure, "beside", "What people say against what the data hold, by region")


def _label(text: str) -> str:
    """Return a label of one or two lines, each of at most 60 signs."""
    return "\n".join(short(line, 60) for line in text.split("\n"))


def _keys(name: str, other: str) -> list[Line2D]:
    own = Line2D([], [], color=OWN, marker="o", linewidth=2, label=short(name, 40))
    if not other:
        return [own]
    return [own, Line2D([], [], color=OTHER, marker="D", linestyle="", fillstyle="none", label=short(other, 40))]
