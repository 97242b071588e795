"""What is compared with what: four kinds of gaps, from the means that are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from synergy.survey.answers import ALL, Answers, Column, Floats
from synergy.survey.scoring import tallied
from synergy.survey.suppression import Mask, with_totals, withhold

KINDS = ("stakeholders", "directions", "benchmark", "importance")
MEAN = "mean"

Part = tuple[tuple[object, ...], tuple[float, ...]]
"""What is compared (kind to b); n, mean, variance of a and b, how many are in both, their covariance, people in b."""


@dataclass(frozen=True, eq=False)
class Group:
    """Number, mean and variance per region and stakeholder type with totals, and which of them are shown."""

    n: Floats
    mean: Floats
    variance: Floats
    shown: Mask


def parts_of(given: Answers, hidden: Mapping[Column, Mask], against: str, min_n: int) -> list[Part]:
    """Return every comparison of shown means; ``against`` is a region or MEAN, the mean of the others."""
    groups = {column: _group(given, given.scores[column], ~hidden[column]) for column in given.scores}
    return [
        *_stakeholders(given, groups),
        *_directions(given, groups),
        *_benchmark(given, groups, against),
        *_importance(given, hidden, min_n),
    ]


def _group(given: Answers, values: Floats, shown: Mask) -> Group:
    n, total = (with_totals(table) for table in tallied(given, values))
    square = with_totals(tallied(given, values**2)[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / n
        variance = np.maximum(square - total * mean, 0) / (n - 1)
    alike = np.nanvar(values, ddof=1) if n[-1, -1] > 1 else np.nan
    variance = np.where((variance < 1e-9) & (n > 1), alike, variance)
    return Group(n, mean, variance, shown & (n > 1))


def _stakeholders(given: Answers, groups: Mapping[Column, Group]) -> Iterator[Part]:
    for r, region in enumerate((*given.regions, ALL)):
        for column in given.instrument.cells:
            group = groups[column]
            for (s, a), (t, b) in combinations(enumerate(given.stakeholders), 2):
                if group.shown[r, s] and group.shown[r, t]:
                    yield ("stakeholders", region, *column, None, a, b), _numbers(group, (r, s), group, (r, t))


def _directions(given: Answers, groups: Mapping[Column, Group]) -> Iterator[Part]:
    ways = tuple(given.instrument.directions)
    for r, region in enumerate((*given.regions, ALL)):
        here = np.ones(len(given.respondents), bool) if region == ALL else given.region == r
        for area in (*given.instrument.areas, ALL):
            for a, b in combinations(ways, 2):
                first, second = groups.get((area, a)), groups.get((area, b))
                if first is None or second is None or not (first.shown[r, -1] and second.shown[r, -1]):
                    continue
                shared = _shared(given.scores[area, a][here], given.scores[area, b][here])
                numbers = _numbers(first, (r, -1), second, (r, -1), shared)
                yield ("directions", region, area, ALL, None, a, b), numbers


def _benchmark(given: Answers, groups: Mapping[Column, Group], against: str) -> Iterator[Part]:
    rivals = range(len(given.regions)) if against == MEAN else (given.regions.index(against),)
    for r, region in enumerate(given.regions):
        for column in (*given.instrument.cells, (ALL, ALL)):
            group = groups[column]
            others = [s for s in rivals if s != r and group.shown[s, -1]]
            if others and group.shown[r, -1]:
                yield ("benchmark", region, *column, None, region, against), _against(group, r, others)


def _against(group: Group, r: int, others: list[int]) -> tuple[float, ...]:
    """Compare a region with the mean of others' means, as one group of that standard error and degrees of freedom."""
    n, mean, variance = (x[:, -1] for x in (group.n, group.mean, group.variance))
    errors = variance[others] / n[others] / len(others) ** 2
    error = errors.sum()
    df = error**2 / (errors**2 / (n[others] - 1)).sum() if error > 0 else n[others].sum() - 1
    return n[r], mean[r], variance[r], df + 1, mean[others].mean(), error * (df + 1), 0, 0, n[others].sum()


def _importance(given: Answers, hidden: Mapping[Column, Mask], min_n: int) -> Iterator[Part]:
    for important, true in given.instrument.pairs:
        item = given.instrument.items[important]
        # where an area and direction has this item alone, its mean is the score that may be withheld
        allowed = ~hidden[item.area, item.direction]
        columns = [given.items((code,))[:, 0] for code in (important, true)]
        first, second = (_group(given, each, allowed & _regions_shown(given, each, min_n)) for each in columns)
        for r, region in enumerate((*given.regions, ALL)):
            if first.shown[r, -1] and second.shown[r, -1]:
                here = np.ones(len(given.respondents), bool) if region == ALL else given.region == r
                shared = _shared(columns[0][here], columns[1][here])
                numbers = _numbers(first, (r, -1), second, (r, -1), shared)
                yield ("importance", region, item.area, item.direction, true, "importance", "performance"), numbers


def _regions_shown(given: Answers, values: Floats, min_n: int) -> Mask:
    """Return which regions' means of one item may be shown, in the last column of regions x types with totals."""
    counts, sums = (table.sum(axis=1, keepdims=True) for table in tallied(given, values))
    shown = np.zeros((len(given.regions) + 1, len(given.stakeholders) + 1), bool)
    shown[:, -1] = ~withhold(counts, sums, min_n)[:, -1]
    return shown


def _numbers(
    a: Group, at: tuple[int, int], b: Group, to: tuple[int, int], shared: tuple[float, float] = (0, 0)
) -> tuple[float, ...]:
    return a.n[at], a.mean[at], a.variance[at], b.n[to], b.mean[to], b.variance[to], *shared, b.n[to]


def _shared(a: Floats, b: Floats) -> tuple[float, float]:
    """Return how many have both values, and the covariance of the two."""
    both = ~np.isnan(a) & ~np.isnan(b)
    count = int(both.sum())
    if count < 2:
        return count, 0.0
    return count, float(((a[both] - a[both].mean()) * (b[both] - b[both].mean())).sum() / (count - 1))
