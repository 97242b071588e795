"""Ties kept out of the partitioning, to judge partitions by what they did not see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.special import gammainc, ndtr

from synergy_graphs.configuration import two_kinds
from synergy_graphs.flatten import undirected
from synergy_graphs.kernel import Kernel
from synergy_graphs.layer import Layer
from synergy_graphs.multilayer import MultilayerGraph

# (ties up to, parts that they are cut into, parts that take their turn to be held out): small graphs need every tie,
# and the smallest are cut anew, as how they are cut moves the result most there.
_FOLDS = ((1_500, 20, 60), (5_000, 10, 10), (30_000, 5, 5), (np.inf, 7, 1))


@dataclass(frozen=True)
class Evidence:
    """How the held-out ties of a layer fall: the share inside communities, and the share that chance puts there.

    ``ties`` is the number of ties as far as their weights are even: (sum w)^2 / sum w^2. The chance is that of the
    configuration model: ties between random stubs, degrees as they are, without self-loops. ``nats`` is the held-out
    log-likelihood above chance, ties x KL(inside || expected), summed over the folds where more lie inside than by
    chance.
    """

    layer: str
    inside: float
    expected: float
    ties: float
    nats: float = 0.0

    @property
    def z(self) -> float:
        """How many standard deviations more ties lie inside than by chance; 0 where nothing can be told."""
        spread = self.expected * (1 - self.expected) * self.ties
        return (self.inside - self.expected) * self.ties / float(np.sqrt(spread)) if spread > 0 else 0.0

    @property
    def p_value(self) -> float:
        """Chance of as many ties inside in a configuration-model graph."""
        return float(ndtr(-self.z))

    @property
    def _rates(self) -> tuple[float, float]:
        # Half a tie on either side keeps the logarithms finite.
        half = 0.5 / self.ties
        inside = min(max(self.inside, half), 1 - half)
        return inside / self.expected, (1 - inside) / (1 - self.expected)

    @property
    def log_ratio(self) -> float:
        """log(theta_in / theta_out): what one tie of this layer says for its ends being together."""
        if not 0 < self.expected < 1:
            return 0.0
        within, between = self._rates
        return float(np.log(within / between))

    @property
    def resolution(self) -> float:
        """(theta_in - theta_out) / log(theta_in / theta_out): the resolution of the planted-partition likelihood."""
        if not 0 < self.expected < 1:
            return 1.0
        within, between = self._rates
        return (within - between) / self.log_ratio if within != between else 1.0


@dataclass(frozen=True, eq=False)
class Ties:
    """The ties of one layer between different nodes, each once, of total weight 1, with the two ends of chance.

    ``sources`` and ``targets`` are the weights at each node at either end; both are its strength in a layer without
    direction.
    """

    layer: str
    rows: NDArray[np.int64]
    cols: NDArray[np.int64]
    weights: NDArray[np.float64]
    sources: NDArray[np.float64]
    targets: NDArray[np.float64]

    @classmethod
    def of(cls, layer: Layer, plain: sp.csr_array, kinds: NDArray[np.int64]) -> Ties:
        """Take the ties out of a layer; ``plain`` is its undirected matrix, ``kinds`` numbers the kind of each node."""
        upper = sp.triu(plain, k=1, format="coo")
        rows, cols = (np.asarray(part, dtype=np.int64) for part in upper.coords)
        weights, n = np.asarray(upper.data, dtype=np.float64), layer.n_nodes
        first, last = kinds[rows], kinds[cols]
        if two_kinds(first, last):
            # Between two kinds: a stub of the one meets only stubs of the other.
            flip = first > last
            sources = _sums(np.where(flip, cols, rows), weights, n)
            targets = _sums(np.where(flip, rows, cols), weights, n)
        elif layer.directed:
            loose = sp.csr_array(layer.matrix)
            loops = loose.diagonal()
            scale = max(float(loose.data.max(initial=0.0)), np.finfo(float).tiny)
            sources = np.asarray((loose / scale).sum(axis=1)).ravel() - loops / scale
            targets = np.asarray((loose / scale).sum(axis=0)).ravel() - loops / scale
        else:
            sources = targets = _sums(rows, weights, n) + _sums(cols, weights, n)
        return cls(layer.name, rows, cols, weights, sources, targets)

    @cached_property
    def effective(self) -> float:
        """Number of ties as far as their weights are even; 0 for an empty layer."""
        square = float((self.weights * self.weights).sum())
        return float(self.weights.sum()) ** 2 / square if square > 0 else 0.0

    @cached_property
    def _loops(self) -> float:
        return float((self.sources * self.targets).sum())

    @cached_property
    def _pairs(self) -> float:
        return float(self.sources.sum()) * float(self.targets.sum()) - self._loops

    def chance(self, labels: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return, per community, the share of ties that the configuration model puts inside it."""
        inside = labels >= 0
        own, size = labels[inside], int(labels.max(initial=-1)) + 1
        out = np.bincount(own, self.sources[inside], size)
        into = np.bincount(own, self.targets[inside], size)
        loops = np.bincount(own, self.sources[inside] * self.targets[inside], size)
        return np.asarray(np.maximum(out * into - loops, 0) / self._pairs if self._pairs > 0 else np.zeros(size))


@dataclass(frozen=True, eq=False)
class Holdout:
    """The ties of every layer, and for each fold which are held out; ``times`` is how often each tie is at most.

    What is counted over the folds is divided by ``times``, so that no tie counts for more than one.
    """

    ties: tuple[Ties, ...]
    held: tuple[tuple[NDArray[np.bool_], ...], ...]
    n_nodes: int
    times: int

    @classmethod
    def of(
        cls, graph: MultilayerGraph, seed: np.random.SeedSequence, plain: Sequence[sp.csr_array] | None = None
    ) -> Holdout:
        """Cut the ties of each layer at random into parts of one size, and let parts take turns to be held out.

        ``plain`` are the undirected matrices of the layers, if they are at hand.
        """
        matrices = [undirected(layer) for layer in graph] if plain is None else plain
        number = {kind: at for at, kind in enumerate(sorted(set(graph.nodes.kinds)))}
        kinds = np.array([number[kind] for kind in graph.nodes.kinds], dtype=np.int64)
        ties = tuple(Ties.of(layer, matrix, kinds) for layer, matrix in zip(graph, matrices, strict=True))
        total = sum(one.rows.size for one in ties)
        parts, folds = next((parts, folds) for limit, parts, folds in _FOLDS if total <= limit)
        generator = np.random.default_rng(seed)
        held: list[tuple[NDArray[np.bool_], ...]] = []
        for first in range(0, folds, parts):
            part = [generator.permutation(one.rows.size) % parts for one in ties]
            held += [tuple(mine == fold for mine in part) for fold in range(min(parts, folds - first))]
        return cls(ties, tuple(held), graph.n_nodes, max(folds // parts, 1))

    @property
    def n_ties(self) -> int:
        """Number of ties over all layers."""
        return sum(one.rows.size for one in self.ties)

    def kernels(self, weights: Sequence[float]) -> list[Kernel]:
        """Return a kernel per fold: the ties that are not held out, each times the weight of its layer."""
        return [Kernel(self._upper(weights, held)) for held in self.held]

    def _upper(self, weights: Sequence[float], held: tuple[NDArray[np.bool_], ...]) -> sp.csr_array:
        used = [(t, w, ~h) for t, w, h in zip(self.ties, weights, held, strict=True) if w > 0]
        rows = np.concatenate([t.rows[keep] for t, _, keep in used] or [np.zeros(0, dtype=np.int64)])
        cols = np.concatenate([t.cols[keep] for t, _, keep in used] or [np.zeros(0, dtype=np.int64)])
        data = np.concatenate([t.weights[keep] * w for t, w, keep in used] or [np.zeros(0)])
        return sp.csr_array(sp.coo_array((data, (rows, cols)), shape=(self.n_nodes, self.n_nodes)))

    def evidence(self, labels: Sequence[NDArray[np.int64]]) -> tuple[Evidence, ...]:
        """Return the evidence of each layer, pooled over folds, for one partition per fold."""
        found = []
        for layer, one in enumerate(self.ties):
            inside = expected = ties = nats = 0.0
            for own, held in zip(labels, self.held, strict=True):
                mine = held[layer]
                weight = one.weights[mine]
                total = float(weight.sum())
                count = total**2 / float((weight * weight).sum()) / self.times if total > 0 else 0.0
                if count:
                    together = (own[one.rows[mine]] == own[one.cols[mine]]) & (own[one.rows[mine]] >= 0)
                    share, chance = float(weight[together].sum()) / total, min(float(one.chance(own).sum()), 1.0)
                    inside, expected, ties = inside + count * share, expected + count * chance, ties + count
                    nats += count * _divergence(share, chance)
            found.append(Evidence(one.layer, inside / (ties or 1), expected / (ties or 1), ties, nats))
        return tuple(found)

    def per_community(
        self, labels: NDArray[np.int64], found: Sequence[NDArray[np.int64]], used: Sequence[bool]
    ) -> NDArray[np.float64]:
        """Return a p-value per community of ``labels``: its counterparts in the folds hold no more ties than by chance.

        The counterpart is the community of the fold with the best Jaccard match. The number of held-out ties inside,
        over the used layers and all folds, is compared with a Poisson law of the configuration model's mean.
        """
        size = int(labels.max(initial=-1)) + 1
        seen, mean = np.zeros(size), np.zeros(size)
        for own, held in zip(found, self.held, strict=True):
            match = best_match(labels, own)
            for one, mine, use in zip(self.ties, held, used, strict=True):
                weight = one.weights[mine]
                if not use or not weight.size:
                    continue
                count = float(weight.sum()) / float((weight * weight).sum()) / self.times
                where = own[one.rows[mine]]
                together = (where == own[one.cols[mine]]) & (where >= 0)
                n_own = int(own.max(initial=-1)) + 1
                inside = np.bincount(where[together], weight[together], n_own) * count
                chance = one.chance(own) * count * float(weight.sum())
                known = match >= 0
                seen[known] += inside[match[known]]
                mean[known] += chance[match[known]]
        # P(Poisson(mean) >= seen), continued to uneven weights by the incomplete gamma function.
        return np.where(seen > 0, gammainc(np.maximum(seen, 1e-300), mean), 1.0)


def _sums(at: NDArray[np.int64], weights: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    return np.asarray(np.bincount(at, weights, n), dtype=np.float64)


def _divergence(inside: float, expected: float) -> float:
    """Return KL(inside || expected) of two shares in nats; 0 where not more lies inside than expected."""
    if not 0 < expected < inside:
        return 0.0
    rest = (1 - inside) * np.log((1 - inside) / (1 - expected)) if inside < 1 else 0.0
    return float(inside * np.log(inside / expected) + rest)


def best_match(labels: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each community of ``labels`` the community of ``other`` with the best Jaccard match, -1 without any.

    >>> best_match(np.array([0, 0, 0, 1, 1]), np.array([1, 1, 0, 0, -1])).tolist()
    [1, 0]
    """
    size = np.bincount(labels[labels >= 0], minlength=int(labels.max(initial=-1)) + 1)
    theirs = np.bincount(other[other >= 0], minlength=int(other.max(initial=-1)) + 1)
    both = (labels >= 0) & (other >= 0)
    cell, shared = np.unique(labels[both] * max(theirs.size, 1) + other[both], return_counts=True)
    mine, its = cell // max(theirs.size, 1), cell % max(theirs.size, 1)
    jaccard = shared / (size[mine] + theirs[its] - shared)
    order = np.lexsort((its, -jaccard, mine))
    first = np.concatenate([[True], np.diff(mine[order]) > 0]) if order.size else np.zeros(0, dtype=bool)
    match = np.full(size.size, -1, dtype=np.int64)
    match[mine[order[first]]] = its[order[first]]
    return match
