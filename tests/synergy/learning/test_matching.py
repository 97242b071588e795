"""Who teaches whom: limits always kept, and the total is the largest there is."""

from itertools import product

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from synergy.learning.matching import match

VALUES = st.one_of(st.none(), st.integers(-1, 6))


@st.composite
def tables(draw):
    needs, teachers = draw(st.integers(0, 4)), draw(st.integers(1, 3))
    cells = draw(st.lists(st.lists(VALUES, min_size=teachers, max_size=teachers), min_size=needs, max_size=needs))
    return pd.DataFrame(cells, columns=[f"t{at}" for at in range(teachers)], dtype=float), draw(st.integers(0, 3))


def worth(values, choice):
    return sum(values.iloc[at][teacher] for at, teacher in enumerate(choice) if teacher is not None)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_nobody_teaches_more_than_the_limit_and_no_choice_is_worth_more(case):
    values, limit = case
    found = match(values, limit).tolist()
    load = pd.Series([teacher for teacher in found if teacher is not None], dtype=object).value_counts()
    assert load.max() <= limit if len(load) else True
    assert all(values.iloc[at][teacher] > 0 for at, teacher in enumerate(found) if teacher is not None)
    options = [[None, *(t for t in values.columns if values.iloc[at][t] > 0)] for at in range(len(values))]
    best = max(
        (worth(values, choice) for choice in product(*options)
         if all(choice.count(t) <= limit for t in values.columns)),
        default=0,
    )  # fmt: skip
    assert worth(values, found) == best


def test_a_need_without_a_possible_teacher_stays_without_one():
    values = pd.DataFrame({"a": [np.nan, 0.5], "b": [0.0, np.nan]}, index=["x", "y"])
    assert match(values, 2).tolist() == [None, "a"]
    assert match(values, 0).tolist() == [None, None]
    assert match(pd.DataFrame(columns=["a"]), 1).tolist() == []
