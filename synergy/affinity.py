"""On what two regions would work together: the log odds of each theme for a pair, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.cooperation import Cooperation
from synergy.economy import presence
from synergy.economy.profiles import idf, weighted_cosine
from synergy.tables.located import Located
from synergy.tables.study import Study

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WEIGHTS: Mapping[str, float] = {"popularity": 1.0, "own": 0.5, "alike": 0.5, "near": 0.5, "pairs": 0.5}
"""Chosen on the earlier dates of the European backtest; see docs/method.md."""
PRIOR = 10.0
"""Projects' worth of the general popularity that a region's own record is mixed with."""
NEAR_KM = 150.0
AROUND_KM = 300.0
LIKE = 0.3
CHUNK = 1_000


@dataclass(frozen=True, repr=False, eq=False)
class Affinity:
    """Pairs of regions x themes: ``parts`` by name and their weighted sum ``total``, all in log odds (natural log).

    ``a`` and ``b`` are positions in ``regions``. A record that is empty says nothing, so its lift is 0.
    """

    regions: tuple[str, ...]
    themes: tuple[str, ...]
    a: Ints
    b: Ints
    parts: Mapping[str, Floats]
    total: Floats
    params: Mapping[str, object]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per pair and theme: region_a, region_b, theme, each part, total; best total first per pair."""
        ids = np.array(self.regions, dtype=object)
        shape = self.total.shape
        frame = pd.DataFrame(
            {
                "region_a": np.repeat(ids[self.a], shape[1]),
                "region_b": np.repeat(ids[self.b], shape[1]),
                "theme": np.tile(np.array(self.themes, dtype=object), shape[0]),
                **{name: np.round(part.ravel(), 6) for name, part in self.parts.items()},
                "total": np.round(self.total.ravel(), 6),
            }
        )
        keys = ["region_a", "region_b", "total", "theme"]
        return frame.sort_values(keys, ascending=[True, True, False, True], kind="stable", ignore_index=True)

    def only(self, pairs: Ints) -> Affinity:
        """Return the affinity of some of the pairs, by their positions."""
        parts = {name: part[pairs] for name, part in self.parts.items()}
        return replace(self, a=self.a[pairs], b=self.b[pairs], parts=parts, total=self.total[pairs])

    def __repr__(self) -> str:
        return f"Affinity({len(self.a)} pairs x {len(self.themes)} themes)"


def affinity(
    study: Study | Located,
    *,
    pairs: tuple[Ints, Ints] | None = None,
    known: Cooperation | None = None,
    weights: Mapping[str, float] = WEIGHTS,
) -> Affinity:
    """Return how much what is known points to each theme for each pair of regions (all pairs unless given).

    Themes are the field codes (not the horizontal ones) that known projects name. With n_t of n projects on theme
    t, popularity ``p_t = (n_t + 1/2) / (n + 1)`` and its log odds; every other part is a lift over it:

    - ``own``: mean over both regions of ``log[(n_rt + s p_t) / ((n_r + s) p_t)]``, n_r projects of region r, s = 10
    - ``alike``: the same from the other regions, each weighing cos^4 of the activity profiles (LQ >= 1, idf)
    - ``near``: the same, each weighing ``exp(-d / 150 km)``
    - ``pairs``: the same from the pairs that work together, each weighing how near its ends are to these two
      (``exp(-d / 300 km)`` each) and how like its span is (``exp(-|log ratio of d + 50 km| / 0.3)``; a fifth if one
      crosses a border and the other does not); s = 1/2

    ``total`` is their sum with ``weights``. The definition is our own; `synergy backtest` says what it is worth.

    >>> from synergy.tables.read import load
    >>> found = affinity(load("data/baltic"))
    >>> found.total.shape == (len(found.a), len(found.themes)), bool(np.isfinite(found.total).all())
    (True, True)
    """
    located = study if isinstance(study, Located) else study.located
    ties = Cooperation.of(located) if known is None else known
    a, b = np.triu_indices(len(ties.regions), k=1) if pairs is None else pairs
    themes = ties.theme_names(located.fields.horizontal)
    on = ties.themes(themes)
    worked = np.asarray((ties.incidence @ on).toarray())
    projects = np.diff(ties.incidence.indptr).astype(np.float64)
    popular = (np.asarray(on.sum(axis=0)) + 0.5) / (on.shape[0] + 1)
    own = lift(worked, projects, popular, PRIOR)
    near = _others(np.exp(-np.nan_to_num(located.places.distance_km, nan=np.inf) / NEAR_KM))
    alike = _others(_profile_likeness(located, ties.regions))
    of_regions = {
        "own": own,
        "alike": lift(alike @ worked, alike @ projects, popular, PRIOR / 2),
        "near": lift(near @ worked, near @ projects, popular, PRIOR / 2),
    }
    parts = {"popularity": np.broadcast_to(np.log(popular / (1 - popular)), (len(a), len(themes)))}
    parts |= {name: (part[a] + part[b]) / 2 for name, part in of_regions.items()}
    parts["pairs"] = _like_pairs(located, worked_together(ties, themes), a, b)
    total = np.zeros((len(a), len(themes)))
    for name, weight in weights.items():
        total += weight * parts[name]
    return Affinity(ties.regions, themes, a, b, parts, total, {"weights": dict(weights)})


def lift(worked: Floats, projects: Floats, popular: Floats, prior: float) -> Floats:
    """Return ``log[(n_rt + s p_t) / ((n_r + s) p_t)]``: how far a record stands above popularity, shrunk to it.

    >>> lift(np.array([[3.0]]), np.array([4.0]), np.array([0.5]), 4.0).round(4).tolist()
    [[0.2231]]
    """
    return np.asarray(np.log((worked + prior * popular) / ((projects + prior)[:, None] * popular)))


def worked_together(ties: Cooperation, themes: tuple[str, ...]) -> tuple[Ints, Ints, Floats]:
    """Return the pairs with any joint project (a, b) and pairs x themes: 1 where a joint project is on the theme."""
    a, b = np.nonzero(np.triu(ties.joint, k=1))
    on = ties.themes(themes)
    shared = ties.incidence[a].multiply(ties.incidence[b])
    return a, b, np.asarray(((shared @ on).toarray() > 0).astype(np.float64))


def _others(weights: Floats) -> Floats:
    """Return the weights without each region's own."""
    weights = weights.copy()
    np.fill_diagonal(weights, 0.0)
    return weights


def _profile_likeness(located: Located, regions: tuple[str, ...]) -> Floats:
    if located.activity.empty:
        return np.zeros((len(regions), len(regions)))
    strong = presence(located.activity, missing="available").fillna(0.0)
    cosine = weighted_cosine(strong, idf(strong)).reindex(index=regions, columns=regions)
    return np.asarray(np.nan_to_num(cosine.to_numpy(dtype=float)) ** 4)


def _like_pairs(located: Located, record: tuple[Ints, Ints, Floats], a: Ints, b: Ints) -> Floats:
    c, d, worked = record
    # A region without a place is far from everything: its pairs learn nothing from others.
    distance = np.nan_to_num(located.places.distance_km, nan=np.inf)
    close = np.exp(-distance / AROUND_KM)
    span = np.log(np.minimum(distance, 1e6) + 50)
    country = np.array(located.places.countries, dtype=object)
    popular = (worked.sum(axis=0) + 0.5) / (len(worked) + 1)
    found = np.empty((len(a), worked.shape[1]))
    for start in range(0, len(a), CHUNK):
        i, j = a[start : start + CHUNK], b[start : start + CHUNK]
        weight = close[i][:, c] * close[j][:, d] + close[i][:, d] * close[j][:, c]
        weight *= np.exp(-np.abs(span[i, j][:, None] - span[c, d][None, :]) / LIKE)
        weight *= np.where((country[i] == country[j])[:, None] == (country[c] == country[d])[None, :], 1.0, 0.2)
        found[start : start + CHUNK] = lift(weight @ worked, weight.sum(axis=1), popular, 0.5)
    return found
