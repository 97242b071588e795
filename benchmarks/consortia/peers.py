"""The same problem as one integer programme for HiGHS, in the strong facility-location form, and plain greedy."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from synergy.consortia.solving.constraints import AtLeast, AtMost, Linear
from synergy.consortia.solving.model import Model


def plain(model: Model, gap: float, seconds: float) -> tuple[tuple[int, ...], float, float]:
    """Return (members, value, bound) that HiGHS finds within ``seconds`` or to a relative ``gap``.

    max sum worth_l y_l with y_l <= x of its candidate and sum of y <= depth per row; y continuous, x binary. Rules as
    rows; for numbers of different labels one variable per label.
    """
    n, links = model.n, model.worth.nnz
    x, y = np.arange(n), n + np.arange(links)
    columns = n + links
    rows: list[tuple[np.ndarray, np.ndarray, float]] = []
    for one in model.constraints:
        if isinstance(one, Linear):
            at = np.flatnonzero(one.a)
            rows.append((at, one.a[at], one.b))
        elif isinstance(one, AtLeast | AtMost):
            labels = np.unique(one.label[one.label >= 0])
            there = columns + np.arange(len(labels))
            columns += len(labels)
            for label, z in zip(labels, there, strict=True):
                at = np.flatnonzero(one.label == label)
                if isinstance(one, AtLeast):
                    rows.append((np.append(at, z), np.append(-np.ones(len(at)), 1.0), 0.0))
                else:
                    rows += [(np.array([i, z]), np.array([1.0, -1.0]), 0.0) for i in at]
            sign, limit = (-1.0, -one.least) if isinstance(one, AtLeast) else (1.0, one.most)
            rows.append((there, np.full(len(there), sign), limit))
        else:
            raise TypeError(f"{type(one).__name__} is not among the rules of the benchmark")
    for row in range(model.rows):
        at = y[model.row == row]
        rows.append((at, np.ones(len(at)), float(model.depth[row])))
    line = np.repeat(np.arange(len(rows)), [len(at) for at, _, _ in rows])
    A = sparse.csr_array(
        (np.concatenate([a for _, a, _ in rows]), (line, np.concatenate([at for at, _, _ in rows]))),
        shape=(len(rows), columns),
    )
    ends = np.repeat(np.arange(links), 2), np.stack([y, x[model.owner]], axis=1).ravel()
    served = sparse.csr_array((np.tile([1.0, -1.0], links), ends), shape=(links, columns))
    cost = np.zeros(columns)
    cost[y] = -model.worth.data
    integral = np.zeros(columns)
    integral[x] = 1
    upper = np.ones(columns)
    upper[x] = model.allowed
    limits = np.array([b for _, _, b in rows])
    found = milp(
        cost,
        constraints=[LinearConstraint(A, -np.inf, limits), LinearConstraint(served, -np.inf, 0.0)],
        integrality=integral,
        bounds=Bounds(np.zeros(columns), upper),
        options={"mip_rel_gap": gap, "time_limit": seconds},
    )
    bound = np.inf if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    if found.x is None:
        return (), -np.inf, bound
    return tuple(int(i) for i in np.flatnonzero(found.x[:n] > 0.5)), -float(found.fun), bound


def greedy(model: Model) -> tuple[tuple[int, ...], float]:
    """Return (members, value): whoever adds most joins, among those with whom the fewest rules stay open."""
    members: list[int] = []
    while len(members) < model.most:
        _, gains = model.without_each(members)
        excess = model.excess_with(members)
        price = gains[0] - 1e6 * excess
        price[[*members, *np.flatnonzero(~model.allowed)]] = -np.inf
        best = int(price.argmax())
        worse = excess[best] > model.excess(members)
        if not np.isfinite(price[best]) or worse or (gains[0][best] <= 0 and excess[best] >= model.excess(members)):
            break
        members.append(best)
    return tuple(sorted(members)), model.value(members)
