"""The contract of nodes, layers and graphs."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from synergy_graphs import GraphError, Layer, MultilayerGraph, Nodes


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Nodes.of(["a", "a"]), "repeated, first 'a'"),
        (lambda: Nodes.of(["a", ""]), "node 1: its id is empty"),
        (lambda: Nodes.of([1]), "node 0: its id is 1"),
        (lambda: Nodes.of("AT31"), "expected several ids"),
        (lambda: Nodes.of(["a"], labels=["\ud800"]), "node 0: its label"),
        (lambda: Nodes.of(["a"], kinds=["x", "y"]), "differ in length"),
        (lambda: Nodes.of(["a"]).position("b"), "no node 'b'"),
        (lambda: Layer.of_edges("", [], [], n_nodes=0), "needs a name"),
        (lambda: Layer.of_edges("t", [0], [1], [-1.0], n_nodes=2), r"\(0, 1\) is -1.0"),
        (lambda: Layer.of_edges("t", [0], [1], [np.nan], n_nodes=2), r"\(0, 1\) is nan"),
        (lambda: Layer.of_edges("t", [0], [2], n_nodes=2), "from 0 to 1"),
        (lambda: Layer.of_edges("t", [0.5], [1], n_nodes=2), "whole positions"),
        (lambda: Layer.of_edges("t", [0], [1], [1, 2], n_nodes=2), "differ in length"),
        (lambda: Layer.of_edges("t", [0], [1], n_nodes=2, unit=None), "its unit is None"),
        (lambda: Layer("t", sp.csr_array([[0.0, 1.0], [0.0, 0.0]])), "not symmetric"),
        (lambda: Layer("t", sp.csr_array([[0.0, 1.0]])), "expected square"),
        (lambda: MultilayerGraph.from_edges({}, n_nodes=1, nodes=Nodes.numbered(1)), "either"),
        (lambda: MultilayerGraph.from_edges({}, n_nodes=1, directed=["x"]), "not there"),
        (lambda: MultilayerGraph(Nodes.numbered(2), (Layer.of_edges("t", [], [], n_nodes=1),)), "has 1 nodes"),
        (lambda: MultilayerGraph(Nodes.numbered(1), (Layer.of_edges("t", [], [], n_nodes=1),) * 2), "repeated"),
        (lambda: MultilayerGraph.from_edges({"t": ([], [])}, n_nodes=3).subgraph([3]), "no node at 3"),
        (lambda: MultilayerGraph.from_edges({"t": ([], [])}, n_nodes=3).subgraph([True]), "whole numbers"),
        (lambda: MultilayerGraph.from_edges({"t": ([], [])}, n_nodes=3)["u"], "no layer 'u'"),
    ],
)
def test_a_broken_contract_is_told(make, says):
    with pytest.raises(GraphError, match=says):
        make()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.floats(0.01, 9)), max_size=30))
def test_repeated_ties_in_any_direction_add_up_and_stay_symmetric(ties):
    i, j, w = ([tie[at] for tie in ties] for at in range(3))
    layer = Layer.of_edges("t", np.array(i, dtype=int), np.array(j, dtype=int), w, n_nodes=4)
    assert layer.total_weight == pytest.approx(sum(w))
    assert layer.strength().sum() == pytest.approx(2 * sum(w))
    assert layer.n_edges == len({frozenset(tie[:2]) for tie in ties})


def test_the_matrix_is_private_and_read_only():
    given_matrix = sp.csr_array([[0.0, 1.0], [1.0, 0.0]])
    layer = Layer("t", given_matrix)
    given_matrix.data[:] = 5
    assert layer.matrix.toarray().tolist() == [[0, 1], [1, 0]]
    with pytest.raises(ValueError, match="read-only"):
        layer.matrix.data[0] = 2


def test_edges_give_the_graph_back(toy):
    again = MultilayerGraph.from_edges(
        {layer.name: layer.edges() for layer in toy}, nodes=toy.nodes, directed=[t.name for t in toy if t.directed]
    )
    assert [np.array_equal(a.matrix.toarray(), b.matrix.toarray()) for a, b in zip(toy, again, strict=True)] == [
        True
    ] * len(toy)
    assert len(toy.to_frame()) == toy.n_edges
    assert toy.subgraph(range(toy.n_nodes)) == toy
    assert "\n" not in repr(toy)


def test_subgraph_keeps_order_and_ties():
    graph = MultilayerGraph.from_edges({"t": ([0, 1], [1, 2], [4.0, 5.0])}, nodes=Nodes.of(["a", "b", "c"]))
    part = graph.subgraph([2, 1])
    assert part.nodes.ids == ("c", "b")
    assert part["t"].edges()[2].tolist() == [5.0]
