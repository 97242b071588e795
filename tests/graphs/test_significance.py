"""Null models, exact tails, corrections, backbones: against oracles, hand-worked values, other packages' numbers."""

from __future__ import annotations

from itertools import combinations, product
from math import comb, sqrt

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from synergy_graphs import (
    GraphError,
    Layer,
    adjust,
    backbone,
    bipartite_model,
    project,
    tie_p_values,
    validated_projection,
)
from synergy_graphs.fdr import cutoff
from synergy_graphs.poisson_binomial import upper_tails

p_lists = st.lists(st.floats(0, 1) | st.sampled_from([0.0, 0.01, 0.05, 1.0]), max_size=12)
tables = hnp.arrays(int, hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=7), elements=st.integers(0, 1))


# --- corrections


@given(p_lists, st.integers(0, 9))
def test_bh_and_bonferroni_agree_with_scipy(p, more):
    m = len(p) + more
    padded = np.array(p + [1.0] * more)
    if m:
        assert adjust(p, n_tests=m) == pytest.approx(stats.false_discovery_control(padded)[: len(p)])
    assert adjust(p, "bonferroni", m).tolist() == pytest.approx([min(1, m * each) for each in p])


def test_adjusted_values_of_statsmodels():
    # statsmodels 0.14.0, multipletests(method="fdr_bh" and "bonferroni").
    p = [0.01, 0.04, 0.03, 0.5, 0.001, 0.2]
    assert adjust(p).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.5, 0.006, 0.24])
    assert adjust(p, "bonferroni").tolist() == pytest.approx([0.06, 0.24, 0.18, 1.0, 0.006, 1.0])
    assert adjust(np.reshape(p, (2, 3))).shape == (2, 3)


@given(p_lists, st.sampled_from(["bh", "bonferroni"]), st.integers(0, 9))
def test_the_cutoff_and_the_adjusted_values_find_the_same(p, method, more):
    m, given = len(p) + more, np.array(p)
    at = cutoff(given, 0.05, method, m)
    near = np.abs(adjust(given, method, m) - 0.05) < 1e-12
    assert ((given <= at) == (adjust(given, method, m) <= 0.05))[~near].all()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: adjust([0.1, np.nan]), "p-value 1 is nan"),
        (lambda: adjust([1.1]), "p-value 0 is 1.1"),
        (lambda: adjust([0.1, 0.2], n_tests=1), "n_tests is 1, but there are 2"),
        (lambda: adjust([0.1], "holm"), "no correction 'holm'; there are bh, bonferroni"),
        (lambda: validated_projection(np.eye(2), alpha=1), "alpha is 1,"),
        (lambda: validated_projection(np.eye(2), null="poisson"), "no null model 'poisson'; there are bicm"),
        (lambda: validated_projection(np.eye(2), correction="holm"), "no correction 'holm'"),
        (lambda: validated_projection(np.full((2, 2), 2)), r"\(0, 0\) is 2.0, expected 0 or 1"),
        (lambda: bipartite_model(np.ones(3)), "actors x events"),
        (lambda: backbone(star(), alpha=float("nan")), "alpha is nan"),
        (lambda: backbone(star(), method="salience"), "no backbone method 'salience'; there are disparity"),
        (lambda: backbone(star(0.1), method="noise-corrected"), "add up to 0.8; noise-corrected reads them as numbers"),
    ],
)
def test_nonsense_is_refused(call, says):
    with pytest.raises(GraphError, match=says):
        call()


# --- the bipartite configuration model


@settings(max_examples=150, deadline=None)
@given(tables)
def test_the_model_has_the_degrees_seen(table):
    p = bipartite_model(table).probabilities()
    assert p.shape == table.shape
    assert ((p >= 0) & (p <= 1)).all()
    assert p.sum(axis=0) == pytest.approx(table.sum(axis=0), abs=1e-7)
    assert p.sum(axis=1) == pytest.approx(table.sum(axis=1), abs=1e-7)


def test_ties_have_odds_that_are_products():
    table = np.random.default_rng(2).random((30, 40)) < np.linspace(0.1, 0.6, 40)
    p = bipartite_model(sp.csr_array(table)).probabilities()
    odds = np.log(p / (1 - p))
    assert np.abs(odds - odds[:1] - odds[:, :1] + odds[0, 0]).max() < 1e-8


def test_certain_ties_are_certain():
    # Row 0 has all, column 3 none; what is left is one tie for two rows in two columns each.
    p = bipartite_model(np.array([[1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 1, 0]])).probabilities()
    assert p == pytest.approx(np.array([[1, 1, 1, 0], [1, 0.5, 0.5, 0], [1, 0.5, 0.5, 0]]))


def test_blocks_that_the_degrees_force_are_met():
    # Degrees that admit a full and an empty block only: the parameters run off to infinity, the probabilities do not.
    left = np.block([[np.ones((3, 4)), np.eye(3, 5)], [np.eye(3, 4), np.zeros((3, 5))]])
    p = bipartite_model(left).probabilities()
    assert p.sum(axis=1) == pytest.approx(left.sum(axis=1), abs=1e-8)


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0), (1, 1)])
def test_nothing_is_projected_to_nothing(shape):
    for null in ("bicm", "hypergeometric"):
        found = validated_projection(np.zeros(shape), null=null)
        assert (found.matrix.shape, found.n_significant) == ((shape[0], shape[0]), 0)


# --- how many coins come up heads


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 3)), min_size=1, max_size=3), st.integers(1, 9))
def test_tails_agree_with_all_outcomes(classes, top):
    chances = np.array([[q for q, _ in classes], [1.0] * len(classes)])
    counts = np.array([n for _, n in classes])
    zero, one = np.array([0, 0, 0]), np.array([1, 1, 0])
    tops = np.array([top, 1, top])
    found = upper_tails(chances, (zero, one), counts, tops)
    for which, power in ((0, 1), (1, 1), (2, 2)):
        q = np.repeat(chances[0] ** power, counts)
        exact = np.zeros(q.size + 1)
        for heads in product([0, 1], repeat=q.size):
            exact[sum(heads)] += np.prod(np.where(heads, q, 1 - q))
        expected = [exact[k:].sum() for k in range(tops[which] + 1)]
        assert found[which] == pytest.approx(expected, abs=1e-12)


def test_small_tails_keep_their_digits():
    tails = upper_tails(np.array([[0.01]]), (np.array([0]), np.array([0])), np.array([400]), np.array([60]))[0]
    assert tails[1:] == pytest.approx(stats.binom.sf(np.arange(60), 400, 1e-4), rel=1e-9)
    assert 0 < tails[60] < 1e-150


# --- projections

# p-values of the package bicm 3.4.0, approx_method="poibin", for the table below: pairs of rows.
BICM = {
    **{(0, 1): 0.593355222, (0, 3): 0.811745199, (0, 4): 0.469477105, (0, 7): 0.603954525, (1, 2): 0.504245129},
    **{(1, 3): 0.487072167, (1, 5): 0.916435479, (1, 6): 0.789298597, (2, 7): 0.837962301, (3, 6): 0.924834721},
    **{(3, 7): 0.919589789, (4, 5): 0.597162452, (5, 6): 0.350493701, (5, 7): 0.385843124, (6, 7): 0.498482698},
}


def uneven():
    i, a = np.indices((8, 12))
    table = ((i * i + 3 * a + i * a) % 7 < 3).astype(int)
    table[0], table[7], table[:, 11] = 1, np.arange(12) % 5 == 0, 0
    table[3, 11] = 1
    return table


def test_the_p_values_are_those_of_bicm():
    found = validated_projection(uneven()).p_values
    for (i, j), p in BICM.items():
        assert found[i, j] == found[j, i] == pytest.approx(p, abs=1e-8)
    assert found.nnz == 2 * 26


def test_hypergeometric_by_hand():
    # Rows of 3 and 2 of 4 events, both of the two shared: 3 of the 6 ways to choose two.
    found = validated_projection(np.array([[1, 1, 1, 0], [1, 1, 0, 0]]), null="hypergeometric")
    assert found.p_values[0, 1] == pytest.approx(3 / comb(4, 2))


def test_hypergeometric_agrees_with_scipy():
    table = np.random.default_rng(1).random((20, 30)) < 0.3
    found = validated_projection(table, null="hypergeometric").p_values.toarray()
    for i, j in combinations(range(20), 2):
        met = int((table[i] & table[j]).sum())
        expected = stats.hypergeom.sf(met - 1, 30, table[i].sum(), table[j].sum()) if met else 0
        assert found[i, j] == pytest.approx(expected)


def planted_table():
    generator = np.random.default_rng(4)
    i, a = np.indices((30, 240))
    return (generator.random((30, 240)) < np.where(i % 3 == a % 3, 0.5, 0.03)).astype(int)


@pytest.mark.parametrize("null", ["bicm", "hypergeometric"])
@pytest.mark.parametrize("correction", ["bh", "bonferroni", None])
def test_planted_pairs_are_found_and_nothing_else_changes(null, correction):
    table = planted_table()
    found = validated_projection(table, null=null, correction=correction)
    i, j = found.matrix.nonzero()
    assert (i % 3 == j % 3).mean() > 0.95
    assert found.n_significant > 20
    assert (found.matrix != found.matrix.T).nnz == 0
    counts = project(table, weighting="count")
    assert (found.matrix != counts.multiply(found.matrix > 0)).nnz == 0
    p = found.p_values.tocoo()
    upper = p.coords[0] < p.coords[1]
    raw = p.data[upper]
    assert found.n_tests == 435
    assert (raw <= found.threshold).sum() == found.n_significant
    if correction:
        assert (adjust(raw, correction, 435) <= 0.05).sum() == found.n_significant
    assert found.params == {"null": null, "alpha": 0.05, "correction": correction}
    assert f"{found.n_significant} of {raw.size} pairs" in repr(found)


def test_chance_alone_validates_next_to_nothing():
    table = np.random.default_rng(9).random((40, 120)) < np.linspace(0.05, 0.5, 120)
    assert validated_projection(table).n_significant == 0


def test_order_of_the_nodes_does_not_matter():
    table = planted_table()
    order = np.random.default_rng(0).permutation(30)
    straight, mixed = validated_projection(table), validated_projection(table[order][:, ::-1])
    assert mixed.p_values.toarray() == pytest.approx(straight.p_values.toarray()[np.ix_(order, order)], rel=1e-6)


# --- backbones


def star(weight=1.0):
    return Layer.of_edges("t", [0] * 4, [1, 2, 3, 4], [weight] * 4, n_nodes=6)


def test_disparity_by_hand():
    # Node 0: shares 6/10, 3/10, 1/10 of three ties; (1 - share)^2. Node 1 has 6 and 2: (1 - 2/8)^1 for its tie to 4.
    layer = Layer.of_edges("t", [0, 0, 0, 1], [1, 2, 3, 4], [6.0, 3.0, 1.0, 2.0], n_nodes=5)
    p = tie_p_values(layer).toarray()
    assert [p[0, 1], p[0, 2], p[0, 3], p[1, 4]] == pytest.approx([0.16, 0.49, 0.81, 0.75])
    assert (p == p.T).all()
    assert backbone(layer, alpha=0.5).edges()[1].tolist() == [1, 2]
    # Out of node 0 as above; into node 1 there is this tie alone, and a single tie says nothing.
    directed = Layer.of_edges("t", [0, 0, 0, 1], [1, 2, 3, 4], [6.0, 3.0, 1.0, 2.0], n_nodes=5, directed=True)
    p = tie_p_values(directed).toarray()
    assert [p[0, 1], p[0, 2], p[0, 3], p[1, 4]] == pytest.approx([0.16, 0.49, 0.81, 1.0])
    assert p[1, 0] == 0


@pytest.mark.parametrize(
    ("alpha", "kept"),
    [
        (0.05, []),
        (0.2, [(0, 2), (1, 2), (25, 31), (32, 33)]),
        (
            0.3,
            [
                *((0, 1), (0, 2), (1, 2), (1, 13), (2, 8), (3, 12), (5, 6), (8, 33), (15, 33)),
                *((20, 32), (23, 32), (23, 33), (25, 31), (27, 33), (29, 32), (31, 32), (31, 33), (32, 33)),
            ],
        ),
    ],
)
def test_disparity_keeps_the_ties_that_netbone_keeps(alpha, kept):
    # netbone 0.2.3 on networkx's weighted karate club.
    layer = Layer("karate", sp.csr_array(nx.to_scipy_sparse_array(nx.karate_club_graph(), dtype=float)))
    rows, cols, weights = backbone(layer, alpha=alpha).edges()
    assert list(zip(rows.tolist(), cols.tolist(), strict=True)) == kept
    assert (weights == [layer.matrix[i, j] for i, j in kept]).all()


def noise_corrected(w, n_i, n_j, n):
    """Coscia & Neffke 2017, one tie at a time, as in the paper."""
    mu = n_i * n_j / n**2
    var = n_i * n_j * (n - n_i) * (n - n_j) / (n**4 * (n - 1))
    a = mu**2 / var * (1 - mu) - mu
    b = mu / var * (1 - mu) ** 2 - (1 - mu)
    assert a / (a + b) == pytest.approx(mu)
    assert stats.beta.var(a, b) == pytest.approx(var)
    expected = (a + w) / (a + b + n)
    kappa = n / (n_i * n_j)
    slope = 1 / (n_i * n_j) - n * (n_i + n_j) / (n_i * n_j) ** 2
    sd = sqrt(n * expected * (1 - expected)) * 2 * abs(kappa + w * slope) / (kappa * w + 1) ** 2
    score = (kappa * w - 1) / (kappa * w + 1)
    return score, stats.norm.sf(score / sd)


@pytest.mark.parametrize("directed", [False, True])
def test_noise_corrected_is_the_paper_s(directed):
    generator = np.random.default_rng(6)
    i, j = generator.integers(0, 15, (2, 60))
    off = i != j
    layer = Layer.of_edges("t", i[off], j[off], generator.integers(1, 9, off.sum()), n_nodes=15, directed=directed)
    matrix = layer.matrix.toarray()
    out, into, n = matrix.sum(axis=1), matrix.sum(axis=0), matrix.sum()
    found = tie_p_values(layer, method="noise-corrected")
    for a, b in zip(*matrix.nonzero(), strict=True):
        assert found[a, b] == pytest.approx(noise_corrected(matrix[a, b], out[a], into[b], n)[1])
    kept = backbone(layer, method="noise-corrected", alpha=0.1)
    assert kept.n_edges == (found.data < 0.1).sum() // (1 if directed else 2)


def test_noise_corrected_by_hand():
    # Two triangles joined by a weak tie: n = 2 (6 x 10 + 1) = 122. The bridge's ends have 21 each, so chance alone
    # would give it 21 x 21 / 122 = 3.6 events; kappa = 122 / 441 and L = (kappa - 1) / (kappa + 1) = -0.5666.
    i, j = [0, 0, 1, 3, 3, 4, 2], [1, 2, 2, 4, 5, 5, 3]
    layer = Layer.of_edges("t", i, j, [10.0] * 6 + [1.0], n_nodes=6)
    assert noise_corrected(1, 21, 21, 122)[0] == pytest.approx(-0.5666, abs=1e-4)
    kept = backbone(layer, method="noise-corrected")
    found = list(zip(*(part.tolist() for part in kept.edges()[:2]), strict=True))
    assert found == [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)]


def test_an_end_with_all_events_is_no_reason_to_fail():
    layer = Layer.of_edges("t", [0, 0, 0], [1, 2, 3], [5.0, 1.0, 1.0], n_nodes=4, directed=True)
    p = tie_p_values(layer, method="noise-corrected").toarray()[0, 1:]
    # Each target has the same sum as its one tie: kappa w = 1, no surprise, whatever the spread.
    assert p.tolist() == pytest.approx([0.5] * 3)


@pytest.mark.parametrize("method", ["disparity", "noise-corrected"])
def test_every_toy_has_a_backbone(toy, method):
    for layer in toy:
        weights = layer.edges()[2][np.not_equal(*layer.edges()[:2])]
        events = sum(weights.tolist()) * (1 if layer.directed else 2)
        if method == "noise-corrected" and weights.size and not 1 < events < np.inf:
            with pytest.raises(GraphError, match="numbers of events"):
                tie_p_values(layer, method=method)
            continue
        found = tie_p_values(layer, method=method)
        assert ((found.data >= 0) & (found.data <= 1)).all()
        kept = backbone(layer, method=method, alpha=0.5)
        assert (kept.name, kept.directed, kept.meaning) == (layer.name, layer.directed, layer.meaning)
        assert not kept.matrix.diagonal().any()
        differ = kept.matrix - layer.matrix.multiply(kept.matrix > 0)
        assert not differ.data.any()


def test_a_correction_keeps_less():
    generator = np.random.default_rng(8)
    layer = Layer.of_edges("t", *np.triu_indices(60, 1), generator.pareto(1.2, 1770) + 1, n_nodes=60)
    plain, careful = backbone(layer), backbone(layer, correction="bh")
    assert 0 < careful.n_edges < plain.n_edges
    assert backbone(layer, correction="bonferroni").n_edges <= careful.n_edges
    assert plain.n_edges == (tie_p_values(layer).data < 0.05).sum() // 2


def test_loops_take_no_part():
    loops = Layer.of_edges("t", [0, 0, 0, 0], [0, 1, 2, 3], [100.0, 6.0, 3.0, 1.0], n_nodes=4)
    without = Layer.of_edges("t", [0, 0, 0], [1, 2, 3], [6.0, 3.0, 1.0], n_nodes=4)
    assert (tie_p_values(loops) != tie_p_values(without)).nnz == 0
