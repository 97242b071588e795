"""The Gantt figure of an action plan: a bar per step, what waits for what, milestones, slack."""

from __future__ import annotations

import datetime as dt
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from synergy.planning.words import LINES
from synergy.report.drawing import INK, QUIET, RULE, bare, drawing, short, svg

# Okabe-Ito, one colour per action line; the lines also follow one another from top to bottom.
COLOURS = dict(zip(LINES, ("#777777", "#0072B2", "#009E73", "#D55E00", "#CC79A7"), strict=True))
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
TICKS = 13
"""Most ticks of the weeks."""


def by_line(steps: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the steps of each action line that has any, lines and steps in their order."""
    grouped = {line: [step for step in steps if step["line"] == line] for line in LINES}
    return [(line, chosen) for line, chosen in grouped.items() if chosen]


def gantt(activity: dict[str, Any], start: str | None) -> str:
    """Draw the steps of one activity over the weeks, or over days where the start is known."""
    steps = activity["steps"]
    with drawing():
        figure = Figure(figsize=(11.5, 1.15 + 0.29 * max(len(steps), 1)), layout="constrained")
        axes = figure.subplots()
        rows = {step["step"]: (y, step) for y, step in enumerate(steps)}
        for y, step in rows.values():
            _bar(axes, y, step)
            for other in step["waits_for"]:
                _tie(axes, rows[other], (y, step))
        axes.set_yticks(range(len(steps)), [short(f"{step['step']} {step['title']}", 70) for step in steps])
        axes.set_ylim(len(steps) - 0.4, -0.6)
        _weeks(axes, activity["weeks"], start)
        bare(axes)
        figure.legend(handles=_keys(), loc="outside upper right", ncols=len(LINES) + 3, frameon=False, fontsize=8)
        return svg(figure, f"gantt-{activity['activity_id']}", "The steps over the weeks: a Gantt figure")


def _bar(axes: Axes, y: int, step: dict[str, Any]) -> None:
    if step["end_week"] is None:
        axes.text(0.2, y, "done", va="center", color=QUIET, fontsize=8)
        return
    first, last = step["start_week"] - 1, step["end_week"]
    colour = COLOURS[step["line"]]
    axes.barh(y, last - first, left=first, height=0.58, color=colour, alpha=1.0 if step["critical"] else 0.55, zorder=3)
    if step["slack_weeks"]:
        axes.plot([last, last + step["slack_weeks"]], [y, y], color=colour, linewidth=1, linestyle=(0, (1, 2)))
    if step["milestone"]:
        axes.plot(last, y, "D", color=INK, markersize=5, zorder=4)
        axes.annotate(
            short(step["milestone"], 40), (last, y), xytext=(6, 0), textcoords="offset points", va="center",
            fontsize=8, zorder=5, bbox={"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 0.5},
        )  # fmt: skip


def _tie(axes: Axes, before: tuple[int, dict[str, Any]], after: tuple[int, dict[str, Any]]) -> None:
    if before[1]["end_week"] is None or after[1]["start_week"] is None:
        return
    x, at = before[1]["end_week"], after[1]["start_week"] - 1
    axes.plot([x, at + 0.25, at + 0.25], [before[0], before[0], after[0]], color=QUIET, linewidth=0.5, zorder=2)


def _weeks(axes: Axes, weeks: int, start: str | None) -> None:
    step = next(step for step in (1, 2, 4, 8, 13, 26, 52, 104, 10_000) if weeks / step <= TICKS)
    ticks = list(range(0, weeks + 1, step))
    if start is None:
        labels = [f"week {week + 1}" for week in ticks]
    else:
        days = [dt.date.fromisoformat(start) + dt.timedelta(weeks=week) for week in ticks]
        labels = [f"{day.day} {MONTHS[day.month - 1]}\n{day.year}" for day in days]
    axes.set_xticks(ticks, labels, fontsize=8)
    axes.set_xlim(0, max(weeks, 1) * 1.16)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)


def _keys() -> list[Line2D]:
    lines = [Line2D([], [], color=colour, linewidth=6, label=line) for line, colour in COLOURS.items()]
    pale = Line2D([], [], color=QUIET, linewidth=6, alpha=0.4, label="not critical")
    slack = Line2D([], [], color=QUIET, linewidth=1, linestyle=(0, (1, 2)), label="slack")
    return [*lines, pale, slack, Line2D([], [], marker="D", color=INK, linestyle="", markersize=5, label="milestone")]
