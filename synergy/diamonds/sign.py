"""A sign: one measure of a corner, for a region and for regions together, on a scale where 1 is critical mass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synergy.capacities import compared

Floats = NDArray[np.float64]
Sets = NDArray[np.intp]
"""Regions by position, sets x members."""
AT_ONCE = 4_000_000
HALF = 0.5


@dataclass(frozen=True, eq=False)
class Sign:
    """What each region brings to a corner: what is its own alone, and what others may hold, too, item by item.

    ``amount(S) = sum_{r in S} own_r + sum_i max_{r in S} shared_ri``: an item that several hold counts once, as the
    one of them counts that holds most of it.
    ``reach(S) = max( max_{r in S} quotient_r, amount(S) / bar )`` has no unit; 1 is the line: as much as the region's
    size would give it, or critical mass, the amount with which the top quarter of those that hold any begins.
    Pooling can pass the line by amount alone: a quotient does not grow by it. A region that is not ``known`` holds
    nothing here: the amount of a set with one is NaN, its reach that of the others, which it cannot fall below.
    """

    corner: str
    name: str
    unit: str
    own: Floats
    shared: Floats
    quotient: Floats
    bar: float
    known: NDArray[np.bool_]
    weight: float = 1.0

    def amount(self, sets: Sets) -> Floats:
        """Return what each set holds, in the sign's unit."""
        return np.where(self.known[sets].all(axis=1), self._held(sets), np.nan)

    def reach(self, sets: Sets) -> Floats:
        """Return how far each set reaches; 1 is the line, NaN where no region of it is known."""
        quotient = np.fmax.reduce(self.quotient[sets], axis=1)
        return np.where(self.known[sets].any(axis=1), np.fmax(quotient, self._held(sets) / self.bar), np.nan)

    def _held(self, sets: Sets) -> Floats:
        union = [self.shared[part].max(axis=1, initial=0.0).sum(axis=1) for part in _chunks(sets, self.shared.shape[1])]
        return np.asarray(self.own[sets].sum(axis=1) + np.concatenate(union))


def sign_of(
    corner: str,
    name: str,
    unit: str,
    known: NDArray[np.bool_],
    *,
    own: Floats | None = None,
    shared: Floats | None = None,
    size: Floats | None = None,
    least: float = 0.0,
) -> Sign:
    """Return a sign whose bar is the top quarter's, ``least`` at the least, and whose quotient compares with ``size``.

    Without ``size`` there is no quotient: one of one is all of it and says little.

    >>> sign = sign_of("industry", "clusters", "clusters", np.array([True] * 3), own=np.array([3.0, 1.0, 1.0]), least=2)
    >>> sign.bar, sign.reach(np.array([[0], [1]])).tolist(), sign.reach(np.array([[1, 2]])).tolist()
    (2.0, [1.5, 0.5], [1.0])
    """
    alone = np.zeros(len(known)) if own is None else np.where(known, own, 0.0)
    items = np.zeros((len(known), 0)) if shared is None else np.where(known[:, None], shared, 0.0)
    amount = alone + items.sum(axis=1)
    quotient, bar = compared(amount, np.ones_like(amount) if size is None else np.where(known, size, 0.0))
    usable = known if size is not None else np.zeros_like(known)
    return Sign(corner, name, unit, alone, items, np.where(usable, quotient, np.nan), max(bar, least), known)


def unknown_sign(corner: str, name: str, unit: str, regions: int, weight: float = 1.0) -> Sign:
    """Return a sign of which the tables say nothing."""
    nothing = np.full(regions, np.nan)
    none = np.zeros(regions, dtype=bool)
    return Sign(corner, name, unit, np.zeros(regions), np.zeros((regions, 0)), nothing, np.inf, none, weight)


def _chunks(sets: Sets, items: int) -> Iterator[Sets]:
    step = max(1, AT_ONCE // max(1, items * sets.shape[1]))
    yield sets[:step]
    for start in range(step, len(sets), step):
        yield sets[start : start + step]
