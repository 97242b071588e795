"""One table over every public function: what each does with bad and with strange input."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import synergy.economy as economy
from synergy.errors import UsageError

X = pd.DataFrame(
    [[9, 1, 5, 0], [1, 9, 5, 2], [5, 5, 0, 3], [0, 2, 4, 8], [6, 0, 1, 1]], index=list("rstuv"), columns=list("ijkl")
).astype(float)
Result = pd.Series | pd.DataFrame


def ties(X: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(1.0, index=X.index, columns=X.index)


def income(X: pd.DataFrame) -> pd.Series:
    return pd.Series(np.arange(1.0, len(X) + 1), index=X.index)


def first_letter(activity: str) -> str:
    return str(activity)[:1]


# Every function of a regions x activities table, with what else it needs made from the table.
PLAIN: dict[str, Callable[..., Any]] = {
    name: getattr(economy, name)
    for name in (
        "complementarity",
        "complexity",
        "complexity_outlook",
        "density",
        "entropy",
        "excess_proximity",
        "hachman_index",
        "herfindahl_index",
        "krugman_index",
        "location_quotient",
        "locational_gini",
        "presence",
        "proximity",
        "relatedness",
    )
} | {
    "pooling_gain": lambda X, **options: economy.pooling_gain(X, list(X.index[:2]), **options),
    "prody": lambda X, **options: economy.prody(X, income(X), **options),
    "related_variety": lambda X: economy.related_variety(X, first_letter),
    "tied_complementarity": lambda X, **options: economy.tied_complementarity(X, ties(X), **options),
    "union_density": lambda X, **options: economy.union_density(X, list(X.index[:2]), **options),
    "unrelated_variety": lambda X: economy.unrelated_variety(X, first_letter),
}
ALL = PLAIN | {"gaps": economy.gaps}
AVAILABLE = [name for name in PLAIN if "missing" in inspect.signature(getattr(economy, name)).parameters]
BINARY = [name for name in PLAIN if "binary" in inspect.signature(getattr(economy, name)).parameters]
# Where a result without unknown cells may hold NaN: who has all it could gain, and who has no order.
MAY_BE_UNKNOWN = {"complementarity", "pooling_gain", "complexity"}
each = pytest.mark.parametrize("name", sorted(PLAIN))
each_available = pytest.mark.parametrize("name", AVAILABLE)


def values(found: Any) -> list[Result]:
    """The Series and DataFrames of a result, in a list."""
    if isinstance(found, pd.Series | pd.DataFrame):
        return [found]
    return [part for part in vars(found).values() if isinstance(part, pd.Series | pd.DataFrame)]


def with_cell(value: object, row: str = "t", column: str = "j") -> pd.DataFrame:
    table = X.astype(object) if isinstance(value, str) else X.copy()
    table.loc[row, column] = value
    return table


def blocks(*tables: pd.DataFrame) -> pd.DataFrame:
    """Tables side by side that share neither regions nor activities."""
    whole = pd.concat(
        [table.add_prefix(f"{n}").rename(index=lambda r, n=n: f"{n}{r}") for n, table in enumerate(tables)]
    )
    return whole.fillna(0.0)


def test_no_public_function_is_left_out() -> None:
    of_lists = {"colisting", "colisting_of"}
    functions = {name for name in economy.__all__ if inspect.isfunction(getattr(economy, name))}
    assert functions == set(ALL) | of_lists
    assert {name for name in economy.__all__ if inspect.isclass(getattr(economy, name))} == {
        "Complexity",
        "Gaps",
        "Outlook",
    }


@pytest.mark.parametrize("name", sorted(ALL))
@pytest.mark.parametrize(
    ("value", "word"), [(-2.0, "negative"), (np.inf, "infinite"), (-np.inf, "negative"), ("many", "not a number")]
)
def test_a_cell_that_is_no_amount_is_refused_with_its_place(name: str, value: object, word: str) -> None:
    place = "" if word == "not a number" else r"the cell at row 't', column 'j' is "
    with pytest.raises(UsageError, match=place + word):
        ALL[name](with_cell(value))


@each
def test_a_missing_cell_is_refused_with_its_place(name: str) -> None:
    with pytest.raises(UsageError, match=r"row 't', column 'j' is unknown \(1 such cell\(s\)\), expected a "):
        PLAIN[name](with_cell(np.nan))


def test_a_missing_cell_is_told_by_gaps() -> None:
    assert economy.gaps(with_cell(np.nan)).unknown == (("t", "j"),)


@pytest.mark.parametrize("name", sorted(ALL))
@pytest.mark.parametrize("axis", ["row", "column"])
def test_a_repeated_label_is_refused_by_name(name: str, axis: str) -> None:
    twice = X.rename(index={"u": "t"}) if axis == "row" else X.rename(columns={"l": "j"})
    with pytest.raises(UsageError, match=f"{axis} label '{'t' if axis == 'row' else 'j'}' is given twice"):
        ALL[name](twice)


@pytest.mark.parametrize("name", BINARY)
def test_amounts_are_not_taken_for_presence(name: str) -> None:
    with pytest.raises(UsageError, match=r"row 'r', column 'i' is neither 0 nor 1 .*, expected a presence"):
        PLAIN[name](X, binary=True)
    half = (X > 0).astype(float)
    half.loc["t", "j"] = 0.5
    with pytest.raises(UsageError, match=r"row 't', column 'j' is neither 0 nor 1 \(1 such cell"):
        PLAIN[name](half, binary=True)


@each
def test_zero_rows_and_columns_give_numbers_and_are_told_by_gaps(name: str) -> None:
    wider = X.assign(nothing=0.0)
    wider.loc["nobody"] = 0.0
    told = economy.gaps(wider)
    assert (told.zero_rows, told.zero_columns) == (("nobody",), ("nothing",))
    found = PLAIN[name](wider)
    for part in values(found):
        assert not np.isinf(part.to_numpy(dtype=float, na_value=np.nan)).any()
        if name not in MAY_BE_UNKNOWN:
            assert not part.isna().any(axis=None)
    if hasattr(found, "notes") and name == "complexity":
        assert found.notes[:2] == (
            "1 region holding nothing: 'nobody'; no ECI",
            "1 activity held by nobody: 'nothing'; no PCI",
        )


@each
def test_parts_that_share_nothing_are_each_measured_and_not_mixed(name: str) -> None:
    two = blocks(X, X.iloc[::-1, ::-1] * 3)
    found = PLAIN[name](two)
    for part in values(found):
        numbers = part.to_numpy(dtype=float, na_value=np.nan)
        assert not np.isinf(numbers).any()
        assert name in MAY_BE_UNKNOWN or not np.isnan(numbers).any()
    if name in ("proximity", "relatedness"):
        assert (found.iloc[:4, 4:] == 0).all(axis=None)
    if hasattr(found, "notes"):
        assert found.notes[0].startswith("the table falls into 2 components (5, 5 regions) that share no activity")


@each
def test_the_table_is_left_alone_and_its_labels_come_back(name: str) -> None:
    before = X.copy(deep=True)
    parts = values(PLAIN[name](X))
    pd.testing.assert_frame_equal(X, before)
    assert parts
    for part in parts:
        for labels in part.axes:
            assert labels.tolist() in (list("rstuv"), list("rs"), list("ijkl"))


@each
def test_whole_nullable_and_single_numbers_are_the_same_table(name: str) -> None:
    expected = values(PLAIN[name](X))
    for kind in ("int64", "Int64", "float32"):
        for part, like in zip(values(PLAIN[name](X.astype(kind))), expected, strict=True):
            np.testing.assert_array_equal(
                part.to_numpy(dtype=float, na_value=np.nan), like.to_numpy(dtype=float, na_value=np.nan)
            )


@each
@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0), (1, 1), (1, 4), (4, 1)])
def test_tables_of_nothing_and_of_one_are_answered(name: str, shape: tuple[int, int]) -> None:
    if name in ("pooling_gain", "union_density") and shape[0] == 0:
        with pytest.raises(UsageError, match="at least one region"):
            PLAIN[name](X.iloc[: shape[0], : shape[1]])
        return
    for fill in (X, X * 0):
        for part in values(PLAIN[name](fill.iloc[: shape[0], : shape[1]])):
            numbers = part.to_numpy(dtype=float, na_value=np.nan)
            assert not np.isinf(numbers).any()
            assert name in MAY_BE_UNKNOWN or not np.isnan(numbers).any()


@each_available
def test_missing_available_keeps_the_unknown_to_what_it_touches(name: str) -> None:
    """One missing cell: no result turns all zero or all unknown, and what is unknown is its own cell alone."""
    found = PLAIN[name](with_cell(np.nan), missing="available")
    full = PLAIN[name](X, missing="available")
    assert not found.isna().all(axis=None)
    assert not (found == 0).all(axis=None)
    new = found.isna() & ~full.isna()
    if name in ("location_quotient", "presence", "tied_complementarity"):
        assert new.to_numpy().sum() == 1
        assert new.loc["t", "j"]
    else:
        assert not new.any(axis=None)


@each_available
def test_available_is_the_same_where_nothing_is_missing(name: str) -> None:
    for part, like in zip(
        values(PLAIN[name](X, missing="available")), values(PLAIN[name](X, missing="refuse")), strict=True
    ):
        np.testing.assert_array_equal(part, like)


@each_available
def test_a_region_or_an_activity_without_any_known_cell_stays_unknown(name: str) -> None:
    holes = X.copy()
    holes.loc["v"] = np.nan
    holes["l"] = np.nan
    found = PLAIN[name](holes, missing="available")
    if name == "relatedness":  # its diagonal is 0 by definition
        found = found.mask(np.eye(len(found), dtype=bool))
    if name == "prody":
        assert found.isna().tolist() == [False, False, False, True]
        return
    for label in ("v", "l"):
        for axis in (0, 1) if isinstance(found, pd.DataFrame) else (0,):
            if label in found.axes[axis]:
                part = found.xs(label, axis=axis) if isinstance(found, pd.DataFrame) else pd.Series([found[label]])
                assert part.isna().all(), (name, label)


@each_available
def test_another_word_for_missing_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="missing is 'drop', expected 'refuse' or 'available'"):
        PLAIN[name](X, missing="drop")


def test_lists_of_activities_in_the_same_five_ways() -> None:
    C = economy.colisting({"a": ["x", "y", "y"], "b": [], "c": ["z", "w"], "d": ["x"]})
    assert C.index.tolist() == ["w", "x", "y", "z"]
    assert C.loc["x", "y"] == C.loc["y", "x"] == 1
    assert C.loc["x", "z"] == 0
    assert not C.isna().any(axis=None)
    rows = pd.DataFrame({"firm": ["f", "f", None, "g"], "code": ["x", None, "y", "y"]})
    assert economy.colisting_of(rows, "firm", "code").loc["x", "y"] == 0
