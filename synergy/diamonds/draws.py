"""How sure: the same sets under other lines, other weights of the parts, and whatever the unknown turns out to be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synergy.diamonds.corners import CORNERS, Standing, at_corners
from synergy.diamonds.kinds import PARTS, Reaches, brings, kind_of, parts_of, score_of
from synergy.diamonds.sign import Floats, Sets

DRAWS = 200
WIDTH = 1.25
"""The line of each corner is drawn between 1/1.25 and 1.25 of its place, even on the log scale."""
SWAY = 2.0
"""The weight of each sign is drawn between a half and the double of its own."""
MOST_SIGNS = 16
STREAM = 3
AT_ONCE = 1_000_000


@dataclass(frozen=True, eq=False)
class Draws:
    """The same draws for every field and set of a study: lines (draws x corners), factors of the
    signs' weights, weights of the parts, and luck in [0, 1]."""

    lines: Floats
    signs: Floats
    weights: Floats
    luck: Floats

    @classmethod
    def of(cls, seed: int, regions: int) -> Draws:
        """Draw from the study's seed."""
        random = np.random.default_rng(np.random.SeedSequence(seed).spawn(STREAM + 1)[STREAM])
        lines = np.exp(random.uniform(-np.log(WIDTH), np.log(WIDTH), size=(DRAWS, len(CORNERS))))
        signs = np.exp(random.uniform(-np.log(SWAY), np.log(SWAY), size=(DRAWS, MOST_SIGNS)))
        weights = random.dirichlet(np.ones(len(PARTS)), size=DRAWS)
        return cls(lines, signs, weights, random.uniform(size=(DRAWS, regions, len(CORNERS))))

    def guesses(self, alone: Floats) -> Floats:
        """Return draws x regions x corners: what a region might reach where it is unknown, drawn from those known.

        A corner of which no region is known stays unknown.
        """
        guess = np.full(self.luck.shape, np.nan)
        for corner in range(alone.shape[1]):
            known = np.sort(alone[~np.isnan(alone[:, corner]), corner])
            if known.size:
                guess[:, :, corner] = known[(self.luck[:, :, corner] * known.size).astype(int)]
        return guess


def outcomes(draws: Draws, standing: Standing, sets: Sets) -> tuple[Floats, NDArray[np.intp]]:
    """Return (scores, kinds) of every set in every draw, sets x draws each."""
    scores, kinds = np.empty((len(sets), DRAWS)), np.empty((len(sets), DRAWS), dtype=np.intp)
    signs = draws.signs[:, : len(standing.signs), None] * standing.weights
    guesses = draws.guesses(standing.alone)
    step = max(1, AT_ONCE // (DRAWS * sets.shape[1] * len(CORNERS)))
    for start in range(0, len(sets), step):
        part = slice(start, start + step)
        moved = _drawn(draws, standing, sets[part], signs, guesses[:, sets[part]].swapaxes(0, 1))
        scores[part] = score_of(parts_of(moved), draws.weights)
        kinds[part] = kind_of(*brings(moved))
    return scores, kinds


def _drawn(draws: Draws, standing: Standing, sets: Sets, signs: Floats, guess: Floats) -> Reaches:
    """Return the reaches of the sets under every draw, sets x draws x …"""
    alone, pooled, rest = (at_corners(reach, standing.weights, signs) for reach in reaches_of(standing, sets))
    # draws come before members
    alone, rest = alone.swapaxes(1, 2), rest.swapaxes(1, 2)
    alone = np.where(np.isnan(alone), guess, alone)
    lines = draws.lines[None]
    return Reaches.of(alone / lines[..., None, :], pooled / lines, rest / lines[..., None, :])


def reaches_of(standing: Standing, sets: Sets) -> tuple[Floats, Floats, Floats]:
    """Return how far sets of one size reach in each sign: each member, all as one, and the others as one."""
    rest = [standing.reach(np.delete(sets, r, axis=1)) for r in range(sets.shape[1])]
    return standing.signs_alone[sets], standing.reach(sets), np.stack(rest, axis=1)
