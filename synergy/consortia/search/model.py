"""The problem the search solves: links of candidates to capacities, what their best qualities are worth, constraints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from synergy.consortia.search.constraints import TOLERANCE, Constraint, Cut, Floats, Integers, Linear


@dataclass(frozen=True, eq=False)
class Model:
    """Maximise sum_r (sum of the ``depth_r`` largest ``worth_ir`` among members) + sum_members ``extra``.

    ``worth`` is candidates x rows (CSR, >= 0). With depth 1 a row is a capacity and its worth weight x quality; a
    decreasing return adds rows of greater depth. The value is monotone and submodular but for ``extra``. Candidates
    in ``barred`` are never members, those in ``must`` always.
    """

    worth: sparse.csr_array
    depth: Integers
    extra: Floats
    constraints: tuple[Constraint, ...] = ()
    must: tuple[int, ...] = ()
    barred: NDArray[np.bool_] | None = None

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
    def column(self) -> Integers:
        """The row of each link."""
        return self.worth.indices.astype(np.int64)

    @cached_property
    def allowed(self) -> NDArray[np.bool_]:
        """Which candidates may be members."""
        return np.ones(self.n, dtype=bool) if self.barred is None else ~self.barred

    @cached_property
    def scale(self) -> float:
        """An upper bound of any value: every row at its largest worths."""
        best = self.thresholds(range(self.n), most=True)
        return float(best.sum() + np.maximum(self.extra, 0).sum()) or 1.0

    def thresholds(self, members: Sequence[int], *, most: bool = False) -> Floats:
        """Return, per row, the ``depth``-th largest worth among members (0 if fewer); with ``most`` their sum."""
        worth = self.worth[np.asarray(members, dtype=np.int64)].tocsc()
        found = np.zeros(self.rows)
        if (self.depth == 1).all():
            if worth.shape[0]:
                found = worth.max(axis=0).toarray().ravel()
            return found
        for row in np.flatnonzero(np.diff(worth.indptr)):
            values = np.sort(worth.data[worth.indptr[row] : worth.indptr[row + 1]])[::-1]
            depth = self.depth[row]
            found[row] = values[:depth].sum() if most else values[depth - 1] if len(values) >= depth else 0.0
        return found

    def value(self, members: Sequence[int]) -> float:
        """Return what a set of members is worth."""
        if not len(members):
            return 0.0
        return float(self.thresholds(members, most=True).sum() + self.extra[list(members)].sum())

    def gains(self, members: Sequence[int]) -> Floats:
        """Return what each candidate would add to a set of members it is not in."""
        over = np.maximum(0.0, self.worth.data - self.thresholds(members)[self.column])
        return np.bincount(self.owner, over, self.n) + self.extra

    @cached_property
    def linear(self) -> tuple[Floats, Floats]:
        """The linear rows stacked: (A, b)."""
        rows = [each for each in self.constraints if isinstance(each, Linear)]
        return np.array([row.a for row in rows]).reshape(len(rows), self.n), np.array([row.b for row in rows])

    @cached_property
    def others(self) -> tuple[Constraint, ...]:
        """The constraints that are no single linear row."""
        return tuple(each for each in self.constraints if not isinstance(each, Linear))

    def excess(self, members: Sequence[int]) -> float:
        """Return by how much a set of members breaks the constraints, 0 when it keeps them all."""
        return sum(each.excess(members) for each in self.constraints)

    def excess_with(self, members: Sequence[int]) -> Floats:
        """Return the same for each candidate that would join."""
        A, b = self.linear
        over = A + (A[:, list(members)].sum(axis=1) - b)[:, None]
        total = np.where(over > TOLERANCE, over, 0.0).sum(axis=0)
        for each in self.others:
            total = total + each.excess_with(members)
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
            self.extra[candidates],
            tuple(each.take(candidates) for each in self.constraints),
            tuple(place[member] for member in self.must),
            None if self.barred is None else self.barred[candidates],
        )
