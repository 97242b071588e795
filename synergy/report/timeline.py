"""The timeline of a joint call: per programme its window as it stands and moved, its decision, and the overlap."""

from __future__ import annotations

import datetime as dt
from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from synergy.report.drawing import INK, QUIET, RULE, bare, drawing, short, svg

OPEN, MOVED, BAND = "#0072B2", "#D55E00", "#cfe6d8"
MARGIN_DAYS = 14
ROWS = 40
"""Programmes drawn at most; those that move first."""
EMPTY_DAYS = 120
"""Days shown around a call in which no window begins or ends."""


def timeline(alignment: dict[str, Any]) -> str:
    """Draw the windows of an alignment over the days of their clock; nothing where there is no programme."""
    shown = [one for one in alignment["programmes"] if one["state"].startswith("takes part") or one["days"] is not None]
    shown += [one for one in alignment["programmes"] if one["state"] == "its windows cannot meet the others"]
    shown.sort(key=lambda one: (one["opens"] is not None, one["opens"] or "", one["programme_id"]))
    if not shown:
        return ""
    moved = [one for one in shown if one["days"]]
    most = {one["programme_id"] for one in [*moved, *(one for one in shown if not one["days"])][:ROWS]}
    shown = [one for one in shown if one["programme_id"] in most]
    entries = {entry["programme_id"]: entry for entry in alignment["calendar"]["entries"]}
    first, last = _range(alignment, shown)
    with drawing():
        figure = Figure(figsize=(11.5, 1.3 + 0.42 * len(shown)), layout="constrained")
        axes = figure.subplots()
        _band(axes, alignment["calendar"], first, last)
        for y, one in enumerate(shown):
            _row(axes, y, one, entries.get(one["programme_id"]), first, last)
        axes.set_yticks(range(len(shown)), [short(one["name"], 52) for one in shown])
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xlim(first, last)
        locator = AutoDateLocator(minticks=4, maxticks=11)  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
        axes.grid(axis="x", color=RULE, linewidth=0.6)
        axes.set_axisbelow(True)
        bare(axes)
        figure.legend(handles=_keys(), loc="outside upper right", ncols=6, frameon=False, fontsize=8)
        return svg(figure, "timeline", "Call windows, decisions and starts over time")


def _number(text: str, *, end: bool = False) -> float:
    """Return a moment as the axis counts it; a day that closes a window counts in full."""
    moment = dt.datetime.fromisoformat(text)
    moment += dt.timedelta(days=end and len(text) == len("2027-03-31"))
    return (moment - dt.datetime(1970, 1, 1)) / dt.timedelta(days=1)


def _range(alignment: dict[str, Any], shown: list[dict[str, Any]]) -> tuple[float, float]:
    starts = [_number(one[key]) for one in shown for key in ("opens", "opens_moved") if one[key]]
    ends = [_number(one[key], end=True) for one in shown for key in ("closes", "closes_moved", "decision") if one[key]]
    ends += [_number(entry["start"]) for entry in alignment["calendar"]["entries"] if entry["start"]]
    every = [*starts, *ends] or [_number("2027-01-01")]
    low, high = min(every), max(every)
    if high - low < EMPTY_DAYS:
        high = low + EMPTY_DAYS
    return low - MARGIN_DAYS, high + MARGIN_DAYS


def _band(axes: Axes, calendar: dict[str, Any], first: float, last: float) -> None:
    if not calendar["entries"]:
        return
    left = first if calendar["opens"] is None else _number(calendar["opens"])
    right = last if calendar["closes"] is None else _number(calendar["closes"], end=True)
    axes.axvspan(left, right, color=BAND, linewidth=0, zorder=0)


def _row(axes: Axes, y: int, one: dict[str, Any], entry: dict[str, Any] | None, first: float, last: float) -> None:
    if entry is None:
        axes.text(first + 2, y, "window not known", va="center", color=QUIET, fontsize=8)
        return
    moved = one["days"] is not None and one["days"] != 0
    now = (_edge(one["opens"], first), _edge(one["closes"], last, end=True))
    if moved:
        axes.barh(y, now[1] - now[0], left=now[0], height=0.5, color="white", edgecolor=QUIET, linewidth=1, zorder=2)
        then = (_edge(one["opens_moved"], first), _edge(one["closes_moved"], last, end=True))
        axes.barh(y, then[1] - then[0], left=then[0], height=0.5, color=MOVED, zorder=3)
        words = f"{abs(one['days'])} days {'later' if one['days'] > 0 else 'earlier'}"
        axes.text((then[0] + then[1]) / 2, y, words, va="center", ha="center", color="white", fontsize=8, zorder=5)
    else:
        lost = one["days"] is None
        endless = one["closes"] is None
        axes.barh(
            y, now[1] - now[0], left=now[0], height=0.5, color="white" if lost else OPEN,
            edgecolor=MOVED if lost else "none", alpha=0.4 if endless else 0.85, zorder=3,
        )  # fmt: skip
        said = (
            "cannot meet the others"
            if lost
            else {"continuous": "always open", "open-ended": "no end"}.get(one["window"], "")
        )
        axes.text(max(now[0], first) + 2, y, said, va="center", color=MOVED if lost else INK, fontsize=8, zorder=5)
    if entry["decision"]:
        axes.plot(_number(entry["decision"]), y, "D", color=INK, markersize=5, zorder=6)
    if entry["start"] and entry["start"] != entry["decision"]:
        axes.plot(_number(entry["start"]), y, ">", color=INK, markersize=6, zorder=6)


def _edge(text: str | None, otherwise: float, *, end: bool = False) -> float:
    return otherwise if text is None else _number(text, end=end)


def _keys() -> list[Line2D | Patch]:
    return [
        Patch(color=OPEN, alpha=0.85, label="window, stays"),
        Patch(color=MOVED, label="window, moved"),
        Patch(facecolor="white", edgecolor=QUIET, label="before it moved"),
        Patch(color=BAND, label="open together"),
        Line2D([], [], marker="D", color=INK, linestyle="", markersize=5, label="decision"),
        Line2D([], [], marker=">", color=INK, linestyle="", markersize=6, label="first day by rule"),
    ]
