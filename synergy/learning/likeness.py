"""Which regions lag in the same areas: groups of like profiles, and how much of each comes back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]
DRAWS = 200
SHUFFLES = 99
CHANCE = 0.05
STABLE, DOUBTFUL = 0.75, 0.6
"""Bars of the mean Jaccard match, Hennig (2007): from 0.75 a group is stable, below 0.6 it should not be trusted."""


@dataclass(frozen=True)
class Group:
    """Regions of like profile; ``stability`` is the mean best Jaccard match over the resamples.

    ``verdict`` is stable, doubtful or not to be trusted; the last whenever the grouping is not beyond chance.
    """

    regions: tuple[str, ...]
    stability: float
    verdict: str


@dataclass(frozen=True)
class Likeness:
    """Groups of regions, the most stable first; ``silhouette`` of the grouping, ``p`` of one as marked by chance."""

    groups: tuple[Group, ...] = ()
    silhouette: float = float("nan")
    p: float = float("nan")


def like_regions(answers: pd.DataFrame, seed: np.random.SeedSequence, draws: int = DRAWS) -> Likeness:
    """Return groups of regions with like profiles, with their stability and whether they are beyond chance.

    ``answers`` holds one row per respondent: region_id and one column per area (mean of the answers, missing where
    none was given). A region's profile is its mean by area less its mean over the areas, so that what counts is
    where it lags and not how content it is. Average linkage of Euclidean distances; as many groups as give the
    largest mean silhouette, at least 2. Stability: respondents are drawn anew within each region ``draws`` times
    (Hennig 2007, non-parametric bootstrap), the profiles grouped again into as many groups. Noise can be stable too, so
    the sum of squares between the groups is set against that of 99 surveys in which the respondents are dealt out to
    the regions at random. Fewer than four regions, or a region without any answer in an area, give no groups.
    """
    people = answers.sort_values("region_id", kind="stable")
    regions, sizes = np.unique(people["region_id"].to_numpy(dtype=str), return_counts=True)
    values, ends = people.drop(columns="region_id").to_numpy(float), np.cumsum(sizes)[:-1]
    whole = _profiles(np.split(values, ends)) if len(regions) else np.empty((0, 0))
    if len(regions) < 4 or np.isnan(whole).any():
        return Likeness()
    # max keeps the first of equals: the fewest groups
    labels = max((_cut(whole, count) for count in range(2, len(regions))), key=lambda cut: _silhouette(whole, cut))
    count = int(labels.max()) + 1
    streams = [np.random.default_rng(child) for child in seed.spawn(2)]
    p = _chance(values, ends, count, _between(whole, labels), streams[1])
    stability = _stability(np.split(values, ends), labels, draws, streams[0])
    groups = [
        Group(tuple(regions[labels == one].tolist()), round(float(stability[one]), 6), _verdict(stability[one], p))
        for one in range(count)
    ]
    ordered = sorted(groups, key=lambda group: (-group.stability, group.regions))
    return Likeness(tuple(ordered), round(_silhouette(whole, labels), 6), p)


def _verdict(stability: float, p: float) -> str:
    if p > CHANCE or not stability >= DOUBTFUL:
        return "not to be trusted"
    return "stable" if stability >= STABLE else "doubtful"


def _stability(parts: list[Array], labels: NDArray[np.int64], draws: int, stream: np.random.Generator) -> Array:
    """Return the mean best Jaccard match of each group over resamples of the respondents within their regions."""
    count = int(labels.max()) + 1
    matches = []
    for _ in range(draws):
        again = _profiles([rows[stream.integers(0, len(rows), len(rows))] for rows in parts])
        if not np.isnan(again).any():
            matches.append(_jaccard(labels, _cut(again, count)))
    found: Array = np.mean(matches, axis=0) if matches else np.full(count, np.nan)
    return found


def _chance(values: Array, ends: NDArray[np.int64], count: int, between: float, stream: np.random.Generator) -> float:
    """Return the share of surveys without any difference of regions whose groups lie as far apart, itself counted."""
    as_far = 1
    for _ in range(SHUFFLES):
        dealt = _profiles(np.split(stream.permutation(values), ends))
        as_far += bool(np.isnan(dealt).any() or _between(dealt, _cut(dealt, count)) >= between)
    return as_far / (SHUFFLES + 1)


def _between(profiles: Array, labels: NDArray[np.int64]) -> float:
    """Return the sum of squares between groups."""
    centres = np.array([profiles[labels == one].mean(axis=0) for one in range(int(labels.max()) + 1)])
    return float(((centres[labels] - profiles.mean(axis=0)) ** 2).sum())


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
    # sums and not a matrix product, whose last bits depend on the machine
    sums = (distances[:, :, None] * member[None]).sum(axis=1)
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
    both = (a[:, :, None] & b[:, None, :]).sum(axis=0)
    either = a.sum(axis=0)[:, None] + b.sum(axis=0)[None] - both
    best: Array = (both / either).max(axis=1)
    return best
