"""The default weights, chosen on the earlier dates alone: every mix on a grid, by AUC over three windows."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

from synergy.affinity import WEIGHTS
from synergy.backtesting.cut import Cut
from synergy.backtesting.metrics import Ranking, auc, average_precision
from synergy.backtesting.pairs import PARTS
from synergy.backtesting.sides import Sides, aligned
from synergy.backtesting.themes import cooperating
from synergy.scores import totals
from synergy.tables.study import Study

WINDOWS = (("2015-09-30", "2015-12-31"), ("2015-12-31", "2016-03-31"), ("2016-03-31", "2016-06-30"))
"""Known by, and foreseen until; the report's window begins where the last one ends."""


def pair_weights(study: Study) -> pd.DataFrame:
    """Return every mix of the four parts in tenths, none left out, with AUC over all, new and repeated pairs."""
    windows = []
    for known, until in WINDOWS:
        sides = Sides.of(study, Cut.of(known), Cut.of(until))
        a, b = sides.candidates
        parts = aligned(sides.pair_scores, sides.past.regions, a, b)[[f"part_{part}" for part in PARTS]].astype(float)
        windows.append((parts, sides.past.joint[a, b], sides.future.joint[a, b] > 0))
    rows = []
    for tenths in itertools.product(range(1, 8), repeat=len(PARTS)):
        if sum(tenths) == 10:
            weights = {part: tenth / 10 for part, tenth in zip(PARTS, tenths, strict=True)}
            found = [_of_pairs(*window, weights) for window in windows]
            rows.append(weights | dict(zip(("all", "new", "repeated"), np.mean(found, axis=0), strict=True)))
    frame = pd.DataFrame(rows)
    frame["mean"] = frame[["all", "new", "repeated"]].mean(axis=1)
    return frame.sort_values("mean", ascending=False, ignore_index=True)


def affinity_weights(study: Study) -> pd.DataFrame:
    """Return every mix of 0, 1/2 and 1 of the lifts over popularity with its mean gain over popularity alone."""
    lifts = [name for name in WEIGHTS if name != "popularity"]
    windows = [cooperating(Sides.of(study, Cut.of(known), Cut.of(until)))[:2] for known, until in WINDOWS]
    rows = []
    for mix in itertools.product((0.0, 0.5, 1.0), repeat=len(lifts)):
        weights = dict(zip(lifts, mix, strict=True))
        measured = []
        for found, came_true in windows:
            popular = np.asarray(found.parts["popularity"])
            total = popular + sum(weight * found.parts[name] for name, weight in weights.items())
            own, base = _measure(total.ravel(), came_true.ravel()), _measure(popular.ravel(), came_true.ravel())
            measured.append((own[0] - base[0], own[1] / base[1] - 1))
        rows.append(weights | dict(zip(("auc_gain", "precision_gain"), np.mean(measured, axis=0), strict=True)))
    return pd.DataFrame(rows).sort_values("auc_gain", ascending=False, ignore_index=True)


def _of_pairs(parts: pd.DataFrame, joint: np.ndarray, later: np.ndarray, weights: dict[str, float]) -> list[float]:
    total = totals(parts, weights)["total"].astype(float)
    score = total.fillna(total.median()).to_numpy()
    groups = (np.ones(len(joint), dtype=bool), joint == 0, joint > 0)
    return [_measure(score[group], later[group])[0] for group in groups]


def _measure(score: np.ndarray, came_true: np.ndarray) -> tuple[float, float]:
    ranking = Ranking.of(score, came_true, np.ones((1, len(score))))
    return float(auc(ranking)[0]), float(average_precision(ranking)[0])
