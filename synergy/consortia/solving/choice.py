"""Whether any choice keeps the constraints, as a small integer problem; or which one breaks some of them least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from synergy.consortia.solving.constraints import AtLeast, AtMost, Constraint, Floats, Linear, PerGroup
from synergy.errors import SynergyError

NODES = 20_000
INFEASIBLE = 2


@dataclass(frozen=True)
class Choice:
    """Members, and by how much each rule that may give has given (in its constraints' own units)."""

    members: tuple[int, ...]
    given: dict[str, float]


def choose(
    constraints: Sequence[Constraint], n: int, give: Sequence[str] = (), price: Floats | None = None
) -> Choice | None:
    """Return a choice that keeps all constraints but those of the rules in ``give``, which it breaks least.

    ``price`` is what each candidate costs beside (default nothing). None when there is no such choice.
    """
    problem = _Problem(n)
    for one in constraints:
        problem.add(one, one.rule in give)
    cost = np.zeros(problem.columns)
    cost[:n] = 0.0 if price is None else price
    for rule in give:
        cost[problem.gives.get(rule, [])] = 1.0
    integral = np.zeros(problem.columns)
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
    given = {rule: float(found.x[places].sum()) for rule, places in problem.gives.items()}
    return Choice(tuple(int(i) for i in np.flatnonzero(found.x[:n] > 0.5)), given)


class _Problem:
    """Rows (coefficients, limit) over candidates and auxiliary variables."""

    def __init__(self, n: int) -> None:
        self.n, self.columns = n, n
        self.lower, self.upper = [0.0] * n, [1.0] * n
        self.at: list[np.ndarray] = []
        self.value: list[Floats] = []
        self.limit: list[float] = []
        self.gives: dict[str, list[int]] = {}

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

    def add(self, one: Constraint, gives: bool) -> None:
        slack = []
        if gives:
            slack = [self.variable(0.0, np.inf)]
            self.gives.setdefault(one.rule, []).extend(slack)
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
                for at in np.flatnonzero(one.label == label):
                    self.row([at, there[-1]], [1.0, -1.0], 0.0)
            self.row([*there, *slack], [1.0] * len(there) + less, one.most)
