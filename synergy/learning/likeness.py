"""Which regions lag in the same areas: groups of like profiles, and how much of each comes back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]
DRAWS = 200
STABLE, DOUBTFUL = 0.75, 0.6
"""Bars of the mean Jaccard match, Hennig (2007): from 0.75 a group is stable, below 0.6 it should not be trusted."""


@dataclass(frozen=True)
class Group:
    """Regions of like profile; ``stability`` is the mean best Jaccard match over the resamples."""

    regions: tuple[str, ...]
    stability: float

    @property
    def verdict(self) -> str:
        """Stable, doubtful or not to be trusted."""
        return (
            "stable" if self.stability >= STABLE else "doubtful" if self.stability >= DOUBTFUL else "not to be trusted"
        )


def like_regions(
    answers: pd.DataFrame, seed: np.random.SeedSequence, draws: int = DRAWS
) -> tuple[tuple[Group, ...], float]:
    """Return groups of regions with like profiles, the most stable first, and the silhouette of the grouping.

    ``answers`` holds one row per respondent: region_id and one column per area (mean of the answers, missing where
    none was given). A region's profile is its mean by area less its mean over the areas, so that what counts is
    where it lags and not how content it is. Average linkage of Euclidean distances; as many groups as give the
    largest mean silhouette, at least 2. Stability: respondents are drawn anew within each region ``draws`` times
    (Hennig 2007, non-parametric bootstrap), the profiles grouped again into as many groups. Fewer than four regions,
    or a region without any answer in an area, give no groups: leave those out before.
    """
    regions = sorted(answers["region_id"].unique())
    parts = [
        answers.loc[answers["region_id"] == region].drop(columns="region_id").to_numpy(float) for region in regions
    ]
    if len(regions) < 4:
        return (), float("nan")
    whole = _profiles(parts)
    if np.isnan(whole).any():
        return (), float("nan")
    # max keeps the first of equals: the fewest groups
    labels = max((_cut(whole, count) for count in range(2, len(regions))), key=lambda cut: _silhouette(whole, cut))
    count = int(labels.max()) + 1
    stream = np.random.default_rng(seed)
    matches = np.zeros((draws, count))
    kept = np.zeros(draws, dtype=bool)
    for draw in range(draws):
        again = _profiles([rows[stream.integers(0, len(rows), len(rows))] for rows in parts])
        if not np.isnan(again).any():
            matches[draw], kept[draw] = _jaccard(labels, _cut(again, count)), True
    stability = matches[kept].mean(axis=0) if kept.any() else np.full(count, np.nan)
    groups = [
        Group(
            tuple(r for r, label in zip(regions, labels, strict=True) if label == one), round(float(stability[one]), 6)
        )
        for one in range(count)
    ]
    return tuple(sorted(groups, key=lambda group: (-group.stability, group.regions))), round(
        _silhouette(whole, labels), 6
    )


def _profiles(parts: list[Array]) -> Array:
    """Return regions x areas: means of those who answered, less the region's mean over the areas."""
    sums = np.array([np.nansum(rows, axis=0) for rows in parts])
    counts = np.array([(~np.isnan(rows)).sum(axis=0) for rows in parts])
    means = np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    centred: Array = means - means.mean(axis=1, keepdims=True)
    return centred


def _distances(profiles: Array) -> Array:
    distances: Array = np.sqrt(((profiles[:, None] - profiles[None]) ** 2).sum(axis=2))
    return distances


def _cut(profiles: Array, count: int) -> NDArray[np.int64]:
    """Return the group of each region, numbered by its first region."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    tree = linkage(squareform(_distances(profiles), checks=False), method="average")
    raw = fcluster(tree, count, criterion="maxclust")
    order = {label: at for at, label in enumerate(dict.fromkeys(raw.tolist()))}
    return np.array([order[label] for label in raw.tolist()], dtype=np.int64)


def _silhouette(profiles: Array, labels: NDArray[np.int64]) -> float:
    """Return the mean of (b - a) / max(a, b); 0 for a region alone in its group (Rousseeuw 1987)."""
    distances, count = _distances(profiles), int(labels.max()) + 1
    member = labels[:, None] == np.arange(count)
    sizes = member.sum(axis=0)
    sums = distances @ member
    mine = sums[np.arange(len(labels)), labels]
    inside = np.divide(mine, sizes[labels] - 1, out=np.zeros(len(labels)), where=sizes[labels] > 1)
    outside = np.where(member, np.inf, sums / np.maximum(sizes, 1)).min(axis=1)
    largest = np.maximum(inside, outside)
    values = np.divide(outside - inside, largest, out=np.zeros(len(labels)), where=largest > 0)
    return float(np.where(sizes[labels] > 1, values, 0.0).mean())


def _jaccard(labels: NDArray[np.int64], again: NDArray[np.int64]) -> Array:
    """Return for each group the largest Jaccard overlap with a group of another grouping."""
    a = labels[:, None] == np.arange(labels.max() + 1)
    b = again[:, None] == np.arange(again.max() + 1)
    both = a.T.astype(float) @ b.astype(float)
    either = a.sum(axis=0)[:, None] + b.sum(axis=0)[None] - both
    best: Array = (both / either).max(axis=1)
    return best
