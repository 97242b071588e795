"""The four corners of a diamond: how far regions reach in each, alone and together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from synergy.diamonds.area import Area
from synergy.diamonds.field import Field
from synergy.diamonds.measures import industry, knowledge, strategy
from synergy.diamonds.pull import opportunity
from synergy.diamonds.sign import HALF, Floats, Sets, Sign

CORNERS = ("strategy", "industry", "knowledge", "opportunity")
POOLED = np.array([corner in ("industry", "knowledge") for corner in CORNERS])
"""The corners in which mass can be pooled; half a strategy or half a market of two makes no whole one."""
ENOUGH = 2.0
"""A sign counts up to twice the line: no abundance of one makes up for all others."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Standing:
    """Where every region stands in one field."""

    field: Field
    signs: tuple[Sign, ...]
    n_regions: int

    @classmethod
    def of(cls, area: Area, field: Field) -> Standing:
        """Read the signs of every corner from the study's tables."""
        signs = [sign for read in (strategy, industry, knowledge, opportunity) for sign in read(area, field)]
        return cls(field, tuple(signs), len(area.ids))

    @cached_property
    def weights(self) -> Floats:
        """The weight of each sign in its corner, signs x corners."""
        return np.array([[sign.weight * (sign.corner == corner) for corner in CORNERS] for sign in self.signs])

    def reach(self, sets: Sets) -> Floats:
        """Return how far each set reaches in each sign, sets x signs."""
        return np.column_stack([sign.reach(sets) for sign in self.signs])

    @cached_property
    def signs_alone(self) -> Floats:
        """How far each region reaches in each sign, regions x signs."""
        return self.reach(np.arange(self.n_regions)[:, None])

    @cached_property
    def alone(self) -> Floats:
        """How far each region reaches in each corner, regions x corners, NaN where unknown."""
        return at_corners(self.signs_alone, self.weights)

    def told(self, regions: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return how many signs of each corner are known, regions x corners, and how many there are, corners."""
        inside = (self.weights > 0).astype(np.intp)
        return (~np.isnan(self.signs_alone[regions])).astype(np.intp) @ inside, inside.sum(axis=0)


def at_corners(reach: Floats, weights: Floats, drawn: Floats | None = None) -> Floats:
    """Return the weighted mean of the known signs of each corner, each counted up to ENOUGH: … x signs to … x corners.

    NaN where less than half of a corner's weight is known. ``drawn`` (draws x signs x corners) are other weights for
    the mean, what is known being as before; the result is then … x draws x corners.

    >>> weights = np.array([[2.0], [1.0], [1.0]])
    >>> at_corners(np.array([[0.5, 4.0, 1.0], [1.0, np.nan, np.nan], [np.nan, 1.0, np.nan]]), weights)[:, 0].tolist()
    [1.0, 1.0, nan]
    """
    told = (~np.isnan(reach)).astype(float)
    counted = np.where(told > 0, np.minimum(reach, ENOUGH), 0.0)
    known = told @ weights >= HALF * weights.sum(axis=0)
    if drawn is None:
        above, below = counted @ weights, told @ weights
    else:
        flat = drawn.swapaxes(0, 1).reshape(len(weights), -1)
        shape = (*reach.shape[:-1], len(drawn), weights.shape[1])
        above, below = (counted @ flat).reshape(shape), (told @ flat).reshape(shape)
        known = known[..., None, :]
    mean = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return np.where(known, np.round(mean, 9), np.nan)


def together(reach: Floats, pooled: Floats) -> Floats:
    """Return how far regions reach together: as far as the best of them or, where mass is pooled, their pooled signs.

    ``reach`` is … x members x corners, ``pooled`` … x corners. Where a member is unknown the whole is, unless the
    others are over the line without it.

    >>> alone = np.array([[0.0, 0.5, 1.5, 0.2], [1.0, 0.7, np.nan, np.nan]])
    >>> together(alone, np.array([1.0, 1.1, np.nan, np.nan])).tolist()
    [1.0, 1.1, 1.5, nan]
    """
    value = np.fmax(np.fmax.reduce(reach, axis=-2), np.where(POOLED, pooled, np.nan))
    unknown = np.isnan(reach).any(axis=-2) & ~(value >= 1)
    return np.where(unknown, np.nan, value)
