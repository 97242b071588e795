"""The backtest of a study: every level measured, told in a table and in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from synergy.backtesting.cut import Cut, middle
from synergy.backtesting.evaluate import Level, evaluate
from synergy.backtesting.organisations import organisation_cases
from synergy.backtesting.pairs import pair_cases
from synergy.backtesting.sides import Sides
from synergy.backtesting.themes import theme_cases
from synergy.backtesting.verdict import Verdict
from synergy.tables.study import Study

DRAWS = 500


@dataclass(frozen=True, repr=False, eq=False)
class Backtest:
    """How well each scorer ranks what came after the cut, per level; ``verdicts`` say it in words.

    ``known`` and ``later`` count the projects on the two sides; ``notes`` what the cut could not decide.
    """

    cut: str
    until: str | None
    learned_at: str | None
    known: int
    later: int
    levels: tuple[Level, ...]
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...]
    params: Mapping[str, object]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per level and scorer with every measure and its 95 % interval."""
        frames = [level.frame.assign(level=level.level) for level in self.levels]
        whole = pd.concat(frames, ignore_index=True)
        return whole[["level", *(column for column in whole.columns if column != "level")]]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values; an unknown number is None."""
        return {
            "cut": self.cut, "until": self.until, "learned_at": self.learned_at,
            "projects_known": self.known, "projects_later": self.later,
            "sentences": [str(verdict) for verdict in self.verdicts], "notes": list(self.notes),
            "verdicts": [_plain_all(asdict(verdict)) for verdict in self.verdicts],
            "levels": [
                {
                    "level": level.level, "question": level.question, "cases": level.cases, "k": level.k,
                    "came_true": level.positives, "base_rate": _plain(level.base_rate), "notes": list(level.notes),
                    "scorers": [_plain_all(row) for row in level.frame.to_dict("records")],
                }
                for level in self.levels
            ],
        }  # fmt: skip

    def __repr__(self) -> str:
        return f"Backtest(cut {self.cut}: {self.known} projects known, {self.later} later, {len(self.levels)} levels)"


def backtest(study: Study, cut: str | int, *, until: str | int | None = None, draws: int = DRAWS) -> Backtest:
    """Cut a study at a date, score what was known, and measure how well that ranks what began after it.

    Levels: region pairs (all, new, repeated, new within one programme), (pair, theme), pair within a theme, new
    organisation pairs. Every scorer, ours and the baselines, has AUC, average precision and precision at k with
    95 % intervals from ``draws`` resamples of regions. Regressions learn at an earlier cut inside what is known.
    ``until`` ends the future (None: all that is there). Raises UsageError for a cut that is no date or leaves one
    side without projects.

    >>> from synergy.tables.read import load
    >>> found = backtest(load("data/baltic"), "2016-06-30", draws=20)
    >>> [level.level for level in found.levels][:2]
    ['region pairs', 'new region pairs']
    """
    at, end = Cut.of(cut), None if until is None else Cut.of(until)
    sides = Sides.of(study, at, end)
    sides.refuse_empty()
    inner = middle(sides.parts.study, at)
    earlier = None if inner is None else Sides.of(sides.parts.study, inner)
    for_draws, for_sample = np.random.SeedSequence(study.settings.seed).spawn(2)
    cases = [
        *pair_cases(sides, earlier),
        *theme_cases(sides, earlier),
        *organisation_cases(sides, for_sample),
    ]
    n = len(sides.past.regions)
    levels = tuple(evaluate(each, n, for_draws, draws) for each in cases)
    return Backtest(
        cut=at.day,
        learned_at=None if inner is None else inner.day,
        known=len(sides.past.projects),
        later=len(sides.future.projects),
        levels=levels,
        verdicts=tuple(Verdict.of(level) for level in levels),
        notes=sides.parts.notes,
        until=None if end is None else end.day,
        params={"seed": study.settings.seed, "draws": draws},
    )


def _plain_all(values: dict[str, Any]) -> dict[str, Any]:
    return {k: _plain_all(v) if isinstance(v, dict) else list(v) if isinstance(v, tuple) else _plain(v)
            for k, v in values.items()}  # fmt: skip


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and np.isnan(value) else value
