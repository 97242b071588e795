"""The rows and variables that a relaxation holds at the moment, and their coefficients."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from synergy.consortia.solving.constraints import Cut, Floats, Integers
from synergy.consortia.solving.model import Mask, Model

THETA, EASE, CHOICE = 0, 1, 2
TIES = 1e-9
GOLDEN = 0.6180339887498949


@dataclass(frozen=True, eq=False)
class Rows:
    """Levels of a row of the value (theta, level; no cut), lines above a term (theta, cut), rules (cut; theta -1)."""

    theta: Integers
    level: Floats
    cut: Integers

    def take(self, lines: Integers) -> Rows:
        """Return some of the rows."""
        return Rows(self.theta[lines], self.level[lines], self.cut[lines])

    def join(self, other: Rows) -> Rows:
        """Return these rows, then others."""
        theta, cut = np.concatenate([self.theta, other.theta]), np.concatenate([self.cut, other.cut])
        return Rows(theta, np.concatenate([self.level, other.level]), cut)

    @classmethod
    def of_levels(cls, rows: Integers, level: Floats) -> Rows:
        """Return one level for each of some rows of the value."""
        return cls(rows, level, np.full(len(rows), -1))

    @classmethod
    def of_cuts(cls, theta: Integers, cut: Integers) -> Rows:
        """Return inequalities by their number; theta -1 where it is a rule."""
        return cls(theta, np.zeros(len(cut)), cut)


@dataclass(frozen=True, eq=False)
class Columns:
    """Values of rows and terms (THETA), what a rule may be broken by at a price (EASE), candidates (CHOICE)."""

    kind: Integers
    which: Integers

    @cached_property
    def _places(self) -> tuple[Integers, Integers, Integers]:
        theta, ease, choice = (np.flatnonzero(self.kind == kind) for kind in (THETA, EASE, CHOICE))
        return theta, ease, choice

    def of(self, kind: int) -> Integers:
        """Return the places of the variables of a kind."""
        return self._places[kind]

    @property
    def candidates(self) -> Integers:
        """The candidates among them, in their order."""
        return self.which[self.of(CHOICE)]

    def take(self, places: Integers) -> Columns:
        """Return some of the variables."""
        return Columns(self.kind[places], self.which[places])

    def join(self, other: Columns) -> Columns:
        """Return these variables, then others."""
        return Columns(np.concatenate([self.kind, other.kind]), np.concatenate([self.which, other.which]))

    @classmethod
    def same(cls, kind: int, which: Integers) -> Columns:
        """Return variables of one kind."""
        return cls(np.full(len(which), kind), which)


class Coefficients:
    """The numbers of one model's relaxation; ``known`` grows as inequalities are found (a.x [+ theta] <= b)."""

    def __init__(self, model: Model) -> None:
        self.model = model
        A, b = model.linear
        self.known: list[Cut] = list(zip(A, b.tolist(), strict=True))
        self.thetas = model.rows + len(model.terms)
        self.highest = np.concatenate([model.depth * model.highest, [term.most for term in model.terms]])
        # Breaking a rule costs more than any value brings back, so that no choice of columns is infeasible.
        self.price = 10.0 * model.scale

    def add(self, cuts: list[Cut]) -> Integers:
        """Take note of inequalities and return their numbers."""
        first = len(self.known)
        self.known += cuts
        return first + np.arange(len(cuts))

    def block(self, rows: Rows, columns: Columns) -> Floats:
        """Return the coefficients of some variables in some rows."""
        found = np.zeros((len(rows.cut), len(columns.kind)))
        levels, cuts = np.flatnonzero(rows.cut < 0), np.flatnonzero(rows.cut >= 0)
        theta, ease, choice = (columns.of(kind) for kind in (THETA, EASE, CHOICE))
        who = columns.which[choice]
        worth = self.model.table(who).T[rows.theta[levels]]
        found[np.ix_(levels, choice)] = -np.maximum(0.0, worth - rows.level[levels][:, None])
        found[:, theta] = rows.theta[:, None] == columns.which[theta]
        rules = np.flatnonzero((rows.cut >= 0) & (rows.theta < 0))
        found[np.ix_(rules, ease)] = -1.0 * (rows.cut[rules][:, None] == columns.which[ease])
        for line in cuts:
            found[line, choice] = self.known[rows.cut[line]][0][who]
        return found

    def limits(self, rows: Rows) -> Floats:
        """Return the right-hand sides."""
        found = np.zeros(len(rows.cut))
        levels = rows.cut < 0
        found[levels] = self.model.depth[rows.theta[levels]] * rows.level[levels]
        found[~levels] = [self.known[cut][1] for cut in rows.cut[~levels]]
        return found

    def cost(self, columns: Columns) -> Floats:
        """Return what is minimised."""
        found = np.where(columns.kind == THETA, -1.0, self.price)
        choice = columns.of(CHOICE)
        # A tiny price, another one for each candidate, breaks the ties that would let the pivots go round in circles.
        found[choice] = TIES * self.model.scale * (1 + columns.which[choice] * GOLDEN % 1)
        return found

    def bounds(self, columns: Columns, inside: Mask, free: Mask) -> tuple[Floats, Floats]:
        """Return the lower and upper bounds of variables where some members are forced in, some candidates free."""
        lower, upper = np.zeros(len(columns.kind)), np.full(len(columns.kind), np.inf)
        theta, choice = columns.of(THETA), columns.of(CHOICE)
        lower[theta], upper[theta] = -np.inf, self.highest[columns.which[theta]]
        who = columns.which[choice]
        lower[choice], upper[choice] = inside[who], inside[who] | free[who]
        return lower, upper
