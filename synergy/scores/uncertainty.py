"""How sure a rank is: rows and weights drawn anew together, and which of them moves the ranks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from synergy.scores.pairs import Floats
from synergy.scores.part import Draw, Part
from synergy.scores.total import mid_ranks, ranks_of, weighted_mean

DRAWS = 500
# With very many pairs fewer draws do: the ranks and totals of all draws over them all are held at once.
MOST_RANKS = 50_000_000
FEWEST = 100
# Numbers of one block of draws: many at once for few pairs, a pair of draws at a time for very many.
BLOCK = 50_000
# Concentration of the Dirichlet the weights come from: a weight of 0.4 has a standard deviation of 0.11.
SPREAD = 20.0
WEIGHTS = "weights"
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, eq=False, repr=False)
class Uncertainty:
    """``frame`` holds total_low, total_high, rank_low and rank_high per pair; ``shares`` per source first and total."""

    frame: pd.DataFrame
    shares: Mapping[str, Mapping[str, float]]
    draws: int


def uncertainty(
    parts: Sequence[Part], weights: Floats, scored: pd.DataFrame, seed: np.random.SeedSequence
) -> Uncertainty:
    """Return the 5-95 % range of each total and rank when the evidence and the weights are drawn anew together.

    An uncertainty analysis of a composite indicator (Saisana, Saltelli and Tarantola 2005; OECD and JRC 2008): in
    each draw every sampled part is computed again from its table's rows under random weights (``row_weights``), the
    weights of the parts come from a Dirichlet of concentration ``SPREAD`` around the study's own, and mid-ranks,
    totals and ranks follow as in the score. ``scored`` holds total and rank; a range is widened where it leaves
    out the value itself. What is unknown stays so in all draws.

    ``shares``: for each source (a table, or the weights) the share of the variance of ranks, summed over all pairs,
    that it explains alone (``first``) and that would be left if all others were known (``total``): Sobol indices by
    Jansen's (1999) estimators, on draws taken two by two with one source at a time exchanged between them. Empty
    where ranks do not vary.
    """
    has = scored["total"].notna().to_numpy()
    draws = max(min(DRAWS, MOST_RANKS // max(len(scored), 1)), FEWEST) // 2 * 2
    ranks = np.empty((int(has.sum()), draws), dtype=np.int32)
    totals = np.empty(ranks.shape, dtype=np.float32)
    sources = _sources(parts, weights, has, seed)
    total_of = _total_of(parts, has)
    exchanged = {source: np.zeros(2) for source in sources}
    block = max(BLOCK // max(len(scored), 1), 1) * 2
    for start in range(0, draws if has.any() else 0, block):
        drawn = {source: draw(min(block, draws - start)) for source, draw in sources.items()}
        total = total_of(drawn)
        rank = ranks_of(total)
        totals[:, start : start + block], ranks[:, start : start + block] = total.T, rank.T
        one, two = ({source: values[k::2] for source, values in drawn.items()} for k in range(2))
        for source in sources:
            mixed = ranks_of(total_of(one | {source: two[source]}))
            exchanged[source] += [_apart(rank[k::2], mixed) for k in range(2)]
    shares = _shares(exchanged, float(ranks.var(axis=1).sum()) * draws)
    return Uncertainty(_ranges(scored, has, totals, ranks), shares, draws)


def _sources(
    parts: Sequence[Part], weights: Floats, has: np.ndarray, seed: np.random.SeedSequence
) -> dict[str, Callable[[int], Floats]]:
    """Return by table what draws its part anew (as mid-ranks), and what draws the weights; each its own stream."""
    *streams, last = (np.random.default_rng(child) for child in seed.spawn(len(parts) + 1))
    mean = np.maximum(weights / weights.sum(), 1e-6)

    def ranked(draw: Draw, rng: np.random.Generator) -> Callable[[int], Floats]:
        return lambda draws: mid_ranks(draw(rng, draws))[:, has]

    sampled = [(part, rng) for part, rng in zip(parts, streams, strict=True) if part.redraw is not None]
    found = {str(part.table): ranked(part.redraw(), rng) for part, rng in sampled if part.redraw}
    return found | {WEIGHTS: lambda draws: last.dirichlet(mean * SPREAD, size=draws)}


def _total_of(parts: Sequence[Part], has: np.ndarray) -> Callable[[Mapping[str, Floats]], Floats]:
    """Return what makes totals of drawn parts and weights, draws x pairs; what was not sampled stays as it is."""
    fixed = [mid_ranks(part.value)[has] for part in parts]

    def total_of(drawn: Mapping[str, Floats]) -> Floats:
        values = [drawn.get(str(part.table), point) for part, point in zip(parts, fixed, strict=True)]
        return weighted_mean(values, drawn[WEIGHTS])

    return total_of


def _apart(ranks: np.ndarray, mixed: np.ndarray) -> float:
    return float(((ranks - mixed).astype(np.float64) ** 2).sum())


def _shares(exchanged: Mapping[str, Floats], variance: float) -> dict[str, dict[str, float]]:
    """Return Jansen's indices.

    Mixed ranks differ from the first draw's by the source alone, from the second's by all the others.
    """
    if not variance:
        return {}
    return {
        source: {"first": round(max(1 - float(others) / variance, 0.0), 3), "total": round(float(it) / variance, 3)}
        for source, (it, others) in exchanged.items()
    }


def _ranges(scored: pd.DataFrame, has: np.ndarray, totals: np.ndarray, ranks: np.ndarray) -> pd.DataFrame:
    frame = pd.DataFrame(index=scored.index)
    own = scored.loc[has, "total"].to_numpy(dtype=np.float64)
    for name, share, outer in (("total_low", LOW, np.minimum), ("total_high", HIGH, np.maximum)):
        frame.loc[has, name] = outer(_quantile(totals, share).round(6), own)
    place = scored.loc[has, "rank"].to_numpy(dtype=np.int64)
    low, high = np.floor(_quantile(ranks, LOW)), np.ceil(_quantile(ranks, HIGH))
    for name, values in (("rank_low", np.minimum(low, place)), ("rank_high", np.maximum(high, place))):
        frame[name] = pd.Series(values, index=scored.index[has]).reindex(scored.index).astype("Int64")
    return frame


def _quantile(values: np.ndarray, share: float) -> Floats:
    """Return a quantile of each row, linear between its neighbours; puts the rows in order."""
    values.sort(axis=1)
    at = share * (values.shape[1] - 1)
    below, above = values[:, int(np.floor(at))].astype(np.float64), values[:, int(np.ceil(at))]
    return np.asarray(below + (above - below) * (at - np.floor(at)))
