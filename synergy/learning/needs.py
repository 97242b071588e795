"""What a region needs to learn: what its people say is weak, and what its topics lack."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.capacities import CORNERS
from synergy.learning.places import Grounds
from synergy.learning.taxonomy import Taxonomy
from synergy.topics import Topics

BAR = 0.5
"""From here on a need counts: answers at or below the middle of the scale, or half of the topics without the corner."""
LOW, HIGH = 1.0, 5.0
COLUMNS = ("region_id", "category", "need", "asked", "lacking", "why")


def needs_of(grounds: Grounds, topics: Topics, taxonomy: Taxonomy, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the need of every learning region for every category: COLUMNS, by region and in the taxonomy's order.

    ``areas`` has region_id, area, title and mean (1 to 5, missing where too few answered). ``asked`` is the mean over
    the category's areas of (5 - mean) / 4; ``lacking`` the share of the region's topics in which none of its analysed
    regions is strong in the category's corners, of those in which any is known; ``need`` is the mean of those of the
    two that are known, and missing when neither is. Both are our own measures.
    """
    means = areas.set_index(["region_id", "area"])
    lacks = {region: _corners(grounds, topics, region) for region in grounds.regions}
    rows = []
    for region in grounds.regions:
        for category in taxonomy.categories.values():
            said = [
                (str(means.at[(region, area), "title"]), float(means.at[(region, area), "mean"]))
                for area in category.areas
                if (region, area) in means.index and pd.notna(means.at[(region, area), "mean"])
            ]
            asked = float(np.mean([(HIGH - mean) / (HIGH - LOW) for _, mean in said])) if said else np.nan
            lacking, where = _lacking(lacks[region], category.corners)
            known = [value for value in (asked, lacking) if not np.isnan(value)]
            why = [f"people rate {title.lower()} {mean:.1f} of 5" for title, mean in said]
            need = round(float(np.mean(known)), 6) if known else np.nan
            rows.append((region, category.key, need, asked, lacking, "; ".join([*why, *where])))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _corners(grounds: Grounds, topics: Topics, region: str) -> pd.DataFrame:
    """Return topics x corners of one region: 1 strong, 0 known and not strong, missing when not known."""
    members = topics.members[topics.members["region_id"].isin(grounds.analysed(region))]
    marks = {
        topic: {corner: _strong(rows, corner) for corner in CORNERS}
        for topic, rows in members.groupby("topic_id", sort=True)
    }
    return pd.DataFrame.from_dict(marks, orient="index", columns=list(CORNERS), dtype=float)


def _strong(rows: pd.DataFrame, corner: str) -> float:
    known = rows[rows[corner].notna()]
    return float(any(corner in cell.split(";") for cell in known["strong"])) if len(known) else np.nan


def _lacking(corners: pd.DataFrame, wanted: tuple[str, ...]) -> tuple[float, list[str]]:
    """Return the share of topics without any of the wanted corners, and what was counted, in words."""
    marks = corners[list(wanted)].max(axis=1).dropna()
    if marks.empty:
        return np.nan, []
    weak = int((marks == 0).sum())
    return weak / len(marks), [f"not strong in {' or '.join(wanted)} in {weak} of {len(marks)} topics"]
