"""Figures of transformative activities: relatedness of their capacities, and the ideas' capacities x opportunities."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from synergy.report.drawing import QUIET, RULE, bare, drawing, short, svg

# Okabe-Ito; every label is also written out.
COLOURS = {
    "modernisation": "#0072B2", "diversification": "#009E73", "transition": "#E69F00", "radical foundation": "#CC79A7",
}  # fmt: skip
SIZE = 130


def relatedness_figure(summary: dict[str, Any]) -> str:
    """Draw, for each activity, the relatedness of each pair of its capacities and their mean; 0 is chance."""
    rows = summary["activities"]
    with drawing():
        figure = Figure(figsize=(10.5, 1.0 + 0.26 * max(len(rows), 1)))
        axes = figure.subplots()
        for y, row in enumerate(rows):
            values = [pair["value"] for pair in row["relatedness"] if pair["value"] is not None]
            colour = COLOURS[row["direction"]]
            axes.plot(values, [y] * len(values), "o", color=colour, alpha=0.3, markersize=4, markeredgewidth=0)
            if values:
                axes.plot(sum(values) / len(values), y, "D", color=colour, markersize=6)
        axes.axvline(0, color=QUIET, linewidth=0.8, linestyle=(0, (4, 3)))
        axes.set_yticks(range(len(rows)), [short(f"{row['activity_id']} {row['name']}", 58) for row in rows])
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_xlabel("proximity beyond chance of two capacities being held by the same regions")
        axes.grid(axis="x", color=RULE, linewidth=0.6)
        axes.set_axisbelow(True)
        bare(axes)
        return svg(figure, "relatedness", "Relatedness of the capacities of each activity")


def matrix_figure(summary: dict[str, Any]) -> str:
    """Draw the ideas' fields of capacity x fields of opportunity: how many ideas, and how they are rated."""
    cells = summary["matrix"]
    capacities = sorted({cell["capacity_name"] for cell in cells})
    opportunities = sorted({cell["opportunity_name"] for cell in cells})
    with drawing():
        figure = Figure(figsize=(10.5, 2.4 + 0.36 * max(len(capacities), 1)))
        axes = figure.subplots()
        for cell in cells:
            at = opportunities.index(cell["opportunity_name"]), capacities.index(cell["capacity_name"])
            rated = cell["rating"] is not None
            shade = axes.scatter(
                *at, s=SIZE * cell["ideas"], c=[cell["rating"] if rated else 0.0], cmap="viridis_r", vmin=1, vmax=5,
                edgecolors=QUIET, linewidths=0.6, marker="o" if rated else "s",
            )  # fmt: skip
            axes.text(*at, str(cell["ideas"]), ha="center", va="center", color="white", fontsize=8)
        axes.set_xticks(range(len(opportunities)), [short(name, 30) for name in opportunities], rotation=35, ha="right")
        axes.set_yticks(range(len(capacities)), [short(name, 34) for name in capacities])
        axes.set_ylim(len(capacities) - 0.4, -0.6)
        axes.set_xlim(-0.6, max(len(opportunities), 1) - 0.4)
        axes.set_xlabel("opportunity")
        axes.set_ylabel("capacity")
        axes.grid(color=RULE, linewidth=0.5)
        axes.set_axisbelow(True)
        bare(axes)
        if cells:
            figure.colorbar(shade, ax=axes, shrink=0.7, label="mean rating of the opportunity, 1 to 5")
        return svg(figure, "matrix", "Capacities and opportunities of the workshop ideas")
