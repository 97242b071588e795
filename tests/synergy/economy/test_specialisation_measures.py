from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from synergy.economy import (
    entropy,
    gaps,
    hachman_index,
    herfindahl_index,
    krugman_index,
    location_quotient,
    locational_gini,
    prody,
    related_variety,
    unrelated_variety,
)
from synergy.errors import UsageError

A = pd.DataFrame(
    [[100, 0, 0, 0, 0], [0, 15, 5, 70, 10], [0, 20, 10, 20, 50], [0, 25, 30, 5, 40], [0, 40, 55, 5, 0]],
    index=list("abcde"),
    columns=["I1", "I2", "I3", "I4", "I5"],
)
PER_REGION = [krugman_index, hachman_index, herfindahl_index, entropy]
MEASURES = [*PER_REGION, locational_gini]
GROUPS = {"I1": "g", "I2": "g", "I3": "h", "I4": "h", "I5": "h"}
amounts = arrays(int, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.integers(0, 50))
each_measure = pytest.mark.parametrize("measure", MEASURES)


def labelled(values: np.ndarray) -> pd.DataFrame:
    rows, columns = values.shape
    return pd.DataFrame(values, index=[f"r{n}" for n in range(rows)], columns=[f"a{n}" for n in range(columns)])


def test_results_carry_labels_and_a_name() -> None:
    for measure in PER_REGION:
        assert measure(A).index.tolist() == list("abcde")
    assert locational_gini(A).index.tolist() == A.columns.tolist()
    assert krugman_index(A).name == "krugman"


@pytest.mark.parametrize("measure", [*MEASURES, lambda X: prody(X, pd.Series(1.0, index=X.index))])
def test_a_zero_row_or_column_gives_zero_and_changes_nothing_else(measure) -> None:
    wider = A.assign(I6=0)
    wider.loc["f"] = 0
    full, padded = measure(A), measure(wider)
    outside = padded.index.difference(full.index)
    assert len(outside) == 1
    assert padded[outside].eq(0).all()
    pd.testing.assert_series_equal(padded[full.index], full)


def test_zero_rows_columns_and_unknown_cells_are_told() -> None:
    wider = A.astype(float).assign(I6=0.0)
    wider.loc["f"] = 0.0
    wider.loc["b", "I2"] = np.nan
    found = gaps(wider)
    assert (found.zero_rows, found.zero_columns, found.unknown) == (("f",), ("I6",), (("b", "I2"),))
    assert found
    assert found.notes() == (
        "1 row without any amount: 'f'",
        "1 column without any amount: 'I6'",
        "1 cell unknown: ('b', 'I2')",
    )
    assert not gaps(A)


def test_what_is_all_unknown_is_not_zero() -> None:
    assert not gaps(pd.DataFrame([[np.nan, 1.0], [np.nan, 2.0]])).zero_columns


@settings(max_examples=25, deadline=None)
@given(amounts, st.randoms(use_true_random=False))
def test_order_does_not_matter(values: np.ndarray, random) -> None:
    X = labelled(values)
    rows, columns = list(X.index), list(X.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    for measure in MEASURES:
        whole, shuffled = measure(X), measure(X.loc[rows, columns])
        np.testing.assert_allclose(shuffled[whole.index], whole, atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(amounts, st.integers(1, 1000))
def test_the_unit_of_the_amounts_does_not_matter(values: np.ndarray, unit: int) -> None:
    X = labelled(values)
    for measure in [*MEASURES, location_quotient]:
        np.testing.assert_allclose(measure(X * unit), measure(X), atol=1e-9)


@settings(max_examples=25, deadline=None)
@given(amounts)
def test_ranges_and_the_mirror(values: np.ndarray) -> None:
    X = labelled(values)
    held = X.sum(axis=1) > 0
    assert krugman_index(X).between(0, 2).all()
    assert hachman_index(X)[held].between(1e-12, 1 + 1e-12).all()
    assert herfindahl_index(X)[held].between(1 / X.shape[1] - 1e-12, 1 + 1e-12).all()
    assert entropy(X).between(0, np.log2(X.shape[1]) + 1e-12).all()
    assert locational_gini(X).between(0, 0.5).all()
    same = pd.DataFrame(np.outer([1, 2, 3], values[0]), columns=X.columns)
    assert krugman_index(same).abs().max() < 1e-12
    assert locational_gini(same).max() < 1e-12


@settings(max_examples=25, deadline=None)
@given(amounts)
def test_gini_is_half_the_mean_difference_of_quotients(values: np.ndarray) -> None:
    """G_i = 1/4 sum_rs w_r w_s |LQ_ri - LQ_si| with w the regions' shares of everything."""
    X = labelled(values)
    assume(X.to_numpy().sum() > 0)
    weight = X.sum(axis=1).to_numpy() / X.to_numpy().sum()
    LQ = location_quotient(X).to_numpy()
    slow = [0.25 * np.sum(np.outer(weight, weight) * np.abs(q[:, None] - q[None, :])) for q in LQ.T]
    np.testing.assert_allclose(locational_gini(X), slow, atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(amounts, st.lists(st.sampled_from("gh"), min_size=6, max_size=6))
def test_related_and_unrelated_variety_add_up_to_entropy(values: np.ndarray, letters: list[str]) -> None:
    X = labelled(values)
    groups = dict(zip(X.columns, letters, strict=False))
    related, unrelated = related_variety(X, groups), unrelated_variety(X, groups)
    np.testing.assert_allclose(related + unrelated, entropy(X), atol=1e-12)
    assert (related >= 0).all()
    grouped = X.T.groupby(groups).sum().T
    np.testing.assert_allclose(unrelated, entropy(grouped), atol=1e-12)


def test_related_variety_by_the_sum_over_groups() -> None:
    shares = (A.T / A.sum(axis=1)).T
    slow = pd.Series(0.0, index=A.index)
    for group in ("g", "h"):
        part = shares[[i for i, g in GROUPS.items() if g == group]]
        slow += part.sum(axis=1) * entropy(part * 1.0)
    np.testing.assert_allclose(related_variety(A, GROUPS), slow, atol=1e-12)


def test_an_activity_without_a_group_is_named() -> None:
    with pytest.raises(UsageError, match="activity 'I5' has no group"):
        related_variety(A, {key: group for key, group in GROUPS.items() if key != "I5"})


def test_prody_weighs_by_specialisation_and_leaves_out_what_is_unknown() -> None:
    income = pd.Series({"e": 50.0, "d": 40, "c": 30, "b": 20, "a": 10})
    assert prody(A, income)["I1"] == 10
    assert prody(A, income)["I2"] == pytest.approx((0.75 * 20 + 30 + 1.25 * 40 + 2 * 50) / 5)
    with pytest.raises(UsageError, match="region 'e' has no income"):
        prody(A, income.drop("e"))
    without = prody(A, income.drop("e"), missing="available")
    assert without["I2"] == pytest.approx((0.75 * 20 + 30 + 1.25 * 40) / 3)
    with pytest.raises(UsageError, match="'a' has two incomes"):
        prody(A, pd.concat([income, income[["a"]]]))
