"""Whether any choice keeps the constraints, as a small integer problem; or which one breaks some of them least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from synergy.consortia.solving.constraints import AtLeast, AtMost, Constraint, Floats, Linear, PerGroup
from synergy.errors import SynergyError

NODES = 20_000
INFEASIBLE = 2
GIVEN = 1e-6


@dataclass(frozen=True)
class Choice:
    """Members, and which of the rules that may give they break."""

    members: tuple[int, ...]
    broken: tuple[int, ...]


def choose(rules: Sequence[Sequence[Constraint]], n: int, give: Sequence[int] = ()) -> Choice | None:
    """Return a choice of the n candidates that keeps all rules but those in ``give``, which it breaks least.

    Each rule is some constraints; what is broken adds up in their own units. None when there is no such choice.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    problem = _Problem(n)
    for rule, constraints in enumerate(rules):
        for one in constraints:
            problem.add(one, rule if rule in give else None)
    if not problem.columns:
        return None if any(limit < 0 for limit in problem.limit) else Choice((), ())
    cost, integral = np.zeros(problem.columns), np.zeros(problem.columns)
    cost[[place for places in problem.gives.values() for place in places]] = 1.0
    integral[:n] = 1
    rows = problem.rows()
    found = milp(
        cost,
        constraints=[LinearConstraint(*rows)] if rows else [],
        integrality=integral,
        bounds=Bounds(np.array(problem.lower), np.array(problem.upper)),
        options={"node_limit": NODES},
    )
    if found.status == INFEASIBLE:
        return None
    if found.x is None:
        raise SynergyError(f"the integer problem of the rules was not decided: {found.message}")
    broken = tuple(rule for rule, places in problem.gives.items() if found.x[places].sum() > GIVEN)
    return Choice(tuple(int(i) for i in np.flatnonzero(found.x[:n] > 0.5)), broken)


class _Problem:
    """Rows (coefficients, limit) over candidates and auxiliary variables."""

    def __init__(self, n: int) -> None:
        self.n, self.columns = n, n
        self.lower, self.upper = [0.0] * n, [1.0] * n
        self.at: list[np.ndarray] = []
        self.value: list[Floats] = []
        self.limit: list[float] = []
        self.gives: dict[int, list[int]] = {}

    def variable(self, lower: float, upper: float) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.columns += 1
        return self.columns - 1

    def row(self, at: Sequence[int] | np.ndarray, value: Sequence[float] | Floats, limit: float) -> None:
        self.at.append(np.asarray(at, dtype=np.int64))
        self.value.append(np.asarray(value, dtype=np.float64))
        self.limit.append(limit)

    def rows(self) -> tuple[sparse.csr_array, float, Floats] | None:
        if not self.limit:
            return None
        line = np.repeat(np.arange(len(self.at)), [len(one) for one in self.at])
        entries = np.concatenate(self.value), (line, np.concatenate(self.at))
        return sparse.csr_array(entries, shape=(len(self.at), self.columns)), -np.inf, np.array(self.limit)

    def add(self, one: Constraint, rule: int | None) -> None:
        """Add the rows of a constraint, with what it gives at a price when it is of a ``rule`` that may."""
        slack = [] if rule is None else [self.variable(0.0, np.inf)]
        if rule is not None:
            self.gives.setdefault(rule, []).extend(slack)
        less = [-1.0] * len(slack)
        if isinstance(one, Linear):
            at = np.flatnonzero(one.a)
            self.row([*at, *slack], [*one.a[at], *less], one.b)
        elif isinstance(one, PerGroup):
            at = np.flatnonzero(one.e)
            total = self.variable(-np.inf, np.inf)
            self.row([*at, total], [*one.e[at], -1.0], 0.0)
            self.row([total, *slack], [1.0, *less], one.b)
            for group in np.unique(one.group[(one.group >= 0) & (one.a > 0)]):
                at = np.flatnonzero((one.group == group) & (one.a > 0))
                self.row([*at, total, *slack], [*one.a[at], 1.0, *less], one.b)
        elif isinstance(one, AtLeast):
            there = []
            for label in np.unique(one.label[one.label >= 0]):
                there.append(self.variable(0.0, 1.0))
                at = np.flatnonzero(one.label == label)
                self.row([there[-1], *at], [1.0, *np.full(len(at), -1.0)], 0.0)
            self.row([*there, *slack], [-1.0] * (len(there) + len(slack)), -one.least)
        elif isinstance(one, AtMost):
            there = []
            for label in np.unique(one.label[one.label >= 0]):
                there.append(self.variable(0.0, 1.0))
                for candidate in np.flatnonzero(one.label == label):
                    self.row([int(candidate), there[-1]], [1.0, -1.0], 0.0)
            self.row([*there, *slack], [1.0] * len(there) + less, one.most)
