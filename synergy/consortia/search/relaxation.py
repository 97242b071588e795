"""The linear relaxation over all candidates, by columns and cuts, and the bound that its duals prove.

In the space of the choice x alone, the value of a row is the concave function

    theta_r(x) = min over v >= 0 of  depth_r v + sum_i (worth_ir - v)+ x_i

(the projection of the facility-location formulation with its y_ir <= x_i), so that a row needs one inequality per v
that matters. Columns enter by their reduced cost. Whatever the multipliers v_r, mu >= 0,

    sum_r depth_r v_r + mu.b + sum_i (extra_i + sum_r (worth_ir - v_r)+ - mu.a_i)+

is a bound on every feasible choice (Lagrange): the bound that is told never rests on the accuracy of a solver.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from synergy.consortia.search.constraints import VIOLATED, Cut, Floats, Integers
from synergy.consortia.search.model import Mask, Model
from synergy.consortia.search.simplex import Tableau

ROUNDS = 60
COLUMNS = 100
PIVOTS = 5000
NEAR = 0.01
TIES = 1e-9
GOLDEN = 0.6180339887498949

THETA, EASE, CHOICE = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Frame:
    """Which rows and variables a relaxation holds.

    Rows are levels (row of the value, v) where ``cut`` is -1, else an inequality by its number. Variables are the
    values of rows (THETA), what an inequality may be broken by at a price (EASE) and candidates (CHOICE).
    """

    theta: Integers
    level: Floats
    cut: Integers
    kind: Integers
    which: Integers


@dataclass(frozen=True, eq=False)
class Basis:
    """A point a relaxation can start from again."""

    frame: Frame
    basic: Integers
    up: Mask


@dataclass(frozen=True, eq=False)
class Dual:
    """A bound, the level of every row that proves it, and the reduced value of every candidate."""

    bound: float
    level: Floats
    reduced: Floats


class Inequalities:
    """The constraints of a model as linear inequalities: its linear rows, and those found later."""

    def __init__(self, model: Model) -> None:
        self.model = model
        A, b = model.linear
        self.known: list[Cut] = list(zip(A, b.tolist(), strict=True))
        # Breaking a row costs more than any value brings back, so that no choice of columns is infeasible.
        self.price = 10.0 * model.scale


class Relaxation:
    """The relaxation of one node: forced members, free candidates, and a tableau that changes as cuts come in."""

    def __init__(self, inequalities: Inequalities, inside: Mask, free: Mask, frame: Frame, tableau: Tableau) -> None:
        self.inequalities, self.model = inequalities, inequalities.model
        self.inside, self.free = inside, free
        self.frame, self.tableau = frame, tableau

    @classmethod
    def root(cls, inequalities: Inequalities, inside: Mask, free: Mask, columns: Integers) -> Relaxation:
        """Return the relaxation of some columns, no level yet."""
        model, known = inequalities.model, len(inequalities.known)
        kind = np.repeat([THETA, EASE, CHOICE], [model.rows, known, len(columns)])
        which = np.concatenate([np.arange(model.rows), np.arange(known), columns])
        none = np.full(known, -1)
        return cls._restored(
            inequalities, inside, free, Frame(none, np.zeros(known), np.arange(known), kind, which), None
        )

    @classmethod
    def again(cls, inequalities: Inequalities, inside: Mask, free: Mask, basis: Basis) -> Relaxation:
        """Return the relaxation at a basis it had before."""
        return cls._restored(inequalities, inside, free, basis.frame, basis)

    @classmethod
    def _restored(
        cls, inequalities: Inequalities, inside: Mask, free: Mask, frame: Frame, basis: Basis | None
    ) -> Relaxation:
        made = cls(inequalities, inside, free, frame, None)  # type: ignore[arg-type]
        data = made._cost(frame.kind, frame.which), made._block(frame, frame), made._limits(frame)
        bounds = made._bounds(frame.kind, frame.which)
        made.tableau = Tableau.slack(*data, *bounds) if basis is None else Tableau.at(*data, *bounds, basis.basic, basis.up)
        return made

    def child(self, joined: int | None, out: Integers) -> Relaxation:
        """Return a copy in which one candidate has joined and others are left out."""
        inside, free = self.inside.copy(), self.free.copy()
        free[out] = False
        if joined is not None:
            inside[joined], free[joined] = True, False
        made = Relaxation(self.inequalities, inside, free, self.frame, self.tableau.copy())
        if joined is not None:
            made._add_columns(np.array([joined]))
        made._settle()
        return made

    def basis(self) -> Basis:
        """Return the point to start from again."""
        return Basis(self.frame, self.tableau.basic.copy(), self.tableau.at_upper())

    def dual(self) -> Dual:
        """Return the bound that the present multipliers prove."""
        model, frame, y = self.model, self.frame, self.tableau.multipliers()
        levels = frame.cut < 0
        share = np.bincount(frame.theta[levels], y[levels], model.rows)
        level = np.bincount(frame.theta[levels], (y * frame.level)[levels], model.rows)
        level = level + np.maximum(0.0, 1.0 - share) * model.highest
        over = np.maximum(0.0, model.worth.data - level[model.row])
        reduced = np.bincount(model.owner, over, model.n) + model.extra
        fixed = float(model.depth @ level)
        for line in np.flatnonzero(~levels & (y > 0)):
            a, b = self.inequalities.known[frame.cut[line]]
            reduced -= y[line] * a
            fixed += y[line] * b
        return Dual(fixed + float(reduced[self.inside].sum() + np.maximum(0.0, reduced[self.free]).sum()), level, reduced)

    def x(self) -> Floats:
        """Return the fractional choice."""
        found = np.zeros(self.model.n)
        choice = self.frame.kind == CHOICE
        found[self.frame.which[choice]] = np.clip(self.tableau.solution()[choice], 0.0, 1.0)
        return found

    def refine(self, enough: float) -> Dual:
        """Add cuts and columns until none is missing or the bound is ``enough``; return the best bound met."""
        best: Dual | None = None
        for _ in range(ROUNDS):
            self.tableau.solve(PIVOTS, -enough)
            dual = self.dual()
            if best is None or dual.bound < best.bound:
                best = dual
            if best.bound <= enough or not (self._cut() | self._price(dual.reduced)):
                break
        assert best is not None
        return best

    def _price(self, reduced: Floats) -> bool:
        enter = np.flatnonzero(self.free & (reduced > VIOLATED))
        enter = np.setdiff1d(enter, self.frame.which[self.frame.kind == CHOICE])
        self._add_columns(enter[np.argsort(-reduced[enter], kind="stable")[:COLUMNS]])
        return bool(len(enter))

    def _add_columns(self, candidates: Integers) -> None:
        frame = self.frame
        new = np.setdiff1d(candidates, frame.which[frame.kind == CHOICE])
        if len(new):
            self._extend(np.full(len(new), CHOICE), new)

    def _extend(self, kind: Integers, which: Integers) -> None:
        frame = self.frame
        part = Frame(frame.theta, frame.level, frame.cut, kind, which)
        self.tableau.add_columns(self._cost(kind, which), self._block(frame, part), *self._bounds(kind, which))
        self.frame = Frame(
            frame.theta, frame.level, frame.cut, np.concatenate([frame.kind, kind]), np.concatenate([frame.which, which])
        )

    def _cut(self) -> bool:
        """Add the levels and inequalities that the fractional choice breaks."""
        x, z = self.x(), self.tableau.solution()
        value, level = self._values(x)
        claimed = z[: self.model.rows]
        rows = np.flatnonzero(claimed > value + VIOLATED)
        cuts = self.model.cuts(x)
        if not (len(rows) or cuts):
            return False
        first = len(self.inequalities.known)
        self.inequalities.known += cuts
        numbers = first + np.arange(len(cuts))
        if cuts:
            self._extend(np.full(len(cuts), EASE), numbers)
        frame = self.frame
        new = Frame(
            np.concatenate([rows, np.full(len(cuts), -1)]),
            np.concatenate([level[rows], np.zeros(len(cuts))]),
            np.concatenate([np.full(len(rows), -1), numbers]),
            frame.kind,
            frame.which,
        )
        self.tableau.add_rows(self._block(new, frame), self._limits(new))
        self.frame = Frame(
            np.concatenate([frame.theta, new.theta]),
            np.concatenate([frame.level, new.level]),
            np.concatenate([frame.cut, new.cut]),
            frame.kind,
            frame.which,
        )
        return True

    def _values(self, x: Floats) -> tuple[Floats, Floats]:
        """Return (value, level) of every row at a fractional choice: its best worths, up to ``depth`` in all."""
        model = self.model
        link = np.flatnonzero(x[model.owner] > 0)
        order = link[np.lexsort((-model.worth.data[link], model.row[link]))]
        row, worth, mass = model.row[order], model.worth.data[order], x[model.owner[order]]
        total = np.concatenate([[0.0], np.cumsum(mass)])
        before = total[:-1] - total[np.searchsorted(row, row)]
        value = np.bincount(row, np.clip(model.depth[row] - before, 0.0, mass) * worth, model.rows)
        level = np.zeros(model.rows)
        full = before + mass >= model.depth[row] - 1e-9
        # worths fall within a row, so that the first full link, written last, is the level
        level[row[full][::-1]] = worth[full][::-1]
        return value, level

    def purge(self, dual: Dual) -> None:
        """Take out rows that are not tight, and columns that are out or far from entering."""
        frame, tableau = self.frame, self.tableau
        loose = -1 - tableau.basic[(tableau.basic < 0) & (tableau.value > VIOLATED)]
        rows = np.sort(loose[(frame.cut[loose] < 0) | (frame.cut[loose] >= len(self.model.linear[1]))])
        nonbasic = tableau.nonbasic[(tableau.nonbasic >= 0) & ~tableau.up]
        choice = nonbasic[frame.kind[nonbasic] == CHOICE]
        who = frame.which[choice]
        far = ~self.inside[who] & (~self.free[who] | (dual.reduced[who] < -NEAR * abs(dual.bound)))
        ease = nonbasic[(frame.kind[nonbasic] == EASE) & np.isin(frame.which[nonbasic], frame.cut[rows])]
        variables = np.sort(np.concatenate([choice[far], ease]))
        tableau.drop(rows, variables)
        kept = np.setdiff1d(np.arange(len(frame.kind)), variables)
        lines = np.setdiff1d(np.arange(len(frame.cut)), rows)
        self.frame = Frame(
            frame.theta[lines], frame.level[lines], frame.cut[lines], frame.kind[kept], frame.which[kept]
        )

    def _settle(self) -> None:
        """Give the candidates of the tableau the bounds of this node."""
        at = np.flatnonzero(self.frame.kind == CHOICE)
        lower, upper = self._bounds(self.frame.kind[at], self.frame.which[at])
        changed = (self.tableau.lower[at] != lower) | (self.tableau.upper[at] != upper)
        self.tableau.set_bounds(at[changed], lower[changed], upper[changed])

    def _bounds(self, kind: Integers, which: Integers) -> tuple[Floats, Floats]:
        model = self.model
        lower, upper = np.zeros(len(kind)), np.full(len(kind), np.inf)
        theta, choice = kind == THETA, kind == CHOICE
        lower[theta], upper[theta] = -np.inf, (model.depth * model.highest)[which[theta]]
        lower[choice] = self.inside[which[choice]]
        upper[choice] = self.inside[which[choice]] | self.free[which[choice]]
        return lower, upper

    def _cost(self, kind: Integers, which: Integers) -> Floats:
        cost = np.where(kind == THETA, -1.0, self.inequalities.price)
        choice = kind == CHOICE
        who = which[choice]
        # A tiny price, another one for each candidate, breaks the ties that would let the pivots go round in circles.
        cost[choice] = TIES * self.model.scale * (1 + who * GOLDEN % 1) - self.model.extra[who]
        return cost

    def _limits(self, rows: Frame) -> Floats:
        levels = rows.cut < 0
        limits = np.where(levels, self.model.depth[np.maximum(rows.theta, 0)] * rows.level, 0.0)
        limits[~levels] = [self.inequalities.known[cut][1] for cut in rows.cut[~levels]]
        return limits

    def _block(self, rows: Frame, variables: Frame) -> Floats:
        """Return the coefficients of some variables in some rows."""
        found = np.zeros((len(rows.cut), len(variables.kind)))
        levels = np.flatnonzero(rows.cut < 0)
        cuts = np.flatnonzero(rows.cut >= 0)
        theta = np.flatnonzero(variables.kind == THETA)
        ease = np.flatnonzero(variables.kind == EASE)
        choice = np.flatnonzero(variables.kind == CHOICE)
        who = variables.which[choice]
        worth = self.model.table(who).T[rows.theta[levels]]
        found[np.ix_(levels, choice)] = -np.maximum(0.0, worth - rows.level[levels][:, None])
        found[np.ix_(levels, theta)] = rows.theta[levels][:, None] == variables.which[theta]
        found[np.ix_(cuts, ease)] = -1.0 * (rows.cut[cuts][:, None] == variables.which[ease])
        for line in cuts:
            found[line, choice] = self.inequalities.known[rows.cut[line]][0][who]
        return found
