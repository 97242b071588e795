"""The best selection with its proof: a mixed-integer program, held in whole cents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from synergy.funding.pots import Pot

UNIT = 10**7
"""Cents in the unit of the solver: rows of about 1 to 1,000 keep its tolerance far below a cent's worth of trouble."""


@dataclass(frozen=True, eq=False)
class Solution:
    """Chosen proposals, their value, and the bound that no selection can pass."""

    chosen: NDArray[np.bool_]
    value: float
    bound: float


def maximise(
    weights: NDArray[np.float64], asked: NDArray[np.int64], pot: Pot, *, exactly: int | None = None,
    gap: float = 0.0, nodes: int = 20_000,
) -> Solution:  # fmt: skip
    """Choose proposals of most weight that the pot can pay; with ``exactly``, that many of them.

        max  sum_i w_i x_i    s.t.  sum_i c_ir x_i - y_r <= own_r,  sum_r y_r <= sum_r shared_r,  x binary, y >= 0

    where y_r is what region r takes from the common part. Solved by HiGHS in floating-point numbers, then held
    against the pot in whole cents. A choice that is over by a cent is forbidden as a whole (of its members at least
    one must go: what costs more than the pot stays so when more is added), and the program solved again.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack, identity, vstack

    n, regions = asked.shape
    if not n:
        return Solution(np.zeros(0, dtype=bool), 0.0, 0.0)
    money = hstack([csr_array(asked.T / UNIT), -identity(regions)])
    common = np.concatenate([np.zeros(n), np.ones(regions)])[None]
    rows = [LinearConstraint(vstack([money, csr_array(common)]), -np.inf, [*(pot.own / UNIT), pot.shared.sum() / UNIT])]
    counted = np.concatenate([np.ones(n), np.zeros(regions)])
    if exactly is not None:
        rows.append(LinearConstraint(counted[None], exactly, exactly))
    limits = Bounds(0, np.concatenate([np.ones(n), np.maximum(asked.sum(axis=0) - pot.own, 0) / UNIT]))
    while True:
        found = milp(
            np.concatenate([-weights, np.zeros(regions)]), constraints=rows, integrality=counted, bounds=limits,
            options={"mip_rel_gap": gap, "node_limit": nodes},
        )  # fmt: skip
        chosen = found.x[:n] > 0.5 if found.x is not None else np.zeros(n, dtype=bool)
        if pot.fits(asked[chosen].sum(axis=0)):
            value = float(weights[chosen].sum())
            return Solution(chosen, value, max(value, -float(found.mip_dual_bound)))
        rows.append(LinearConstraint(np.concatenate([chosen, np.zeros(regions)])[None], -np.inf, chosen.sum() - 1))
