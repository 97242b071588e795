"""Layer weights, resolution and significance are learned from held-out ties: on graphs whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from synergy_graphs import MultilayerGraph, Nodes, find_communities, flatten
from synergy_graphs.configuration import configuration_model
from synergy_graphs.planted import PlantedLayer, planted_multiplex
from synergy_graphs.stability import agreement


def noisy(seed, signal=2500, noise=2500, mixing=0.3):
    layers = {"a": PlantedLayer(signal, mixing), "x": PlantedLayer(noise, 1.0), "b": PlantedLayer(signal, mixing)}
    return planted_multiplex(600, 8, {**layers, "y": PlantedLayer(noise, 1.0)}, seed=seed)


@pytest.mark.parametrize("noise", [2500, 7500])
def test_noise_gets_no_say(noise):
    planted = noisy(1, noise=noise)
    partition = find_communities(planted.graph, seed=1)
    weights = partition.layer_weights
    assert max(weights.values()) == 1.0
    assert min(weights["a"], weights["b"]) > 0.6
    assert max(weights["x"], weights["y"]) < 0.1
    truth_alone = find_communities(planted.graph.select(["a", "b"]), seed=1)
    assert agreement(partition.labels, planted.labels) > agreement(truth_alone.labels, planted.labels) - 0.03
    assert agreement(partition.labels, planted.labels) > 0.8
    assert partition.significant.sum() >= 6


def test_a_layer_with_more_mixing_counts_less_per_tie():
    layers = {"clear": PlantedLayer(3000, 0.2), "blurred": PlantedLayer(3000, 0.6)}
    planted = planted_multiplex(600, 8, layers, seed=2)
    frame = find_communities(planted.graph).layers_frame().set_index("layer")
    assert frame.loc["clear", "per_tie"] == 1.0
    assert 0.1 < frame.loc["blurred", "per_tie"] < 0.8
    assert frame.loc["clear", "inside"] > frame.loc["blurred", "inside"] > frame.loc["blurred", "expected"]


def test_one_layer_that_drowns_is_still_found():
    # All ties alike show nothing here: the layer must be tried by itself.
    layers = {"a": PlantedLayer(1500, 0.1), **{name: PlantedLayer(15_000, 1.0) for name in "xyz"}}
    planted = planted_multiplex(500, 10, layers, seed=4)
    partition = find_communities(planted.graph)
    assert partition.layer_weights["a"] == 1.0
    assert sum(partition.layer_weights.values()) < 1.1
    assert agreement(partition.labels, planted.labels) > 0.6


@pytest.mark.parametrize("groups", [4, 12, 40])
def test_the_resolution_fits_the_number_of_groups(groups):
    planted = planted_multiplex(1200, groups, {"a": PlantedLayer(9000, 0.2), "b": PlantedLayer(9000, 0.3)}, seed=3)
    partition = find_communities(planted.graph)
    large = (partition.sizes > 3).sum()
    assert groups * 0.9 <= large <= groups * 1.1
    assert agreement(partition.labels, planted.labels) > 0.93


@pytest.mark.parametrize(("nodes", "ties", "mixing"), [(600, 6000, 0.2), (2000, 10_000, 0.4)])
def test_two_groups_are_not_split_into_many(nodes, ties, mixing):
    # At resolution 1 modularity sees ten to fifty here.
    planted = planted_multiplex(nodes, 2, {"a": PlantedLayer(ties, mixing)}, seed=3, size_spread=0.1)
    partition = find_communities(planted.graph, seed=3)
    assert (partition.sizes > 10).sum() == 2


def test_random_graphs_have_no_communities():
    planted = planted_multiplex(200, 6, {"a": PlantedLayer(600, 0.3), "b": PlantedLayer(600, 0.3)}, seed=0)
    assert find_communities(planted.graph).significant.sum() >= 6
    found = [find_communities(configuration_model(planted.graph, seed=seed), seed=seed) for seed in range(6)]
    assert sum(partition.significant.any() for partition in found) <= 1
    none = next(partition for partition in found if not partition.significant.any())
    assert "no communities beyond chance" in repr(none)
    assert none.n_communities > 1
    assert none.p_value > 0.01


def test_a_fixed_weight_random_graph_is_not_significant_either():
    planted = planted_multiplex(200, 6, {"a": PlantedLayer(600, 0.3)}, seed=0)
    options = {"layer_weights": {"a": 1.0}, "resolution": 1.0}
    assert find_communities(planted.graph, **options).significant.all()
    random = [configuration_model(planted.graph, seed=seed) for seed in range(6)]
    assert not any(find_communities(graph, **options).significant.any() for graph in random)


def test_a_pair_that_is_torn_by_its_one_tie_is_not_significant():
    generator = np.random.default_rng(0)
    i, j = np.triu_indices(20, k=1)
    dense = generator.random(i.size) < 0.6
    rows = np.concatenate([i[dense], generator.integers(20, 300, 600)])
    cols = np.concatenate([j[dense], generator.integers(20, 300, 600)])
    partition = find_communities(MultilayerGraph.from_edges({"t": (rows, cols)}, n_nodes=300))
    home = partition.labels[0]
    assert (partition.labels[:20] == home).all()
    assert partition.significant[home]
    assert not partition.significant[partition.sizes == 2].any()
    assert (partition.sizes == 2).any()


def test_what_is_given_is_kept():
    planted = noisy(2)
    assert find_communities(planted.graph, resolution=1.7, runs=1).resolution == 1.7
    partition = find_communities(planted.graph, layer_weights={"a": 2.0, "x": 1.0}, runs=1)
    assert partition.layer_weights == {"a": 2.0, "x": 1.0, "b": 0.0, "y": 0.0}
    assert partition.resolution != 1.0


def test_no_weight_at_all_is_no_graph():
    planted = noisy(2)
    for resolution in (1.0, None):
        partition = find_communities(planted.graph, layer_weights={}, resolution=resolution, runs=1)
        assert partition.n_communities == 0
        assert set(partition.layer_weights.values()) == {0.0}


def test_learned_weights_and_resolution_give_the_flattened_graph():
    planted = noisy(3)
    learned = find_communities(planted.graph, seed=5)
    again = find_communities(
        planted.graph, seed=5, layer_weights=learned.layer_weights, resolution=learned.resolution, runs=10
    )
    assert agreement(learned.labels, again.labels) > 0.95
    tied = np.diff(flatten(planted.graph, learned.layer_weights).indptr) > 0
    assert np.array_equal(learned.labels >= 0, tied)


def test_units_of_a_layer_do_not_matter():
    planted = noisy(4)
    edges = {layer.name: layer.edges() for layer in planted.graph}
    scaled = {name: (rows, cols, weights * 1000.0) for name, (rows, cols, weights) in edges.items()}
    one, other = (
        find_communities(MultilayerGraph.from_edges(some, n_nodes=600), seed=1, runs=2) for some in (edges, scaled)
    )
    assert one.layer_weights == pytest.approx(other.layer_weights)
    assert agreement(one.labels, other.labels) > 0.95


def test_directed_weighted_and_bipartite_layers():
    planted = planted_multiplex(400, 5, {"a": PlantedLayer(5000, 0.2), "b": PlantedLayer(5000, 0.2)}, seed=6)
    generator = np.random.default_rng(6)
    (i, j, _), (r, c, _) = (layer.edges() for layer in planted.graph)
    between = (r % 2) != (c % 2)
    edges = {"directed": (i, j, 0.5 + generator.random(i.size)), "bipartite": (r[between], c[between])}
    nodes = Nodes.of([str(k) for k in range(400)], kinds=["even" if k % 2 == 0 else "odd" for k in range(400)])
    graph = MultilayerGraph.from_edges(edges, nodes=nodes, directed=["directed"])
    partition = find_communities(graph)
    assert agreement(partition.labels, planted.labels) > 0.9
    assert min(partition.layer_weights.values()) > 0.2
    random = configuration_model(graph, seed=1)
    assert random["directed"].directed
    rows, cols, _ = random["bipartite"].edges()
    assert ((rows % 2) != (cols % 2)).all()
    assert not find_communities(random).significant.any()
    unlike = find_communities(graph).evidence["bipartite"]
    assert 0 < unlike.expected < 0.4


def test_empty_and_isolated_parts_do_no_harm():
    planted = planted_multiplex(300, 4, {"a": PlantedLayer(3000, 0.1)}, seed=1)
    rows, cols, _ = planted.graph["a"].edges()
    graph = MultilayerGraph.from_edges({"a": (rows, cols), "none": ([], []), "loops": ([7], [7])}, n_nodes=320)
    partition = find_communities(graph)
    assert partition.layer_weights == {"a": 1.0, "none": 0.0, "loops": 0.0}
    frame = partition.layers_frame()
    assert frame["per_tie"].tolist()[0] == 1.0
    assert frame["per_tie"].isna().tolist() == [False, True, True]
    assert (partition.labels[300:] == -1).all()
    assert agreement(partition.labels[:300], planted.labels) > 0.9
