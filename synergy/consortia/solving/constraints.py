"""What a set of members must satisfy, in three forms: linear rows, rows per group, numbers of different values.

Each form answers the same three questions: by how much does a set of members break it, by how much would it after
one more member joins, and which valid inequality does a fractional choice break. Excess is in the units of the rule
over its scale; up to ``TOLERANCE`` it is rounding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Places = Sequence[int] | Integers
Cut = tuple[Floats, float]
"""A valid inequality: coefficients over all candidates, and the right-hand side they stay below."""

TOLERANCE = 1e-9
VIOLATED = 1e-6


class Constraint(Protocol):
    """One rule, ready for the search; candidates are integer positions."""

    @property
    def rule(self) -> str:
        """The id of the rule it comes from."""

    def excess(self, members: Places) -> float:
        """Return by how much a set of members breaks it, 0 if not."""

    def excess_with(self, members: Places) -> Floats:
        """Return, for each candidate, by how much the members break it once the candidate has joined."""

    def cuts(self, x: Floats) -> Iterator[Cut]:
        """Yield valid inequalities a.x <= b that the fractional choice x breaks."""

    def take(self, candidates: Integers) -> Constraint:
        """Return the same constraint over some of the candidates, in that order."""


@dataclass(frozen=True, eq=False)
class Linear:
    """a.x <= b."""

    rule: str
    a: Floats
    b: float

    def excess(self, members: Places) -> float:
        """Return a.x - b where positive."""
        return _over(float(self.a[list(members)].sum()) - self.b)

    def excess_with(self, members: Places) -> Floats:
        """Return a.x + a_i - b where positive."""
        return _overs(self.a + (self.a[list(members)].sum() - self.b))

    def cuts(self, x: Floats) -> Iterator[Cut]:
        """Yield the row itself."""
        if self.a @ x > self.b + VIOLATED:
            yield self.a, self.b

    def take(self, candidates: Integers) -> Linear:
        """Return the row over some of the candidates."""
        return Linear(self.rule, self.a[candidates], self.b)


@dataclass(frozen=True, eq=False)
class PerGroup:
    """Sum of a over the members of each group + sum of e over all members <= b, for a group without members too.

    With a = 1 and e = 0 at most b members per group; with a = cost, e = -s cost and b = 0 no group bears more than
    the share s. ``group`` -1 belongs to none.
    """

    rule: str
    group: Integers
    a: Floats
    e: Floats
    b: float

    def rows(self) -> Iterator[Linear]:
        """Yield the row of every group, and that of no group where it says anything."""
        if self.b < 0 or (self.e > 0).any():
            yield Linear(self.rule, self.e, self.b)
        for group in range(int(self.group.max(initial=-1)) + 1):
            yield Linear(self.rule, self.a * (self.group == group) + self.e, self.b)

    def _sums(self, members: Places) -> tuple[Integers, Floats, float]:
        at = np.asarray(members, dtype=np.int64)
        groups, where = np.unique(self.group[at], return_inverse=True)
        sums: Floats = np.bincount(where, self.a[at], len(groups)).astype(np.float64)
        return groups, sums, float(self.e[at].sum() - self.b)

    def excess(self, members: Places) -> float:
        """Return the sum over groups of what is above b."""
        groups, sums, rest = self._sums(members)
        return float(_overs(sums[groups >= 0] + rest).sum()) + _over(rest)

    def excess_with(self, members: Places) -> Floats:
        """Return the same after each candidate has joined its group."""
        groups, sums, rest = self._sums(members)
        shift = self.e + rest
        total = _overs(shift)
        own = np.zeros(len(self.group))
        for group, value in zip(groups, sums, strict=True):
            if group >= 0:
                inside = self.group == group
                own[inside] = value
                total += np.where(inside, 0.0, _overs(value + shift))
        return total + np.where(self.group >= 0, _overs(own + self.a + shift), 0.0)

    def cuts(self, x: Floats) -> Iterator[Cut]:
        """Yield the row of each group that is above b."""
        grouped = self.group >= 0
        sums = np.bincount(self.group[grouped], (self.a * x)[grouped])
        rest = self.e @ x - self.b
        if rest > VIOLATED:
            yield self.e, self.b
        for group in np.flatnonzero(sums + rest > VIOLATED):
            yield self.a * (self.group == group) + self.e, self.b

    def take(self, candidates: Integers) -> PerGroup:
        """Return the rows over some of the candidates."""
        return PerGroup(self.rule, self.group[candidates], self.a[candidates], self.e[candidates], self.b)


@dataclass(frozen=True, eq=False)
class AtLeast:
    """Members have at least ``least`` different labels; label -1 does not count."""

    rule: str
    label: Integers
    least: int

    def excess(self, members: Places) -> float:
        """Return how many labels are missing."""
        return float(max(0, self.least - _different(self.label, members)))

    def excess_with(self, members: Places) -> Floats:
        """Return how many are missing after each candidate has joined."""
        missing = float(self.least - _different(self.label, members))
        found: Floats = np.maximum(0.0, missing - _brings(self.label, members))
        return found

    def cuts(self, x: Floats) -> Iterator[Cut]:
        """Yield: labels that are not full yet must bring what the full ones leave open."""
        counts = self.label >= 0
        if not counts.any():
            yield np.zeros(len(x)), -float(self.least)
            return
        mass = np.bincount(self.label[counts], x[counts])
        if np.minimum(1.0, mass).sum() < self.least - VIOLATED:
            full = mass >= 1
            open_ = counts & ~full[np.where(counts, self.label, 0)]
            yield -open_.astype(np.float64), float(full.sum() - self.least)

    def take(self, candidates: Integers) -> AtLeast:
        """Return the constraint over some of the candidates."""
        return AtLeast(self.rule, self.label[candidates], self.least)


@dataclass(frozen=True, eq=False)
class AtMost:
    """Members have at most ``most`` different labels; label -1 does not count."""

    rule: str
    label: Integers
    most: int

    def excess(self, members: Places) -> float:
        """Return how many labels are too many."""
        return float(max(0, _different(self.label, members) - self.most))

    def excess_with(self, members: Places) -> Floats:
        """Return how many are too many after each candidate has joined."""
        known = float(_different(self.label, members) - self.most)
        found: Floats = np.maximum(0.0, known + _brings(self.label, members))
        return found

    def cuts(self, x: Floats) -> Iterator[Cut]:
        """Yield: of one candidate per label, at most so many."""
        order = np.lexsort((np.arange(len(x)), -x, self.label))
        order = order[(self.label[order] >= 0) & (x[order] > 0)]
        first = order[np.unique(self.label[order], return_index=True)[1]] if len(order) else order
        if x[first].sum() > self.most + VIOLATED:
            a = np.zeros(len(x))
            a[first] = 1.0
            yield a, float(self.most)

    def take(self, candidates: Integers) -> AtMost:
        """Return the constraint over some of the candidates."""
        return AtMost(self.rule, self.label[candidates], self.most)


def _different(label: Integers, members: Places) -> int:
    return len({*label[list(members)].tolist()} - {-1})


def _brings(label: Integers, members: Places) -> NDArray[np.bool_]:
    """Return who has a label that no member has."""
    known = np.zeros(label.max(initial=-1) + 2, dtype=bool)
    # The last place is that of label -1, which never counts.
    known[label[list(members)]] = known[-1] = True
    brings: NDArray[np.bool_] = ~known[label]
    return brings


def _over(value: float) -> float:
    return value if value > TOLERANCE else 0.0


def _overs(values: Floats) -> Floats:
    return np.where(values > TOLERANCE, values, 0.0)
