"""What members are worth together, beside what each holds: past cooperation, and regions that complement each other.

A term answers: what is it worth for some members, what would each candidate add, and which linear function lies above
it everywhere and meets it at a fractional choice (its concave envelope, pair by pair).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
from scipy import sparse

from synergy.consortia.solving.constraints import Floats, Integers, Places


class Term(Protocol):
    """One addition to the value; candidates are integer positions."""

    name: ClassVar[str]

    @property
    def most(self) -> float:
        """What it is never worth more than."""

    def value(self, members: Places) -> float:
        """Return what it is worth for these members."""

    def gains(self, members: Places) -> Floats:
        """Return what each candidate would add to these members."""

    def above(self, x: Floats) -> tuple[Floats, float]:
        """Return (a, c) such that a.x + c is nowhere below the term, and meets its envelope at x."""

    def take(self, candidates: Integers) -> Term:
        """Return the term over some of the candidates, in that order."""


@dataclass(frozen=True, eq=False)
class Ties:
    """sum over pairs of members of ``pairs_ij`` (symmetric, zero diagonal, plus or minus)."""

    name: ClassVar[str] = "cooperation"
    pairs: sparse.csr_array

    @property
    def most(self) -> float:
        """The sum of all that is positive."""
        return float(np.maximum(self.pairs.data, 0).sum() / 2)

    def value(self, members: Places) -> float:
        """Return half the sum over ordered pairs."""
        at = np.asarray(members, dtype=np.int64)
        return float(self.pairs[at][:, at].sum() / 2) if len(at) else 0.0

    def gains(self, members: Places) -> Floats:
        """Return the sum of each candidate's ties with the members."""
        chosen = np.zeros(self.pairs.shape[0])
        chosen[list(members)] = 1.0
        found: Floats = self.pairs @ chosen
        return found

    def above(self, x: Floats) -> tuple[Floats, float]:
        """Return: a plus counts with the end that is less chosen (half each if equal), a minus as x_i + x_j - 1."""
        upper = sparse.triu(self.pairs, k=1).tocoo()
        i, j, value = upper.coords[0], upper.coords[1], upper.data
        share = np.where(x[i] < x[j], 1.0, np.where(x[i] > x[j], 0.0, 0.5))
        both = (value < 0) & (x[i] + x[j] > 1)
        first = np.where(value > 0, share * value, np.where(both, value, 0.0))
        second = np.where(value > 0, (1 - share) * value, np.where(both, value, 0.0))
        n = len(x)
        slope: Floats = (np.bincount(i, first, n) + np.bincount(j, second, n)).astype(np.float64)
        return slope, -float(value[both].sum())

    def take(self, candidates: Integers) -> Ties:
        """Return the ties among some of the candidates."""
        return Ties(self.pairs[candidates][:, candidates])


@dataclass(frozen=True, eq=False)
class Mix:
    """sum over pairs of groups among the members of ``worth_gh`` (symmetric, >= 0, zero diagonal); -1 is no group."""

    name: ClassVar[str] = "complementarity"
    group: Integers
    worth: Floats

    @property
    def most(self) -> float:
        """The sum over all pairs of groups."""
        return float(self.worth.sum() / 2)

    def _present(self, members: Places) -> Integers:
        found = np.unique(self.group[list(members)])
        return found[found >= 0]

    def value(self, members: Places) -> float:
        """Return half the sum over ordered pairs of the groups that are there."""
        there = self._present(members)
        return float(self.worth[np.ix_(there, there)].sum() / 2)

    def gains(self, members: Places) -> Floats:
        """Return what the group of each candidate adds, 0 when it is there already."""
        there = self._present(members)
        adds = self.worth[:, there].sum(axis=1)
        adds[there] = 0.0
        return np.where(self.group >= 0, adds[self.group], 0.0)

    def above(self, x: Floats) -> tuple[Floats, float]:
        """Return: each pair counts with the group that is less there, or is complete."""
        inside = self.group >= 0
        size = len(self.worth)
        mass = np.bincount(self.group[inside], x[inside], size)
        g, h = np.triu_indices(size, 1)
        value = self.worth[g, h]
        less = np.where(mass[g] <= mass[h], g, h)
        full = mass[less] >= 1
        per_group = np.bincount(less[~full], value[~full], size)
        return np.where(inside, per_group[self.group], 0.0), float(value[full].sum())

    def take(self, candidates: Integers) -> Mix:
        """Return the term over some of the candidates."""
        return Mix(self.group[candidates], self.worth)
