from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from synergy.economy import complementarity, excess_proximity, location_quotient, presence, proximity
from synergy.economy.matrix import checked
from synergy.errors import UsageError

GOOD = pd.DataFrame([[1.0, 2.0], [3.0, 4.0]], index=["AT31", "ITC4"], columns=["nace:28", "nace:29"])


@pytest.mark.parametrize(
    ("value", "word"), [(-1.0, "negative"), (np.inf, "infinite"), (np.nan, "unknown"), (-np.inf, "negative")]
)
def test_a_cell_no_formula_can_mean_is_refused_with_its_place(value: float, word: str) -> None:
    bad = GOOD.copy()
    bad.loc["ITC4", "nace:28"] = value
    with pytest.raises(UsageError, match=f"row 'ITC4', column 'nace:28' is {word}"):
        checked(bad)


def test_every_such_cell_is_counted_and_the_first_named() -> None:
    with pytest.raises(UsageError, match=r"row 'AT31', column 'nace:28' is unknown \(4 such"):
        checked(GOOD * np.nan)


def test_available_lets_the_unknown_through_and_nothing_else() -> None:
    bad = GOOD.copy()
    bad.iloc[0, 0] = np.nan
    np.testing.assert_array_equal(checked(bad, "available"), [[np.nan, 2], [3, 4]])
    bad.iloc[1, 1] = -2
    with pytest.raises(UsageError, match="negative"):
        checked(bad, "available")


def test_missing_integers_count_as_unknown() -> None:
    nullable = GOOD.astype("Int64")
    nullable.iloc[0, 1] = pd.NA
    with pytest.raises(UsageError, match="row 'AT31', column 'nace:29' is unknown"):
        checked(nullable)
    assert np.isnan(checked(nullable, "available")[0, 1])


def test_repeated_labels_text_and_wrong_options_are_refused() -> None:
    with pytest.raises(UsageError, match="row label 'AT31' is given twice"):
        checked(GOOD.set_axis(["AT31", "AT31"], axis=0))
    with pytest.raises(UsageError, match="column label 'x' is given twice"):
        checked(GOOD.set_axis(["x", "x"], axis=1))
    with pytest.raises(UsageError, match="not a number"):
        checked(GOOD.astype(object).replace(2.0, "many"))
    with pytest.raises(UsageError, match="'drop', expected 'refuse' or 'available'"):
        checked(GOOD, "drop")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "function", [checked, location_quotient, presence, proximity, excess_proximity, complementarity]
)
def test_the_table_is_not_changed(function: Callable[..., object]) -> None:
    given = GOOD.copy()
    given.iloc[0, 1] = np.nan
    before = given.copy(deep=True)
    function(given, missing="available")
    pd.testing.assert_frame_equal(given, before)
