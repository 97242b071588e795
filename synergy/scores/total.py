"""From parts to a total and a rank, which only ever stand beside the parts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.scores.pairs import Floats
from synergy.tables.study import PARTS

# Values that differ by less are the same: sums of the same terms in another order must tie.
DIGITS = 9


def mid_rank(values: pd.Series) -> pd.Series:
    """Return the share of known values that are lower, ties counting half; NaN stays NaN.

    >>> mid_rank(pd.Series([3.0, 1.0, float("nan"), 1.0])).round(3).tolist()
    [0.833, 0.333, nan, 0.333]
    """
    return pd.Series(mid_ranks(values.to_numpy(dtype=np.float64)), index=values.index)


def mid_ranks(values: Floats) -> Floats:
    """Return what ``mid_rank`` does, array to array."""
    known = ~np.isnan(values)
    ranks = np.full(values.shape, np.nan)
    lower, upto = _counts(values[known])
    ranks[known] = (lower + upto) / (2 * max(len(lower), 1))
    return ranks


def totals(parts: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Return known_weight, total and rank from the columns ``part_*``.

    ``total = sum_p w_p part_p / sum_p w_p`` over the parts that are known, and known_weight the share of all
    weight that these have. Cooperation and nearness alone say nothing of fit: where neither similarity nor
    complementarity (of a weight above 0) is known, the total is unknown. rank 1 is the largest total; ties share
    the better rank.

    >>> parts = pd.DataFrame({f"part_{part}": [0.5, float("nan")] for part in PARTS})
    >>> totals(parts, dict.fromkeys(PARTS, 1.0)).iloc[0].tolist()
    [1.0, 0.5, 1]
    """
    weight = np.array([weights[part] for part in PARTS])
    values = parts[[f"part_{part}" for part in PARTS]].to_numpy(dtype=np.float64)
    known = ~np.isnan(values)
    fit_known = (known[:, :2] * (weight[:2] > 0)).any(axis=1)
    total = np.where(fit_known, weighted_mean(values, known, weight), np.nan)
    frame = pd.DataFrame({"known_weight": (known @ weight / weight.sum()).round(6), "total": total}, index=parts.index)
    frame["rank"] = frame["total"].rank(method="min", ascending=False).astype("Int64")
    return frame


def weighted_mean(values: Floats, known: np.ndarray, weight: Floats) -> Floats:
    """Return the weighted mean of each row over what is known of it, NaN where that has no weight."""
    stands_for = known @ weight
    mean = np.divide(
        np.where(known, values, 0.0) @ weight, stands_for, out=np.full(len(values), np.nan), where=stands_for > 0
    )
    return np.asarray(mean.round(DIGITS))


def ranks_of(totals: Floats) -> np.ndarray:
    """Return the rank of each known total, 1 the largest, ties sharing the better one.

    >>> ranks_of(np.array([0.2, 0.9, 0.9])).tolist()
    [3, 1, 1]
    """
    return np.asarray(len(totals) + 1 - _counts(totals)[1], dtype=np.int32)


def _counts(values: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return how many values are lower than each, and how many lower or equal; ``rankdata`` is slow on few."""
    order = np.argsort(values)
    ordered = values[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(values)])
    sizes = np.diff(starts, append=len(values))
    lower, upto = np.empty((2, len(values)), dtype=np.intp)
    lower[order], upto[order] = np.repeat(starts, sizes), np.repeat(starts + sizes, sizes)
    return lower, upto
