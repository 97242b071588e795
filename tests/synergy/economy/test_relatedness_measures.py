from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import synergy.economy
from synergy.economy import colisting, colisting_of, presence, relatedness
from synergy.errors import UsageError

METHODS = ["association", "cosine", "jaccard", "probability"]
presences = arrays(int, st.tuples(st.integers(1, 7), st.integers(1, 6)), elements=st.integers(0, 1))


E = pd.DataFrame([[0, 10, 1, 5], [10, 0, 0, 1], [1, 0, 0, 9], [5, 1, 9, 0]], index=list("ijkl"), columns=list("ijkl"))


def test_the_contract_names_are_functions() -> None:
    for name in ("location_quotient", "relatedness", "proximity", "density", "complexity", "complementarity"):
        assert callable(getattr(synergy.economy, name))
    assert sorted(synergy.economy.__all__) == synergy.economy.__all__


@pytest.mark.parametrize("method", METHODS)
def test_the_diagonal_of_a_cooccurrence_table_does_not_count(method) -> None:
    full = E + 99 * np.eye(4, dtype=int)
    pd.testing.assert_frame_equal(relatedness(full, method), relatedness(E, method))
    assert (np.diag(relatedness(full, method)) == 0).all()


@settings(max_examples=25, deadline=None)
@given(presences, st.sampled_from(METHODS))
def test_from_presence_is_from_counting_and_never_nan(values: np.ndarray, method) -> None:
    M = pd.DataFrame(values, index=[f"r{n}" for n in range(len(values))])
    counts = pd.DataFrame(values.T @ values)
    found = relatedness(M, method, binary=True)
    pd.testing.assert_frame_equal(found, relatedness(counts, method, together=True))
    assert np.isfinite(found.to_numpy()).all()
    assert (found.to_numpy() >= 0).all()
    np.testing.assert_array_equal(found, found.T)


@settings(max_examples=25, deadline=None)
@given(presences, st.sampled_from(METHODS), st.randoms(use_true_random=False))
def test_order_and_repetition_of_the_whole_do_not_matter(values: np.ndarray, method, random) -> None:
    M = pd.DataFrame(values, columns=[f"a{n}" for n in range(values.shape[1])])
    columns = list(M.columns)
    random.shuffle(columns)
    found = relatedness(M, method, binary=True)
    np.testing.assert_allclose(relatedness(M[columns], method, binary=True).loc[M.columns, M.columns], found)
    twice = pd.concat([M, M], ignore_index=True)
    np.testing.assert_allclose(relatedness(twice, method, binary=True), found)


def test_amounts_are_read_by_location_quotient() -> None:
    X = pd.DataFrame([[9, 1, 5], [1, 9, 5], [5, 5, 0]], index=list("rst"), columns=list("ijk"))
    pd.testing.assert_frame_equal(relatedness(X), relatedness(presence(X), binary=True))


def test_square_tables_of_regions_are_not_taken_for_counts() -> None:
    M = pd.DataFrame([[1, 1, 0], [0, 1, 1], [1, 1, 0]])
    assert relatedness(M, "cosine", binary=True).iloc[0, 1] == pytest.approx(2 / np.sqrt(2 * 3))
    symmetric = pd.DataFrame([[1, 1], [1, 0]])
    assert relatedness(symmetric, "jaccard", binary=True, together=False).iloc[0, 1] == 1


def test_wrong_calls_are_told() -> None:
    with pytest.raises(UsageError, match="expected one of 'association', 'cosine', 'jaccard', 'probability'"):
        relatedness(E, "prob")
    with pytest.raises(UsageError, match="same labels on both axes"):
        relatedness(E.iloc[:3], together=True)
    with pytest.raises(UsageError, match="column 'j' is negative"):
        relatedness(pd.DataFrame([[0, -1], [-1, 0]], index=list("ij"), columns=list("ij")))
    with pytest.raises(UsageError, match="is unknown"):
        relatedness(pd.DataFrame([[1, np.nan], [1, 0]], index=list("rs"), columns=list("ij")))


def test_unknown_cells_leave_their_region_out_of_the_pair() -> None:
    M = pd.DataFrame([[1, 1, 1], [1, np.nan, 1], [1, 0, 1]], index=list("rst"), columns=list("ijk"))
    found = relatedness(M, "jaccard", binary=True, missing="available")
    # together: i-j 1, i-k 3, j-k 1; sums 4, 2, 4
    assert found.loc["i", "j"] == pytest.approx(1 / 5)
    assert found.loc["i", "k"] == pytest.approx(3 / 5)


LISTS = {"AT31": ["steel", "wood", "steel"], "SI0": ["wood", "steel", "water"], "CH022": ["water"], "DE1": []}


def test_colisting_counts_each_list_once() -> None:
    C = colisting(LISTS)
    assert C.columns.tolist() == ["steel", "water", "wood"]
    assert C.to_numpy().tolist() == [[0, 1, 2], [1, 0, 1], [2, 1, 0]]


def test_fractional_colisting_gives_each_entry_of_a_list_the_same_say() -> None:
    C = colisting(LISTS, counting="fractional")
    assert C.loc["steel", "wood"] == pytest.approx(1 + 1 / 2)
    assert C.loc["water"].sum() == pytest.approx(1.0)


def test_colisting_is_counting_over_presence() -> None:
    M = pd.DataFrame({"AT31": [1, 0, 1], "SI0": [1, 1, 1], "CH022": [0, 1, 0]}, index=["steel", "water", "wood"]).T
    for method in METHODS:
        pd.testing.assert_frame_equal(relatedness(colisting(LISTS), method), relatedness(M, method, binary=True))


def test_colisting_of_firms_and_projects_leaves_unknowns_out() -> None:
    rows = [("p1", "wood"), ("p1", "water"), ("p1", "water"), ("p2", "wood"), (None, "steel"), ("p2", None)]
    table = pd.DataFrame(rows, columns=["project", "theme"])
    C = colisting_of(table, "project", "theme")
    assert C.to_dict() == {"water": {"water": 0, "wood": 1}, "wood": {"water": 1, "wood": 0}}
    shuffled = table.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(colisting_of(shuffled, "project", "theme"), C)


def test_nothing_listed_is_an_empty_table() -> None:
    assert colisting({}).shape == (0, 0)


def test_wrong_lists_are_told() -> None:
    with pytest.raises(UsageError, match="the list of 'AT31' is the text 'wood'"):
        colisting({"AT31": "wood"})
    with pytest.raises(UsageError, match="counting is 'half'"):
        colisting(LISTS, counting="half")
    with pytest.raises(UsageError, match="no column 'thema'; it has project, theme"):
        colisting_of(pd.DataFrame(columns=["project", "theme"]), "project", "thema")
