"""Figure of a consortium: its members x the capacities, a dot where a member holds one, larger the surer."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from synergy.report.drawing import INK, QUIET, RULE, bare, drawing, short, svg

BEST, OTHER = "#0072B2", "#9ac4de"
SIZE = 190


def cover_figure(consortium: dict[str, Any]) -> str:
    """Draw who of the members holds which capacity; who holds it best is dark."""
    members, cover = consortium["members"], consortium["cover"]
    row = {member["id"]: y for y, member in enumerate(members)}
    with drawing():
        figure = Figure(figsize=(2.6 + 0.62 * max(len(cover), 4), 1.9 + 0.31 * max(len(members), 1)))
        axes = figure.subplots()
        for x, capacity in enumerate(cover):
            for place, holder in enumerate(capacity["holders"]):
                colour = BEST if place == 0 else OTHER
                axes.scatter(x, row[holder["id"]], s=SIZE * holder["quality"], c=colour, edgecolors="none")
        labels = [f"{short(member['name'], 44)} ({member['region_id']})" for member in members]
        axes.set_yticks(range(len(members)), labels)
        axes.set_xticks(range(len(cover)), [short(each["name"], 40) for each in cover], rotation=40, ha="left")
        axes.xaxis.tick_top()
        for tick, each in zip(axes.get_xticklabels(), cover, strict=True):
            tick.set_color(INK if each["holders"] else QUIET)
        axes.set_ylim(len(members) - 0.4, -0.6)
        axes.set_xlim(-0.6, max(len(cover), 1) - 0.4)
        axes.grid(color=RULE, linewidth=0.5)
        axes.set_axisbelow(True)
        bare(axes)
        return svg(figure, f"cover-{consortium['number']}", "Which member holds which capacity")
