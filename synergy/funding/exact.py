"""The best selection with its proof: a mixed-integer program, held in whole cents."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from synergy.funding.pots import Pot

AGAIN = 20
"""So often a choice that is over the pot by less than the solver can see is forbidden and the program solved again."""


@dataclass(frozen=True, eq=False)
class Solution:
    """Chosen proposals, their value, and the bound that no selection can pass."""

    chosen: NDArray[np.bool_]
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """By which share of the bound the value may be short of the best."""
        return (self.bound - self.value) / self.bound if self.bound > self.value else 0.0


def maximise(
    weights: NDArray[np.float64],
    asked: NDArray[np.int64],
    pot: Pot,
    *,
    exactly: int | None = None,
    gap: float,
    nodes: int,
) -> Solution:
    """Choose proposals of most weight that the pot can pay; with ``exactly``, that many of them.

        max  sum_i w_i x_i    s.t.  sum_i c_ir x_i - y_r <= own_r,  sum_r y_r <= sum_r shared_r,  x binary, y >= 0

    where y_r is what region r takes from the common part. HiGHS solves it in floating-point numbers, and what it finds
    is held against the pot in whole cents. A choice that is over by a cent is forbidden as a whole (what costs more
    than the pot still does when more is added, so one of its members has to go), and the program is solved again; the
    last time, members of least weight are dropped until the rest can be paid, and the bound stays one. Nothing is
    chosen where the search ends without a selection.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack, identity, vstack

    n, regions = asked.shape
    if not n:
        return Solution(np.zeros(0, dtype=bool), 0.0, 0.0)
    unit, scale = asked.max() / 10, 10.0 ** (2 - np.ceil(np.log10(weights.max(initial=0) or 1)))
    nothing = np.zeros(regions)
    taken = np.append(np.zeros(n), np.ones(regions))
    money = vstack([hstack([csr_array(asked.T / unit), -identity(regions)]), csr_array(taken[None])])
    rows = [LinearConstraint(money, -np.inf, np.append(pot.own, pot.shared.sum()) / unit)]
    if exactly is not None:
        rows.append(LinearConstraint(np.append(np.ones(n), nothing)[None], exactly, exactly))
    highest = np.append(np.ones(n), np.minimum(pot.short(asked.sum(axis=0)), pot.shared.sum()) / unit)
    for _ in range(AGAIN):
        with stdout_kept():
            found = milp(
                np.append(-weights * scale, nothing),
                constraints=rows,
                integrality=1 - taken,
                bounds=Bounds(0, highest),
                options={"mip_rel_gap": gap, "node_limit": int(nodes)},
            )
        chosen = np.zeros(n, dtype=bool) if found.x is None else found.x[:n] > 0.5
        if pot.fits(asked[chosen].sum(axis=0)):
            break
        rows.append(LinearConstraint(np.append(chosen, nothing)[None], -np.inf, chosen.sum() - 1))
    for i in np.argsort(weights, kind="stable"):
        if pot.fits(asked[chosen].sum(axis=0)):
            break
        chosen[i] = False
    value = float(weights[chosen].sum())
    proved = found.get("mip_dual_bound")
    return Solution(chosen, value, max(value, float(weights.sum()) if proved is None else -float(proved) / scale))


@contextmanager
def stdout_kept() -> Iterator[None]:
    """Send what C code prints to standard error: HiGHS 1.12 prints a line even when told to be silent.

    (ERGO-Code/HiGHS issue 2783.) It would stand in the middle of a command's JSON.
    """
    try:
        flush = ctypes.CDLL(None).fflush
        os.fstat(2)
        kept = os.dup(1)
    except (OSError, AttributeError, TypeError):  # a system without that door, or a process without these streams
        yield
        return
    flush(None)
    os.dup2(2, 1)
    try:
        yield
    finally:
        flush(None)
        os.dup2(kept, 1)
        os.close(kept)
