"""What a set of regions is to each other in a field: complement, pooling, both or neither; and how good a diamond."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synergy.diamonds.corners import CORNERS, Flags, together
from synergy.diamonds.sign import Floats

KINDS = ("none", "complement", "pooling", "both")
PARTS = ("coverage", "gain", "balance", "alignment")
SHARED_OUT = np.array([corner != "strategy" for corner in CORNERS])
"""The corners that members can share out among them; strategies are aligned or not."""


@dataclass(frozen=True, eq=False)
class Reaches:
    """How far sets of one size reach in each corner: each member alone, all together, and all without each member.

    ``alone`` and ``without`` are … x members x corners, ``joint`` … x corners. NaN is unknown.
    """

    alone: Floats
    joint: Floats
    without: Floats

    @classmethod
    def of(cls, alone: Floats, pooled: Floats, rest: Floats) -> Reaches:
        """Put members together: ``pooled`` is what their signs give as one, ``rest`` those of all others than each."""
        members = range(alone.shape[-2])
        without = [together(np.delete(alone, r, axis=-2), rest[..., r, :]) for r in members]
        return cls(alone, together(alone, pooled), np.stack(without, axis=-2))

    @property
    def first(self) -> Reaches:
        """The first set alone, members x corners."""
        return Reaches(self.alone[0], self.joint[0], self.without[0])


def brings(reaches: Reaches) -> tuple[Flags, Flags]:
    """Return (own, shared), … x members x corners: what a member alone brings, and where it is needed for the mass.

    ``own``: it is over the line, every other is known and below it. ``shared``: none is over the line alone, together
    they are, and without it they are not.
    """
    over = reaches.alone >= 1
    known = ~np.isnan(reaches.alone).any(axis=-2, keepdims=True)
    own = over & (over.sum(axis=-2, keepdims=True) == 1) & known
    passing = (reaches.joint >= 1)[..., None, :] & ~over.any(axis=-2, keepdims=True) & known
    return own, passing & (reaches.without < 1)


def kind_of(own: Flags, shared: Flags) -> NDArray[np.intp]:
    """Return the place in ``KINDS``: complement when two members bring a corner each, pooling when two share one.

    >>> own = np.array([[False, True, False, False], [False, False, True, False]])
    >>> KINDS[kind_of(own, np.zeros_like(own))], KINDS[kind_of(np.zeros_like(own), np.ones_like(own))]
    ('complement', 'pooling')
    """
    complement = own.any(axis=-1).sum(axis=-1) >= 2
    pooling = (shared.sum(axis=-2) >= 2).any(axis=-1)
    return np.asarray(complement + 2 * pooling, dtype=np.intp)


def parts_of(reaches: Reaches) -> Floats:
    """Return coverage, gain, balance and alignment, … x parts, each in [0, 1], over the corners known for all members.

    With ``h(x) = min(x, 1)`` of a reach x, H(S) its mean over the corners and C(S) over the three without strategy:

    - coverage ``H(S)``: how much of the diamond is there
    - gain ``n/(n-1) (1 - max_r C(r) / C(S))``: what the best member lacks alone, out of the most that n can add
    - balance ``min_r d_r / max_r d_r`` with ``d_r = C(S) - C(S without r)``: whether all are needed alike
    - alignment: the share of the members that declare the field, where their strategies are known

    A part of which no corner is known is NaN.
    """
    known: Flags = np.asarray(~np.isnan(reaches.alone).any(axis=-2))
    joint, alone, without = (np.minimum(x, 1.0) for x in (reaches.joint, reaches.alone, reaches.without))
    n = alone.shape[-2]
    capacity = known & SHARED_OUT
    whole, best = mean_of(joint, capacity), mean_of(alone, capacity[..., None, :]).max(axis=-1)
    needed = whole[..., None] - mean_of(without, capacity[..., None, :])
    with np.errstate(invalid="ignore", divide="ignore"):
        gain = np.where(whole > 0, n / (n - 1) * (1 - best / whole), 0.0)
        most = needed.max(axis=-1)
        balance = np.where(most > 0, needed.min(axis=-1) / most, 0.0)
        strategies = reaches.alone[..., 0]
        told = (~np.isnan(strategies)).sum(axis=-1)
        alignment = (strategies >= 1).sum(axis=-1) / told
    some = capacity.any(axis=-1)
    gain, balance = (np.clip(np.where(some, part, np.nan), 0.0, 1.0) for part in (gain, balance))
    return np.stack([mean_of(joint, known), gain, balance, np.where(told > 0, alignment, np.nan)], axis=-1)


def mean_of(values: Floats, chosen: Flags) -> Floats:
    """Return the mean over the last axis of what is chosen; NaN where nothing is."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(chosen, values, 0.0).sum(axis=-1) / np.where(chosen, 1.0, 0.0).sum(axis=-1))


def score_of(parts: Floats, weights: Floats | None = None) -> Floats:
    """Return the weighted mean of the parts that are known; NaN where no corner is known for all, so no coverage is.

    >>> score_of(np.array([[1.0, 0.5, np.nan, 0.0], [np.nan, np.nan, np.nan, 1.0]])).tolist()
    [0.5, nan]
    """
    known = ~np.isnan(parts)
    weight = np.broadcast_to(1.0 if weights is None else weights, parts.shape)
    with np.errstate(invalid="ignore", divide="ignore"):
        total = np.where(known, parts * weight, 0.0).sum(axis=-1) / np.where(known, weight, 0.0).sum(axis=-1)
    return np.where(known[..., 0], total, np.nan)
