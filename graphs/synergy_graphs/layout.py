"""Where to draw the nodes."""

from __future__ import annotations

from collections.abc import Mapping

import igraph
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from synergy_graphs.errors import GraphError
from synergy_graphs.flatten import flatten
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.randomness import borrowed_generator

EXTENT = 1000.0
_DECIMALS = 1
# Up to this size every pair of nodes repels; above, only near ones do (a grid), which is coarser but stays quick.
_EXACT_UP_TO = 10_000
# Pairs x iterations that a drawing may cost; on large graphs many iterations hardly change the picture.
_WORK = 2e8


def coordinates(
    graph: MultilayerGraph, *, seed: int = 0, layer_weights: Mapping[str, float] | None = None
) -> NDArray[np.float64]:
    """Return an (n, 2) array of drawing coordinates in [-1000, 1000], the same for the same arguments.

    Each connected component of the flattened graph (``layer_weights`` as in ``find_communities``) is drawn by
    force (Fruchterman-Reingold, on a grid above 10 000 nodes), stragglers drawn in. Its radius grows with the
    square root of its nodes. The largest component is in the middle, the others, down to single nodes, on rings
    around it. Coordinates are rounded to one decimal and no two nodes share a point.

    Raises GraphError for an unknown layer or a negative seed.

    >>> graph = MultilayerGraph.from_edges({"t": ([0, 1], [1, 2])}, n_nodes=4)
    >>> xy = coordinates(graph)
    >>> xy.shape, float(abs(xy).max()), bool((xy == coordinates(graph)).all())
    ((4, 2), 1000.0, True)
    """
    if seed < 0:
        raise GraphError(f"seed is {seed}, expected a whole number from 0")
    flat = flatten(graph, layer_weights)
    groups = _components(flat)
    children = np.random.SeedSequence(seed).spawn(len(groups))
    middles = _rings(np.array([_radius(group.size) for group in groups]))
    xy = np.zeros((graph.n_nodes, 2))
    for group, middle, child in zip(groups, middles, children, strict=True):
        xy[group] = middle + _radius(group.size) * _drawn(flat, group, child)
    largest = float(np.abs(xy).max(initial=0.0))
    return _apart(np.round(xy * (EXTENT / largest if largest else 1.0), _DECIMALS) + 0.0)


def _components(flat: sp.csr_array) -> list[NDArray[np.intp]]:
    if not flat.shape[0]:
        return []
    _, label = connected_components(flat, directed=False)
    order = np.argsort(label, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    return sorted(groups, key=lambda group: (-group.size, int(group[0])))


def _radius(n_nodes: int) -> float:
    # Nodes without ties stand closer than tied ones, or their rings would take the room of the picture.
    return 0.5 if n_nodes == 1 else float(np.sqrt(n_nodes))


def _rings(radii: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the middles of discs: the first in the centre, the others on rings around it, largest first."""
    middles = np.zeros((radii.size, 2))
    edge = float(radii[0]) if radii.size else 0.0
    placed = 1
    while placed < radii.size:
        widest = 1.2 * float(radii[placed])
        ring = edge + widest
        angles = 2 * np.arcsin(np.minimum(1.2 * radii[placed:] / ring, 1.0))
        fits = max(1, int(np.searchsorted(np.cumsum(angles), 2 * np.pi, side="right")))
        if angles.sum() <= 1.15 * 2 * np.pi:
            # A few more go in by using up the margins, rather than alone on a ring of their own.
            fits = angles.size
        # The whole circle is shared out, so that a ring is never lopsided.
        used = angles[:fits] * (2 * np.pi / angles[:fits].sum())
        turn = np.cumsum(used) - used / 2
        middles[placed : placed + fits] = ring * np.column_stack([np.sin(turn), np.cos(turn)])
        edge, placed = ring + widest, placed + fits
    return middles


def _drawn(flat: sp.csr_array, group: NDArray[np.intp], seed: np.random.SeedSequence) -> NDArray[np.float64]:
    """Return coordinates of one component within the unit disc."""
    if group.size == 1:
        return np.zeros((1, 2))
    if group.size == 2:
        return np.array([[-0.6, 0.0], [0.6, 0.0]])
    upper = sp.triu(sp.csr_array(flat[group][:, group]), k=1, format="coo")
    net = igraph.Graph(n=int(group.size), edges=np.column_stack(upper.coords).tolist())
    # Square roots keep one very heavy tie from pulling its two ends onto one point.
    pull = np.sqrt(upper.data / upper.data.mean()).tolist()
    start = np.random.default_rng(seed).uniform(-1, 1, (group.size, 2)) * np.sqrt(group.size)
    with borrowed_generator(igraph.set_random_number_generator, seed):
        placed = net.layout_fruchterman_reingold(
            weights=pull,
            seed=start.tolist(),
            niter=int(np.clip(_WORK / group.size**2, 30, 500)),
            grid=bool(group.size > _EXACT_UP_TO),
        )
    xy = np.array(placed.coords, dtype=np.float64)
    xy -= np.median(xy, axis=0)
    return _drawn_in(xy)


def _drawn_in(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale into the unit disc; what lies beyond nine tenths of the nodes comes nearer, by logarithm."""
    reach = np.hypot(xy[:, 0], xy[:, 1])
    usual = float(np.quantile(reach, 0.9)) or 1.0
    beyond = np.maximum(reach / usual, 1.0)
    xy = xy * ((1 + np.log(beyond)) / beyond)[:, None]
    farthest = float(np.hypot(xy[:, 0], xy[:, 1]).max())
    return xy / farthest if farthest else xy


def _apart(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move every node that stands on an earlier one to the nearest free point of the grid."""
    step = 10**_DECIMALS
    grid = np.round(xy * step).astype(np.int64)
    limit = int(EXTENT * step)
    taken: set[tuple[int, int]] = set()
    reach: dict[tuple[int, int], int] = {}
    for node, (x, y) in enumerate(grid.tolist()):
        if (x, y) not in taken:
            taken.add((x, y))
            continue
        ring, free = reach.get((x, y), 1), None
        while free is None:
            square = (
                (x + dx, y + dy)
                for dx in range(-ring, ring + 1)
                for dy in range(-ring, ring + 1)
                if max(abs(dx), abs(dy)) == ring
            )
            inside = (p for p in square if p not in taken and max(abs(p[0]), abs(p[1])) <= limit)
            free = next(inside, None)
            ring += free is None
        reach[(x, y)] = ring
        taken.add(free)
        grid[node] = free
    return np.asarray(grid / step, dtype=np.float64)
