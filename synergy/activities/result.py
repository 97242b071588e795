"""What ``find_activities`` gives: one frame per question, all keyed by activity_id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

FRAME = (
    "activity_id", "topic_id", "name", "origin", "regions", "countries", "home", "about", "direction", "rule", "stage",
    "n_actors", "n_capacities", "n_external", "mass", "mass_unit", "criteria_met", "criteria_known", "note",
)  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "actors": ("activity_id", "actor_id", "kind", "name", "region_id", "brings", "table", "row"),
    "capacities": (
        "activity_id", "code", "name", "region_id", "strength", "unit", "at_home", "state", "holders",
    ),
    "actions": ("activity_id", "action", "of", "evidence"),
    "relatedness": ("activity_id", "a", "b", "value", "measure"),
    "criteria": ("activity_id", "criterion", "value", "unit", "bar", "met", "why"),
    "evidence": ("activity_id", "table", "row", "region_id", "what"),
}  # fmt: skip
HISTORY = ("activity_id", "name", "region_id", "about", "stage", "first_seen", "stage_since", "note")
REFUSED = ("topic_id", "what", "count", "reason")


@dataclass(frozen=True, repr=False, eq=False)
class Activities:
    """Candidate transformative activities, those that meet most criteria first.

    ``frame`` has one row per activity. ``actors``, ``capacities``, ``actions``, ``relatedness`` (pairs of capacities),
    ``criteria`` and ``evidence`` (input rows) are keyed by activity_id. ``refused`` says what was looked at and why it
    is no activity; ``history`` is the table that a study carries to the next run (its columns are those of the table
    ``activities``), with ``change`` saying what happened since the last one. ``ideas``, ``idea_pairs`` and ``matrix``
    are the workshop ideas, merged.
    """

    frame: pd.DataFrame
    actors: pd.DataFrame
    capacities: pd.DataFrame
    actions: pd.DataFrame
    relatedness: pd.DataFrame
    criteria: pd.DataFrame
    evidence: pd.DataFrame
    refused: pd.DataFrame
    history: pd.DataFrame
    ideas: pd.DataFrame
    idea_pairs: pd.DataFrame
    matrix: pd.DataFrame
    params: Mapping[str, object]

    def to_frame(self) -> pd.DataFrame:
        """Return a copy of the activities, one row each."""
        return self.frame.copy()

    def __len__(self) -> int:
        return len(self.frame)

    def __repr__(self) -> str:
        names = "; ".join(self.frame["name"].head(3))
        return f"Activities({len(self)}: {names}{' …' if len(self) > 3 else ''})"
