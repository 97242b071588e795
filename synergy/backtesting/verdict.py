"""What a backtest's figures mean, in plain words, also where our score loses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from synergy.backtesting.evaluate import Level

Row = dict[str, Any]
FEW = 20
SCORES = {"total": "the pair total", "affinity": "the affinity for themes"}
MEASURES = (("auc", "AUC"), ("average_precision", "average precision"))
TOO_FEW = "too little came true to tell"
CHANCE = "no better than chance"
BETTER = "better than chance, not than every baseline"
WORSE = "better than chance, worse than a baseline"
BEST = "better than every baseline"
NO_CLAIM = "no score of ours claims it"


@dataclass(frozen=True)
class Verdict:
    """What our score is worth at one level; ``ours`` and ``best`` are rows of the level's frame, ``best`` a baseline.

    ``behind`` are baselines that do better in AUC or average precision, ``open`` those that cannot be told apart,
    ``alone`` figures of ours that are no better than chance by themselves.
    """

    level: str
    question: str
    worth: str
    ours: Row
    best: Row
    behind: tuple[str, ...]
    open: tuple[str, ...]
    alone: tuple[str, ...]
    came_true: int
    cases: int
    base_rate: float

    @classmethod
    def of(cls, level: Level) -> Verdict:
        """Judge a level by intervals: better or worse is said only where equality is excluded."""
        scores, baselines, parts = (_rows(level, kind) for kind in ("score", "baseline", "part"))
        ours = next(iter(scores.values()), {}) or _best(parts)
        behind, open_ = _apart(baselines) if scores else (set(), set())
        alone = {name for name, row in parts.items() if row["auc_low"] <= 0.5}
        worth = _worth(level, ours, behind, open_) if scores else NO_CLAIM
        return cls(
            level.level, level.question, worth, ours, _best(baselines), _told(behind), _told(open_ - behind),
            _told(alone), level.positives, level.cases, level.base_rate,
        )  # fmt: skip

    def __str__(self) -> str:
        name = self.level[0].upper() + self.level[1:]
        if self.came_true < FEW:
            return f"{name}: {TOO_FEW} ({self.came_true} of {self.cases:,})."
        ours = SCORES.get(self.ours["scorer"], self.ours["scorer"].removeprefix("part: "))
        said = [f"{name}: {NO_CLAIM if self.worth == NO_CLAIM else f'{ours} is {self.worth}'}"]
        said += [f"worse than {_listed(self.behind)}"] if self.behind else []
        said += [f"not told apart from {_listed(self.open)}"] if self.open else []
        figures = f"{_measured(ours, self.ours)}; {_measured(self.best['scorer'], self.best)}"
        alone = f" Alone, no better than chance: {_listed(self.alone)}." if self.alone else ""
        return f"{'; '.join(said)}. {figures[0].upper()}{figures[1:]}; by chance 0.50 and {self.base_rate:.3f}.{alone}"


def _worth(level: Level, ours: Row, behind: set[str], open_: set[str]) -> str:
    if level.positives < FEW or np.isnan(ours["auc"]):
        return TOO_FEW
    if not ours["auc_low"] > 0.5:
        return CHANCE
    return WORSE if behind else BETTER if open_ else BEST


def _apart(baselines: dict[str, Row]) -> tuple[set[str], set[str]]:
    """Return the baselines that are better than our score in a measure, and those not told apart from it in one."""
    behind = {n for n, row in baselines.items() if any(row[f"{m}_lead_high"] < 0 for m, _ in MEASURES)}
    open_ = {n for n, row in baselines.items() if any(not row[f"{m}_lead_low"] > 0 for m, _ in MEASURES)}
    return behind, open_


def _rows(level: Level, kind: str) -> dict[str, Row]:
    return {row["scorer"]: row for row in level.frame.to_dict("records") if row["kind"] == kind}


def _best(rows: dict[str, Row]) -> Row:
    return max(rows.values(), key=lambda row: (np.nan_to_num(row["auc"]), row["scorer"]))


def _measured(name: str, row: Row) -> str:
    shown = [f"{word} {row[m]:.3f} ({row[f'{m}_low']:.3f} to {row[f'{m}_high']:.3f})" for m, word in MEASURES]
    return f"{name} has {', '.join(shown)}"


def _told(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(name.removeprefix("part: ") for name in names))


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
