"""One best consortium: fast first, then a bound over the whole pool, then the proof on who is left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from synergy.consortia.solving.branch import ROUNDING, Search
from synergy.consortia.solving.choice import choose
from synergy.consortia.solving.constraints import Floats, Integers
from synergy.consortia.solving.exchange import Members, improve, perturb
from synergy.consortia.solving.frame import Coefficients
from synergy.consortia.solving.model import Model
from synergy.consortia.solving.relaxation import Dual, Relaxation
from synergy.consortia.solving.threads import one_thread
from synergy.consortia.wish import Effort

FIRST = 200
"""With how many candidates, those that hold most, the relaxation of the whole pool begins."""
NEAR = 200
"""Among how many candidates, by their reduced value, the exchanges go on."""
FEW = 800
COARSE = 0.01
"""When more than so many candidates are left, a coarse proof comes first."""


@dataclass(frozen=True)
class Solved:
    """The best members found; no feasible choice is worth more than ``bound``. ``first`` is the bound of the root."""

    members: Members
    value: float
    bound: float
    first: float
    nodes: int

    @property
    def gap(self) -> float:
        """How far the bound lies above the value, as a share of the value."""
        return (self.bound - self.value) / abs(self.value) if self.value else float(self.bound > 0)


def solve(model: Model, effort: Effort, seed: int | np.random.SeedSequence) -> Solved | None:
    """Return the best consortium the effort finds, with its bound; None when no choice keeps the constraints.

    Greedy and exchange over the whole pool; the relaxation of the whole pool (its bound holds for all of it); more
    exchanges among the candidates it finds promising; then branch and bound among those that can still lead to more
    than the target. A large pool is first proven to within 1 %, which leaves far fewer of them.
    """
    with one_thread():
        members = _start(model)
        return None if members is None else _improved(model, members, effort, seed)


def _improved(model: Model, members: Members, effort: Effort, seed: int | np.random.SeedSequence) -> Solved:
    inside = np.zeros(model.n, dtype=bool)
    inside[list(model.must)] = True
    promise = np.bincount(model.owner, model.worth.data, model.n)
    first = np.union1d(np.argsort(-promise, kind="stable")[:FIRST], np.array(members, dtype=np.int64))
    root = Relaxation.root(Coefficients(model), inside, model.allowed & ~inside, first)
    dual = root.refine()
    x = root.x()
    near = np.union1d(np.argsort(-dual.reduced, kind="stable")[:NEAR], np.array(members, dtype=np.int64))
    enough = dual.bound / (1 + effort.gap) - ROUNDING * model.scale
    found = _among(model, near, members, x, effort.rounds, enough, np.random.default_rng(seed))
    members = members if model.excess(found) else found
    value = model.value(members)
    bound, nodes = max(value, dual.bound), 0
    many = _left(dual, value, effort.gap, model).sum() > FEW
    for gap in [COARSE, effort.gap] if many and effort.gap < COARSE else [effort.gap]:
        if nodes < effort.nodes and bound > value * (1 + gap) + ROUNDING * model.scale:
            members, value, limit, done = _proved(model, dual, x, members, value, gap, effort.nodes - nodes)
            bound, nodes = max(value, min(bound, limit)), nodes + done
    if bound - value <= ROUNDING * model.scale:
        bound = value
    return Solved(members, value, bound, dual.bound, nodes)


def _start(model: Model) -> Members | None:
    """Return members that keep the constraints, by exchanges, or else from a small integer problem."""
    members, _ = improve(model, model.must)
    if not model.excess(members):
        return members
    chosen = choose([model.constraints], model.n)
    return None if chosen is None else improve(model, chosen.members)[0]


def _among(
    model: Model, near: Integers, members: Members, x: Floats, rounds: int, enough: float, rng: np.random.Generator
) -> Members:
    part = model.take(near)
    place = {int(one): k for k, one in enumerate(near)}
    start = tuple(place[one] for one in members)
    found, _ = perturb(part, start, x[near] + 0.05, rounds, rng, enough)
    return tuple(sorted(int(near[k]) for k in found))


def _left(dual: Dual, value: float, gap: float, model: Model) -> np.ndarray:
    """Return the candidates that can still be in a choice worth more than the target."""
    left: np.ndarray = model.allowed & (dual.bound + dual.reduced > value * (1 + gap) + ROUNDING * model.scale)
    return left


def _proved(
    model: Model, dual: Dual, x: Floats, members: Members, value: float, gap: float, nodes: int
) -> tuple[Members, float, float, int]:
    left = _left(dual, value, gap, model)
    left[list(members) + list(model.must)] = True
    out = model.allowed & ~left
    rest = float((dual.bound + dual.reduced[out]).max()) if out.any() else -np.inf
    keep = np.flatnonzero(left)
    part = model.take(keep)
    inside = np.zeros(part.n, dtype=bool)
    inside[list(part.must)] = True
    root = Relaxation.root(Coefficients(part), inside, part.allowed & ~inside, np.flatnonzero(x[keep] > 0))
    place = {int(one): k for k, one in enumerate(keep)}
    proof = Search(root, tuple(place[one] for one in members), value, gap).run(nodes)
    chosen = tuple(sorted(int(keep[k]) for k in proof.members))
    return chosen, proof.value, max(proof.bound, rest), proof.nodes
