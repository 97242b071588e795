"""Exact nearest neighbours against dense brute force."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from synergy_graphs import GraphError, similarity, structural_classes, top_k_similar

profiles = hnp.arrays(
    float,
    hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=9),
    elements=st.sampled_from([0, 0, 0, 1, 1, 2, 0.1, 3.7]),
)


def dense(x, measure):
    n = len(x)
    near = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            a, b = x[i] > 0, x[j] > 0
            if not a.any() or not b.any() or i == j:
                continue
            near[i, j] = {
                "cosine": x[i] @ x[j] / np.linalg.norm(x[i]) / np.linalg.norm(x[j]),
                "jaccard": (a & b).sum() / (a | b).sum(),
                "overlap": (a & b).sum() / min(a.sum(), b.sum()),
            }[measure]
    return near


def brute(x, k, measure, threshold):
    near = dense(x, measure)
    kept = np.zeros_like(near)
    for i in range(len(x)):
        order = sorted((j for j in range(len(x)) if near[i, j] > threshold), key=lambda j: (-round(near[i, j], 12), j))
        kept[i, order[:k]] = near[i, order[:k]]
    return kept


@settings(max_examples=150, deadline=None)
@given(
    profiles,
    st.integers(0, 6),
    st.sampled_from(["cosine", "jaccard", "overlap"]),
    st.sampled_from([0.0, 0.313]),
    st.integers(1, 4),
)
def test_agrees_with_brute_force(x, k, measure, threshold, block_rows):
    found = top_k_similar(sp.csr_array(x), k, measure=measure, threshold=threshold, block_rows=block_rows)
    assert found.shape == (len(x), len(x))
    assert found.has_sorted_indices
    expected = brute(x, k, measure, threshold)
    assert np.array_equal(found.toarray() > 0, expected > 0)
    assert found.toarray() == pytest.approx(expected, abs=1e-12)
    assert found.nnz == np.count_nonzero(expected)


@settings(max_examples=150, deadline=None)
@given(
    profiles,
    st.lists(st.integers(0, 8), max_size=20),
    st.integers(0, 6),
    st.sampled_from(["cosine", "jaccard", "overlap"]),
    st.sampled_from([0.0, 0.313]),
)
def test_repeated_rows_change_nothing(x, picked, k, measure, threshold):
    x = x[[row % len(x) for row in picked]]
    found = top_k_similar(x, k, measure=measure, threshold=threshold, block_rows=3).toarray()
    expected = brute(x, k, measure, threshold)
    assert np.array_equal(found > 0, expected > 0)
    assert found == pytest.approx(expected, abs=1e-12)


def test_equal_rows_are_computed_once(monkeypatch):
    computed = []
    blocks = similarity._blocks
    monkeypatch.setattr(
        similarity, "_blocks", lambda matrix, rows: computed.append(matrix.shape) or blocks(matrix, rows)
    )
    x = sp.random_array((20, 8), density=0.4, rng=np.random.default_rng(2), format="csr")
    top_k_similar(x[np.arange(400) % 20], 3)
    distinct = len({row.tobytes() for row in x.toarray()})
    assert computed == [(distinct, 8)]


@given(profiles)
def test_structural_classes_are_those_of_equal_rows(x):
    classes = structural_classes(sp.coo_array(x))
    same = (x[:, None] == x[None]).all(axis=2)
    assert (same == (classes[:, None] == classes[None])).all()
    assert list(dict.fromkeys(classes.tolist())) == list(range(classes.max() + 1))


@pytest.mark.parametrize("measure", ["cosine", "jaccard", "overlap"])
def test_agrees_with_brute_force_on_a_larger_table(measure):
    x = sp.random_array((150, 40), density=0.2, rng=np.random.default_rng(3), format="csr")
    assert top_k_similar(x, 4, measure=measure).toarray() == pytest.approx(brute(x.toarray(), 4, measure, 0), abs=1e-12)


def test_blocks_change_nothing(monkeypatch):
    x = sp.random_array((60, 20), density=0.3, rng=np.random.default_rng(1), format="csr")
    whole = top_k_similar(x, 5)
    monkeypatch.setattr("synergy_graphs.similarity._BLOCK_ENTRIES", 70)
    assert (whole != top_k_similar(x, 5)).nnz == 0


def test_ties_go_to_the_lower_position_and_self_is_left_out():
    found = top_k_similar(np.ones((4, 2)), 2)
    assert [row.nonzero()[0].tolist() for row in found.toarray()] == [[1, 2], [0, 2], [0, 1], [0, 1]]
    assert found.data.max() <= 1.0


def test_weights_that_would_overflow_are_measured_right():
    found = top_k_similar(np.array([[1e200, 1e200], [1e-200, 1e-200], [1e-200, 0]]), 2)
    assert found.toarray()[0].tolist() == pytest.approx([0, 1, 0.5**0.5])


def test_the_input_is_left_alone():
    x = sp.csr_array((np.array([1.0, 0.0, 2.0]), np.array([1, 0, 0]), np.array([0, 2, 3])), shape=(2, 2))
    top_k_similar(x, 1)
    assert (x.data.tolist(), x.indices.tolist()) == ([1.0, 0.0, 2.0], [1, 0, 0])


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0), (1, 1)])
def test_nothing_is_similar_to_nothing(shape):
    found = top_k_similar(np.zeros(shape), 2)
    assert (found.shape, found.nnz) == ((shape[0], shape[0]), 0)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: top_k_similar(np.array([[1.0], [-2.0]]), 1), r"\(1, 0\) is -2"),
        (lambda: top_k_similar(np.array([[np.nan]]), 1), r"\(0, 0\) is nan"),
        (lambda: top_k_similar(np.array([[np.inf]]), 1), r"\(0, 0\) is inf"),
        (lambda: top_k_similar(np.ones(3), 1), "rows x features"),
        (lambda: top_k_similar(np.ones((2, 2)), -1), "k is -1"),
        (lambda: top_k_similar(np.ones((2, 2)), 1, threshold=float("nan")), "threshold is nan"),
        (lambda: top_k_similar(np.ones((2, 2)), 1, block_rows=0), "block_rows is 0"),
        (lambda: top_k_similar(np.ones((2, 2)), 1, measure="dice"), "'dice'; there are cosine, jaccard, overlap"),
    ],
)
def test_nonsense_is_refused(call, says):
    with pytest.raises(GraphError, match=says):
        call()
