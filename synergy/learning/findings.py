"""The findings of a region's stress test, in words, each with the figures it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from synergy.learning.opinions import STRONG, UNKNOWN, WEAK, Opinions
from synergy.survey import ALL, Gaps

GAP = "gap"
MOST = 3
"""Figures that one finding names; the rest stand in the tables."""
IN_ALL = "clusters and strategy in all"


@dataclass(frozen=True)
class Finding:
    """One finding: its kind, its words and the rows of figures behind it."""

    kind: str
    text: str
    figures: tuple[dict[str, Any], ...] = field(default_factory=tuple)


def findings_of(
    opinions: Opinions, gaps: Gaps, linked: pd.DataFrame, region: str, rival: str
) -> tuple[Finding, ...]:
    """Return the findings of one region: level, weak and strong areas, gaps, what the data hold, what is unknown.

    ``rival`` is what the region is compared with, in words.
    """
    said = _Said(opinions, gaps, region, rival)
    return tuple(
        each
        for part in (said.level(), said.sides(), said.benchmark(), said.stakeholders(), said.directions(),
                     said.importance(), _beside(linked, region), said.unknown())
        for each in part
    )  # fmt: skip


@dataclass(frozen=True)
class _Said:
    """What the survey says of one region."""

    opinions: Opinions
    gaps: Gaps
    region: str
    rival: str

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """Return the sure gaps of a kind, the largest first."""
        frame = self.gaps.of(kind, self.region)
        sure = frame[frame["verdict"] == GAP]
        order = sure.assign(size=-sure["difference"].abs()).sort_values(["size", "area", "direction"], kind="stable")
        return _plain(order.drop(columns="size"))

    def level(self) -> Iterator[Finding]:
        row = self.opinions.scores.row(self.region)
        if pd.isna(row["mean"]):
            return
        frame = self.gaps.of("benchmark", self.region)
        against = frame[(frame["area"] == ALL) & (frame["direction"] == ALL)]
        text = f"People rate {IN_ALL} {interval(row)} of 5"
        if len(against):
            other = against.iloc[0]
            text += f"; {self.rival} {other['mean_b']:.1f}"
            text += {
                GAP: f": {'ahead' if other['difference'] > 0 else 'behind'} by {abs(other['difference']):.1f}",
                UNKNOWN: ": whether they differ, the answers cannot tell",
            }.get(str(other["verdict"]), ": no difference that matters")
        yield Finding("level", text, tuple(_plain(against)))

    def sides(self) -> Iterator[Finding]:
        areas = self.opinions.areas[self.opinions.areas["region_id"] == self.region]
        for kind, words, upwards in (
            (WEAK, "Surely below the middle", True),
            (STRONG, "Surely above the middle", False),
        ):
            rows = areas[areas["verdict"] == kind].sort_values(["mean", "area"], ascending=[upwards, True])
            if len(rows):
                listed = "; ".join(f"{row['title']} {interval(row)}" for _, row in rows.iterrows())
                yield Finding(kind, f"{words}: {listed}", tuple(_plain(rows)))

    def benchmark(self) -> Iterator[Finding]:
        rows = [row for row in self.rows("benchmark") if row["area"] != ALL]
        for side, word in ((-1, "behind"), (1, "ahead of")):
            chosen = [row for row in rows if row["difference"] * side > 0]
            if chosen:
                listed = "; ".join(f"{self.cell(row)}, by {_by(row)}" for row in chosen[:MOST])
                more = f"; and {len(chosen) - MOST} more" if len(chosen) > MOST else ""
                yield Finding(f"benchmark {word}", f"Surely {word} {self.rival}: {listed}{more}", tuple(chosen))

    def stakeholders(self) -> Iterator[Finding]:
        names = self.opinions.instrument.stakeholders
        sides: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in self.rows("stakeholders"):
            sides.setdefault((row["a"], row["b"]) if row["difference"] > 0 else (row["b"], row["a"]), []).append(row)
        for (high, low), rows in list(sides.items())[:MOST]:
            listed = "; ".join(f"{self.cell(row)}, {_higher(row)}" for row in rows[:MOST])
            text = f"Rated higher by {lower_first(names[high])} than by {lower_first(names[low])}: {listed}"
            yield Finding("stakeholders", text, tuple(rows))

    def directions(self) -> Iterator[Finding]:
        names = self.opinions.instrument.directions
        rows = self.rows("directions")
        whole = [row for row in rows if row["area"] == ALL]
        for row in whole or rows[:MOST]:
            high, low = ("a", "b") if row["difference"] > 0 else ("b", "a")
            where = "In all" if row["area"] == ALL else str(self.opinions.instrument.areas[row["area"]])
            yield Finding(
                "directions",
                f"{where}, the direction {lower_first(names[row[high]])} is rated above that "
                f"{lower_first(names[row[low]])}: "
                f"{_higher(row)}",
                tuple(rows),
            )

    def importance(self) -> Iterator[Finding]:
        rows = [row for row in self.rows("importance") if row["difference"] > 0]
        if rows:
            row = rows[0]
            text = str(self.opinions.instrument.items[row["item"]].text)
            yield Finding(
                "importance",
                f"Important and least true: “{text}” importance {row['mean_a']:.1f}, true {row['mean_b']:.1f}",
                tuple(rows),
            )

    def unknown(self) -> Iterator[Finding]:
        areas = self.opinions.areas[self.opinions.areas["region_id"] == self.region]
        rows = areas[areas["verdict"] == UNKNOWN]
        if len(rows):
            listed = "; ".join(str(title) for title in rows["title"])
            yield Finding("unknown", f"Too few can say, so nothing is shown: {listed}", tuple(_plain(rows)))

    def cell(self, row: dict[str, Any]) -> str:
        """Return an area and a direction in words."""
        area, direction = self.opinions.instrument.areas[row["area"]], self.opinions.instrument.directions
        way = "" if row["direction"] == ALL else f", {lower_first(direction[row['direction']])}"
        return f"{area}{way}"


def _beside(linked: pd.DataFrame, region: str) -> Iterator[Finding]:
    """Say what the data hold of clusters and priorities, for comparison with what people say."""
    row = linked.set_index("region_id").loc[region]
    if row["why"]:
        yield Finding("data", f"What the data hold cannot be set beside it: {row['why']}", ())
        return
    if row["clusters"] == 0:
        counted = (
            f"the data list no cluster organisation there, for {row['priorities']} priorities; the list may be short"
        )
        yield Finding("data", f"Beside opinion: {counted}", tuple(_plain(linked[linked["region_id"] == region])))
        return
    counted = f"{row['covered']} of {row['priorities']} priorities have a cluster of the field in the data"
    known = f"; {row['linked']} of {row['coded']} clusters with known fields work on a priority" if row["coded"] else ""
    yield Finding("data", f"Beside opinion: {counted}{known}", tuple(_plain(linked[linked["region_id"] == region])))


def interval(row: Any) -> str:
    """Return a mean with its interval in words."""
    if pd.isna(row["low"]):
        return f"{row['mean']:.2f}"
    return f"{row['mean']:.2f} ({row['low']:.2f} to {row['high']:.2f})"


def lower_first(text: object) -> str:
    """Return a text with its first letter small, so that it can stand inside a sentence; S3 stays S3.

    >>> lower_first("From the strategy (S3)"), lower_first("S3 design")
    ('from the strategy (S3)', 'S3 design')
    """
    words = str(text)
    return words if words[1:2].isdigit() or words[1:2].isupper() else words[:1].lower() + words[1:]


def _higher(row: dict[str, Any]) -> str:
    return f"{max(row['mean_a'], row['mean_b']):.1f} against {min(row['mean_a'], row['mean_b']):.1f}"


def _by(row: dict[str, Any]) -> str:
    return f"{abs(row['difference']):.1f}"


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    from synergy.survey.scoring import plain_rows

    return plain_rows(frame)
