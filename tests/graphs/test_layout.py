"""Coordinates: tidy, distinct, the same each time."""

from __future__ import annotations

import random

import numpy as np
import pytest

from synergy_graphs import GraphError, MultilayerGraph, coordinates


def test_contract(toy):
    xy = coordinates(toy, seed=2)
    assert xy.shape == (toy.n_nodes, 2)
    assert np.isfinite(xy).all()
    assert np.abs(xy).max(initial=0) <= 1000
    assert np.array_equal(np.round(xy, 1), xy)
    assert len({tuple(point) for point in xy.tolist()}) == toy.n_nodes
    assert np.array_equal(coordinates(toy, seed=2), xy)


def test_tied_nodes_are_nearer_than_others(planted):
    xy = coordinates(planted)
    distance = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    same = np.equal.outer(np.arange(100) % 4, np.arange(100) % 4)
    assert distance[same].mean() < 0.6 * distance[~same].mean()


def test_isolated_nodes_stand_around_the_rest_and_not_far_away(planted):
    edges = {layer.name: layer.edges() for layer in planted}
    xy = coordinates(MultilayerGraph.from_edges(edges, n_nodes=130))
    reach = np.hypot(*xy.T)
    assert reach[:100].max() < reach[100:].min()
    assert reach[:100].max() > 500


def test_many_nodes_on_one_point_are_spread():
    xy = coordinates(MultilayerGraph.from_edges({"t": ([0] * 4000, range(1, 4001))}, n_nodes=4001))
    assert len(np.unique(xy, axis=0)) == 4001


def test_another_seed_draws_another_picture_and_no_global_state_is_touched(planted):
    random.seed(1)
    before = random.getstate()
    assert not np.array_equal(coordinates(planted, seed=0), coordinates(planted, seed=1))
    assert random.getstate() == before


def test_layer_weights_choose_what_pulls():
    graph = MultilayerGraph.from_edges({"a": ([0, 1], [1, 2]), "b": ([3], [4])}, n_nodes=5)
    only_b = coordinates(graph, layer_weights={"b": 1.0})
    assert np.array_equal(only_b, coordinates(graph.select(["b"])))
    with pytest.raises(GraphError, match="not there"):
        coordinates(graph, layer_weights={"c": 1.0})
    with pytest.raises(GraphError, match="seed is -1"):
        coordinates(graph, seed=-1)
