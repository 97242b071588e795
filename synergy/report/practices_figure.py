"""The figure of the practices: what each region needs, what it can show, and from whom it learns."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from synergy.report.drawing import INK, QUIET, bare, drawing, folded, short, svg

NEED, SHOWN, NOTHING = "#D55E00", "#0072B2", "#f0f2f4"


def needs_figure(summary: dict[str, Any]) -> str:
    """Draw regions x kinds of service: the deeper the colour, the larger the need; a mark where a practice is shown."""
    kinds = summary["categories"]
    regions = list(dict.fromkeys((need["region_id"], need["region_id_name"]) for need in summary["needs"]))
    column = {kind["key"]: x for x, kind in enumerate(kinds)}
    line = {region: y for y, (region, _) in enumerate(regions)}
    bar = summary["limits"]["bar"]
    with drawing():
        figure = Figure(figsize=(10.5, 1.5 + 0.42 * max(len(regions), 1)), layout="constrained")
        axes = figure.subplots()
        for need in summary["needs"]:
            at, value = (column[need["category"]] - 0.48, line[need["region_id"]] - 0.46), need["need"]
            known = value is not None
            colour = NEED if known and value >= bar else NOTHING
            axes.add_patch(
                Rectangle(at, 0.96, 0.92, facecolor=colour if known else "white", edgecolor="#d9dee3", linewidth=0.6,
                          alpha=0.15 + 0.5 * value if colour == NEED else 1.0, hatch=None if known else "////")
            )  # fmt: skip
        for service in summary["services"]:
            if not service["refused"] and service["category"] in column:
                axes.plot(column[service["category"]] + 0.33, line[service["home"]], "D", color=SHOWN, markersize=6)
        for lesson in summary["lessons"]:
            axes.text(
                column[lesson["category"]] - 0.42, line[lesson["region_id"]], f"from {short(lesson['teacher'], 12)}",
                fontsize=8, va="center", color=INK,
            )  # fmt: skip
        axes.set_xticks(range(len(kinds)), [folded(kind["title"]) for kind in kinds], fontsize=8)
        axes.xaxis.tick_top()
        axes.set_yticks(range(len(regions)), [short(f"{name} ({region})", 40) for region, name in regions])
        axes.set_xlim(-0.5, len(kinds) - 0.5)
        axes.set_ylim(len(regions) - 0.5, -0.5)
        bare(axes)
        figure.legend(handles=_keys(bar), loc="outside lower center", ncols=4, frameon=False, fontsize=8)
        return svg(figure, "needs", "What each region needs, what it can show, and from whom it learns")


def _keys(bar: float) -> list[Any]:
    return [
        Patch(facecolor=NEED, alpha=0.5, label=f"a need (from {bar:g}; deeper is larger)"),
        Patch(facecolor=NOTHING, edgecolor="#d9dee3", label="no need"),
        Patch(facecolor="white", edgecolor=QUIET, hatch="////", label="need unknown"),
        Line2D([], [], color=SHOWN, marker="D", linestyle="", label="a practice it can show"),
    ]
