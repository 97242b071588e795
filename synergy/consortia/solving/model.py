"""The problem that is solved: links of candidates to capacities, what their best qualities are worth, constraints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from synergy.consortia.solving.constraints import TOLERANCE, Constraint, Cut, Floats, Integers, Linear, Places
from synergy.consortia.solving.terms import Term

Mask = NDArray[np.bool_]

SMALL = 1_000_000
"""Up to how many cells the table of all worths is held whole."""


@dataclass(frozen=True, eq=False)
class Model:
    """Maximise sum_r (sum of the ``depth_r`` largest ``worth_ir`` among members) + the ``terms``.

    ``worth`` is candidates x rows (CSR, > 0 where stored). With depth 1 a row is a capacity and its worth weight x
    quality; a decreasing return adds rows of greater depth. But for the terms the value is monotone and submodular.
    Candidates that are not ``allowed`` are never members, those in ``must`` always, and ``most`` is how many members
    there can be at the most.
    """

    worth: sparse.csr_array
    depth: Integers
    constraints: tuple[Constraint, ...]
    allowed: Mask
    most: int
    must: tuple[int, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def n(self) -> int:
        """Number of candidates."""
        return int(self.worth.shape[0])

    @property
    def rows(self) -> int:
        """Number of rows of the value."""
        return int(self.worth.shape[1])

    @cached_property
    def owner(self) -> Integers:
        """The candidate of each link."""
        return np.repeat(np.arange(self.n), np.diff(self.worth.indptr))

    @cached_property
    def row(self) -> Integers:
        """The row of each link."""
        return np.asarray(self.worth.indices, dtype=np.int64)

    @cached_property
    def by_owner(self) -> sparse.csr_array:
        """Candidates x links, 1 where the link is the candidate's: adds up over links."""
        links = self.worth.nnz
        return sparse.csr_array((np.ones(links), np.arange(links), self.worth.indptr), shape=(self.n, links))

    @cached_property
    def highest(self) -> Floats:
        """The largest worth in each row."""
        found = np.zeros(self.rows)
        np.maximum.at(found, self.row, self.worth.data)
        return found

    @cached_property
    def scale(self) -> float:
        """An upper bound of any value."""
        return float(self.depth @ self.highest) + sum(term.most for term in self.terms) or 1.0

    def table(self, candidates: Places) -> Floats:
        """Return the worths of some candidates as a full table, one line each."""
        at = np.asarray(candidates, dtype=np.int64)
        return self._whole[at] if self.n * self.rows <= SMALL else self._filled(at)

    @cached_property
    def _whole(self) -> Floats:
        return self._filled(np.arange(self.n))

    def _filled(self, at: Integers) -> Floats:
        first, count = self.worth.indptr[at], np.diff(self.worth.indptr)[at]
        line = np.repeat(np.arange(len(at)), count)
        link = np.arange(count.sum()) + np.repeat(first - np.concatenate([[0], np.cumsum(count)[:-1]]), count)
        found = np.zeros((len(at), self.rows))
        found[line, self.row[link]] = self.worth.data[link]
        return found

    def levels(self, members: Places) -> Floats:
        """Return, per row, the ``depth``-th largest worth among members (0 if they are fewer)."""
        return self._at_depth(np.sort(self.table(members), axis=0)[::-1])

    def value(self, members: Places) -> float:
        """Return what a set of members is worth."""
        if not len(members):
            return 0.0
        ordered = np.sort(self.table(members), axis=0)[::-1]
        counted = np.arange(len(ordered))[:, None] < self.depth
        return float((ordered * counted).sum()) + sum(term.value(members) for term in self.terms)

    def _at_depth(self, ordered: Floats, more: int = 0) -> Floats:
        at = self.depth - 1 + more
        inside = at < len(ordered)
        found: Floats = np.where(
            inside, ordered[np.where(inside, at, 0), np.arange(self.rows)] if len(ordered) else 0, 0
        )
        return found

    def without_each(self, members: Places) -> tuple[Floats, Floats]:
        """Return (values, gains) of the members, then of the members without the first, the second, …

        A line of gains is what each candidate would add to those members (candidates that are members already: no
        meaning).
        """
        table = self.table(members)
        ordered = np.sort(table, axis=0)[::-1]
        level, following = self._at_depth(ordered), self._at_depth(ordered, more=1)
        counts = table >= level
        levels = np.vstack([level, np.where(counts, following, level)])
        counted = np.arange(len(ordered))[:, None] < self.depth
        whole = float((ordered * counted).sum())
        values = np.concatenate([[whole], whole - np.where(counts, table - following, 0.0).sum(axis=1)])
        over = np.maximum(0.0, self.worth.data - levels[:, self.row])
        gains: Floats = (self.by_owner @ over.T).T
        for term in self.terms:
            for line, rest in enumerate([list(members), *(_without(members, k) for k in range(len(members)))]):
                values[line] += term.value(rest)
                gains[line] += term.gains(rest)
        return values, gains

    @cached_property
    def linear(self) -> tuple[Floats, Floats]:
        """The linear rows stacked: (A, b)."""
        rows = [each for each in self.constraints if isinstance(each, Linear)]
        return np.array([row.a for row in rows]).reshape(len(rows), self.n), np.array([row.b for row in rows])

    @cached_property
    def _steepest(self) -> Floats:
        return np.asarray(self.linear[0].max(axis=1, initial=-np.inf))

    @cached_property
    def others(self) -> tuple[Constraint, ...]:
        """The constraints that are no single linear row."""
        return tuple(each for each in self.constraints if not isinstance(each, Linear))

    def excess(self, members: Places) -> float:
        """Return by how much a set of members breaks the constraints, 0 when it keeps them all."""
        A, b = self.linear
        over = A[:, list(members)].sum(axis=1) - b
        return float(over[over > TOLERANCE].sum()) + sum(each.excess(members) for each in self.others)

    def excess_with(self, members: Places) -> Floats:
        """Return the same for each candidate that would join."""
        A, b = self.linear
        over = A[:, list(members)].sum(axis=1) - b
        total = np.zeros(self.n)
        for line in np.flatnonzero(over + self._steepest > TOLERANCE):
            value = A[line] + over[line]
            total += np.where(value > TOLERANCE, value, 0.0)
        for each in self.others:
            total += each.excess_with(members)
        return total

    def cuts(self, x: Floats) -> list[Cut]:
        """Return the inequalities that a fractional choice breaks, those of the linear rows left out."""
        return [cut for each in self.others for cut in each.cuts(x)]

    def take(self, candidates: Integers) -> Model:
        """Return the model over some of the candidates, in that order."""
        place = {int(old): new for new, old in enumerate(candidates)}
        return Model(
            self.worth[candidates],
            self.depth,
            tuple(each.take(candidates) for each in self.constraints),
            self.allowed[candidates],
            self.most,
            tuple(place[member] for member in self.must),
            tuple(term.take(candidates) for term in self.terms),
        )


def _without(members: Places, place: int) -> list[int]:
    return [*members[:place], *members[place + 1 :]]
