"""Figures as SVG text: deterministic bytes, no font files, readable in print."""

from __future__ import annotations

from math import cos, radians
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from synergy.report.drawing import INK, QUIET, RULE, bare, drawing, short, svg
from synergy.report.labels import Label, placed

# Okabe-Ito, told apart with every common colour vision; shape repeats what colour says.
ROLE_STYLE: dict[Any, Any] = {"leader": ("#0072B2", "o"), "complement": ("#E69F00", "^"), "follower": ("#999999", "s")}
MAP_PAIRS = 2


def role_matrix(summary: dict[str, Any]) -> str:
    """Draw topics x regions: who leads, complements or follows, regions grouped by country."""
    topics = summary["topics"]
    seen = {m["region_id"]: m["country"] for topic in topics for m in topic["members"]}
    regions = sorted(seen, key=lambda region: (seen[region], region))
    with drawing():
        figure = Figure(figsize=(10.5, 1.2 + 0.32 * max(len(topics), 1)))
        axes = figure.subplots()
        place = {region: x for x, region in enumerate(regions)}
        for role, (colour, marker) in ROLE_STYLE.items():
            spots = [
                (place[member["region_id"]], y)
                for y, topic in enumerate(topics)
                for member in topic["members"]
                if member["role"] == role
            ]
            axes.plot(*np.array(spots).reshape(-1, 2).T, marker, color=colour, markersize=7)
        _frame(axes, regions, seen)
        axes.set_yticks(range(len(topics)), [short(f"{topic['topic_id']} {topic['name']}", 46) for topic in topics])
        axes.set_ylim(len(topics) - 0.4, -0.6)
        keys = [
            Line2D([], [], marker=mark, color=colour, linestyle="", markersize=7, label=role)
            for role, (colour, mark) in ROLE_STYLE.items()
        ]
        inches = axes.get_position().height * figure.get_figheight()
        axes.legend(handles=keys, loc="lower right", bbox_to_anchor=(1, 1 + 0.2 / inches), ncols=3, frameon=False)
        return svg(figure, "roles", "Topics by region: leaders, complements and followers")


def scores(summary: dict[str, Any]) -> str:
    """Draw each topic's score with its interval under other weights of the parts."""
    topics = summary["topics"]
    with drawing():
        figure = Figure(figsize=(10.5, 0.9 + 0.3 * max(len(topics), 1)))
        axes = figure.subplots()
        for y, topic in enumerate(topics):
            axes.plot(
                [topic["score_low"], topic["score_high"]], [y, y], color="#9dc3e0", linewidth=5, solid_capstyle="round"
            )
            axes.plot(topic["score"], y, "o", color="#0072B2", markersize=7)
            axes.text(
                1.01, y, f"stability {topic['stability']:.2f}, {topic['sure']}", va="center", color=QUIET, fontsize=8
            )
        axes.set_yticks(range(len(topics)), [short(f"{topic['topic_id']} {topic['name']}", 46) for topic in topics])
        axes.set_ylim(len(topics) - 0.4, -0.6)
        axes.set_xlim(0, 1)
        axes.set_xlabel("score (dot) and its 5-95 % range under other weights of the parts (bar)")
        axes.grid(axis="x", color=RULE, linewidth=0.6)
        bare(axes)
        return svg(figure, "scores", "Scores of the topics with their ranges")


def untapped_map(summary: dict[str, Any], points: dict[str, tuple[float, float, str]]) -> str:
    """Draw the regions at their places and each topic's MAP_PAIRS best untapped pairs, thicker where topics agree."""
    counts: dict[tuple[str, str], int] = {}
    for topic in summary["topics"]:
        for pair in topic["untapped"][:MAP_PAIRS]:
            key = (pair["region_a"], pair["region_b"])
            counts[key] = counts.get(key, 0) + 1
    with drawing():
        figure = Figure(figsize=(10.5, 6.6))
        axes = figure.subplots()
        for (a, b), count in sorted(counts.items()):
            if a in points and b in points:
                xs, ys = zip(points[a][:2], points[b][:2], strict=True)
                axes.plot(xs, ys, color="#D55E00", alpha=0.45, linewidth=0.6 + 1.1 * count, zorder=1)
        touched = {region for pair in counts for region in pair}
        for region, (lon, lat, _) in sorted(points.items()):
            active = region in touched
            axes.plot(lon, lat, "o", color="#0072B2" if active else "#b8c2cc", markersize=6 if active else 4, zorder=2)
        if points:
            middle = sum(lat for _, lat, _ in points.values()) / len(points)
            axes.set_aspect(1 / max(0.2, cos(radians(middle))))
        axes.set_xticks([])
        axes.set_yticks([])
        axes.margins(0.09, 0.06)
        bare(axes)
        _label_points(figure, axes, points, touched)
        return svg(figure, "map", "Map of the strongest untapped pairs")


def _label_points(figure: Figure, axes: Axes, points: dict[str, tuple[float, float, str]], touched: set[str]) -> None:
    """Name the points: those of a pair whatever happens, the others where there is room."""
    labels = [
        Label(region, *points[region][:2], short(points[region][2].split("/")[0], 34), 7.5, always=True)
        if region in touched
        else Label(region, *points[region][:2], region, 6.0)
        for region in sorted(points, key=lambda name: (name not in touched, name))
    ]
    for label, x, y in placed(figure, axes, labels):
        axes.text(
            x, y, label.text, fontsize=label.size, ha="center", va="center", color=INK if label.always else QUIET,
            zorder=3, bbox={"facecolor": "white", "alpha": 0.65, "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip


def _frame(axes: Axes, regions: list[str], country: dict[str, str]) -> None:
    axes.set_xticks(range(len(regions)), regions, rotation=90, fontsize=7.5)
    axes.set_xlim(-0.7, max(len(regions), 1) - 0.3)
    for x in range(1, len(regions)):
        if country[regions[x]] != country[regions[x - 1]]:
            axes.axvline(x - 0.5, color=RULE, linewidth=1)
    for name in sorted(set(country.values())):
        inside = [x for x, region in enumerate(regions) if country[region] == name]
        axes.annotate(
            name, (sum(inside) / len(inside), 1), xycoords=axes.get_xaxis_transform(), xytext=(0, 4),
            textcoords="offset points", ha="center", va="bottom", color=QUIET, fontsize=8,
        )  # fmt: skip
    axes.grid(axis="y", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    bare(axes)
