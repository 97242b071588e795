"""Pair scores: how well two regions fit, part by part, with a total only beside its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp
from scipy.stats import rankdata

from synergy.economy import complementarity
from synergy.economy.profiles import expected_presence, idf, weighted_cosine
from synergy.network import build, field_profiles, node_id, strategies
from synergy.tables.located import Located
from synergy.tables.study import PARTS, Study
from synergy_graphs import MultilayerGraph

DRAWS = 500
# With very many pairs fewer draws do: the ranks of DRAWS draws over them all are held at once.
MOST_RANKS = 50_000_000
SPREAD = 20.0
COLUMNS = (
    "region_a", "region_b", "similarity", "similarity_expected", "similarity_excess", "complementarity_a_from_b",
    "complementarity_b_from_a", "cooperation", "joint_projects", "distance_km", "part_similarity",
    "part_complementarity", "part_cooperation", "part_proximity", "known_weight", "total", "rank", "rank_low",
    "rank_high", "note",
)  # fmt: skip


@dataclass(frozen=True, repr=False, eq=False)
class PairScores:
    """One row per unordered pair of analysed regions; see ``score_pairs`` for the columns."""

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
    """Score every unordered pair of analysed regions.

    Columns: ``similarity`` cosine of the fields of two strategies, idf-weighted over strategies; ``_expected``
    the same under a model that keeps each list's length, each field's popularity and the country; ``_excess``
    the difference, what is more than imitation (0 when both only inherit one strategy);
    ``complementarity_a_from_b`` what a's missing activities gain in related capabilities (0-100);
    ``cooperation`` sum of 1/(partners - 1) over joint projects; ``distance_km`` great circle.
    ``part_*``: the share of pairs with a lower value (mid-rank, 0-1) of similarity_excess, of the mean of both
    complementarities, of cooperation and of nearness. ``total``: their mean with the study's weights over the
    parts that are known, ``known_weight`` the weight they stand for; unknown when neither similarity nor
    complementarity is known, because cooperation and nearness alone say nothing of fit. ``rank_low`` to
    ``rank_high``: the 5th to 95th percentile of the rank under weights drawn around the study's own, widened where
    that leaves out the rank itself.

    An unknown cell is NaN, never zero: so is the cooperation of a region in a country without any participation.
    ``graph`` is the study's, built here when it is not given.

    >>> from synergy.tables.read import load
    >>> pairs = score_pairs(load("data/alpine"))
    >>> pairs
    PairScores(861 pairs, 561 with a total)
    >>> pairs.frame.set_index(["region_a", "region_b"]).loc[("AT31", "DE11"), "note"]
    ''
    """
    located = Located(study)
    graph = build(study) if graph is None else graph
    ids = list(located.places.regions)
    a, b = np.triu_indices(len(ids), k=1)
    frame = pd.DataFrame({"region_a": np.array(ids, dtype=object)[a], "region_b": np.array(ids, dtype=object)[b]})
    frame = pd.concat([frame, _similarity(located, ids, a, b), _complementarity(located, ids, a, b)], axis=1)
    frame = pd.concat([frame, _cooperation(located, graph, ids, a, b)], axis=1)
    frame["distance_km"] = located.places.distance_km[a, b].round(3)
    parts = pd.DataFrame(
        {
            "part_similarity": mid_rank(frame["similarity_excess"]),
            "part_complementarity": mid_rank(
                (frame["complementarity_a_from_b"] + frame["complementarity_b_from_a"]) / 2
            ),
            "part_cooperation": mid_rank(frame["cooperation"]),
            "part_proximity": mid_rank(-frame["distance_km"]),
        }
    )
    frame = pd.concat([frame, parts, totals(parts, study.settings.weights.as_dict())], axis=1)
    frame = pd.concat([frame, _rank_interval(frame, study)], axis=1)
    order = frame.sort_values(["rank", "region_a", "region_b"], na_position="last", kind="stable")
    params = {"weights": study.settings.weights.as_dict(), "seed": study.settings.seed, "draws": DRAWS}
    return PairScores(order[list(COLUMNS)].reset_index(drop=True), params)


def mid_rank(values: pd.Series) -> pd.Series:
    """Return the share of known values that are lower, ties counting half; NaN stays NaN.

    >>> mid_rank(pd.Series([3.0, 1.0, float("nan"), 1.0])).round(3).tolist()
    [0.833, 0.333, nan, 0.333]
    """
    return (values.rank(method="average") - 0.5) / max(int(values.notna().sum()), 1)


def totals(parts: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Return known_weight, total and rank from the parts; see ``score_pairs``."""
    weight = np.array([weights[part] for part in PARTS])
    values = parts[[f"part_{part}" for part in PARTS]].to_numpy(dtype=float)
    known = ~np.isnan(values)
    stands_for = (known * weight).sum(axis=1) / weight.sum()
    fit_known = (known[:, :2] * (weight[:2] > 0)).any(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        total = np.nansum(values * weight, axis=1) / (known * weight).sum(axis=1)
    total = np.where(fit_known, np.round(total, 9), np.nan)
    frame = pd.DataFrame({"known_weight": stands_for.round(6), "total": total}, index=parts.index)
    frame["rank"] = frame["total"].rank(method="min", ascending=False).astype("Int64")
    return frame


def _similarity(located: Located, ids: list[str], a: np.ndarray, b: np.ndarray) -> pd.DataFrame:
    profiles = field_profiles(located)
    columns = ["similarity", "similarity_expected", "similarity_excess", "note"]
    if profiles.empty:
        return pd.DataFrame({name: np.full(len(a), np.nan) for name in columns[:3]} | {"note": "no strategy known"})
    weights = idf(strategies(located)).reindex(profiles.columns)
    cosine = weighted_cosine(profiles, weights).reindex(index=ids, columns=ids).to_numpy()
    country = located.regions.set_index("region_id")["country"]
    chance = expected_presence(profiles, country.reindex(profiles.index))
    scaled = chance.to_numpy() * weights.to_numpy()
    length = np.sqrt(((profiles * weights) ** 2).sum(axis=1).to_numpy())
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = scaled @ scaled.T / np.outer(length, length)
    expected = pd.DataFrame(expected, profiles.index, profiles.index).reindex(index=ids, columns=ids).to_numpy()
    strategy = _inherited_strategy(located, ids)
    one = (strategy[a] == strategy[b]) & (strategy[a] >= 0)
    similar, likely = cosine[a, b], expected[a, b]
    unknown = np.isnan(similar)
    known = np.isin(ids, profiles.index)
    why = np.where(known[a] & known[b], "the fields named are named by all", "strategy unknown")
    note = np.where(one & ~unknown, "one strategy, inherited by both", np.where(unknown, why, ""))
    excess = np.where(one & ~unknown, 0.0, similar - likely)
    return pd.DataFrame(dict(zip(columns, (similar.round(9), likely.round(9), excess.round(9), note), strict=True)))


def _inherited_strategy(located: Located, ids: list[str]) -> np.ndarray:
    """Return a number per region that is equal where two only inherit the same statements; -1 where it has its own."""
    found: dict[frozenset[str], int] = {}
    numbers = dict.fromkeys(ids, -1)
    for region, rows in located.declared.groupby("region_id", sort=True):
        if rows["basis"].str.startswith("inherited").all():
            numbers[region] = found.setdefault(frozenset(rows["declared_by"]), len(found))
    return np.array([numbers[region] for region in ids], dtype=np.int64)


def _complementarity(located: Located, ids: list[str], a: np.ndarray, b: np.ndarray) -> pd.DataFrame:
    if located.activity.empty:
        gain = np.full((len(ids), len(ids)), np.nan)
    else:
        gain = complementarity(located.activity, missing="available").reindex(index=ids, columns=ids).to_numpy()
    return pd.DataFrame(
        {"complementarity_a_from_b": gain[a, b].round(9), "complementarity_b_from_a": gain[b, a].round(9)}
    )


def _cooperation(
    located: Located, graph: MultilayerGraph, ids: list[str], a: np.ndarray, b: np.ndarray
) -> pd.DataFrame:
    """Joint projects; unknown for a region in a country without any participation: not covered, so never zero."""
    seen = located.participations.dropna(subset=["region_id"])[["region_id", "project_id"]].drop_duplicates()
    rows = pd.Index(ids).get_indexer(seen["region_id"])
    columns, projects = pd.factorize(seen["project_id"])
    taken = sp.csr_array((np.ones(len(seen), dtype=np.int64), (rows, columns)), shape=(len(ids), len(projects)))
    country = np.array(located.places.countries, dtype=object)
    covered = np.isin(country, country[np.diff(taken.indptr) > 0])
    known = covered[a] & covered[b]
    at = np.array([graph.nodes.position(node_id("region", region)) for region in ids], dtype=np.int64)
    weight = graph["works-with"].matrix[at][:, at].toarray()[a, b]
    count = pd.Series((taken @ taken.T).toarray()[a, b]).where(known).astype("Int64")
    return pd.DataFrame({"cooperation": np.where(known, weight, np.nan).round(9), "joint_projects": count})


def _rank_interval(frame: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Rank under weights drawn from a Dirichlet around the study's own (concentration SPREAD)."""
    mean = np.array(list(study.settings.weights.as_dict().values()))
    seed = np.random.SeedSequence(study.settings.seed).spawn(1)[0]
    drawn = np.random.default_rng(seed).dirichlet(np.maximum(mean / mean.sum(), 1e-6) * SPREAD, size=DRAWS)
    drawn = drawn[: max(MOST_RANKS // max(len(frame), 1), 100)]
    has = frame["total"].notna().to_numpy()
    values = frame.loc[has, [f"part_{part}" for part in PARTS]].to_numpy(dtype=float)
    known = ~np.isnan(values)
    # One draw at a time in whole numbers: half a million pairs (1,000 regions) stay below a gigabyte.
    ranks = np.empty((len(values), len(drawn)), dtype=np.int32)
    for draw, weights in enumerate(drawn):
        total = np.round((np.nan_to_num(values) @ weights) / (known @ weights), 9)
        ranks[:, draw] = len(total) + 1 - rankdata(total, method="max")
    low, high = (pd.array([pd.NA] * len(frame), dtype="Int64") for _ in range(2))
    if has.any():
        own = frame.loc[has, "rank"].to_numpy(dtype=int)
        ranks.sort(axis=1)
        low[has] = np.minimum(np.floor(_quantile(ranks, 0.05)).astype(int), own)
        high[has] = np.maximum(np.ceil(_quantile(ranks, 0.95)).astype(int), own)
    return pd.DataFrame({"rank_low": low, "rank_high": high}, index=frame.index)


def _quantile(ordered: np.ndarray, share: float) -> np.ndarray:
    """Return a quantile of each sorted row, linear between its neighbours as numpy's default is."""
    at = share * (ordered.shape[1] - 1)
    below, above = ordered[:, int(np.floor(at))], ordered[:, int(np.ceil(at))]
    return np.asarray(below + (above - below) * (at - np.floor(at)))
