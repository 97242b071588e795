from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from synergy.economy import complementarity, proximity
from synergy.economy.complementarity import added_density
from synergy.errors import UsageError

presences = arrays(int, st.tuples(st.integers(2, 6), st.integers(2, 6)), elements=st.integers(0, 1))
M = pd.DataFrame([[1, 0, 0], [0, 1, 1], [1, 1, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])


def density(phi: np.ndarray, holds: np.ndarray, i: int) -> float:
    """Relatedness density RD_i of one list of activities, in per cent, i itself left out."""
    near = [(phi[i, j], holds[j]) for j in range(len(holds)) if j != i]
    whole = sum(p for p, _ in near)
    return float(100 * sum(p * h for p, h in near) / whole) if whole else 0.0


@settings(max_examples=80, deadline=None)
@given(presences)
def test_what_a_partner_adds_is_the_density_of_the_union_less_ones_own(values: np.ndarray) -> None:
    phi = proximity(pd.DataFrame(values), binary=True).to_numpy()
    bare = phi - np.diag(np.diag(phi))
    ones = np.ones(values.shape[1])
    for own in values:
        added = added_density(bare, own, ones, values, np.ones(values.shape))
        for s, other in enumerate(values):
            union = np.maximum(own, other)
            expected = [density(phi, union, i) - density(phi, own, i) for i in range(len(own))]
            np.testing.assert_allclose(added[:, s], expected, atol=1e-9)


@settings(max_examples=80, deadline=None)
@given(presences)
def test_the_score_is_the_mean_over_what_is_absent_and_lies_in_0_to_100(values: np.ndarray) -> None:
    phi = proximity(pd.DataFrame(values), binary=True).to_numpy()
    gain = complementarity(pd.DataFrame(values), binary=True).to_numpy()
    for r, own in enumerate(values):
        absent = np.flatnonzero(own == 0)
        if not absent.size:
            assert np.isnan(gain[r]).all()
            continue
        for s, other in enumerate(values):
            union = np.maximum(own, other)
            expected = np.mean([density(phi, union, i) - density(phi, own, i) for i in absent])
            assert gain[r, s] == pytest.approx(expected, abs=1e-9)
        assert (gain[r] >= 0).all()
        assert (gain[r] <= 100 + 1e-9).all()
        assert gain[r, r] == 0


def test_it_is_not_symmetric() -> None:
    gain = complementarity(M, binary=True)
    # phi: i-j 1/2, j-k 1/2, i-k 0. r lacks j and k: from s, j gets k's 1/2 of 1 and k gets j's whole.
    assert gain.loc["r", "s"] == pytest.approx((50 + 100) / 2)
    # s lacks i alone, whose only relative j it has.
    assert gain.loc["s", "r"] == 0


def test_zero_rows_and_columns_gain_by_the_rule() -> None:
    X = M.assign(nobody=0)
    X.loc["empty"] = 0
    gain = complementarity(X, binary=True)
    assert (gain["empty"] == 0).all()
    # The empty region lacks all four: i gets j (100), j gets i and k (50 from k alone), k gets j (100), nobody 0.
    assert gain.loc["empty", "s"] == pytest.approx((100 + 50 + 100 + 0) / 4)
    assert not gain.isna().any().any()


def test_a_region_that_has_everything_gains_an_unknown_amount() -> None:
    X = pd.DataFrame([[1, 1], [1, 0]], index=["all", "part"])
    assert complementarity(X, binary=True).loc["all"].isna().all()
    assert complementarity(X, binary=True).loc["part"].notna().all()


def test_an_unknown_cell_is_refused_with_its_place_or_left_out_of_the_sums() -> None:
    X = pd.DataFrame(
        [[1, 0, 0, 0], [np.nan, 1, 1, 0], [1, 1, 0, 1], [1, 1, 1, 0]], index=list("rstu"), columns=list("ijkl")
    )
    with pytest.raises(UsageError, match="row 's', column 'i' is unknown"):
        complementarity(X, binary=True)
    gain = complementarity(X, binary=True, missing="available")
    # phi over the pairs known: i-j (r, t, u) 2/3, i-k 1/3, i-l 1/3, j-k 2/3, j-l 1/3, k-l 0.
    # r lacks j, k, l; what s has is known for j, k, l only:
    # j: k's 2/3 of (2/3 + 1/3); k: j's 2/3 of 2/3; l: j's 1/3 of 1/3.
    assert gain.loc["r", "s"] == pytest.approx((2 / 3 * 100 + 100 + 100) / 3)
    # s lacks l alone: of its relatives i is unknown in s and left out, j it has; t adds nothing.
    assert gain.loc["s", "t"] == 0


@settings(max_examples=50, deadline=None)
@given(presences.map(lambda values: values * 7))
def test_without_unknown_cells_both_settings_agree(values: np.ndarray) -> None:
    X = pd.DataFrame(values)
    pd.testing.assert_frame_equal(complementarity(X), complementarity(X, missing="available"))
