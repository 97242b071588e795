"""A diamond taken apart: its summary and the terms that made it."""

from __future__ import annotations

import pandas as pd

from synergy.diamonds.kinds import PARTS
from synergy.diamonds.result import Diamonds

Term = tuple[str, str, float, str]


def diamond_terms(diamonds: Diamonds, row: pd.Series) -> tuple[str, list[Term]]:
    """Return (summary, terms) of a row of the frame: the parts of its score, its corners, the signs of each."""
    one = row.name
    terms: list[Term] = [
        ("score", part, row[f"part_{part}"], "one of the parts whose mean is the score") for part in PARTS
    ]
    corners = diamonds.corners[diamonds.corners["diamond_id"] == one]
    for line in corners.itertuples(index=False):
        rests = f"{line.signs_known} of {line.signs} signs known, {line.rows} row{'s' * (line.rows != 1)}"
        terms.append((line.corner, line.region_id, line.reach, f"{line.state}; 1 is the line; {rests}"))
    signs = diamonds.signs[diamonds.signs["diamond_id"] == one]
    for line in signs.itertuples(index=False):
        bar = "" if pd.isna(line.bar) else f"; critical mass {line.bar:g}"
        value = "unknown" if pd.isna(line.value) else f"{line.value:g}"
        quotient = "" if pd.isna(line.quotient) else f"; quotient {line.quotient:.2f}"
        detail = f"{value} {line.unit}{quotient}{bar}; weight {line.weight:g}"
        terms.append((f"{line.corner}: {line.sign}", line.region_id, line.reach, detail))
    score = (
        "unknown"
        if pd.isna(row["score"])
        else f"{row['score']:.3f} ({row['score_low']:.3f} to {row['score_high']:.3f})"
    )
    summary = (
        f"{one} {row['name']}, {row['regions'].replace(';', ', ')}: {row['kind']}, score {score}; the kind stays in"
        f" {row['robust']:.0%} of draws; rests on {row['rests_on']}. {row['why']} Our own definition, not tested."
    )
    return summary, terms
