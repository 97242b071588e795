"""Which sets of a field's regions are diamonds: all pairs across a border, larger sets by adding what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synergy.diamonds.corners import Flags, Standing, at_corners
from synergy.diamonds.draws import Draws, outcomes, reaches_of
from synergy.diamonds.kinds import Reaches, brings, kind_of, parts_of, score_of
from synergy.diamonds.sign import Floats, Sets

SMALLEST, LARGEST = 2, 4
LEAST_KNOWN = 2
"""A set of which fewer corners are known for every region is not searched for."""
BEAM = 50
"""How many sets of one size are extended to the next."""
JUDGED = 2000
"""How many diamonds of one size, best score first, are judged under the draws."""


@dataclass(frozen=True, eq=False)
class Judged:
    """Sets of one size in one field with all that is said of them, a row each."""

    sets: Sets
    reaches: Reaches
    parts: Floats
    score: Floats
    low: Floats
    high: Floats
    kind: NDArray[np.intp]
    robust: Floats
    expected: Floats

    def one(self, at: int) -> Judged:
        """Return one of the sets."""
        row, here = slice(at, at + 1), self.reaches
        return Judged(
            self.sets[row],
            Reaches(here.alone[row], here.joint[row], here.without[row]),
            self.parts[row],
            self.score[row],
            self.low[row],
            self.high[row],
            self.kind[row],
            self.robust[row],
            self.expected[row],
        )


@dataclass(frozen=True)
class Searched:
    """How many sets of a size lie across a border in one field, were looked at, are known enough, and are diamonds."""

    size: int
    possible: int
    looked_at: int
    known: int
    diamonds: int


def reaches(standing: Standing, sets: Sets) -> Reaches:
    """Return how far the sets reach; every set has the same number of regions, two or more."""
    return Reaches.of(*(at_corners(reach, standing.weights) for reach in reaches_of(standing, sets)))


def judge(standing: Standing, draws: Draws, sets: Sets) -> Judged:
    """Return score and kind of each set, with what becomes of them under the draws.

    ``low`` to ``high`` is the 5th to 95th percentile of the score, widened where that leaves out the score itself;
    ``robust`` the share of draws in which the kind stays; ``expected`` the mean score, 0 in draws where it does not.
    """
    found = reaches(standing, sets)
    parts, kind = parts_of(found), kind_of(*brings(found))
    score = np.round(score_of(parts), 9)
    scores, kinds = outcomes(draws, standing, sets)
    low, high = np.round(np.percentile(scores, [5, 95], axis=1), 9)
    stays = kinds == kind[:, None]
    expected = np.round(np.where(stays, np.nan_to_num(scores), 0.0).mean(axis=1), 9)
    return Judged(
        sets, found, parts, score, np.fmin(low, score), np.fmax(high, score), kind, stays.mean(axis=1), expected
    )


def search(
    standing: Standing, draws: Draws, members: Sequence[int], country: NDArray[Any], top: int
) -> tuple[list[Judged], list[Searched]]:
    """Return the best ``top`` diamonds among a field's member regions, and what was looked at.

    Every pair across a border is looked at. Of each size the BEAM sets of best score, diamonds or not, are extended
    by every other member. In a diamond each region is needed: it alone brings a corner, or the mass fails without it.
    Best first by ``expected``; a set that holds a better one or lies in it is left out.
    """
    found, told = [], []
    sets = np.array(
        [pair for pair in combinations(sorted(members), SMALLEST) if country[pair[0]] != country[pair[1]]],
        dtype=np.intp,
    ).reshape(-1, SMALLEST)
    while len(sets) and sets.shape[1] <= LARGEST:
        here = reaches(standing, sets)
        best_first = np.lexsort((*sets.T[::-1], -np.nan_to_num(np.round(score_of(parts_of(here)), 9))))
        diamonds = best_first[is_diamond(here)[best_first]]
        possible, known = _across(country[members], sets.shape[1]), int(known_enough(here).sum())
        told.append(Searched(sets.shape[1], possible, len(sets), known, len(diamonds)))
        if len(diamonds):
            judged = judge(standing, draws, sets[diamonds[:JUDGED]])
            found += [judged.one(at) for at in range(len(judged.sets))]
        sets = _extended(sets[best_first[:BEAM]], sorted(members))
    return _apart(found, top), told


def is_diamond(reaches: Reaches) -> Flags:
    """Say of each set whether it is of some kind, each of its regions is needed, and two corners known at the least."""
    own, shared = brings(reaches)
    needed = (own | shared).any(axis=-1).all(axis=-1)
    return np.asarray((kind_of(own, shared) > 0) & needed & known_enough(reaches))


def known_enough(reaches: Reaches) -> Flags:
    """Say of each set whether LEAST_KNOWN corners are known for all of its regions."""
    return np.asarray((~np.isnan(reaches.alone)).all(axis=-2).sum(axis=-1) >= LEAST_KNOWN)


def _across(country: NDArray[Any], size: int) -> int:
    """Return how many sets of this size lie in more than one country."""
    return comb(len(country), size) - sum(comb(count, size) for count in Counter(country.tolist()).values())


def _extended(seeds: Sets, members: Sequence[int]) -> Sets:
    """Return every seed with one more member, each set once, in order."""
    larger = {tuple(sorted((*seed, each))) for seed in seeds.tolist() for each in members if each not in seed}
    return np.array(sorted(larger), dtype=np.intp).reshape(-1, seeds.shape[1] + 1)


def _apart(found: list[Judged], top: int) -> list[Judged]:
    """Return the best sets of which none holds another."""
    ranked = sorted(found, key=lambda each: (-float(each.expected[0]), each.sets.shape[1], each.sets[0].tolist()))
    kept: list[Judged] = []
    for each in ranked:
        regions = set(each.sets[0].tolist())
        if not any(regions <= set(other.sets[0].tolist()) or regions >= set(other.sets[0].tolist()) for other in kept):
            kept.append(each)
        if len(kept) == top:
            break
    return kept
