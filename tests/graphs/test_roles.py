"""Roles against hand-worked values, brute force over networkx, and the toy graphs."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from synergy_graphs import GraphError, MultilayerGraph, Nodes, find_communities, find_roles, flatten


def bow_tie():
    """Two triangles, 0-1-2 and 3-4-5, joined by 2-3; and 6, tied to one of each by weight 2."""
    i, j = [0, 0, 1, 3, 3, 4, 2, 6, 6], [1, 2, 2, 4, 5, 5, 3, 0, 5]
    graph = MultilayerGraph.from_edges({"t": (i, j, [1.0] * 7 + [2.0, 2.0])}, n_nodes=8)
    return graph, [0, 0, 0, 1, 1, 1, -1, -1]


def test_hand_worked():
    graph, labels = bow_tie()
    found = find_roles(graph, labels)
    assert found.participation == pytest.approx([0, 0, 1 - 5 / 9, 1 - 5 / 9, 0, 0, 0.5, np.nan], nan_ok=True)
    assert found.bridging == pytest.approx([0, 0, 1 / 3, 1 / 3, 0, 0, np.nan, np.nan], nan_ok=True)
    assert found.within_z == pytest.approx([0, 0, 0, 0, 0, 0, np.nan, np.nan], nan_ok=True)
    assert found.joined.tolist() == [0, 0, 1, 1, 0, 0, 2, 0]
    assert np.isnan(found.layer_participation).all()
    # Total weight 11 is scaled to 1; each triangle has three ties, each of them counted from both ends.
    assert found.between().toarray() * 11 == pytest.approx(np.array([[6, 1], [1, 6]]))
    assert found.connectors(0, 1).tolist() == [6, 2, 3]
    assert found.connectors(1, 0, k=1).tolist() == [6]
    assert found.names == ("ultra-peripheral",) * 2 + ("peripheral",) * 2 + ("ultra-peripheral",) * 2 + ("", "")
    assert repr(found) == "Roles(8 nodes: 2 peripheral, 4 ultra-peripheral)"


def test_within_z_by_hand():
    # Own strengths in the star 0-{1,2,3}: 3, 1, 1, 1; mean 1.5, standard deviation sqrt(0.75).
    graph = MultilayerGraph.from_edges({"t": ([0, 0, 0], [1, 2, 3])}, n_nodes=4)
    found = find_roles(graph, [0, 0, 0, 0])
    assert found.within_z == pytest.approx([1.5 / 0.75**0.5] + [-0.5 / 0.75**0.5] * 3)


def test_a_hub_is_named():
    star = ([0] * 12, list(range(1, 13)))
    found = find_roles(MultilayerGraph.from_edges({"t": star}, n_nodes=14), [0] * 13 + [1])
    assert found.within_z[0] == pytest.approx(12**0.5)
    assert found.names[0] == "provincial hub"
    crossing = (star[0] + [0] * 12, star[1] + [13] * 12)
    found = find_roles(MultilayerGraph.from_edges({"t": crossing}, n_nodes=14), [0] * 13 + [1])
    assert (found.participation[0], found.names[0]) == (0.5, "connector hub")


def test_layer_participation_by_hand():
    # Ties of node 0: one in each of a and b; of node 1: two in a, one in b; of node 2: one in a only.
    graph = MultilayerGraph.from_edges({"a": ([0, 1], [1, 2], [9.0, 1.0]), "b": ([0], [1])}, n_nodes=4)
    found = find_roles(graph, [0, 0, 1, 0])
    assert found.layer_participation == pytest.approx([1, 2 * (1 - 5 / 9), 0, np.nan], nan_ok=True)
    assert found.layer_bridging["a"] == pytest.approx([0, 0.1, 1, np.nan], nan_ok=True)
    assert found.layer_bridging["b"] == pytest.approx([0, 0, np.nan, np.nan], nan_ok=True)


def brute(flat, labels):
    net = nx.from_scipy_sparse_array(flat)
    groups = sorted(set(labels) - {-1})
    rows = []
    for i in net:
        into = {c: sum(d["weight"] for j, d in net[i].items() if labels[j] == c) for c in groups}
        total = sum(into.values())
        own = into.get(labels[i], np.nan)
        shares = [k / total for k in into.values()] if total else [np.nan]
        rows.append((1 - sum(s * s for s in shares), 1 - own / total if total else np.nan, own, total))
    return np.array(rows)


def test_agrees_with_brute_force(planted):
    labels = np.where(np.arange(100) % 9 == 0, -1, np.arange(100) % 4)
    found = find_roles(planted, labels, layer_weights={"a": 2.0, "b": 1.0})
    expected = brute(flatten(planted, {"a": 2.0, "b": 1.0}), labels)
    assert found.participation == pytest.approx(expected[:, 0], nan_ok=True)
    assert found.bridging == pytest.approx(expected[:, 1], nan_ok=True)
    for c in range(4):
        mine = labels == c
        own = expected[mine, 2]
        assert found.within_z[mine] == pytest.approx((own - own.mean()) / own.std())
    assert np.asarray(found.reach.sum(axis=1)).ravel() == pytest.approx(expected[:, 3])


def test_every_toy_has_roles(toy):
    labels = find_communities(toy, runs=2).labels
    found = find_roles(toy, labels)
    tied = found.participation[~np.isnan(found.participation)]
    assert ((tied >= 0) & (tied <= 1)).all()
    both = ~np.isnan(found.layer_participation)
    assert (found.layer_participation[both] <= 1 + 1e-12).all()
    assert len(found.to_frame(toy.nodes)) == toy.n_nodes


def test_direction_counts_both_ways_and_loops_not():
    ties = ([0, 1, 0, 2], [1, 0, 0, 1])
    directed = MultilayerGraph.from_edges({"t": ties}, n_nodes=3, directed=True)
    plain = MultilayerGraph.from_edges({"t": ([0, 1], [1, 2], [2.0, 1.0])}, n_nodes=3)
    mine, theirs = (find_roles(graph, [0, 0, 1]) for graph in (directed, plain))
    assert mine.bridging == pytest.approx(theirs.bridging)
    assert mine.participation == pytest.approx(theirs.participation)


def test_the_table_names_its_columns():
    graph, labels = bow_tie()
    table = find_roles(graph, labels).to_frame(graph.nodes)
    assert table.columns.tolist() == [
        *("node", "kind", "label", "community", "role", "participation", "within_z", "bridging", "joined"),
        *("layer_participation", "bridging: t"),
    ]
    assert table.loc[2, ["node", "role", "joined"]].tolist() == ["2", "peripheral", 1]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda g: find_roles(g, [0]), "1 labels for 8 nodes"),
        (lambda g: find_roles(g, [0.5] * 8), "whole numbers"),
        (lambda g: find_roles(g, [0] * 7 + [-2]), "label 7 is -2"),
        (lambda g: find_roles(g, [0] * 8).connectors(0, 1), "no community 1; there are 1"),
        (lambda g: find_roles(g, [0] * 8).to_frame(Nodes.numbered(3)), "8 nodes, the node index has 3"),
        (lambda g: find_roles(g, [0] * 8, layer_weights={"x": 1}), "'x' that is not there"),
    ],
)
def test_nonsense_is_refused(call, says):
    with pytest.raises(GraphError, match=says):
        call(bow_tie()[0])
