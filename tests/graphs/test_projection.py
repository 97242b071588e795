"""Bipartite projection: by hand, and against networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from synergy_graphs import GraphError, project

incidences = hnp.arrays(
    int, hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=8), elements=st.integers(0, 1)
)


@settings(max_examples=100, deadline=None)
@given(incidences)
def test_newman_agrees_with_networkx(a):
    actors = len(a)
    net = nx.Graph()
    net.add_nodes_from(range(actors))
    net.add_edges_from((i, ("event", e)) for i, e in zip(*a.nonzero(), strict=True))
    theirs = nx.bipartite.collaboration_weighted_projected_graph(net, range(actors))
    found = project(a)
    assert found.toarray() == pytest.approx(nx.to_numpy_array(theirs, nodelist=range(actors)))
    assert np.array_equal(found.toarray(), found.toarray().T)
    assert not found.diagonal().any()


@settings(max_examples=50, deadline=None)
@given(incidences)
def test_count_is_the_number_of_common_events(a):
    expected = a @ a.T
    np.fill_diagonal(expected, 0)
    assert np.array_equal(project(a, weighting="count").toarray(), expected)


def test_by_hand():
    # Event 0 has three actors: 1/2 to each pair. Event 1 has two: 1. Event 2 has one: nothing.
    a = np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1]])
    assert project(a).toarray().tolist() == [[0, 1.5, 0.5], [1.5, 0, 0.5], [0.5, 0.5, 0]]


def test_actors_outside_the_data_dilute_an_event():
    a = np.array([[1, 1], [1, 0], [0, 1]])
    assert project(a, sizes=[5, 2]).toarray().tolist() == [[0, 0.25, 1], [0.25, 0, 0], [1, 0, 0]]


def test_an_actor_shares_out_one_per_event():
    a = np.random.default_rng(0).integers(0, 2, (20, 30))
    together = (a * (a.sum(axis=0) > 1)).sum(axis=1)
    assert project(a).sum(axis=1) == pytest.approx(together)


@pytest.mark.parametrize("shape", [(0, 0), (0, 2), (3, 0), (1, 1)])
def test_nobody_meets(shape):
    assert project(np.zeros(shape)).shape == (shape[0], shape[0])


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: project(np.array([[1, 2]])), r"\(0, 1\) is 2"),
        (lambda: project(np.array([[np.nan]])), "is nan"),
        (lambda: project(np.array([[-1]])), "is -1"),
        (lambda: project(np.ones(2)), "actors x events"),
        (lambda: project(np.ones((3, 1)), sizes=[2]), "at least the 3 actors"),
        (lambda: project(np.ones((3, 1)), sizes=[np.nan]), "size nan"),
        (lambda: project(np.ones((3, 1)), sizes=[3, 3]), "2 sizes for 1 events"),
        (lambda: project(np.ones((3, 1)), weighting="count", sizes=[3]), "does not use them"),
        (lambda: project(np.ones((3, 1)), weighting="jaccard"), "'jaccard'"),
    ],
)
def test_nonsense_is_refused(call, says):
    with pytest.raises(GraphError, match=says):
        call()
