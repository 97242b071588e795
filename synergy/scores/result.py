"""The scores of all pairs in one frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from synergy.scores.basis import basis, notes
from synergy.scores.columns import MEANING
from synergy.scores.complementarity import complementarity_part
from synergy.scores.cooperation import cooperation_part
from synergy.scores.learning import learning_part
from synergy.scores.lists import Lists
from synergy.scores.null import similarity_test
from synergy.scores.pairs import Pairs
from synergy.scores.part import Part
from synergy.scores.similarity import similarity_part
from synergy.scores.total import mid_ranks, totals
from synergy.scores.uncertainty import uncertainty
from synergy.tables.located import Located
from synergy.tables.study import LEARNING, Study
from synergy_graphs import MultilayerGraph


@dataclass(frozen=True, repr=False, eq=False)
class PairScores:
    """One row per unordered pair of analysed regions; ``MEANING`` says what each column holds.

    ``params``: weights, seed, draws, and ``rank_variance``, the share of the variance of ranks due to each source
    (see ``synergy.scores.uncertainty``).
    """

    frame: pd.DataFrame
    params: Mapping[str, object]

    def to_frame(self) -> pd.DataFrame:
        """Return a copy of the pairs, best total first, unknown totals last."""
        return self.frame.copy()

    def __len__(self) -> int:
        return len(self.frame)

    def __repr__(self) -> str:
        known = int(self.frame["total"].notna().sum())
        return f"PairScores({len(self)} pairs, {known} with a total)"


def score_pairs(study: Study, graph: MultilayerGraph | None = None) -> PairScores:
    """Score every unordered pair of analysed regions: parts, total, rank, how sure, and on what it rests.

    ``part_*``: the share of pairs with a lower value (mid-rank, 0-1) of similarity_excess, of the mean of both
    complementarities, of cooperation and of nearness; of learning, by the survey, only where the study gives it a
    weight (``learning_part``). ``total``: their mean with the study's weights over the
    parts that are known. ``rank_low`` to ``rank_high`` and ``total_low`` to ``total_high``: the 5-95 % range when
    the rows of priorities, activities and projects and the weights are drawn anew together. ``similarity_p`` and
    ``_q``: whether the overlap of two strategies is more than their lengths, the fields' popularity and the
    countries give. An unknown cell is NaN, never zero. ``MEANING`` says more of each column.

    ``graph`` is the study's; given, its layer works-with is used instead of being made again.

    >>> from synergy.tables.read import load
    >>> pairs = score_pairs(load("data/alpine"))
    >>> pairs
    PairScores(861 pairs, 561 with a total)
    >>> row = pairs.frame.set_index(["region_a", "region_b"]).loc[("AT33", "DE11")]
    >>> row["basis"], row["note"]
    ('rests on all 4 parts; AT33: strategy of 3 fields only', 'DE11: inherited from DE1')
    """
    located = study.located
    pairs, lists = Pairs.of(located), Lists.of(located)
    weights = study.settings.weights.as_dict()
    parts = _parts(located, lists, pairs, graph, weights)
    scored = _scored(pairs, parts, weights)
    similarity = scored["similarity"].to_numpy(dtype=np.float64)
    seed = np.random.SeedSequence(study.settings.seed).spawn(1)[0]
    sure = uncertainty(parts, np.array(list(weights.values())), scored, seed)
    frame = pd.concat([scored, similarity_test(lists, pairs, similarity), sure.frame], axis=1)
    frame["basis"] = pd.Series(basis(located, lists, pairs, scored, weights), dtype=object)
    frame["note"] = pd.Series(notes(located, lists, pairs, similarity, weights), dtype=object)
    order = frame.sort_values(["rank", "region_a", "region_b"], na_position="last", kind="stable")
    params = {"weights": weights, "seed": study.settings.seed, "draws": sure.draws, "rank_variance": sure.shares}
    return PairScores(order[[column for column in MEANING if column in order]].reset_index(drop=True), params)


def pair_parts(study: Study, graph: MultilayerGraph | None = None) -> pd.DataFrame:
    """Return the columns of ``score_pairs`` up to the rank, without ranges, test, basis and note; by region ids.

    The same values at a small part of the price, for whoever scores many versions of a study. No graph is built.

    >>> from synergy.tables.read import load
    >>> parts = pair_parts(load("data/baltic"))
    >>> len(parts), bool(parts["total"].between(0, 1).any())
    (406, True)
    """
    located = study.located
    pairs, weights = Pairs.of(located), study.settings.weights.as_dict()
    scored = _scored(pairs, _parts(located, Lists.of(located), pairs, graph, weights), weights)
    return scored[[column for column in MEANING if column in scored]]


def _parts(
    located: Located, lists: Lists, pairs: Pairs, graph: MultilayerGraph | None, weights: Mapping[str, float]
) -> list[Part]:
    """Return the parts in the order of ``weights``; a distance is measured, not sampled."""
    distance = located.places.distance_km[pairs.a, pairs.b].round(3)
    parts = [
        similarity_part(lists, pairs),
        complementarity_part(located.activity, pairs),
        cooperation_part(located, pairs, graph),
        Part("proximity", pd.DataFrame({"distance_km": distance}), -distance),
    ]
    return parts + ([learning_part(located, pairs)] if LEARNING in weights else [])


def _scored(pairs: Pairs, parts: Sequence[Part], weights: Mapping[str, float]) -> pd.DataFrame:
    shares = pd.DataFrame({f"part_{part.name}": mid_ranks(part.value) for part in parts})
    columns = [part.columns for part in parts]
    return pd.concat([pairs.names(), *columns, shares, totals(shares, weights)], axis=1)
