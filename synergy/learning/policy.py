"""The policy reading: what recurs over regions, who lags alike, who learns from whom, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from synergy.learning.implications import Implication, implications_of
from synergy.learning.likeness import DRAWS, Likeness, like_regions
from synergy.learning.pairs import LEARN, TEACH, learning_pairs
from synergy.learning.stress import StressTest, stress_test
from synergy.survey import ALL, Instrument
from synergy.survey.opinions import STRONG, UNKNOWN, WEAK
from synergy.tables.study import Study

RECURRING = ("area", "title", "weak", "strong", "near", "unknown", "weak_regions", "strong_regions")


@dataclass(frozen=True, repr=False, eq=False)
class PolicyReading:
    """The cross-region reading of a StressTest.

    ``recurring`` counts per area the regions on each side of the middle, ``disagreement`` the sure gaps between
    stakeholder types and directions by area, ``alike`` holds the regions that lag alike with their stability,
    ``pairs`` who learns what from whom, ``unmet`` needs without a teacher, ``implications`` what follows.
    """

    stress: StressTest
    recurring: pd.DataFrame
    disagreement: pd.DataFrame
    alike: Likeness
    grouped_by: tuple[str, ...]
    pairs: pd.DataFrame
    unmet: pd.DataFrame
    implications: tuple[Implication, ...]
    params: Mapping[str, object]

    def to_frame(self) -> pd.DataFrame:
        """Return the learning pairs, the most valuable first."""
        return self.pairs.copy()

    def __len__(self) -> int:
        return len(self.implications)

    def __repr__(self) -> str:
        groups = len(self.alike.groups)
        return f"PolicyReading({len(self)} implications, {len(self.pairs)} learning pairs, {groups} groups)"


def policy_reading(
    study: Study,
    stress: StressTest | None = None,
    *,
    teach: int = TEACH,
    learn: int = LEARN,
    instrument: str | Path | Instrument | None = None,
) -> PolicyReading:
    """Read a StressTest across its regions (``stress_test`` of the study when it is not given).

    Groups are those of ``like_regions`` over the areas that are shown for every region, the study's seed; pairs those
    of ``learning_pairs``; implications follow by stated rules (``implications_of``), each with its figures.
    """
    stress = stress_test(study, instrument=instrument) if stress is None else stress
    recurring = _recurring(stress)
    answers = stress.opinions.respondents
    alike = like_regions(answers, np.random.SeedSequence(study.settings.seed))
    pairs, unmet = learning_pairs(stress.opinions, stress.grounds, teach=teach, learn=learn)
    disagreement = _disagreement(stress)
    found = implications_of(stress, recurring, disagreement, alike.groups, pairs, unmet)
    return PolicyReading(
        stress, recurring, disagreement, alike, tuple(c for c in answers.columns if c != "region_id"),
        pairs, unmet, found, {"teach": teach, "learn": learn, "draws": DRAWS, "seed": study.settings.seed},
    )  # fmt: skip


def _recurring(stress: StressTest) -> pd.DataFrame:
    rows = []
    for area, frame in stress.opinions.areas.groupby("area", sort=False):
        side = {word: tuple(frame.loc[frame["verdict"] == word, "region_id"]) for word in set(frame["verdict"])}
        weak, strong, unknown = (side.get(word, ()) for word in (WEAK, STRONG, UNKNOWN))
        near = len(frame) - len(weak) - len(strong) - len(unknown)
        rows.append((area, frame["title"].iloc[0], len(weak), len(strong), near, len(unknown), ";".join(weak),
                     ";".join(strong)))  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(RECURRING))
    return frame.sort_values(["weak", "area"], ascending=[False, True], kind="stable").reset_index(drop=True)


def _disagreement(stress: StressTest) -> pd.DataFrame:
    """Return the sure gaps between stakeholder types, and between directions in all, region by region."""
    frame = stress.gaps.frame
    within = frame["region_id"] != ALL
    types = (frame["kind"] == "stakeholders") & within
    ways = (frame["kind"] == "directions") & within & (frame["area"] == ALL)
    sure = frame[(types | ways) & (frame["verdict"] == "gap")]
    columns = ["kind", "region_id", "area", "direction", "a", "b", "mean_a", "mean_b", "difference", "low", "high", "q"]
    return sure[columns].reset_index(drop=True)
