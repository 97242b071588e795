"""The findings of a region's stress test, in words, each with the figures it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from synergy.survey import ALL, Gaps, Instrument
from synergy.survey.opinions import STRONG, UNKNOWN, WEAK, Opinions
from synergy.survey.scoring import plain_rows

GAP = "gap"
MOST = 3
"""Figures that one finding names; the rest stand in the tables."""
IN_ALL = "clusters and strategy in all"
Figures = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One finding: its kind, its words and the rows of figures behind it."""

    kind: str
    text: str
    figures: tuple[Figures, ...] = field(default_factory=tuple)


def all_findings(opinions: Opinions, gaps: Gaps, linked: pd.DataFrame, rival: str) -> dict[str, tuple[Finding, ...]]:
    """Return the findings of every region: level, weak and strong areas, gaps, what the data hold, what is unknown.

    ``rival`` says in words what the regions are compared with.
    """
    areas, compared, held = plain_rows(opinions.areas), plain_rows(gaps.frame), plain_rows(linked)
    found = {}
    for region in opinions.regions:
        said = _Said(
            made=opinions.instrument,
            rival=rival,
            whole=opinions.scores.row(region).to_dict(),
            areas=[row for row in areas if row["region_id"] == region],
            gaps=[row for row in compared if row["region_id"] == region],
            held=next(row for row in held if row["region_id"] == region),
        )
        found[region] = said.findings()
    return found


@dataclass(frozen=True)
class _Said:
    """What is known of one region, as plain rows."""

    made: Instrument
    rival: str
    whole: Figures
    areas: list[Figures]
    gaps: list[Figures]
    held: Figures

    def findings(self) -> tuple[Finding, ...]:
        parts = (self.level(), self.sides(), self.benchmark(), self.stakeholders(), self.directions(),
                 self.importance(), self.data(), self.unknown())  # fmt: skip
        return tuple(finding for part in parts for finding in part)

    def sure(self, kind: str) -> list[Figures]:
        """Return the sure gaps of a kind, the largest first."""
        rows = [row for row in self.gaps if row["kind"] == kind and row["verdict"] == GAP]
        return sorted(rows, key=lambda row: (-abs(row["difference"]), row["area"], row["direction"]))

    def level(self) -> Iterator[Finding]:
        if pd.isna(self.whole["mean"]):
            return
        text = f"People rate {IN_ALL} {interval(self.whole)} of 5"
        against = [row for row in self.gaps if row["kind"] == "benchmark" and row["area"] == row["direction"] == ALL]
        for other in against:
            text += f"; {self.rival} {other['mean_b']:.1f}"
            text += {
                GAP: f": {'ahead' if other['difference'] > 0 else 'behind'} by {_by(other)}",
                UNKNOWN: ": whether they differ, the answers cannot tell",
            }.get(other["verdict"], ": no difference that matters")
        yield Finding("level", text, tuple(against))

    def sides(self) -> Iterator[Finding]:
        for kind, words, sign in ((WEAK, "Surely below the middle", 1), (STRONG, "Surely above the middle", -1)):
            rows = [row for row in self.areas if row["verdict"] == kind]
            rows.sort(key=lambda row: (sign * row["mean"], row["area"]))
            if rows:
                listed = "; ".join(f"{row['title']} {interval(row)}" for row in rows)
                yield Finding(kind, f"{words}: {listed}", tuple(rows))

    def benchmark(self) -> Iterator[Finding]:
        rows = [row for row in self.sure("benchmark") if row["area"] != ALL]
        for side, word in ((-1, "behind"), (1, "ahead of")):
            chosen = [row for row in rows if row["difference"] * side > 0]
            if chosen:
                listed = "; ".join(f"{self.cell(row)}, by {_by(row)}" for row in chosen[:MOST])
                more = f"; and {len(chosen) - MOST} more" if len(chosen) > MOST else ""
                yield Finding(f"benchmark {word}", f"Surely {word} {self.rival}: {listed}{more}", tuple(chosen))

    def stakeholders(self) -> Iterator[Finding]:
        sides: dict[tuple[str, str], list[Figures]] = {}
        for row in self.sure("stakeholders"):
            sides.setdefault(_high_low(row), []).append(row)
        for (high, low), rows in list(sides.items())[:MOST]:
            listed = "; ".join(f"{self.cell(row)}, {_higher(row)}" for row in rows[:MOST])
            who = [lower_first(self.made.stakeholders[side]) for side in (high, low)]
            yield Finding("stakeholders", f"Rated higher by {who[0]} than by {who[1]}: {listed}", tuple(rows))

    def directions(self) -> Iterator[Finding]:
        rows = self.sure("directions")
        whole = [row for row in rows if row["area"] == ALL]
        for row in whole or rows[:MOST]:
            high, low = (lower_first(self.made.directions[side]) for side in _high_low(row))
            where = "In all" if row["area"] == ALL else str(self.made.areas[row["area"]])
            text = f"{where}, the direction {high} is rated above that {low}: {_higher(row)}"
            yield Finding("directions", text, tuple(rows))

    def importance(self) -> Iterator[Finding]:
        rows = [row for row in self.sure("importance") if row["difference"] > 0]
        if rows:
            item = str(self.made.items[rows[0]["item"]].text)
            figures = f"importance {rows[0]['mean_a']:.1f}, true {rows[0]['mean_b']:.1f}"
            yield Finding("importance", f"Important and least true: “{item}” {figures}", tuple(rows))

    def data(self) -> Iterator[Finding]:
        held = self.held
        if held["why"]:
            yield Finding("data", f"What the data hold cannot be set beside it: {held['why']}")
        elif held["clusters"] == 0:
            many = "1 priority" if held["priorities"] == 1 else f"{held['priorities']} priorities"
            text = f"the data list no cluster organisation there, for {many}; the list may be short"
            yield Finding("data", f"Beside opinion: {text}", (held,))
        else:
            text = f"{held['covered']} of {held['priorities']} priorities have a cluster of the field in the data"
            if held["coded"]:
                text += f"; {held['linked']} of {held['coded']} clusters with known fields work on a priority"
            yield Finding("data", f"Beside opinion: {text}", (held,))

    def unknown(self) -> Iterator[Finding]:
        rows = [row for row in self.areas if row["verdict"] == UNKNOWN]
        if rows:
            listed = "; ".join(row["title"] for row in rows)
            yield Finding("unknown", f"Too few can say, so nothing is shown: {listed}", tuple(rows))

    def cell(self, row: Figures) -> str:
        """Return an area and a direction in words."""
        way = "" if row["direction"] == ALL else f", {lower_first(self.made.directions[row['direction']])}"
        return f"{self.made.areas[row['area']]}{way}"


def interval(row: Mapping[str, Any]) -> str:
    """Return a mean with its interval in words.

    >>> interval({"mean": 2.5, "low": 2.0, "high": 3.25}), interval({"mean": 2.5, "low": None, "high": None})
    ('2.50 (2.00 to 3.25)', '2.50')
    """
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


def _high_low(row: Figures) -> tuple[str, str]:
    """Return the side of a gap that is rated higher, and the other."""
    return (row["a"], row["b"]) if row["difference"] > 0 else (row["b"], row["a"])


def _higher(row: Figures) -> str:
    return f"{max(row['mean_a'], row['mean_b']):.1f} against {min(row['mean_a'], row['mean_b']):.1f}"


def _by(row: Figures) -> str:
    return f"{abs(row['difference']):.1f}"
