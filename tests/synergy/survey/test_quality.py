"""Answers to look at: straight lines, duplicates, items."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.survey import Instrument, flag_respondents, item_diagnostics


def test_straight_lines_and_duplicates_are_flagged_and_kept(small: Instrument, answered) -> None:
    codes = list(small.items)
    mixed = dict(zip(codes, [1, 2, 3, 4, 5, 4, 3, 2], strict=True))
    people = {
        "a": ("A", "cluster", mixed),
        "b": ("A", "cluster", mixed),
        "c": ("A", "policy", mixed),
        "d": ("A", "cluster", dict.fromkeys(codes, 3)),
        "e": ("A", "cluster", dict.fromkeys(codes, 3)),
        "f": ("A", "cluster", {"DD1": 3, "DD2": 3, "DU1": 0}),
    }
    found = flag_respondents(answered(people), small, least=5).set_index("respondent_id")
    assert found["answered"].tolist() == [8, 8, 8, 8, 8, 2]
    assert found["straight_line"].tolist() == [False, False, False, True, True, False]
    # two straight lines are no copy of each other, nor is the same answer of another type
    assert found["same_as"].dropna().to_dict() == {"b": "a"}


def test_answers_without_information_do_not_break_a_straight_line(small: Instrument, answered) -> None:
    given = dict.fromkeys(small.items, 4) | {"DD1": 0}
    assert flag_respondents(answered({"a": ("A", "cluster", given)}), small, least=7)["straight_line"].tolist() == [
        True
    ]


def test_items_that_tell_nothing_or_go_against_the_rest_are_warned_of(small: Instrument, answered) -> None:
    people = {
        f"p{n}": ("A", "cluster", {"DD1": 1 + n % 5, "DD2": 5 - n % 5, "DU1": 3, "DU2": 1 + n % 5, "SD1": 0, "SU1": 2})
        for n in range(10)
    }
    found = item_diagnostics(answered(people), small).set_index("item")
    assert found.loc["DD1", "item_rest"] == -1
    assert found.loc["DD2", "warning"].startswith("goes against the other items (correlation -1.00)")
    assert found.loc["DU1", "warning"].startswith("constant")
    assert np.isnan(found.loc["DU1", "item_rest"])
    assert (found.loc["SD1", "n"], found.loc["SD1", "no_information"]) == (0, 1)
    assert pd.isna(found.loc["SD1", "warning"])
    assert found.loc["DU2", "mean"] == 3
