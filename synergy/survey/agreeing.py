"""Do those who answer for a region agree: before their scores are averaged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from synergy.errors import UsageError
from synergy.survey.answers import Floats, answers_of
from synergy.survey.instrument import POINTS, Instrument
from synergy.survey.intervals import check_level
from synergy.survey.scoring import MIN_N, hidden_cells, plain_rows

ENOUGH = 0.7
"""The usual bar for rwg (LeBreton and Senter 2008)."""
AGREEMENT_COLUMNS = ("region_id", "area", "direction", "n", "rwg", "agree")
ICC_COLUMNS = ("area", "direction", "regions", "n", "icc1", "low", "high", "icck", "p")


def rwg(answers: ArrayLike, points: int = len(POINTS)) -> float:
    """Return how far raters agree on one target, against answers at random: at most 1, 0 where they do not.

    respondents x items (one item may be a plain list), missing answers left out of each item. For one item
    ``rwg = 1 - s^2 / sigma^2``, s^2 the variance with n - 1 and ``sigma^2 = (A^2 - 1) / 12`` that of A equally likely
    points; for J items ``J m / (J m + 1 - m)``, m the mean of the items' ``1 - s^2 / sigma^2`` (James, Demaree and Wolf
    1984). Below 0, more apart than at random, it is set to 0, as is usual. NaN below two raters.

    Raises UsageError for fewer than two points.

    >>> rwg([3, 4, 4, 5]), round(rwg([[4, 5], [4, 4], [5, 5]]), 3)
    (0.6666666666666667, 0.909)
    """
    if points < 2:
        raise UsageError(f"a scale has at least 2 points, not {points!r}")
    values = np.asarray(answers, dtype=np.float64)
    values = values[:, None] if values.ndim == 1 else values
    enough = (~np.isnan(values)).sum(axis=0) >= 2
    if not enough.any():
        return np.nan
    spread = np.nanvar(values[:, enough], axis=0, ddof=1)
    share = 1 - float(spread.mean()) / ((points**2 - 1) / 12)
    items = int(enough.sum())
    return max(0.0, items * share / (items * share + 1 - share)) if share > 0 else 0.0


@dataclass(frozen=True)
class Icc:
    """Intraclass correlations: ``icc1`` of one respondent, ``icck`` of a group's mean; NaN where undefined."""

    icc1: float
    low: float
    high: float
    icck: float
    p: float
    groups: int
    respondents: int
    size: float

    def __repr__(self) -> str:
        inner = f"ICC(1)={self.icc1:.3f} [{self.low:.3f}, {self.high:.3f}], ICC(k)={self.icck:.3f}"
        return f"Icc({inner}, {self.groups} groups of {self.size:.1f})"


def icc(values: ArrayLike, groups: ArrayLike, level: float = 0.95) -> Icc:
    """Return how much of the variance of scores lies between groups (regions), and how reliable a group's mean is.

    One-way random effects: ``ICC(1) = (MSB - MSW) / (MSB + (k - 1) MSW)``, ``ICC(k) = 1 - MSW / MSB`` (Shrout and
    Fleiss 1979, case 1), with ``k = (N - sum n_g^2 / N) / (G - 1)`` where groups differ in size. The interval turns
    that of ``F = MSB / MSW`` with G - 1 and N - G degrees of freedom, exact for groups of one size; p is that of F.
    Missing values are left out, as are groups without any. NaN below two groups, without a second respondent in any,
    or when nobody differs.

    >>> icc([1, 2, 4, 5, 3, 3], ["a", "a", "b", "b", "c", "c"])
    Icc(ICC(1)=0.862 [-0.086, 0.996], ICC(k)=0.926, 3 groups of 2.0)
    """
    check_level(level)
    scores, names = np.asarray(values, dtype=np.float64), np.asarray(groups)
    there = ~np.isnan(scores)
    scores, names = scores[there], names[there]
    _, at = np.unique(names, return_inverse=True)
    counts: NDArray[np.int64] = np.bincount(at)
    n, g = len(scores), len(counts)
    nothing = Icc(np.nan, np.nan, np.nan, np.nan, np.nan, g, n, n / g if g else np.nan)
    if g < 2 or n <= g:
        return nothing
    means = np.bincount(at, weights=scores) / counts
    between = float((counts * (means - scores.mean()) ** 2).sum()) / (g - 1)
    within = float(((scores - means[at]) ** 2).sum()) / (n - g)
    k = float(n - (counts**2).sum() / n) / (g - 1)
    if between + within <= 1e-12:
        return nothing
    ratio = between / within if within > 0 else np.inf
    low, high, p = _f_interval(ratio, g - 1, n - g, level)
    icck = 1 - 1 / ratio if ratio > 0 else -np.inf
    return Icc(_icc1(ratio, k), _icc1(low, k), _icc1(high, k), icck, p, g, n, k)


def _icc1(ratio: float, k: float) -> float:
    return 1.0 if np.isinf(ratio) else (ratio - 1) / (ratio + k - 1)


def _f_interval(ratio: float, first: int, second: int, level: float) -> tuple[float, float, float]:
    from scipy.special import fdtrc, fdtri

    if np.isinf(ratio):
        return np.inf, np.inf, 0.0
    tail = (1 + level) / 2
    low = ratio / float(fdtri(first, second, tail))
    high = ratio * float(fdtri(second, first, tail))
    return low, high, float(fdtrc(first, second, ratio))


@dataclass(frozen=True, repr=False, eq=False)
class Agreement:
    """Whether the scores of a region's respondents may be averaged: ``frame`` per region, ``icc`` over regions."""

    frame: pd.DataFrame
    icc: pd.DataFrame
    params: Mapping[str, object] = field(default_factory=dict)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per region, area and direction: AGREEMENT_COLUMNS; missing where its mean is withheld."""
        return self.frame.copy()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; what is unknown is None."""
        return {"params": dict(self.params), "agreement": plain_rows(self.frame), "icc": plain_rows(self.icc)}

    def __repr__(self) -> str:
        known = self.frame["agree"].notna().sum()
        return f"Agreement({int(self.frame['agree'].fillna(False).sum())} of {int(known)} known cells agree)"


def agreement(
    survey: pd.DataFrame,
    instrument: Instrument | None = None,
    *,
    enough: float = ENOUGH,
    level: float = 0.95,
    min_n: int = MIN_N,
) -> Agreement:
    """Return how far respondents agree within each region, and how much regions differ, per area and direction.

    ``rwg`` is that of the items of an area and direction; ``agree`` where it reaches ``enough``: below, a region's mean
    hides that people see it differently. ``icc`` holds ICC(1) and ICC(k) of the respondents' scores over the regions
    whose means are shown. Raises UsageError and DataError as `score` does.

    >>> import pandas as pd
    >>> rows = [(f"p{n}", "AT32", "cluster", item, 3 + n % 2) for n in range(6) for item in ("DS1", "DS2")]
    >>> survey = pd.DataFrame(rows, columns=["respondent_id", "region_id", "stakeholder", "item", "answer"])
    >>> agreement(survey).frame[["n", "rwg", "agree"]].round(3).to_dict("records")[0]
    {'n': 6, 'rwg': 0.919, 'agree': True}
    """
    given = answers_of(survey, instrument)
    check_level(level)
    if not 0 <= enough <= 1:
        raise UsageError(f"the bar for rwg lies between 0 and 1, not {enough!r}")
    hidden = hidden_cells(given, min_n)
    rows: list[tuple[object, ...]] = []
    overall: list[tuple[object, ...]] = []
    for cell, codes in given.instrument.cells.items():
        items, scores = given.items(codes), given.scores[cell]
        shown = ~hidden[cell][:-1, -1]
        for r, region in enumerate(given.regions):
            here = (given.region == r) & ~np.isnan(scores)
            value = rwg(items[here]) if shown[r] and here.any() else np.nan
            agree = pd.NA if np.isnan(value) else bool(value >= enough)
            rows.append((region, *cell, int(here.sum()) if shown[r] else pd.NA, value, agree))
        kept: Floats = np.where(shown[given.region], scores, np.nan)
        found = icc(kept, given.region, level)
        count = found.respondents if not hidden[cell][-1, -1] else pd.NA
        overall.append((*cell, found.groups, count, found.icc1, found.low, found.high, found.icck, found.p))
    frame = pd.DataFrame(rows, columns=list(AGREEMENT_COLUMNS)).astype({"n": "Int64", "agree": "boolean"})
    table = pd.DataFrame(overall, columns=list(ICC_COLUMNS)).astype({"n": "Int64"})
    return Agreement(frame, table, {"enough": enough, "level": level, "min_n": min_n})
