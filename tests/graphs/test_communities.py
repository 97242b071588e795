"""Communities: against known answers, and the contract of a partition."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest

from synergy_graphs import GraphError, MultilayerGraph, find_communities, flatten, from_networkx, modularity
from synergy_graphs.partition import Partition, canonical_labels
from synergy_graphs.stability import stability

FIXED = {"layer_weights": {"t": 1.0}, "resolution": 1.0}


def karate():
    return MultilayerGraph.from_edges({"t": tuple(np.array(nx.karate_club_graph().edges).T)}, n_nodes=34)


def test_contract(toy):
    partition = find_communities(toy, seed=3, runs=3, dropout=0.2)
    labels = partition.labels
    tied = np.asarray((flatten(toy) > 0).sum(axis=1)).ravel() > 0
    assert np.array_equal(labels >= 0, tied)
    assert np.array_equal(canonical_labels(labels), labels)
    assert sorted(np.concatenate([partition.members(c) for c in range(partition.n_communities)] or [[]])) == list(
        np.flatnonzero(tied)
    )
    assert ((partition.stability >= 0) & (partition.stability <= 1)).all()
    assert np.isnan(partition.strength[~tied]).all()
    assert ((partition.strength[labels >= 0] >= 0) & (partition.strength[labels >= 0] <= 1)).all()
    assert np.isnan(partition.quality) == (not tied.any())
    assert list(partition.layer_quality) == list(toy.layer_names)
    assert partition.significant.dtype == bool
    assert partition.significant.size == partition.n_communities
    assert 0 <= partition.p_value <= 1
    assert list(partition.evidence) == list(partition.layers_frame()["layer"]) == list(toy.layer_names)
    again = find_communities(
        toy, seed=3, runs=3, layer_weights=partition.layer_weights, resolution=partition.resolution
    )
    assert again.layer_weights == partition.layer_weights
    assert len(partition.to_frame(toy.nodes)) == len(partition.to_frame()) == toy.n_nodes
    assert "\n" not in repr(partition)
    with pytest.raises(ValueError, match="read-only"):
        partition.labels[:] = 0


def test_two_cliques_by_hand():
    pairs = [(i, j) for side in (range(4), range(4, 8)) for i in side for j in side if i < j]
    graph = MultilayerGraph.from_edges({"t": tuple(np.array([*pairs, (3, 4)]).T)}, n_nodes=8)
    partition = find_communities(graph, **FIXED)
    assert partition.labels.tolist() == [0] * 4 + [1] * 4
    # 12 of 13 ties lie inside; each side has half of the strength.
    assert partition.quality == pytest.approx(12 / 13 - 0.5)
    assert partition.layer_quality["t"] == pytest.approx(12 / 13 - 0.5)
    assert partition.stability.tolist() == [1.0, 1.0]
    assert partition.strength.tolist() == [1.0] * 8


def test_karate_club_reaches_the_known_optimum():
    partition = find_communities(karate(), runs=20, **FIXED)
    assert partition.quality == pytest.approx(0.4198, abs=5e-5)
    assert partition.n_communities == 4


def test_quality_agrees_with_networkx():
    net = nx.les_miserables_graph()
    graph = from_networkx(net)
    partition = find_communities(graph, resolution=1.3)
    ids = graph.nodes.ids
    sets = [{ids[i] for i in partition.members(c)} for c in range(partition.n_communities)]
    assert partition.quality == pytest.approx(nx.community.modularity(net, sets, resolution=1.3))


def test_planted_blocks_are_found(planted):
    partition = find_communities(planted, runs=5, dropout=0.1)
    assert partition.n_communities == 4
    assert all(len(set((partition.members(c) % 4).tolist())) == 1 for c in range(4))
    assert partition.stability.min() > 0.8


def test_resolution_makes_communities_finer():
    counts = [find_communities(karate(), resolution=r).n_communities for r in (0.2, 1.0, 4.0)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_a_layer_of_weight_zero_says_nothing(planted):
    only_a = find_communities(planted.select(["a"]), runs=2)
    for weights in ({"a": 1.0, "b": 0.0}, {"a": 3.0}):
        both = find_communities(planted, runs=2, layer_weights=weights)
        assert np.array_equal(both.labels, only_a.labels)
        assert both.layer_weights == {"a": weights["a"], "b": 0.0}
        assert np.isfinite(both.layer_quality["b"])


def test_layers_count_alike_whatever_their_units():
    edges = {"a": ([0, 1, 2], [1, 2, 3]), "b": ([0, 1], [2, 3])}
    one = MultilayerGraph.from_edges(edges, n_nodes=4)
    scaled = MultilayerGraph.from_edges({**edges, "b": ([0, 1], [2, 3], [1000.0, 1000.0])}, n_nodes=4)
    assert flatten(one).toarray() == pytest.approx(flatten(scaled).toarray())


def test_direction_is_symmetrised():
    one_way = MultilayerGraph.from_edges({"t": ([0, 1, 1], [1, 0, 2], [1.0, 2.0, 3.0])}, n_nodes=3, directed=True)
    both = MultilayerGraph.from_edges({"t": ([0, 1], [1, 2], [3.0, 3.0])}, n_nodes=3)
    assert np.array_equal(flatten(one_way).toarray(), flatten(both).toarray())


def test_dropout_lowers_the_stability_of_a_thin_tie():
    triangle_and_path = MultilayerGraph.from_edges({"t": ([0, 1, 0, 3], [1, 2, 2, 4])}, n_nodes=5)
    steady = find_communities(triangle_and_path, runs=30, **FIXED)
    shaken = find_communities(triangle_and_path, runs=30, dropout=0.4, **FIXED)
    assert np.array_equal(steady.labels, shaken.labels)
    assert steady.quality == shaken.quality
    assert steady.stability.tolist() == [1, 1]
    assert (shaken.stability < 1).all()
    # The pair is lost whenever its one tie is: about 0.6 of the runs keep it.
    assert 0.3 < shaken.stability[1] < 0.9


def test_stability_by_hand():
    labels = np.array([0, 0, 0, 0, 1, 1, -1])
    kept, strength = stability(labels, [labels, np.array([0, 0, 1, 1, 1, -1, -1])])
    assert kept.tolist() == pytest.approx([(1 + 1 / 2) / 2, (1 + 1 / 4) / 2])
    assert strength[:6].tolist() == pytest.approx([(1 + 1 / 3) / 2] * 4 + [0.5, 0.5])
    assert np.isnan(strength[6])
    alone, its_strength = stability(np.array([0]), [np.array([0])])
    assert alone.tolist() == [1.0]
    assert np.isnan(its_strength[0])


def test_modularity_counts_the_unplaced_each_by_itself():
    matrix = flatten(MultilayerGraph.from_edges({"t": ([0, 2], [1, 3])}, n_nodes=4))
    assert modularity(matrix, np.array([0, 0, -1, -1])) == pytest.approx(0.5 - (0.25 + 2 / 16))


def test_no_global_state_is_touched():
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002
    before, numpys = random.getstate(), np.random.get_state()[1].tolist()  # noqa: NPY002
    find_communities(karate(), runs=2, dropout=0.1)
    assert random.getstate() == before
    assert np.random.get_state()[1].tolist() == numpys  # noqa: NPY002


def test_igraph_draws_from_random_again_afterwards():
    import igraph

    find_communities(karate(), runs=1)
    random.seed(4)
    first = igraph.Graph.Erdos_Renyi(n=30, m=60).get_edgelist()
    random.seed(4)
    assert igraph.Graph.Erdos_Renyi(n=30, m=60).get_edgelist() == first


SCRIPT = """
import numpy as np
from synergy_graphs import MultilayerGraph, find_communities, coordinates
r = np.random.default_rng(0)
edges = {name: (r.integers(0, 80, 200), r.integers(0, 80, 200), r.random(200)) for name in "xyz"}
graph = MultilayerGraph.from_edges(edges, n_nodes=85, directed=["y"])
p = find_communities(graph, seed=7, runs=4, dropout=0.1)
q = find_communities(graph, seed=7, runs=4, layer_weights={"x": 1.0, "z": 0.5}, resolution=1.2)
print(p.params, p.significant.tolist(), p.p_value, dict(p.evidence), q.labels.tolist(), q.p_value)
print(p.labels.tolist(), p.stability.tolist(), p.strength.tolist(), p.quality, dict(p.layer_quality), p)
print(coordinates(graph, seed=7).tolist())
"""


def test_the_same_in_every_process():
    def out(**env):
        run = subprocess.run([sys.executable, "-c", SCRIPT], env=env, capture_output=True, text=True, check=True)
        return run.stdout

    settings = [("0", "1"), ("1", "2"), ("2", "1")]
    found = {
        out(PYTHONHASHSEED=seed, OMP_NUM_THREADS=threads, OPENBLAS_NUM_THREADS=threads) for seed, threads in settings
    }
    assert len(found) == 1
    assert len(found.pop()) > 1000


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"seed": -1}, "seed is -1"),
        ({"runs": 0}, "runs is 0"),
        ({"resolution": 0}, "resolution is 0"),
        ({"resolution": float("nan")}, "resolution is nan"),
        ({"dropout": 1.0}, "dropout is 1"),
        ({"layer_weights": {"u": 1.0}}, "'u' that is not there; there are t"),
        ({"layer_weights": {"t": -1.0}}, "layer weight -1"),
    ],
)
def test_nonsense_is_refused(options, says):
    with pytest.raises(GraphError, match=says):
        find_communities(karate(), **options)


def test_a_partition_checks_itself(planted):
    partition = find_communities(planted, runs=1)
    with pytest.raises(GraphError, match="no community 9"):
        partition.members(9)
    with pytest.raises(GraphError, match="100 nodes, the node index 3"):
        partition.to_frame(planted.subgraph([0, 1, 2]).nodes)
    with pytest.raises(GraphError, match="2 communities, but there are 1"):
        Partition(np.array([0, 1]), np.ones(1), np.ones(2), 0.0, {}, {}, 1.0, 0, 1, 0.0, np.ones(1), 0.5, {})


def test_a_partition_can_be_sent_to_another_process(planted):
    partition = find_communities(planted, runs=1)
    again = pickle.loads(pickle.dumps(partition))
    assert np.array_equal(again.labels, partition.labels)
    assert again.params == partition.params
    assert again.layer_quality == partition.layer_quality
    assert not again.labels.flags.writeable


def test_a_layer_that_is_shaken_empty_is_no_error():
    graph = MultilayerGraph.from_edges({"t": ([0], [1]), "u": ([1], [2])}, n_nodes=3)
    assert find_communities(graph, runs=20, dropout=0.9).labels.size == 3
