"""From parts to a total and a rank, which only ever stand beside the parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.scores.pairs import Floats

# Values that differ by less are the same: sums of the same terms in another order must tie.
DIGITS = 9
# The parts that say how well two regions fit.
FIT = ("similarity", "complementarity")


def mid_rank(values: pd.Series) -> pd.Series:
    """Return the share of known values that are lower, ties counting half; NaN stays NaN.

    >>> mid_rank(pd.Series([3.0, 1.0, float("nan"), 1.0])).round(3).tolist()
    [0.833, 0.333, nan, 0.333]
    """
    return pd.Series(mid_ranks(values.to_numpy(dtype=np.float64)), index=values.index)


def mid_ranks(values: Floats) -> Floats:
    """Return the mid-rank of each value along the last axis; what is NaN in one row is so in all.

    >>> mid_ranks(np.array([[0.3, 0.1, 0.1], [1.0, 2.0, 3.0]])).round(3).tolist()
    [[0.833, 0.333, 0.333], [0.167, 0.5, 0.833]]
    """
    known = ~np.isnan(values).any(axis=tuple(range(values.ndim - 1)))
    ranks = np.full(values.shape, np.nan)
    lower, upto = _counts(values[..., known].round(DIGITS))
    ranks[..., known] = (lower + upto) / (2 * max(int(known.sum()), 1))
    return ranks


def totals(parts: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Return known_weight, total and rank from the columns ``part_*``.

    ``total = sum_p w_p part_p / sum_p w_p`` over the parts of ``weights`` that are known, and known_weight the share of
    all weight that these have. Cooperation, nearness and opinion alone say nothing of fit: where neither similarity nor
    complementarity (of a weight above 0) is known, the total is unknown. Rank 1 is the largest total; ties share the
    better rank.

    >>> parts = pd.DataFrame({"part_similarity": [0.2, float("nan")], "part_cooperation": [0.8, 0.8]})
    >>> totals(parts, {"similarity": 1.0, "cooperation": 2.0}).iloc[0].astype(float).tolist()
    [1.0, 0.6, 1.0]
    """
    weight = np.array(list(weights.values()))
    values = [parts[f"part_{part}"].to_numpy(dtype=np.float64) for part in weights]
    known = ~np.isnan(np.column_stack(values))
    says_fit = np.array([part in FIT for part in weights])
    fit_known = (known & says_fit & (weight > 0)).any(axis=1)
    total = np.where(fit_known, weighted_mean(values, weight), np.nan)
    frame = pd.DataFrame({"known_weight": (known @ weight / weight.sum()).round(6), "total": total}, index=parts.index)
    frame["rank"] = frame["total"].rank(method="min", ascending=False).astype("Int64")
    return frame


def weighted_mean(parts: Sequence[Floats], weights: Floats) -> Floats:
    """Return the mean of what is known of each pair, NaN where that has no weight.

    Each part is (draws x) pairs, ``weights`` (draws x) parts.

    >>> weighted_mean([np.array([0.2, 0.4]), np.array([0.8, np.nan])], np.array([1.0, 2.0])).tolist()
    [0.6, 0.4]
    """
    above = sum(np.where(np.isnan(part), 0.0, part) * weights[..., k, None] for k, part in enumerate(parts))
    below = sum(~np.isnan(part) * weights[..., k, None] for k, part in enumerate(parts))
    mean = np.divide(above, below, out=np.full(np.shape(above), np.nan), where=np.asarray(below) > 0)
    return np.asarray(mean.round(DIGITS))


def ranks_of(totals: Floats) -> NDArray[np.int32]:
    """Return the rank of each known total along the last axis, 1 the largest, ties sharing the better one.

    >>> ranks_of(np.array([0.2, 0.9, 0.9])).tolist()
    [3, 1, 1]
    """
    return np.asarray(totals.shape[-1] + 1 - _counts(totals)[1], dtype=np.int32)


def _counts(values: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return how many values of the last axis are lower than each, and how many lower or equal."""
    order = np.argsort(values, axis=-1)
    ordered = np.take_along_axis(values, order, axis=-1)
    n = values.shape[-1]
    place = np.broadcast_to(np.arange(n), values.shape)
    differs = ordered[..., 1:] != ordered[..., :-1]
    edge = np.ones((*values.shape[:-1], min(n, 1)), dtype=bool)
    starts = np.maximum.accumulate(np.where(np.concatenate([edge, differs], axis=-1), place, 0), axis=-1)
    last = np.where(np.concatenate([differs, edge], axis=-1), place, n)[..., ::-1]
    ends = np.minimum.accumulate(last, axis=-1)[..., ::-1] + 1
    lower, upto = np.empty((2, *values.shape), dtype=np.intp)
    np.put_along_axis(lower, order, starts, axis=-1)
    np.put_along_axis(upto, order, ends, axis=-1)
    return lower, upto
