from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from synergy.economy import excess_proximity, proximity

M = pd.DataFrame(
    [[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 1, 0], [0, 0, 1, 0]], columns=["i", "j", "k", "nobody"], index=list("abcd")
)
presences = arrays(int, st.tuples(st.integers(1, 7), st.integers(1, 6)), elements=st.integers(0, 1))


def slow_proximity(values: np.ndarray) -> np.ndarray:
    """Hidalgo's proximity in plain loops; NaN cells leave the region out of the pair, unknown if none is left."""
    n = values.shape[1]
    phi = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            both = [(row[i], row[j]) for row in values if not (np.isnan(row[i]) or np.isnan(row[j]))]
            larger = max(sum(x for x, _ in both), sum(y for _, y in both))
            phi[i, j] = sum(x * y for x, y in both) / larger if larger else (0.0 if both else np.nan)
    return phi


def test_proximity_by_hand() -> None:
    # k = 3, 2, 3, 0; together: i-j 2, i-k 2, j-k 1
    expected = [[1, 2 / 3, 2 / 3, 0], [2 / 3, 1, 1 / 3, 0], [2 / 3, 1 / 3, 1, 0], [0, 0, 0, 0]]
    np.testing.assert_allclose(proximity(M, binary=True), expected)


def test_excess_proximity_by_hand() -> None:
    # minus min(k_i, k_j) / 4 regions
    excess = excess_proximity(M, binary=True)
    np.testing.assert_allclose(excess.loc["i"], [1 - 3 / 4, 2 / 3 - 2 / 4, 2 / 3 - 3 / 4, 0], atol=1e-15)
    assert (excess["nobody"] == 0).all()


@settings(max_examples=50, deadline=None)
@given(presences)
def test_proximity_agrees_with_plain_loops(values: np.ndarray) -> None:
    phi = proximity(pd.DataFrame(values), binary=True)
    np.testing.assert_allclose(phi, slow_proximity(values.astype(float)))
    assert ((phi >= 0) & (phi <= 1)).all().all()
    np.testing.assert_array_equal(phi, phi.T)


@settings(max_examples=50, deadline=None)
@given(presences, st.randoms(use_true_random=False))
def test_with_unknown_cells_a_pair_is_counted_where_both_are_known(values: np.ndarray, random: object) -> None:
    holes = values.astype(float)
    for cell in np.ndindex(*holes.shape):
        if random.random() < 0.3:  # type: ignore[attr-defined]
            holes[cell] = np.nan
    found = proximity(pd.DataFrame(holes), binary=True, missing="available")
    np.testing.assert_allclose(found, slow_proximity(holes))


@settings(max_examples=50, deadline=None)
@given(presences)
def test_without_unknown_cells_both_settings_agree(values: np.ndarray) -> None:
    X = pd.DataFrame(values)
    for function in (proximity, excess_proximity):
        pd.testing.assert_frame_equal(function(X), function(X, missing="available"))


def test_excess_is_zero_in_the_mean_when_activities_are_independent() -> None:
    drawn = np.random.default_rng(5).random((400, 60)) < np.linspace(0.1, 0.6, 60)
    off = ~np.eye(60, dtype=bool)
    excess = excess_proximity(pd.DataFrame(drawn.astype(int)), binary=True).to_numpy()[off]
    raw = proximity(pd.DataFrame(drawn.astype(int)), binary=True).to_numpy()[off]
    assert abs(excess.mean()) < 0.003
    assert raw.mean() > 0.2


def test_many_activities_counted_in_blocks_are_as_all_at_once() -> None:
    rng = np.random.default_rng(8)
    held = (rng.random((7, 1100)) < 0.4).astype(float)
    k = held.sum(axis=0)
    phi = held.T @ held / np.maximum(np.maximum.outer(k, k), 1)
    np.testing.assert_allclose(proximity(pd.DataFrame(held), binary=True), phi, rtol=1e-15)
    known = rng.random(held.shape) < 0.8
    both, own = known.T.astype(float) @ known, (held * known).T @ known
    with np.errstate(invalid="ignore"):
        expected = (held * known).T @ (held * known) / np.maximum(np.maximum(own, own.T), 1) + 0 / (both > 0)
    patchy = pd.DataFrame(np.where(known, held, np.nan))
    np.testing.assert_allclose(proximity(patchy, binary=True, missing="available"), expected, rtol=1e-15)


def test_what_no_region_knows_of_both_is_unknown() -> None:
    apart = pd.DataFrame([[1, np.nan, 1], [np.nan, 1, 0]], columns=list("ijk"))
    for function in (proximity, excess_proximity):
        found = function(apart, binary=True, missing="available")
        assert found.isna().to_numpy().tolist() == [[False, True, False], [True, False, False], [False, False, False]]
