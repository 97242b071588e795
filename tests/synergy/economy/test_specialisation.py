from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from synergy.economy import location_quotient, presence

amounts = arrays(float, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.integers(0, 20).map(float))


def test_a_zero_row_or_column_gives_zero_and_never_nan() -> None:
    X = pd.DataFrame([[0, 0, 0], [0, 3, 1], [0, 1, 3]])
    # 3 of 4 against 4 of 8, 1 of 4 against 4 of 8
    np.testing.assert_array_equal(location_quotient(X), [[0, 0, 0], [0, 1.5, 0.5], [0, 0.5, 1.5]])
    np.testing.assert_array_equal(location_quotient(X * 0), np.zeros((3, 3)))


def test_an_unknown_cell_stays_unknown_and_its_column_is_compared_where_it_is_known() -> None:
    X = pd.DataFrame([[10.0, 10.0], [np.nan, 20.0], [30.0, 10.0]], columns=["i", "j"])
    # i is known for the regions of 20 and 40 in all: reference 40/60; j for all: 40/80.
    expected = [[0.5 / (2 / 3), 0.5 / 0.5], [np.nan, 1 / 0.5], [0.75 / (2 / 3), 0.25 / 0.5]]
    np.testing.assert_allclose(location_quotient(X, missing="available"), expected)
    np.testing.assert_array_equal(presence(X, missing="available"), [[0, 1], [np.nan, 1], [1, 0]])


@settings(max_examples=60, deadline=None)
@given(amounts)
def test_without_unknown_cells_both_settings_agree(values: np.ndarray) -> None:
    X = pd.DataFrame(values)
    pd.testing.assert_frame_equal(location_quotient(X), location_quotient(X, missing="available"))


@settings(max_examples=60, deadline=None)
@given(amounts)
def test_the_quotients_average_to_one_under_the_shares_of_the_whole(values: np.ndarray) -> None:
    X = pd.DataFrame(values)
    quotient = location_quotient(X).to_numpy()
    if values.sum() > 0:
        # sum_r (X_r. / X_..) LQ_ri = 1 for every activity that anyone has
        mean = values.sum(axis=1) / values.sum() @ quotient
        np.testing.assert_allclose(mean[values.sum(axis=0) > 0], 1.0)
