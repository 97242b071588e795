"""Every scorer of one level measured on the same cases and the same resamples of regions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from synergy.backtesting.metrics import Floats, Ranking, auc, average_precision, precision_at

Kind = Literal["score", "part", "baseline", "regression"]
MEASURES = ("auc", "average_precision", "precision_at_k")
CELLS = 20_000_000
"""Draws x cases held at once."""
TOP = 100


@dataclass(frozen=True, eq=False)
class Scorer:
    """One way to rank the cases of a level; NaN where it knows nothing of a case."""

    name: str
    kind: Kind
    values: Floats


@dataclass(frozen=True, eq=False)
class Cases:
    """What could come true at one level: the two regions of each case, whether it did, and who ranks it.

    ``groups`` splits the cases that may be compared (one theme each); None when all may. ``weights`` counts a case
    that stands for several; None when each is itself.
    """

    level: str
    question: str
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    came_true: NDArray[np.bool_]
    scorers: tuple[Scorer, ...]
    groups: NDArray[np.int64] | None = None
    weights: Floats | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Level:
    """The result of one level: one row per scorer, the best AUC first, with 95 % intervals.

    ``*_lead`` is the full score's measure minus the scorer's on the same resamples, with its interval: where that
    lies above 0, the full score is better.
    """

    level: str
    question: str
    cases: int
    positives: int
    base_rate: float
    k: int
    frame: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...] = ()


def evaluate(cases: Cases, n_regions: int, seed: np.random.SeedSequence, draws: int) -> Level:
    """Measure every scorer on a level's cases.

    Cases that share a region are not independent, so regions are resampled, not cases: a case of regions a and b
    weighs c_a c_b, with c how often each was drawn (multinomial; c_a where both are one). The first row of weights
    is the data themselves. A scorer that knows nothing of a case puts it in its own middle (median), neither ahead
    nor behind. With fewer than two kinds of outcome every measure is NaN.
    """
    counts = np.random.default_rng(seed).multinomial(n_regions, np.full(n_regions, 1 / n_regions), size=draws)
    counts = np.vstack([np.ones(n_regions, dtype=np.int64), counts]).astype(np.float64)
    base = np.ones(len(cases.a)) if cases.weights is None else cases.weights
    whole = float(base.sum())
    k = int(min(TOP, max(cases.came_true.sum(), 1)))
    values = [_middle_where_unknown(scorer.values) for scorer in cases.scorers]
    measured = np.full((len(values), len(MEASURES), draws + 1), np.nan)
    step = max(1, CELLS // max(len(base), 1))
    groups = [np.arange(len(base))] if cases.groups is None else _split(cases.groups)
    for start in range(0, draws + 1, step) if len(base) else ():
        part = counts[start : start + step]
        weights = np.where(cases.a == cases.b, part[:, cases.a], part[:, cases.a] * part[:, cases.b]) * base
        for i, value in enumerate(values):
            measured[i, :, start : start + step] = _measures(value, cases.came_true, weights, groups, k / whole)
    hits = float((base * cases.came_true).sum())
    frame = _frame(cases.scorers, measured)
    rate = hits / whole if whole else float("nan")
    return Level(cases.level, cases.question, round(whole), int(cases.came_true.sum()), rate, k, frame, cases.notes)


def _measures(
    value: Floats, came_true: NDArray[np.bool_], weights: Floats, groups: list[NDArray[np.int64]], share: float
) -> Floats:
    """Return the measures per draw; over several groups their means, each weighing as much as came true in it."""
    if len(groups) == 1:
        ranking = Ranking.of(value, came_true, weights)
        return np.vstack([auc(ranking), average_precision(ranking), precision_at(ranking, share)])
    above, below = np.zeros((3, len(weights))), np.zeros((3, len(weights)))
    for group in groups:
        ranking = Ranking.of(value[group], came_true[group], weights[:, group])
        each = np.vstack([auc(ranking), average_precision(ranking), precision_at(ranking, share)])
        weight = np.where(np.isnan(each), 0.0, ranking.hits.sum(axis=1))
        above += np.nan_to_num(each) * weight
        below += weight
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(above / below)


def _split(groups: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    order = np.argsort(groups, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(groups[order])) + 1)


def _middle_where_unknown(values: Floats) -> Floats:
    known = ~np.isnan(values)
    return np.where(known, values, np.median(values[known]) if known.any() else 0.0)


def _frame(scorers: tuple[Scorer, ...], measured: Floats) -> pd.DataFrame:
    full = next((i for i, scorer in enumerate(scorers) if scorer.kind == "score"), None)
    rows = []
    for i, scorer in enumerate(scorers):
        row: dict[str, object] = {
            "scorer": scorer.name,
            "kind": scorer.kind,
            "known": round(float((~np.isnan(scorer.values)).mean()), 6) if len(scorer.values) else np.nan,
        }
        for j, measure in enumerate(MEASURES):
            row |= _with_interval(measure, measured[i, j])
        for j, measure in enumerate(MEASURES[:2]):
            lead = measured[full, j] - measured[i, j] if full is not None and full != i else np.full(1, np.nan)
            row |= _with_interval(f"{measure}_lead", lead)
        rows.append(row)
    frame = pd.DataFrame(rows)
    return frame.sort_values(["auc", "scorer"], ascending=[False, True], na_position="last", ignore_index=True)


def _with_interval(name: str, draws: Floats) -> dict[str, float]:
    low, high = interval(draws[0], draws[1:])
    return {name: round(float(draws[0]), 6), f"{name}_low": round(low, 6), f"{name}_high": round(high, 6)}


def interval(estimate: float, draws: Floats) -> tuple[float, float]:
    """Return the bias-corrected 95 % percentile interval of resampled estimates (Efron 1981).

    ``z = Phi^-1(share of draws below the estimate)``, ties half; the quantiles at ``Phi(2 z -/+ 1.96)``. A measure
    such as average precision rises when regions are drawn twice, and a plain percentile interval would miss it.

    >>> [round(end, 3) for end in interval(0.5, np.linspace(0.0, 1.0, 101))]
    [0.025, 0.975]
    """
    known = np.sort(draws[~np.isnan(draws)])
    if np.isnan(estimate) or not known.size:
        return float("nan"), float("nan")
    below = ((known < estimate).sum() + (known == estimate).sum() / 2) / known.size
    z = ndtri(np.clip(below, 0.5 / known.size, 1 - 0.5 / known.size))
    low, high = np.quantile(known, ndtr([2 * z + ndtri(0.025), 2 * z + ndtri(0.975)]))
    return float(low), float(high)
