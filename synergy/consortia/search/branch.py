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
from numpy.typing import NDArray

from synergy.consortia.search.constraints import Floats, Integers
from synergy.consortia.search.exchange import improve
from synergy.consortia.search.model import Model
from synergy.consortia.search.relaxation import Mask, Relaxation, Relaxed, Start

ROUNDING = 1e-7
WHOLE = 1e-6


@dataclass(frozen=True, eq=False)
class Proof:
    """The best members found, a bound on every feasible choice, and the work it took."""

    members: tuple[int, ...]
    value: float
    bound: float
    nodes: int


@dataclass(frozen=True, eq=False)
class Node:
    inside: Mask
    free: Mask
    start: Start


def prove(model: Model, members: tuple[int, ...], value: float, start: Start, gap: float, nodes: int, most: int) -> Proof:
    """Search until no choice can be worth more than (1 + gap) times the best one found, or ``nodes`` are spent."""
    relaxation = Relaxation(model)
    inside = np.zeros(model.n, dtype=bool)
    inside[list(model.must)] = True
    heap: list[tuple[float, int, Node]] = [(-np.inf, 0, Node(inside, model.allowed & ~inside, start))]
    made, done, floor = 0, 0, -np.inf
    while heap and done < nodes:
        target = value * (1 + gap) + ROUNDING
        upper, _, node = heapq.heappop(heap)
        if -upper <= target:
            heapq.heappush(heap, (upper, 0, node))
            break
        done += 1
        relaxed = relaxation.solve(node.inside, node.free, node.start, target)
        bound = min(-upper, relaxed.bound)
        if bound <= target:
            floor = max(floor, bound)
            continue
        found = _round(model, relaxed.x, most)
        if found is not None and found[1] > value + ROUNDING:
            members, value = found
            target = value * (1 + gap) + ROUNDING
        children, left = _children(model, node, relaxed, bound, target)
        floor = max(floor, left)
        for child_bound, child in children:
            made += 1
            heapq.heappush(heap, (-child_bound, made, child))
    open_ = max((-upper for upper, _, _ in heap), default=-np.inf)
    return Proof(members, value, max(value, open_, floor), done)


def _round(model: Model, x: Floats, most: int) -> tuple[tuple[int, ...], float] | None:
    """Return the feasible choice that the largest fractions lead to, if any."""
    order = np.argsort(-x, kind="stable")[:most]
    chosen = tuple(int(i) for i in order if x[i] > 0.5)
    found, worth = improve(model, chosen, most) if len(chosen) else (chosen, -np.inf)
    return (found, worth) if model.excess(found) == 0 else None


def _children(
    model: Model, node: Node, relaxed: Relaxed, bound: float, target: float
) -> tuple[list[tuple[float, Node]], float]:
    """Return the children of a node with their bounds, and the best bound among what is left out."""
    slack = bound - target
    reduced = np.minimum(0.0, relaxed.reduced)
    free = node.free & (reduced > -slack)
    dropped = node.free & ~free
    left = float((bound + reduced[dropped]).max()) if dropped.any() else -np.inf
    has = model.thresholds(np.flatnonzero(node.inside)) if node.inside.any() else np.zeros(model.rows)
    level = np.maximum(relaxed.level, has)
    row, own, worth = model.column, model.owner, model.worth.data
    serves = free[own] & (worth > has[row])
    loss = reduced[own] + np.minimum(0.0, worth - level[row])
    nobody = has - level
    viable = serves & (loss > -slack)
    weight = np.bincount(row[viable], np.exp(3 * loss[viable] / slack), model.rows)
    weight += np.where(nobody > -slack, np.exp(3 * nobody / slack), 0.0)
    split = np.bincount(row[serves], relaxed.x[own[serves]] * (1 - relaxed.x[own[serves]]), model.rows) > WHOLE
    if not split.any():
        return _two(model, node, free, relaxed, bound), left
    chosen = int(np.where(split, weight, np.inf).argmin())
    links = np.flatnonzero(serves & (row == chosen))
    links = links[np.argsort(-worth[links], kind="stable")]
    children = []
    out = np.zeros(model.n, dtype=bool)
    for link in links:
        one = own[link]
        if viable[link]:
            inside = node.inside.copy()
            inside[one] = True
            rest = free & ~out
            rest[one] = False
            children.append((bound + loss[link], Node(inside, rest, relaxed.start)))
        else:
            left = max(left, bound + loss[link])
        out[one] = True
    if nobody[chosen] > -slack:
        children.append((bound + nobody[chosen], Node(node.inside, free & ~out, relaxed.start)))
    else:
        left = max(left, bound + nobody[chosen])
    return children, left


def _two(model: Model, node: Node, free: Mask, relaxed: Relaxed, bound: float) -> list[tuple[float, Node]]:
    """Split by whether one candidate is a member: the one nearest to a half, else the first still open."""
    if not free.any():
        return []
    at = np.flatnonzero(free)
    one = int(at[np.abs(relaxed.x[at] - 0.5).argmin()])
    rest = free.copy()
    rest[one] = False
    inside = node.inside.copy()
    inside[one] = True
    return [(bound, Node(inside, rest, relaxed.start)), (bound, Node(node.inside, rest, relaxed.start))]
