"""Figures over all regions: means by region and area, and who learns from whom."""

from __future__ import annotations

from typing import Any

from matplotlib import colormaps
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from synergy.report.drawing import INK, QUIET, bare, drawing, folded, short, svg

LOW, MIDDLE, HIGH = 1.0, 3.0, 5.0
SURE = ("weak", "strong")
# Okabe-Ito and one grey: the areas of learning pairs; each is written out as well.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#5b6770")


def means_figure(summary: dict[str, Any]) -> str:
    """Draw regions x areas: brown below the middle of the scale, green above it, a dot where that is sure."""
    areas, regions = summary["areas"], summary["regions"]
    shade = colormaps["BrBG"]
    with drawing():
        figure = Figure(figsize=(10.5, 1.0 + 0.38 * max(len(regions), 1)), layout="constrained")
        axes = figure.subplots()
        for y, region in enumerate(regions):
            for x, cell in enumerate(region["areas"]):
                known = cell["mean"] is not None
                # the ends of the scale are hardly ever reached: full colour at 1.5 and 4.5, so that text stays legible
                colour = shade(0.5 + (cell["mean"] - MIDDLE) / 5) if known else "white"
                axes.add_patch(
                    Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, facecolor=colour, edgecolor="#d9dee3", linewidth=0.6,
                              hatch=None if known else "////")
                )  # fmt: skip
                if known:
                    sure = " •" if cell["verdict"] in SURE else ""
                    axes.text(x, y, f"{cell['mean']:.1f}{sure}", ha="center", va="center", color=INK)
        axes.set_xticks(range(len(areas)), [folded(area["title"], 22) for area in areas])
        axes.xaxis.tick_top()
        axes.set_yticks(range(len(regions)), [short(f"{r['name']} ({r['region_id']})", 40) for r in regions])
        axes.set_xlim(-0.5, max(len(areas), 1) - 0.5)
        axes.set_ylim(max(len(regions), 1) - 0.5, -0.5)
        bare(axes)
        return svg(figure, "means", "Means from 1 to 5 by region and area")


def pairs_figure(summary: dict[str, Any]) -> str:
    """Draw teachers on the left, learners on the right and a line for each pair, coloured by area."""
    pairs = summary["pairs"]
    sides = {side: sorted({(p[side], p[f"{side}_name"]) for p in pairs}) for side in ("teacher", "learner")}
    titles = sorted({pair["title"] for pair in pairs})
    colour = {title: COLOURS[at % len(COLOURS)] for at, title in enumerate(titles)}
    height = max(len(sides["teacher"]), len(sides["learner"]), 1)
    with drawing():
        figure = Figure(figsize=(9.5, 0.9 + 0.46 * height), layout="constrained")
        axes = figure.subplots()
        spots = {side: _spread(who, height) for side, who in sides.items()}
        for pair in pairs:
            ends = [spots["teacher"][pair["teacher"]], spots["learner"][pair["learner"]]]
            axes.annotate(
                "", (0.985, ends[1]), xytext=(0.015, ends[0]),
                arrowprops={"arrowstyle": "-|>", "color": colour[pair["title"]], "linewidth": 1.8, "shrinkA": 0,
                            "shrinkB": 0},
            )  # fmt: skip
        for side, x, where in (("teacher", -0.02, "right"), ("learner", 1.02, "left")):
            for region, name in sides[side]:
                axes.text(x, spots[side][region], short(f"{name} ({region})", 40), ha=where, va="center")
            axes.text(x, -0.95, f"{side}s", ha=where, va="center", color=QUIET, fontsize=8)
        for title in titles:
            axes.plot([], [], color=colour[title], linewidth=2.5, label=short(title, 40))
        axes.set_xlim(-0.75, 1.75)
        axes.set_ylim(height - 0.4, -1.3)
        axes.set_xticks([])
        axes.set_yticks([])
        bare(axes)
        figure.legend(loc="outside lower center", ncols=min(3, max(len(titles), 1)), frameon=False, fontsize=9)
        return svg(figure, "pairs", "Who learns what from whom")


def _spread(who: list[tuple[str, str]], height: int) -> dict[str, float]:
    """Place the regions of one side evenly over the height."""
    step = height / max(len(who), 1)
    return {region: step * (at + 0.5) - 0.5 for at, (region, _) in enumerate(who)}
