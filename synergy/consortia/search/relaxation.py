"""The linear relaxation over all candidates, by columns and cuts, and the bound that its duals prove.

In the space of the choice x alone, the value of a row is the concave function

    theta_r(x) = min over v >= 0 of  depth_r v + sum_i (worth_ir - v)+ x_i

(the projection of the facility-location formulation with its y_ir <= x_i), so that a row needs one inequality per v
that matters. Columns enter by their reduced cost. Whatever the multipliers v_r, mu >= 0,

    sum_r depth_r v_r + mu.b + sum_i (extra_i + sum_r (worth_ir - v_r)+ - mu.a_i)+

is a bound on every feasible choice (Lagrange): the bound that is told never rests on the solver's accuracy.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from synergy.consortia.search.constraints import Cut, Floats, Integers
from synergy.consortia.search.model import Model

Mask = NDArray[np.bool_]
ROUNDS = 60
COLUMNS = 100
VIOLATED = 1e-6


@dataclass(frozen=True, eq=False)
class Start:
    """Where a relaxation starts from: columns, row cuts (row, v) and inequalities that mattered before."""

    columns: Integers
    levels: tuple[tuple[int, float], ...] = ()
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, eq=False)
class Relaxed:
    """A bound, the duals that prove it, and the fractional choice that goes with it."""

    bound: float
    x: Floats
    level: Floats
    reduced: Floats
    start: Start = field(repr=False)


class Relaxation:
    """Solves the relaxation of one model again and again, with members forced in or left out."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.A, self.b = model.linear
        # Breaking a row costs more than any value can bring back, so that a restricted problem is never infeasible.
        self.penalty = 10.0 * model.scale
        self.top = np.asarray(model.worth.max(axis=0).toarray()).ravel() if model.n else np.zeros(model.rows)
        self.solved = 0

    def solve(self, inside: Mask, free: Mask, start: Start, enough: float = -np.inf) -> Relaxed:
        """Return the best bound found for choices of ``inside`` and some of ``free``; stop once it is ``enough``."""
        columns = start.columns[inside[start.columns] | free[start.columns]]
        columns = np.union1d(columns, np.flatnonzero(inside))
        levels, cuts = dict.fromkeys(start.levels), list(start.cuts)
        best: Relaxed | None = None
        for _ in range(ROUNDS):
            x, level, mu, used, tight = self._master(inside, columns, list(levels), cuts)
            bound, reduced = self.bound(inside, free, level, mu, cuts)
            if best is None or bound < best.bound:
                best = Relaxed(bound, x, level, reduced, start)
            theta = self._theta(x)
            new = [pair for pair in self._levels(x, used["theta"], theta) if pair not in levels]
            more = self.model.cuts(x)
            enter = np.flatnonzero(free & (reduced > VIOLATED))
            enter = np.setdiff1d(enter, columns)
            if best.bound <= enough or not (new or more or len(enter)):
                break
            if len(enter) > COLUMNS:
                enter = enter[np.argsort(-reduced[enter], kind="stable")[:COLUMNS]]
            columns = np.union1d(columns, enter)
            levels |= dict.fromkeys(new)
            cuts += more
        kept = tuple(pair for pair, active in zip(levels, tight[: len(levels)], strict=False) if active)
        near = np.flatnonzero((x > 0) | ((reduced > -0.02 * abs(best.bound)) & np.isin(np.arange(self.model.n), columns)))
        return Relaxed(best.bound, x, best.level, best.reduced, Start(near, kept, tuple(cuts)))

    def bound(self, inside: Mask, free: Mask, level: Floats, mu: Floats, cuts: list[Cut]) -> tuple[float, Floats]:
        """Return the bound that multipliers prove, and the reduced value of every candidate."""
        model = self.model
        over = np.maximum(0.0, model.worth.data - level[model.column])
        reduced = np.bincount(model.owner, over, model.n) + model.extra
        known = len(self.b)
        reduced -= mu[:known] @ self.A
        fixed = float(model.depth @ level + mu[:known] @ self.b)
        for weight, (a, b) in zip(mu[known:], cuts, strict=False):
            if weight > 0:
                reduced = reduced - weight * a
                fixed += weight * b
        return fixed + float(reduced[inside].sum() + np.maximum(0.0, reduced[free]).sum()), reduced

    def _theta(self, x: Floats) -> tuple[Floats, Floats]:
        """Return (value, level) of every row at a fractional choice: its best worths, up to ``depth`` in all."""
        model = self.model
        link = np.flatnonzero(x[model.owner] > 0)
        order = link[np.lexsort((-model.worth.data[link], model.column[link]))]
        row, worth, mass = model.column[order], model.worth.data[order], x[model.owner[order]]
        total = np.cumsum(mass)
        first = np.searchsorted(row, np.arange(model.rows))
        before = np.concatenate([[0.0], total])[first][row] if len(row) else np.zeros(0)
        room = np.clip(model.depth[row] - (total - mass - before), 0.0, mass)
        value = np.bincount(row, room * worth, model.rows)
        level = np.zeros(model.rows)
        full = (total - before) >= model.depth[row] - 1e-9
        at = order[full]
        # worths fall within a row, so the first full link, written last, is the level
        level[model.column[at][::-1]] = model.worth.data[at][::-1]
        return value, level

    def _levels(self, x: Floats, claimed: Floats, theta: tuple[Floats, Floats]) -> list[tuple[int, float]]:
        value, level = theta
        return [(int(row), float(level[row])) for row in np.flatnonzero(claimed > value + VIOLATED)]

    def _master(
        self, inside: Mask, columns: Integers, levels: list[tuple[int, float]], cuts: list[Cut]
    ) -> tuple[Floats, Floats, Floats, dict[str, Floats], Mask]:
        """Solve the problem of these columns and cuts: (x, level, mu, claimed row values, which levels are tight)."""
        model, k = self.model, len(columns)
        part = model.worth[columns].tocsc()
        rows, known = model.rows, len(self.b)
        data, at, col, rhs = [], [], [], []
        for number, (row, v) in enumerate(levels):
            inner = slice(part.indptr[row], part.indptr[row + 1])
            over = part.data[inner] - v
            keep = over > 0
            data.append(-over[keep])
            col.append(part.indices[inner][keep])
            at.append(np.full(keep.sum(), number))
            rhs.append(model.depth[row] * v)
        count = len(levels)
        theta_rows = sparse.csr_array(
            (np.ones(count), (np.arange(count), [row for row, _ in levels])), shape=(count, rows)
        )
        cover = sparse.csr_array(
            (np.concatenate(data or [np.zeros(0)]), (np.concatenate(at or [np.zeros(0, int)]), np.concatenate(col or [np.zeros(0, int)]))),
            shape=(count, k),
        )
        rules = np.vstack([self.A[:, columns], *(a[columns][None] for a, _ in cuts)]) if known + len(cuts) else np.zeros((0, k))
        limits = np.concatenate([self.b, [b for _, b in cuts]])
        n_rules = len(limits)
        matrix = sparse.block_array(
            [
                [cover, theta_rows, sparse.csr_array((count, n_rules))],
                [sparse.csr_array(rules), sparse.csr_array((n_rules, rows)), -sparse.eye_array(n_rules)],
            ],
            format="csr",
        )
        cost = np.concatenate([-model.extra[columns], -np.ones(rows), np.full(n_rules, self.penalty)])
        lower = np.concatenate([inside[columns].astype(float), np.full(rows, -np.inf), np.zeros(n_rules)])
        upper = np.concatenate([np.ones(k), self.top * model.depth, np.full(n_rules, np.inf)])
        found = linprog(
            cost, A_ub=matrix, b_ub=np.concatenate([np.array(rhs), limits]), bounds=np.column_stack([lower, upper]), method="highs-ds"
        )
        self.solved += 1
        x = np.zeros(model.n)
        x[columns] = np.clip(found.x[:k], 0.0, 1.0)
        dual = np.maximum(0.0, -found.ineqlin.marginals)
        row_of = np.array([row for row, _ in levels], dtype=np.int64)
        share = np.bincount(row_of, dual[:count], rows)
        level = np.bincount(row_of, dual[:count] * np.array([v for _, v in levels]), rows)
        level = level + np.maximum(0.0, 1.0 - share) * self.top
        return x, level, dual[count:], {"theta": found.x[k : k + rows]}, found.slack[:count] < 1e-7
