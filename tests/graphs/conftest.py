"""Toy graphs over which the contract tests run."""

from __future__ import annotations

import numpy as np
import pytest

from synergy_graphs import Layer, MultilayerGraph, Nodes


def clique(members):
    pairs = [(i, j) for a, i in enumerate(members) for j in members[a + 1 :]]
    return [i for i, _ in pairs], [j for _, j in pairs]


def two_cliques():
    left, right = clique([0, 1, 2, 3]), clique([4, 5, 6, 7])
    return MultilayerGraph.from_edges({"t": (left[0] + right[0] + [3], left[1] + right[1] + [4])}, n_nodes=8)


def rich():
    """Parallel layers, mixed directions, an empty layer, a self-loop, awkward text."""
    nodes = Nodes.of(
        ["01", "1", "é&<b>", "a\nb", "x_x0041_", "\x00\t"],
        kinds=["region", "firm", "", "firm", "<script>", "firm"],
        labels=["Ober\u00f6sterreich", "]]>", '"', "", "<script>alert(1)</script>", "\ufffe\r\n"],
    )
    layers = (
        Layer.of_edges(
            "near", [0, 1, 2, 2], [1, 2, 3, 2], [0.1, 0.2, 1e-9, 7.0], n_nodes=6, meaning="km < 9", unit="km"
        ),
        Layer.of_edges("nothing", [], [], n_nodes=6, source="nowhere"),
        Layer.of_edges("declares \x01", [0, 1, 0, 4], [1, 0, 2, 4], [1.0, 2.0, 1 / 3, 4.0], n_nodes=6, directed=True),
    )
    return MultilayerGraph(nodes, layers)


ZOO = {
    "empty": lambda: MultilayerGraph(Nodes.numbered(0), ()),
    "empty with a layer": lambda: MultilayerGraph.from_edges({"t": ([], [])}, n_nodes=0),
    "one node": lambda: MultilayerGraph.from_edges({"t": ([], [])}, n_nodes=1),
    "isolated only": lambda: MultilayerGraph.from_edges({"t": ([], [])}, n_nodes=7),
    "no layers": lambda: MultilayerGraph(Nodes.numbered(3), ()),
    "triangle": lambda: MultilayerGraph.from_edges({"t": ([0, 1, 2], [1, 2, 0])}, n_nodes=3),
    "path": lambda: MultilayerGraph.from_edges({"t": ([0, 1, 2], [1, 2, 3])}, n_nodes=4),
    "star": lambda: MultilayerGraph.from_edges({"t": ([0] * 6, range(1, 7))}, n_nodes=7),
    "two cliques": two_cliques,
    "bipartite": lambda: MultilayerGraph.from_edges({"t": ([0, 0, 1, 1, 2], [3, 4, 3, 4, 4])}, n_nodes=5),
    "directed cycle": lambda: MultilayerGraph.from_edges({"t": ([0, 1, 2, 3], [1, 2, 3, 0])}, n_nodes=4, directed=True),
    "self-loop": lambda: MultilayerGraph.from_edges({"t": ([0, 1, 2], [0, 2, 2])}, n_nodes=4),
    "only a self-loop": lambda: MultilayerGraph.from_edges({"t": ([1], [1], [3.0])}, n_nodes=2),
    "parallel layers": lambda: MultilayerGraph.from_edges(
        {"a": ([0, 1], [1, 2], [0.5, 1.5]), "b": ([1, 0, 2], [0, 2, 3])}, n_nodes=4
    ),
    "disconnected": lambda: MultilayerGraph.from_edges({"t": ([0, 2, 4, 4, 5], [1, 3, 5, 6, 6])}, n_nodes=9),
    "empty layer": lambda: MultilayerGraph.from_edges({"a": ([0], [1]), "none": ([], [])}, n_nodes=3),
    "extreme weights": lambda: MultilayerGraph.from_edges(
        {"a": ([0, 1, 2], [1, 2, 3], [1e308, 1.7e308, 1e308]), "b": ([0, 1], [1, 2], [5e-324, 1e-300])}, n_nodes=4
    ),
    "rich": rich,
}


@pytest.fixture(params=sorted(ZOO))
def toy(request):
    return ZOO[request.param]()


@pytest.fixture
def planted():
    """Four blocks of 25 nodes, dense inside, thin across, over two layers; the block of node i is i % 4."""
    generator = np.random.default_rng(5)
    i, j = np.triu_indices(100, k=1)
    chance = np.where(i % 4 == j % 4, 0.3, 0.02)
    edges = {}
    for name in ("a", "b"):
        tied = generator.random(i.size) < chance
        edges[name] = (i[tied], j[tied])
    return MultilayerGraph.from_edges(edges, n_nodes=100)
