"""The linear relaxation over all candidates, by columns and cuts, and the bound that its duals prove.

In the space of the choice x alone, the value of a row is the concave function

    theta_r(x) = min over v >= 0 of  depth_r v + sum_i (worth_ir - v)+ x_i

(the projection of the facility-location formulation with its y_ir <= x_i), so that a row needs one inequality per v
that matters. Columns enter by their reduced cost. Whatever the multipliers v_r, mu >= 0,

    sum_r depth_r v_r + mu.b + sum_i (sum_r (worth_ir - v_r)+ - mu.a_i)+

is a bound on every feasible choice (Lagrange): the bound that is told never rests on the accuracy of a solver.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from synergy.consortia.solving.constraints import VIOLATED, Floats, Integers
from synergy.consortia.solving.frame import CHOICE, EASE, THETA, Coefficients, Columns, Rows
from synergy.consortia.solving.model import Mask
from synergy.consortia.solving.simplex import Tableau

ROUNDS = 60
COLUMNS = 100
PIVOTS = 5000
NEAR = 0.01


@dataclass(frozen=True, eq=False)
class Basis:
    """A point a relaxation can start from again."""

    rows: Rows
    columns: Columns
    basic: Integers
    up: Mask


@dataclass(frozen=True, eq=False)
class Dual:
    """A bound, the level of every row that proves it, and the reduced value of every candidate."""

    bound: float
    level: Floats
    reduced: Floats


class Relaxation:
    """The relaxation of one node: forced members, free candidates, and a tableau that changes as cuts come in."""

    def __init__(
        self, numbers: Coefficients, inside: Mask, free: Mask, rows: Rows, columns: Columns, tableau: Tableau
    ) -> None:
        self.numbers, self.model = numbers, numbers.model
        self.inside, self.free = inside, free
        self.rows, self.columns, self.tableau = rows, columns, tableau

    @classmethod
    def root(cls, numbers: Coefficients, inside: Mask, free: Mask, candidates: Integers) -> Relaxation:
        """Return the relaxation of some candidates, with the linear rules and no level yet."""
        known = np.arange(len(numbers.known))
        rows = Rows.of_cuts(np.full(len(known), -1), known)
        columns = Columns.same(THETA, np.arange(numbers.thetas)).join(Columns.same(EASE, known))
        columns = columns.join(Columns.same(CHOICE, candidates))
        bounds = numbers.bounds(columns, inside, free)
        data = numbers.cost(columns), numbers.block(rows, columns), numbers.limits(rows)
        return cls(numbers, inside, free, rows, columns, Tableau.slack(*data, *bounds))

    @classmethod
    def again(cls, numbers: Coefficients, inside: Mask, free: Mask, basis: Basis) -> Relaxation:
        """Return the relaxation at a basis it had before."""
        rows, columns = basis.rows, basis.columns
        bounds = numbers.bounds(columns, inside, free)
        data = numbers.cost(columns), numbers.block(rows, columns), numbers.limits(rows)
        return cls(numbers, inside, free, rows, columns, Tableau.at(*data, *bounds, basis.basic, basis.up))

    def child(self, joined: int | None, out: Integers) -> Relaxation:
        """Return a copy in which one candidate has joined and others are left out."""
        inside, free = self.inside.copy(), self.free.copy()
        free[out] = False
        if joined is not None:
            inside[joined], free[joined] = True, False
        made = Relaxation(self.numbers, inside, free, self.rows, self.columns, self.tableau.copy())
        if joined is not None:
            made._add_candidates(np.array([joined]))
        at = made.columns.of(CHOICE)
        who = made.columns.candidates
        lower, upper = inside[who].astype(np.float64), (inside | free)[who].astype(np.float64)
        changed = (made.tableau.lower[at] != lower) | (made.tableau.upper[at] != upper)
        made.tableau.set_bounds(at[changed], lower[changed], upper[changed])
        return made

    def basis(self) -> Basis:
        """Return the point to start from again."""
        return Basis(self.rows, self.columns, self.tableau.basic.copy(), self.tableau.at_upper())

    def dual(self) -> Dual:
        """Return the bound that the present multipliers prove."""
        model, rows, y = self.model, self.rows, self.tableau.multipliers()
        values = rows.theta >= 0
        # What the multipliers leave of a row's own price is borne by its upper bound, as by a level at the top.
        rest = np.maximum(0.0, 1.0 - np.bincount(rows.theta[values], y[values], self.numbers.thetas))
        levels = rows.cut < 0
        level = (
            np.bincount(rows.theta[levels], (y * rows.level)[levels], model.rows) + rest[: model.rows] * model.highest
        )
        over = np.maximum(0.0, model.worth.data - level[model.row])
        reduced: Floats = np.bincount(model.owner, over, model.n).astype(np.float64)
        fixed = float(model.depth @ level + rest[model.rows :] @ self.numbers.highest[model.rows :])
        for line in np.flatnonzero(~levels & (y > 0)):
            a, b = self.numbers.known[rows.cut[line]]
            reduced = reduced - y[line] * a
            fixed += y[line] * b
        bound = fixed + float(reduced[self.inside].sum() + np.maximum(0.0, reduced[self.free]).sum())
        return Dual(bound, level, reduced)

    def x(self) -> Floats:
        """Return the fractional choice."""
        found = np.zeros(self.model.n)
        at = self.columns.of(CHOICE)
        found[self.columns.candidates] = np.clip(self.tableau.solution()[at], 0.0, 1.0)
        return found

    def pivot(self, most: int, enough: float) -> Dual:
        """Pivot until the bound is ``enough`` or the best for these rows and columns, at most so often."""
        self.tableau.solve(most, -enough)
        dual = self.dual()
        if dual.bound > enough and self.tableau.objective >= -enough:
            # The tiny prices that break ties, and candidates that nearly enter, set the two a little apart.
            self.tableau.solve(most)
            dual = self.dual()
        return dual

    def refine(self, enough: float = -np.inf) -> Dual:
        """Add cuts and columns until none is missing or the bound is ``enough``; return the best bound met."""
        best: Dual | None = None
        for _ in range(ROUNDS):
            dual = self.pivot(PIVOTS, enough)
            if best is None or dual.bound < best.bound:
                best = dual
            if best.bound <= enough or not (self._cut() | self._price(dual.reduced)):
                break
        assert best is not None
        return best

    def _price(self, reduced: Floats) -> bool:
        better = self.free & (reduced > VIOLATED)
        better[self.columns.candidates] = False
        enter = np.flatnonzero(better)
        self._add_candidates(enter[np.argsort(-reduced[enter], kind="stable")[:COLUMNS]])
        return bool(len(enter))

    def _add_candidates(self, candidates: Integers) -> None:
        missing = np.zeros(self.model.n, dtype=bool)
        missing[candidates] = True
        missing[self.columns.candidates] = False
        self._extend(Columns.same(CHOICE, np.flatnonzero(missing)))

    def _extend(self, new: Columns) -> None:
        if len(new.kind):
            bounds = self.numbers.bounds(new, self.inside, self.free)
            self.tableau.add_columns(self.numbers.cost(new), self.numbers.block(self.rows, new), *bounds)
            self.columns = self.columns.join(new)

    def _cut(self) -> bool:
        """Add the levels, lines and inequalities that the fractional choice breaks."""
        x, claimed = self.x(), self.tableau.solution()[: self.numbers.thetas]
        value, level = self._values(x)
        rows = np.flatnonzero(claimed[: self.model.rows] > value + VIOLATED)
        new = Rows.of_levels(rows, level[rows])
        for number, term in enumerate(self.model.terms, start=self.model.rows):
            a, c = term.above(x)
            if claimed[number] > a @ x + c + VIOLATED:
                new = new.join(Rows.of_cuts(np.array([number]), self.numbers.add([(-a, c)])))
        rules = self.numbers.add(self.model.cuts(x))
        self._extend(Columns.same(EASE, rules))
        new = new.join(Rows.of_cuts(np.full(len(rules), -1), rules))
        if not len(new.cut):
            return False
        self.tableau.add_rows(self.numbers.block(new, self.columns), self.numbers.limits(new))
        self.rows = self.rows.join(new)
        return True

    def _values(self, x: Floats) -> tuple[Floats, Floats]:
        """Return (value, level) of every row at a fractional choice: its best worths, up to ``depth`` in all."""
        model = self.model
        link = np.flatnonzero(x[model.owner] > 0)
        order = link[np.lexsort((-model.worth.data[link], model.row[link]))]
        row, worth, mass = model.row[order], model.worth.data[order], x[model.owner[order]]
        total = np.concatenate([[0.0], np.cumsum(mass)])
        before = total[:-1] - total[np.searchsorted(row, row)]
        value: Floats = np.bincount(row, np.clip(model.depth[row] - before, 0.0, mass) * worth, model.rows).astype(
            np.float64
        )
        level = np.zeros(model.rows)
        full = before + mass >= model.depth[row] - 1e-9
        # worths fall within a row, so that the first full link, written last, is the level
        level[row[full][::-1]] = worth[full][::-1]
        return value, level

    def purge(self, dual: Dual) -> None:
        """Take out rows that are not tight, and columns that are out or far from entering."""
        rows, columns, tableau = self.rows, self.columns, self.tableau
        loose = np.sort(-1 - tableau.basic[(tableau.basic < 0) & (tableau.value > VIOLATED)])
        loose = loose[(rows.cut[loose] < 0) | (rows.cut[loose] >= len(self.model.linear[1]))]
        out = tableau.nonbasic[(tableau.nonbasic >= 0) & ~tableau.up]
        choice = out[columns.kind[out] == CHOICE]
        who = columns.which[choice]
        far = ~self.inside[who] & (~self.free[who] | (dual.reduced[who] < -NEAR * abs(dual.bound)))
        ease = out[(columns.kind[out] == EASE) & np.isin(columns.which[out], rows.cut[loose])]
        dropped = np.sort(np.concatenate([choice[far], ease]))
        tableau.drop(loose, dropped)
        self.rows = rows.take(np.setdiff1d(np.arange(len(rows.cut)), loose))
        self.columns = columns.take(np.setdiff1d(np.arange(len(columns.kind)), dropped))
