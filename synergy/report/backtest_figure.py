"""The figure of a backtest: every scorer's AUC with its interval, level by level."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from synergy.report.drawing import QUIET, RULE, bare, drawing, short, svg

# Okabe-Ito; the shape repeats what the colour says.
STYLES: dict[str, tuple[str, str, str]] = {
    "score": ("#D55E00", "D", "our score"),
    "part": ("#0072B2", "o", "a part of it alone"),
    "baseline": ("#777777", "s", "baseline"),
    "regression": ("#CC79A7", "^", "regression"),
}
COLUMNS = 2


def backtest_figure(levels: list[dict[str, Any]]) -> str:
    """Draw the levels on which anything can be judged, two beside each other."""
    shown = [level for level in levels if any(row["auc_low"] is not None for row in level["scorers"])]
    rows = (len(shown) + COLUMNS - 1) // COLUMNS
    most = max((len(level["scorers"]) for level in shown), default=1)
    with drawing():
        figure = Figure(figsize=(11.5, max(1.2, rows * (0.9 + 0.235 * most))), layout="constrained")
        grid = figure.subplots(max(rows, 1), COLUMNS, squeeze=False)
        for axes in grid.flat[len(shown) :]:
            axes.set_axis_off()
        for axes, level in zip(grid.flat, shown, strict=False):
            _draw(axes, level, most)
        keys = [
            Line2D([], [], marker=mark, color=colour, linestyle="", markersize=6, label=word)
            for colour, mark, word in STYLES.values()
        ]
        figure.legend(handles=keys, loc="outside upper right", ncols=len(keys), frameon=False)
        return svg(figure, "backtest", "How well each score foresaw what began later: area under the ROC curve")


def _draw(axes: Any, level: dict[str, Any], most: int) -> None:
    known = [row for row in level["scorers"] if row["auc"] is not None]
    for kind, (colour, mark, _) in STYLES.items():
        own = [(y, row) for y, row in enumerate(known) if row["kind"] == kind]
        sure = [(y, row["auc_low"], row["auc_high"]) for y, row in own if row["auc_low"] is not None]
        if sure:
            axes.hlines(*zip(*sure, strict=True), color=colour, linewidth=2.2, alpha=0.45)
        axes.plot([row["auc"] for _, row in own], [y for y, _ in own], mark, color=colour, markersize=5)
    axes.axvline(0.5, color=QUIET, linewidth=0.8, linestyle=(0, (4, 3)))
    axes.set_yticks(range(len(known)), [short(row["scorer"].removeprefix("part: "), 34) for row in known])
    axes.set_ylim(most - 0.4, -0.6)
    axes.set_xlim(0.25, 1.0)
    axes.set_title(
        f"{level['level'].capitalize()}: {level['came_true']:,} of {level['cases']:,}", loc="left", fontsize=9.5
    )
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    bare(axes)
