"""What a call is refused for, with its place; what its order is."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as some

from synergy.errors import DataError, UsageError
from synergy.funding import select
from synergy.funding.proposals import call_of

BUDGETS = {"A": 100, "B": 50}


def sound():
    return pd.DataFrame(
        {"proposal_id": ["p", "q", "r"], "score": [3.0, 4.0, 3.0], "A": [60, 40, 10], "B": [0, 50, 5]}, dtype=object
    )


def test_the_order_is_score_then_less_money_then_id():
    frame = pd.DataFrame({"proposal_id": ["z", "b", "a", "c"], "score": [1, 1, 1, 2], "A": [5, 5, 5, 9]})
    assert call_of(frame, {"A": 1}).ids == ("c", "a", "b", "z")
    frame["A"] = [4, 5, 5, 9]
    assert call_of(frame, {"A": 1}).ids == ("c", "z", "a", "b")


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("A", None, "S534"), ("A", np.nan, "S534"), ("A", pd.NA, "S534"), ("A", 0.5, "S535"), ("A", -1, "S535"),
        ("A", "60", "S535"), ("A", True, "S535"), ("A", np.inf, "S535"), ("A", 10**13 + 1, "S535"),
        ("A", Decimal("60"), "S535"), ("score", np.nan, "S533"), ("score", None, "S533"), ("score", -0.1, "S533"),
        ("score", np.inf, "S533"),
        ("score", 10**400, "S533"), ("score", "4", "S533"), ("proposal_id", "q", "S532"), ("proposal_id", "", "S532"),
        ("proposal_id", " p", "S532"), ("proposal_id", None, "S532"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_told_with_its_place(column, cell, code):
    frame = sound()
    again = isinstance(cell, str) and cell == "q"
    frame.loc[2 if again else 0, column] = cell
    with pytest.raises(DataError) as error:
        select(frame, BUDGETS)
    (problem,) = error.value.problems
    assert (problem.code, problem.file, problem.column) == (code, "proposals", column)
    assert problem.row == (4 if again else 2)


def test_columns_budgets_and_empty_requests_are_told_all_at_once():
    frame = sound().rename(columns={"B": "b"}).drop(columns="score")
    with pytest.raises(DataError) as error:
        select(frame, {"A": 10, "B": -5, "C": 0.5})
    told = {(one.code, one.file, one.column, one.hint) for one in error.value.problems}
    assert told == {
        ("S531", "proposals", "score", None),
        ("S531", "proposals", "B", "is 'b' meant?"),
        ("S531", "proposals", "C", None),
        ("S531", "proposals", "b", "is 'B' meant?"),
        ("S535", "budgets", "B", None),
        ("S535", "budgets", "C", None),
    }
    frame = sound()
    frame.loc[1, ["A", "B"]] = 0
    with pytest.raises(DataError, match="S536 proposals:3"):
        select(frame, BUDGETS)
    with pytest.raises(UsageError, match="no budget"):
        select(frame, {})
    for wrong in ({1: 5}, {"score": 5}, {" ": 5}, pd.Series([5, 6], index=["A", "A"])):
        with pytest.raises(DataError, match="S531 budgets"):
            select(sound()[["proposal_id", "score", "A"]], wrong)
    with pytest.raises(DataError, match="the column twice"):
        select(pd.concat([sound(), sound()[["A"]]], axis=1), BUDGETS)


def test_whole_numbers_in_floating_point_are_whole_cents_and_inputs_stay_as_they_were():
    frame = sound().astype({"A": float, "score": float, "B": "Int64"})
    before = frame.copy()
    assert call_of(frame, pd.Series(BUDGETS)).asked.tolist() == [[40, 50], [10, 5], [60, 0]]
    pd.testing.assert_frame_equal(frame, before)


def test_numbers_serve_as_ids():
    assert call_of(sound().assign(proposal_id=[3, 1, 2]), BUDGETS).ids == ("1", "2", "3")


@profile(max_examples=10, deadline=None)
@given(some.permutations(range(6)), some.sampled_from(["virtual", "mixed", "real"]))
def test_the_order_of_rows_and_columns_does_not_matter(order, pot):
    frame = pd.DataFrame({"proposal_id": list("abcdef"), "score": [2, 2, 3, 3, 1, 1], "A": [3, 3, 4, 5, 2, 2],
                          "B": [1, 1, 0, 2, 2, 1]})  # fmt: skip
    one = select(frame, {"A": 9, "B": 4}, pot)
    other = select(frame.iloc[list(order)][["B", "proposal_id", "A", "score"]], {"B": 4, "A": 9}, pot)
    assert one.to_dict() == other.to_dict()
