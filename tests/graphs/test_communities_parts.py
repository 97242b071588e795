"""The parts that communities are made with: held-out ties, refinement, resolutions, random and planted graphs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import poisson

from synergy_graphs import GraphError, MultilayerGraph
from synergy_graphs.configuration import configuration_model
from synergy_graphs.flatten import flatten
from synergy_graphs.holdout import Evidence, Holdout, best_match
from synergy_graphs.kernel import Kernel
from synergy_graphs.planted import PlantedLayer, planted_multiplex
from synergy_graphs.refinement import refine
from synergy_graphs.resolution import scan_resolutions
from synergy_graphs.stability import agreement

SEED = np.random.SeedSequence(3)


def test_evidence_by_hand():
    one = Evidence("t", inside=0.6, expected=0.2, ties=100)
    assert one.z == pytest.approx(40 / np.sqrt(16))
    assert one.log_ratio == pytest.approx(np.log((0.6 / 0.2) / (0.4 / 0.8)))
    assert one.resolution == pytest.approx((3 - 0.5) / np.log(6))
    assert Evidence("t", 0.0, 0.0, 0.0).z == 0
    assert Evidence("t", 1.0, 1.0, 9.0).log_ratio == 0
    assert Evidence("t", 1.0, 0.5, 10.0).log_ratio == pytest.approx(np.log(0.95 / 0.05))


def test_every_tie_of_a_small_graph_is_held_out_alike():
    planted = planted_multiplex(100, 4, {"a": PlantedLayer(300), "b": PlantedLayer(100)})
    holdout = Holdout.of(planted.graph, SEED)
    folds = len(holdout.held)
    assert (folds, holdout.times) == (60, 3)
    for layer, ties in enumerate(holdout.ties):
        assert (np.sum([fold[layer] for fold in holdout.held], axis=0) == 3).all()
        assert ties.weights.sum() == pytest.approx(1)
    truth = [planted.labels] * folds
    for ties, one in zip(holdout.ties, holdout.evidence(truth), strict=True):
        assert one.inside == pytest.approx((planted.labels[ties.rows] == planted.labels[ties.cols]).mean())
        assert one.ties == pytest.approx(ties.rows.size)
        assert one.nats > 0


def test_chance_is_what_random_graphs_have():
    planted = planted_multiplex(100, 4, {"a": PlantedLayer(400)}, seed=2)
    labels = planted.labels.copy()
    labels[:5] = -1
    ties = Holdout.of(planted.graph, SEED).ties[0]
    inside = []
    for seed in range(200):
        rows, cols, weights = configuration_model(planted.graph, seed=seed)["a"].edges()
        together = (labels[rows] == labels[cols]) & (labels[rows] >= 0)
        inside.append([(weights * (together & (labels[rows] == c))).sum() / weights.sum() for c in range(4)])
    assert ties.chance(labels) == pytest.approx(np.mean(inside, axis=0), rel=0.05)


def test_p_values_are_those_of_poisson():
    planted = planted_multiplex(60, 3, {"a": PlantedLayer(200, 0.5)}, seed=1)
    holdout = Holdout.of(planted.graph, SEED)
    found = [planted.labels] * len(holdout.held)
    ties = holdout.ties[0]
    p_values = holdout.per_community(planted.labels, found, [True])
    for community in range(3):
        both = (planted.labels[ties.rows] == community) & (planted.labels[ties.cols] == community)
        mean = ties.chance(planted.labels)[community] * ties.rows.size
        assert p_values[community] == pytest.approx(poisson.sf(both.sum() - 1, mean), rel=1e-6)
    assert (holdout.per_community(planted.labels, found, [False]) == 1).all()


def test_best_match_takes_the_most_alike():
    assert best_match(np.array([0, 0, 0, 1, -1]), np.array([2, 2, 1, 1, 0])).tolist() == [2, 1]
    assert best_match(np.array([0, 1]), np.array([-1, 0])).tolist() == [-1, 0]


def test_the_kernel_starts_where_it_is_told():
    planted = planted_multiplex(200, 4, {"a": PlantedLayer(1500, 0.2)}, seed=5)
    kernel = Kernel.of(flatten(planted.graph))
    cold = kernel.run(1.0, SEED)
    assert np.array_equal(kernel.run(1.0, SEED, start=cold, iterations=1), cold)
    assert kernel.run(1.0, SEED, iterations=1).size == 200


def multiplex_modularity(holdout, weights, resolution, labels):
    value = 0.0
    for ties, weight in zip(holdout.ties, weights, strict=True):
        k = ties.sources
        inside = 2 * ties.weights[labels[ties.rows] == labels[ties.cols]].sum()
        value += weight * (inside - resolution * (np.bincount(labels, k) ** 2).sum() / k.sum())
    return value


def test_refinement_raises_the_modularity_with_a_null_for_each_layer():
    # Two layers over different nodes: their summed degrees are no null for either.
    planted = planted_multiplex(400, 8, {"a": PlantedLayer(9000, 0.5), "b": PlantedLayer(4000, 0.5)}, seed=1)
    edges = {}
    for layer, keep in zip(planted.graph, (lambda i: i % 5 < 3, lambda i: i % 5 > 1), strict=True):
        rows, cols, _ = layer.edges()
        inside = keep(rows) & keep(cols)
        edges[layer.name] = rows[inside], cols[inside]
    graph = MultilayerGraph.from_edges(edges, n_nodes=400)
    holdout, flat = Holdout.of(graph, SEED), flatten(graph)
    generator = np.random.default_rng(1)
    start = np.where(generator.random(400) < 0.3, generator.integers(0, 8, 400), planted.labels)
    moved = refine(holdout.ties, [1.0, 1.0], flat, 1.0, start, SEED)
    before, after = (multiplex_modularity(holdout, [1.0, 1.0], 1.0, labels) for labels in (start, moved))
    assert after > before * 1.2
    assert agreement(moved, planted.labels) > agreement(start, planted.labels) + 0.1
    again = refine(holdout.ties, [1.0, 1.0], flat, 1.0, moved, SEED)
    assert multiplex_modularity(holdout, [1.0, 1.0], 1.0, again) >= after


def test_refinement_leaves_one_layer_alone():
    planted = planted_multiplex(100, 4, {"a": PlantedLayer(400)})
    holdout, wrong = Holdout.of(planted.graph, SEED), np.arange(100) % 4
    assert refine(holdout.ties, [1.0], flatten(planted.graph), 1.0, wrong, SEED) is wrong


def test_a_scan_shows_the_planted_scale_as_a_plateau():
    layers = {"a": PlantedLayer(4000, 0.2), "x": PlantedLayer(4000, 1.0)}
    planted = planted_multiplex(500, 10, layers, seed=1)
    scan = scan_resolutions(planted.graph, resolutions=[0.1, 0.7, 1.0, 1.4, 2.0, 30.0])
    assert scan["resolution"].is_monotonic_increasing
    longest = scan.loc[scan["plateau"] >= 0, "plateau"].mode()[0]
    assert (scan.loc[scan["plateau"] == longest, "n_communities"] - 10).abs().max() <= 1
    assert 0.7 <= scan.loc[scan["nats"].idxmax(), "resolution"] <= 2.0
    assert np.isnan(scan["agreement"].iloc[-1])
    fixed = scan_resolutions(planted.graph, layer_weights={"a": 1.0}, resolutions=[1.0], runs=1)
    assert fixed["plateau"].tolist() == [-1]


def test_a_scan_of_toys(toy):
    scan = scan_resolutions(toy, resolutions=[0.5, 2.0], runs=1)
    assert len(scan) == 2


@pytest.mark.parametrize("options", [{"resolutions": []}, {"resolutions": [0.0]}, {"runs": 0}, {"seed": -1}])
def test_nonsense_scans_are_refused(options, planted):
    with pytest.raises(GraphError):
        scan_resolutions(planted, **options)


def test_agreement_by_hand():
    one = np.array([0, 0, 1, 1])
    assert agreement(one, np.array([0, 0, 0, 0])) == 0
    assert agreement(np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.int64)) == 1
    assert agreement(one, np.array([0, 0, -1, -1])) == pytest.approx(2 * np.log(2) / (np.log(2) + 1.5 * np.log(2)))
    assert agreement(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)) == 1


def test_the_configuration_model_keeps_degrees(toy):
    random = configuration_model(toy, seed=4)
    assert random.nodes == toy.nodes
    for before, after in zip(toy, random, strict=True):
        assert (before.name, before.directed, before.meaning) == (after.name, after.directed, after.meaning)
        assert after.n_edges <= before.n_edges
        assert not after.matrix.diagonal().any()


def test_the_configuration_model_joins_at_random():
    planted = planted_multiplex(300, 3, {"a": PlantedLayer(3000, 0.0)}, seed=1)
    random = configuration_model(planted.graph, seed=2)
    assert np.corrcoef(random["a"].strength(), planted.graph["a"].strength())[0, 1] > 0.98
    rows, cols, _ = random["a"].edges()
    assert (planted.labels[rows] == planted.labels[cols]).mean() < 0.5
    assert configuration_model(planted.graph, seed=2)["a"] == random["a"]
    assert configuration_model(planted.graph, seed=3)["a"] != random["a"]


def test_planted_graphs_have_what_was_asked_for():
    layers = {"clear": PlantedLayer(4000, 0.0), "mixed": PlantedLayer(4000, 0.5), "noise": PlantedLayer(1000, 1.0)}
    planted = planted_multiplex(500, 10, layers, seed=9)
    shares = []
    for layer in planted.graph:
        rows, cols, _ = layer.edges()
        shares.append((planted.labels[rows] == planted.labels[cols]).mean())
    assert shares[0] == 1.0
    assert 0.4 < shares[1] < 0.65
    assert shares[2] < 0.2
    assert np.unique(planted.labels).size == 10
    same, own = (planted_multiplex(500, 10, layers, seed=9, own_degrees=own).graph for own in (False, True))
    assert same["clear"] == planted.graph["clear"]
    alike = [np.corrcoef(graph["clear"].strength(), graph["mixed"].strength())[0, 1] for graph in (same, own)]
    assert alike[0] > 0.5 > alike[1]


@pytest.mark.parametrize(
    ("nodes", "groups", "options"),
    [(5, 6, {}), (5, 0, {}), (5, 2, {"size_spread": -1}), (5, 2, {"degree_exponent": 1.0})],
)
def test_nonsense_is_not_planted(nodes, groups, options):
    with pytest.raises(GraphError):
        planted_multiplex(nodes, groups, {}, **options)


def test_nonsense_layers_are_not_planted():
    with pytest.raises(GraphError, match="mixing 2"):
        PlantedLayer(10, 2.0)
    with pytest.raises(GraphError, match="-1 ties"):
        PlantedLayer(-1)
