"""The proof: best-first branch and bound that asks who serves a capacity best.

A node fixes some members in and leaves some candidates out. Its children split it by the best provider of one row
of the value: the child of provider i has i in and every better one out; one more child has them all out. The duals
of the node's relaxation say at once which providers can still lead to something better than the target, so the row
with the fewest such children is split; candidates that cannot are left out for good.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from synergy.consortia.solving.constraints import Floats, Integers
from synergy.consortia.solving.exchange import Members, improve
from synergy.consortia.solving.model import Mask
from synergy.consortia.solving.relaxation import Basis, Dual, Relaxation

# What a bound may lie above a value and still be the same: a share of the scale, more than the pivots' tiny prices.
ROUNDING = 1e-7
WHOLE = 1e-6
FEW = 300
"""How many pivots a child is given before it is kept for later."""
SHARP = 2.0
"""How steeply a child that may lead to more weighs more in the choice of the row to split."""
OFTEN = 25
"""In how many nodes a choice is improved by exchanges once."""


@dataclass(frozen=True, eq=False)
class Proof:
    """The best members found, a bound on every feasible choice, and the work it took."""

    members: Members
    value: float
    bound: float
    nodes: int


@dataclass(frozen=True, eq=False)
class Node:
    """Members forced in, candidates still free, and where to start the relaxation from."""

    inside: Mask
    free: Mask
    basis: Basis


class Search:
    """The state of one proof: the best choice so far, the open nodes, the best bound among what was left out."""

    def __init__(self, root: Relaxation, members: Members, value: float, gap: float) -> None:
        self.model, self.numbers = root.model, root.numbers
        self.members, self.value, self.gap = members, value, gap
        self.floor, self.done, self.made = -np.inf, 0, 0
        self.heap: list[tuple[float, int, Node]] = [(-np.inf, 0, Node(root.inside, root.free, root.basis()))]

    @property
    def target(self) -> float:
        """What a choice must be worth more than to be looked for."""
        return self.value * (1 + self.gap) + ROUNDING * self.model.scale

    def run(self, nodes: int) -> Proof:
        """Search until no choice can be worth more than the target, or ``nodes`` are spent."""
        while self.heap and self.done < nodes and -self.heap[0][0] > self.target:
            upper, _, node = heapq.heappop(self.heap)
            self.done += 1
            self._expand(node, -upper)
        left = max((-upper for upper, _, _ in self.heap), default=-np.inf)
        return Proof(self.members, self.value, max(self.value, left, self.floor), self.done)

    def _expand(self, node: Node, upper: float) -> None:
        relaxed = Relaxation.again(self.numbers, node.inside, node.free, node.basis)
        dual = relaxed.refine(self.target)
        bound = min(upper, dual.bound)
        if bound > self.target:
            self._offer(relaxed.x())
        if bound <= self.target:
            self.floor = max(self.floor, bound)
            return
        relaxed.purge(dual)
        for joined, out, likely in self._split(relaxed, dual, bound):
            if likely <= self.target:
                self.floor = max(self.floor, likely)
                continue
            child = relaxed.child(joined, out)
            likely = min(likely, child.pivot(FEW, self.target).bound)
            if likely <= self.target:
                self.floor = max(self.floor, likely)
                continue
            self.made += 1
            heapq.heappush(self.heap, (-likely, self.made, Node(child.inside, child.free, child.basis())))

    def _offer(self, x: Floats) -> None:
        """Take the choice that the largest fractions lead to, when it is feasible and the best so far."""
        order = np.argsort(-x, kind="stable")[: self.model.most]
        chosen = tuple(int(i) for i in order if x[i] > 0.5)
        if self.done % OFTEN == 1:
            chosen = improve(self.model, chosen)[0]
        if self.model.excess(chosen) == 0 and (value := self.model.value(chosen)) > self.value:
            self.members, self.value = tuple(sorted(chosen)), value

    def _split(self, relaxed: Relaxation, dual: Dual, bound: float) -> list[tuple[int | None, Integers, float]]:
        """Return the children as (who joins, who is left out, bound); what cannot matter any more goes out at once."""
        model, slack = self.model, bound - self.target
        reduced = np.minimum(0.0, dual.reduced)
        hopeless = np.flatnonzero(relaxed.free & (reduced <= -slack))
        if len(hopeless):
            self.floor = max(self.floor, bound + float(reduced[hopeless].max()))
        free = relaxed.free.copy()
        free[hopeless] = False
        has = model.levels(np.flatnonzero(relaxed.inside))
        level = np.maximum(dual.level, has)
        serves = np.flatnonzero(free[model.owner] & (model.worth.data > has[model.row]))
        row, own, worth = model.row[serves], model.owner[serves], model.worth.data[serves]
        loss = reduced[own] + np.minimum(0.0, worth - level[row])
        nobody = has - level
        weight = np.bincount(row, np.exp(SHARP * loss / slack) * (loss > -slack), model.rows)
        weight = weight + np.exp(SHARP * np.minimum(0.0, nobody) / slack) * (nobody > -slack)
        x = relaxed.x()[own]
        open_ = np.bincount(row, x * (1 - x), model.rows) > WHOLE
        if not open_.any():
            return self._two(relaxed, free, hopeless, bound)
        chosen = int(np.where(open_, weight, np.inf).argmin())
        links = np.flatnonzero(row == chosen)
        links = links[np.argsort(-worth[links], kind="stable")]
        out = [np.concatenate([hopeless, own[links[:k]]]) for k in range(len(links) + 1)]
        children: list[tuple[int | None, Integers, float]] = [
            (int(own[link]), out[k], bound + float(loss[link])) for k, link in enumerate(links)
        ]
        return [*children, (None, out[-1], bound + float(nobody[chosen]))]

    def _two(
        self, relaxed: Relaxation, free: Mask, hopeless: Integers, bound: float
    ) -> list[tuple[int | None, Integers, float]]:
        """Split by whether one candidate is a member: the one nearest to a half, else the first still open."""
        at = np.flatnonzero(free)
        if not len(at):
            return []
        one = int(at[np.abs(relaxed.x()[at] - 0.5).argmin()])
        return [(one, hopeless, bound), (None, np.append(hopeless, one), bound)]
