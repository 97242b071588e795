"""Scores worked by hand; missing is not zero; types weighted; problems of the table told by row."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from synergy import DataError, UnknownName, UsageError
from synergy.survey import ALL, Instrument, score
from synergy.survey.answers import answers_of
from synergy.survey.scoring import NOBODY, SCORE_COLUMNS, SHOWN, WITHHELD


@pytest.fixture
def three(answered) -> pd.DataFrame:
    """Ada leaves one item of two out, Bea says nothing of support, Cem is of another type."""
    return answered(
        {
            "ada": ("A", "cluster", {"DD1": 4, "DD2": 0, "DU1": 2, "DU2": 3, "SD1": 5, "SD2": 4, "SU1": 0, "SU2": 0}),
            "bea": ("A", "cluster", {"DD1": 2, "DD2": 3, "DU1": 1, "DU2": 1}),
            "cem": ("A", "policy", {"DD1": 5, "DD2": 5, "DU1": 5, "DU2": 4, "SD1": 1, "SD2": 2, "SU1": 3, "SU2": 3}),
        }
    )


def test_a_score_is_the_mean_of_what_was_answered_and_missing_is_not_zero(
    small: Instrument, three: pd.DataFrame
) -> None:
    scores = answers_of(three, small).scores
    assert scores["design", "down"].tolist() == [4, 2.5, 5]
    np.testing.assert_array_equal(scores["support", "up"], [np.nan, np.nan, 3])
    # over directions the mean of those that are there
    np.testing.assert_array_equal(scores["support", ALL], [4.5, np.nan, 2.25])
    assert scores[ALL, ALL].tolist() == [(4 + 2.5 + 4.5) / 3, (2.5 + 1) / 2, (5 + 4.5 + 1.5 + 3) / 4]


def test_half_of_the_items_are_enough_and_less_are_not(small: Instrument, answered) -> None:
    from synergy.survey import load_instrument

    people = {"a": ("A", "cluster", {"DS1": 4}), "b": ("A", "cluster", {"DS1": 4, "DS2": 2})}
    scores = answers_of(answered(people), load_instrument()).scores["design", "s3-to-clusters"]
    np.testing.assert_array_equal(scores, [np.nan, 3])


def test_means_medians_spread_counts_and_totals(small: Instrument, three: pd.DataFrame) -> None:
    found = score(three, small, min_n=1, draws=200)
    row = found.row("A", "design", "down")
    assert (row["n"], row["mean"], row["median"]) == (3, pytest.approx(11.5 / 3), 4)
    assert row["sd"] == pytest.approx(np.std([4, 2.5, 5], ddof=1))
    assert row["low"] < row["mean"] < row["high"]
    assert found.row("A", "design", "down", "cluster")["mean"] == 3.25
    assert found.row("A", "support", "up", "cluster")["status"] == NOBODY
    assert found.row("A", "support", "up", "cluster")["n"] == 0
    everywhere = found.row(ALL, "design", "down")
    assert everywhere.drop("region_id").equals(row.drop("region_id"))
    assert repr(found).startswith("Scores(3 respondents, 1 regions: ")


def test_types_count_by_their_weights_in_the_weighted_mean_alone(small: Instrument, three: pd.DataFrame) -> None:
    plain = score(three, small, min_n=1, draws=50).row("A", "design", "down")
    assert (plain["weighted_mean"], plain["weight_share"]) == ((3.25 + 5) / 2, 1)
    tilted = score(three, small, min_n=1, draws=50, weights={"cluster": 3, "policy": 1}).row("A", "design", "down")
    assert tilted["weighted_mean"] == pytest.approx((3 * 3.25 + 5) / 4)
    assert tilted["mean"] == plain["mean"]


def test_a_withheld_type_is_not_in_the_weighted_mean_and_its_share_says_so(small: Instrument, answered) -> None:
    people = {f"c{n}": ("A", "cluster", {"DD1": 4, "DD2": 4 - n % 2}) for n in range(9)}
    people |= {f"p{n}": ("A", "policy", {"DD1": 2, "DD2": 2 + n % 2}) for n in range(9)}
    people |= {f"a{n}": ("A", "agency", {"DD1": 1 + n, "DD2": 2}) for n in range(3)}
    found = score(answered(people), small, draws=50)
    total = found.row("A", "design", "down")
    assert found.row("A", "design", "down", "agency")["status"] == WITHHELD
    shown = [kind for kind in small.stakeholders if found.row("A", "design", "down", kind)["status"] == SHOWN]
    assert len(shown) == 1
    assert total["weighted_mean"] == found.row("A", "design", "down", shown[0])["mean"]
    assert total["weight_share"] == pytest.approx(1 / 3)
    assert "withheld" in found.notes[0]


def test_the_same_survey_in_another_order_gives_the_same_scores(small: Instrument, draw) -> None:
    survey = draw(small, 70, 3, seed=6)
    before = survey.copy()
    shuffled = survey.sample(frac=1, random_state=2).reset_index(drop=True)
    pd.testing.assert_frame_equal(score(survey, small, draws=100).frame, score(shuffled, small, draws=100).frame)
    pd.testing.assert_frame_equal(survey, before)


def test_more_respondents_of_other_regions_do_not_move_a_region(small: Instrument, draw) -> None:
    survey = draw(small, 90, 2, seed=6)
    more = pd.concat(
        [survey, survey[survey["region_id"] == "R1"].assign(respondent_id=lambda t: "x" + t["respondent_id"])]
    )
    first, second = (score(each, small, draws=100).row("R0") for each in (survey, more))
    assert first["mean"] == second["mean"]
    assert (first["low"], first["high"]) == (second["low"], second["high"])


def test_it_is_told_as_plain_values(small: Instrument, three: pd.DataFrame) -> None:
    found = score(three, small, draws=50)
    plain = found.to_dict()
    json.dumps(plain, allow_nan=False)
    assert list(plain["scores"][0]) == list(SCORE_COLUMNS) == list(found.to_frame().columns)
    assert plain["params"] == {"min_n": 5, "level": 0.95, "draws": 50, "seed": 1,
                               "weights": {"cluster": 1.0, "policy": 1.0, "agency": 1.0}}  # fmt: skip
    assert plain["scores"][0]["mean"] is None


def test_problems_of_the_table_are_told_at_once_by_row_and_column(small: Instrument) -> None:
    rows = [
        ("p1", "A", "cluster", "DD1", 3),
        ("p1", "A", "cluster", "DD9", 3),
        ("p1", "A", "clusters", "DD2", 3),
        ("p1", "B", "cluster", "DU1", 7),
        ("p1", "A", "cluster", "DD1", 2),
        ("p2", None, "policy", "DD1", None),
    ]
    survey = pd.DataFrame(rows, columns=["respondent_id", "region_id", "stakeholder", "item", "answer"])
    with pytest.raises(DataError) as told:
        score(survey, small)
    found = {(each.code, each.place) for each in told.value.problems}
    assert found == {
        ("S581", "survey.csv:3:item"), ("S582", "survey.csv:4:stakeholder"), ("S584", "survey.csv:4:stakeholder"),
        ("S583", "survey.csv:5:answer"), ("S584", "survey.csv:5:region_id"), ("S585", "survey.csv:6:item"),
        ("S201", "survey.csv:7:region_id"),
    }  # fmt: skip
    hints = {each.code: each.hint for each in told.value.problems}
    assert hints["S582"] == "did you mean 'cluster'?"


def test_wrong_calls_are_refused(small: Instrument, three: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="no column 'answer'"):
        score(three.drop(columns="answer"), small)
    with pytest.raises(UnknownName, match="stakeholder type 'policies'"):
        score(three, small, weights={"policies": 1})
    for wrong in (
        {"min_n": 0},
        {"level": 0},
        {"weights": {"cluster": -1}},
        {"weights": dict.fromkeys(small.stakeholders, 0)},
    ):
        with pytest.raises(UsageError):
            score(three, small, **wrong)
    with pytest.raises(UnknownName, match="region 'B'"):
        score(three, small, draws=50).row("B")


def test_a_survey_without_rows_has_no_regions(small: Instrument, three: pd.DataFrame) -> None:
    found = score(three.iloc[:0], small)
    assert found.respondents == 0
    assert set(found.frame["status"]) == {NOBODY}
