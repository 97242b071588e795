"""The dual simplex method on a full tableau: made to be solved again after a bound, a row or a column has changed.

min c.z with M z <= r and lower <= z <= upper. Every basis is dual feasible as long as each variable out of it has a
finite bound on the side its reduced cost points to, which holds for the relaxation of a consortium; so any change is
followed by a few pivots instead of a new solve. It may stop at any time: what is proved by the multipliers is
computed elsewhere, from the data.

A full tableau costs a rank-one update per pivot (one BLAS call) and needs no factors: right for the few hundred rows
and columns a relaxation holds at a time. Which row leaves is chosen by dual steepest edge, whose lengths the tableau
shows; which column enters by the ratio test that lets variables with two bounds flip on the way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import dger

from synergy.consortia.solving.constraints import Floats, Integers

FEASIBLE = 1e-8
PIVOT = 1e-8


@dataclass(eq=False)
class Tableau:
    """basic = value - T (nonbasic - its bound). Variables are 0, 1, …; the slack of row k is -1 - k.

    ``T`` is basic x nonbasic, ``d`` the reduced costs of the nonbasic ones, ``up`` which of them are at their upper
    bound. Arrays are the tableau's own and change in place; ``copy`` gives another one.
    """

    T: Floats
    d: Floats
    basic: Integers
    nonbasic: Integers
    value: Floats
    up: NDArray[np.bool_]
    lower: Floats
    upper: Floats
    objective: float

    @classmethod
    def slack(cls, cost: Floats, M: Floats, r: Floats, lower: Floats, upper: Floats) -> Tableau:
        """Return the tableau in which every slack is basic and each variable at the bound its cost prefers."""
        up = (cost < 0) | ~np.isfinite(lower)
        at = np.where(up, upper, lower)
        rows, columns = M.shape
        basic, nonbasic = -1 - np.arange(rows), np.arange(columns)
        value = r - M @ at
        return cls(
            np.array(M, order="C"),
            cost.copy(),
            basic,
            nonbasic,
            value,
            up,
            lower.copy(),
            upper.copy(),
            float(cost @ at),
        )

    @classmethod
    def at(
        cls, cost: Floats, M: Floats, r: Floats, lower: Floats, upper: Floats, basic: Integers, up: NDArray[np.bool_]
    ) -> Tableau:
        """Return the tableau of a basis; ``up`` says of every variable whether it is at its upper bound out of it."""
        rows, columns = M.shape
        inside, slack_in = basic >= 0, -1 - basic[basic < 0]
        slack_out = np.setdiff1d(np.arange(rows), slack_in)
        out = np.setdiff1d(np.arange(columns), basic[inside])
        nonbasic = np.concatenate([out, -1 - slack_out])
        unit = np.zeros((rows, len(slack_out)))
        unit[slack_out, np.arange(len(slack_out))] = 1.0
        whole = np.hstack([M[:, out], unit, r[:, None]])
        T = np.empty_like(whole)
        core = M[:, basic[inside]]
        T[inside] = np.linalg.solve(core[slack_out], whole[slack_out])
        T[~inside] = whole[slack_in] - core[slack_in] @ T[inside]
        at = np.concatenate([np.where(up[out], upper[out], lower[out]), np.zeros(len(slack_out))])
        price = cost[basic[inside]]
        d = np.concatenate([cost[out], np.zeros(len(slack_out))]) - price @ T[inside, :-1]
        T, value = np.ascontiguousarray(T[:, :-1]), T[:, -1] - T[:, :-1] @ at
        up = np.concatenate([up[out], np.zeros(len(slack_out), dtype=bool)])
        objective = float(cost[out] @ at[: len(out)] + price @ value[inside])
        return cls(T, d, basic.copy(), nonbasic, value, up, lower.copy(), upper.copy(), objective)

    def copy(self) -> Tableau:
        """Return an independent tableau in the same state."""
        return Tableau(
            self.T.copy(), self.d.copy(), self.basic.copy(), self.nonbasic.copy(), self.value.copy(), self.up.copy(),
            self.lower.copy(), self.upper.copy(), self.objective,
        )  # fmt: skip

    def _bounds(self, variables: Integers) -> tuple[Floats, Floats]:
        own = np.maximum(variables, 0)
        return np.where(variables >= 0, self.lower[own], 0.0), np.where(variables >= 0, self.upper[own], np.inf)

    def solve(self, most: int, enough: float = np.inf) -> int:
        """Pivot until every basic variable is within its bounds, or the objective is ``enough``, at most so often.

        Returns how many pivots it took.
        """
        low, high = self._bounds(self.basic)
        low_out, high_out = self._bounds(self.nonbasic)
        width = high_out - low_out
        # Which way a nonbasic variable can move from its bound; 0 when it is fixed.
        way = np.where(width > 0, np.where(self.up, 1.0, -1.0), 0.0)
        for count in range(most):
            wrong = np.maximum(low - self.value, self.value - high)
            outside = (wrong > FEASIBLE).nonzero()[0]
            if self.objective >= enough or not len(outside):
                return count
            # Dual steepest edge: the longest way measured in the space of the nonbasic variables.
            rows, far = self.T[outside], wrong[outside]
            p = int(outside[(far * far / (1.0 + np.einsum("ij,ij->i", rows, rows))).argmax()])
            rises = bool(self.value[p] < low[p])
            # A basic variable rises when one at its lower bound with a negative entry does, or the other way round.
            helps = self.T[p] * (way if rises else -way)
            able = (helps > PIVOT).nonzero()[0]
            if not len(able):
                return count
            q = self._entering(able, helps[able], width, float(wrong[p]), way)
            self._pivot(p, q, low[p] if rises else high[p], low, high, low_out, high_out)
            width[q] = high_out[q] - low_out[q]
            way[q] = 0.0 if width[q] <= 0 else 1.0 if self.up[q] else -1.0
        return most

    def _entering(self, able: Integers, a: Floats, width: Floats, wrong: float, way: Floats) -> int:
        """Return who enters; whoever is passed on the way flips to the other bound."""
        ratio = np.abs(self.d[able]) / a
        first = int(ratio.argmin())
        if a[first] * width[able[first]] >= wrong:
            return int(able[first])
        order = np.argsort(ratio, kind="stable")
        able, a = able[order], a[order]
        change = width[able]
        passed = min(int(np.searchsorted(np.cumsum(a * change), wrong)), len(order) - 1)
        flips, change = able[:passed], -way[able[:passed]] * change[:passed]
        self.value -= self.T[:, flips] @ change
        self.objective += float(self.d[flips] @ change)
        self.up[flips] ^= True
        way[flips] *= -1.0
        return int(able[passed])

    def _pivot(
        self, p: int, q: int, target: float, low: Floats, high: Floats, low_out: Floats, high_out: Floats
    ) -> None:
        T, alpha = self.T, self.T[p, q]
        step = (self.value[p] - target) / alpha
        entering = (high_out[q] if self.up[q] else low_out[q]) + step
        column = T[:, q].copy()
        self.value -= column * step
        row = T[p] / alpha
        row[q] = 1.0 / alpha
        column[p] = 0.0
        T[:, q] = 0.0
        dger(-1.0, row, column, a=T.T, overwrite_a=1)
        T[p] = row
        reduced = self.d[q]
        self.objective += reduced * step
        self.d[q] = 0.0
        self.d -= reduced * row
        self.value[p] = entering
        self.up[q] = target == high[p]
        self.basic[p], self.nonbasic[q] = self.nonbasic[q], self.basic[p]
        low[p], low_out[q] = low_out[q], low[p]
        high[p], high_out[q] = high_out[q], high[p]

    def set_bounds(self, variables: Integers, lower: Floats, upper: Floats) -> None:
        """Give some variables other (finite) bounds."""
        place = np.full(len(self.lower), -1)
        out = self.nonbasic >= 0
        place[self.nonbasic[out]] = np.flatnonzero(out)
        before = self.solution()[variables]
        self.lower[variables], self.upper[variables] = lower, upper
        at = place[variables]
        moved = at >= 0
        at, variables = at[moved], variables[moved]
        change = np.where(self.up[at], self.upper[variables], self.lower[variables]) - before[moved]
        self.value -= self.T[:, at] @ change
        self.objective += float(self.d[at] @ change)

    def add_rows(self, rows: Floats, r: Floats) -> None:
        """Add the rows a.z <= r, their slacks basic."""
        known = len(self.basic)
        z = self.solution()
        inside, out = self.basic >= 0, self.nonbasic >= 0
        new = np.zeros((len(r), len(self.nonbasic)))
        new[:, out] = rows[:, self.nonbasic[out]]
        new -= rows[:, self.basic[inside]] @ self.T[inside]
        self.T = np.vstack([self.T, new])
        self.basic = np.concatenate([self.basic, -1 - known - np.arange(len(r))])
        self.value = np.concatenate([self.value, r - rows @ z])

    def add_columns(self, cost: Floats, columns: Floats, lower: Floats, upper: Floats) -> None:
        """Add variables with finite bounds, one column of the rows each, at the bound their reduced cost prefers."""
        slack_in, slack_out = self.basic < 0, self.nonbasic < 0
        new = self.T[:, slack_out] @ columns[-1 - self.nonbasic[slack_out]]
        new[slack_in] += columns[-1 - self.basic[slack_in]]
        d = cost + self.d[slack_out] @ columns[-1 - self.nonbasic[slack_out]]
        up = d < 0
        at = np.where(up, upper, lower)
        self.value = self.value - new @ at
        self.objective += float(d @ at)
        self.nonbasic = np.concatenate([self.nonbasic, len(self.lower) + np.arange(len(cost))])
        self.T, self.d = np.hstack([self.T, new]), np.concatenate([self.d, d])
        self.up = np.concatenate([self.up, up])
        self.lower, self.upper = np.concatenate([self.lower, lower]), np.concatenate([self.upper, upper])

    def solution(self) -> Floats:
        """Return the value of every variable."""
        z = np.zeros(len(self.lower))
        out, inside = self.nonbasic >= 0, self.basic >= 0
        at = self.nonbasic[out]
        z[at] = np.where(self.up[out], self.upper[at], self.lower[at])
        z[self.basic[inside]] = self.value[inside]
        return z

    def multipliers(self) -> Floats:
        """Return the multiplier (>= 0) of every row."""
        y = np.zeros(len(self.basic))
        out = self.nonbasic < 0
        y[-1 - self.nonbasic[out]] = np.maximum(0.0, self.d[out])
        return y

    def at_upper(self) -> NDArray[np.bool_]:
        """Return of every variable whether it is at its upper bound out of the basis."""
        found = np.zeros(len(self.lower), dtype=bool)
        out = self.nonbasic >= 0
        found[self.nonbasic[out]] = self.up[out]
        return found

    def drop(self, rows: Integers, variables: Integers) -> None:
        """Take out rows whose slack is basic, and nonbasic variables at 0; the others keep their order."""
        row_stays, stays = _all_but(len(self.basic), rows), _all_but(len(self.lower), variables)
        # One list for both: variables at 0, 1, …, the slack of row k at -1 - k from its end.
        there = np.concatenate([stays, row_stays[::-1]])
        lines, columns = there[self.basic], there[self.nonbasic]
        self.T = np.ascontiguousarray(self.T[np.ix_(lines, columns)])
        self.value, self.d, self.up = self.value[lines], self.d[columns], self.up[columns]
        row_names = -1 * np.cumsum(row_stays, dtype=np.int64)
        names = np.concatenate([np.cumsum(stays, dtype=np.int64) - 1, row_names[::-1]])
        self.basic, self.nonbasic = names[self.basic[lines]], names[self.nonbasic[columns]]
        self.lower, self.upper = self.lower[stays], self.upper[stays]


def _all_but(size: int, some: Integers) -> NDArray[np.bool_]:
    found = np.ones(size, dtype=bool)
    found[some] = False
    return found
