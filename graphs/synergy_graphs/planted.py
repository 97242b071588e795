"""Planted multiplex graphs: the answer is known, so that a method can be measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synergy_graphs.errors import GraphError
from synergy_graphs.multilayer import MultilayerGraph


@dataclass(frozen=True)
class PlantedLayer:
    """One layer to plant: how many ties are drawn, and which share of them ignores the groups.

    ``mixing`` 0 keeps every tie inside a group; 1 is noise: a graph that knows the degrees and nothing else.
    """

    n_edges: int
    mixing: float = 0.3

    def __post_init__(self) -> None:
        if self.n_edges < 0 or not 0 <= self.mixing <= 1:
            raise GraphError(
                f"a planted layer has {self.n_edges} ties and mixing {self.mixing}, expected >= 0 and 0..1"
            )


@dataclass(frozen=True, eq=False)
class Planted:
    """A graph with the groups that were planted: ``labels[i]`` is the group of node i."""

    graph: MultilayerGraph
    labels: NDArray[np.int64]


def planted_multiplex(
    n_nodes: int,
    n_groups: int,
    layers: Mapping[str, PlantedLayer],
    *,
    seed: int = 0,
    own_degrees: bool = False,
    size_spread: float = 0.5,
    degree_exponent: float = 2.5,
) -> Planted:
    """Draw a degree-corrected multiplex graph with the same groups in every informative layer.

    Group sizes are log-normal with standard deviation ``size_spread`` in logs; each node has a propensity from a power
    law with ``degree_exponent``, between 1 and sqrt(n), the same in all layers or, with ``own_degrees``, one for each.
    A tie starts at a node drawn by propensity and ends, with probability 1 - mixing, at a node of the same
    group, else at any node, both by propensity. Self-loops are dropped and repeated ties kept once, so a layer
    has slightly fewer ties than asked for.

    Raises GraphError when there are more groups than nodes or an option is out of range.

    >>> planted = planted_multiplex(200, 4, {"a": PlantedLayer(900, 0.1), "noise": PlantedLayer(900, 1.0)})
    >>> planted.graph.layer_names, len(set(planted.labels.tolist()))
    (('a', 'noise'), 4)
    """
    if not 1 <= n_groups <= n_nodes:
        raise GraphError(f"{n_groups} groups cannot be planted in {n_nodes} nodes")
    if size_spread < 0 or degree_exponent <= 1:
        raise GraphError(
            f"size_spread is {size_spread} and degree_exponent {degree_exponent}, expected from 0 and above 1"
        )
    generator = np.random.default_rng(seed)
    labels = _groups(n_nodes, n_groups, size_spread, generator)
    shared = _propensity(n_nodes, degree_exponent, generator)
    edges = {}
    for name, layer in layers.items():
        own = _propensity(n_nodes, degree_exponent, generator) if own_degrees else shared
        edges[name] = _ties(labels, own, layer, generator)
    return Planted(MultilayerGraph.from_edges(edges, n_nodes), labels)


def _groups(n: int, groups: int, spread: float, generator: np.random.Generator) -> NDArray[np.int64]:
    """Return labels in group order; every group has at least one node."""
    share = np.exp(spread * generator.standard_normal(groups))
    inner = np.cumsum(share)[:-1] / share.sum()
    cuts = np.round(inner * (n - groups)).astype(np.int64) + np.arange(1, groups)
    return np.repeat(np.arange(groups), np.diff(np.concatenate([[0], cuts, [n]])))


def _propensity(n: int, exponent: float, generator: np.random.Generator) -> NDArray[np.float64]:
    raw = (1 - generator.random(n)) ** (-1 / (exponent - 1))
    return np.asarray(np.minimum(raw, np.sqrt(n)), dtype=np.float64)


def _ties(
    labels: NDArray[np.int64], propensity: NDArray[np.float64], layer: PlantedLayer, generator: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    n, ends = labels.size, np.cumsum(propensity)
    starts = np.concatenate([[0.0], ends])
    bound = np.searchsorted(labels, np.arange(labels[-1] + 2))
    low, high = starts[bound[:-1]], starts[bound[1:]]
    source = np.minimum(np.searchsorted(ends, generator.random(layer.n_edges) * ends[-1], side="right"), n - 1)
    inside = generator.random(layer.n_edges) >= layer.mixing
    group = labels[source]
    draw = generator.random(layer.n_edges)
    at = np.where(inside, low[group] + draw * (high[group] - low[group]), draw * ends[-1])
    target = np.minimum(np.searchsorted(ends, at, side="right"), n - 1)
    first, last = np.minimum(source, target), np.maximum(source, target)
    key = np.unique(first[first < last] * n + last[first < last])
    return key // n, key % n
