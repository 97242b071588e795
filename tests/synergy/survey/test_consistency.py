"""Cronbach's alpha against pingouin, worked by hand, and everything that makes it undefined."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from synergy import UsageError
from synergy.survey import Instrument, cronbach_alpha, reliability

PEERS = json.loads((Path(__file__).parent / "oracles" / "peers.json").read_text(encoding="utf-8"))
TABLES = sorted(set(PEERS) - {"versions"})
METHODS = [[4, 5, 4], [3, 3, 2], [5, 5, 5], [2, 3, 3], [4, 4, 5], [1, 2, 1]]


def test_the_numbers_of_the_methods_are_met() -> None:
    found = cronbach_alpha(METHODS)
    assert found.alpha == pytest.approx(0.9558541266794625, abs=1e-14)
    assert [round(found.low, 3), round(found.high, 3)] == [0.813, 0.993]
    assert (found.items, found.respondents, found.left_out, found.reason, found.warnings) == (3, 6, 0, "", ())


@pytest.mark.parametrize("name", TABLES)
def test_alpha_and_its_interval_are_those_of_pingouin(name: str) -> None:
    found = cronbach_alpha(PEERS[name]["X"])
    assert found.alpha == pytest.approx(PEERS[name]["alpha"], abs=1e-12)
    assert [found.low, found.high] == pytest.approx(PEERS[name]["alpha_ci"], abs=6e-4)


def test_everybody_alike_is_undefined_and_said() -> None:
    found = cronbach_alpha([[3, 3, 3]] * 4)
    assert np.isnan([found.alpha, found.low, found.high]).all()
    assert found.reason == "every respondent has the same sum"
    assert [each.kind for each in found.warnings] == ["constant"] * 3
    assert found.to_dict()["alpha"] is None
    assert repr(found) == "Alpha(undefined: every respondent has the same sum)"


def test_one_item_and_a_level_that_is_none_are_wrong_usage() -> None:
    with pytest.raises(UsageError, match="at least 2, not 1"):
        cronbach_alpha([[1], [2], [3]])
    with pytest.raises(UsageError, match="between 0 and 1"):
        cronbach_alpha(METHODS, level=95)


def test_one_respondent_is_too_few() -> None:
    assert cronbach_alpha([[1, 2, 3], [np.nan, 2, 3]]).reason == "1 respondents answered every item; 2 are needed"


def test_an_item_against_the_others_is_warned_of_in_an_object() -> None:
    turned = pd.DataFrame(METHODS, columns=["a", "b", "c"]).assign(d=lambda X: 6 - X["a"])
    found = cronbach_alpha(turned)
    assert [(each.item, each.kind) for each in found.warnings] == [("d", "negative item-rest correlation")]
    assert found.item_rest["d"] < 0
    assert found.without["d"] == pytest.approx(cronbach_alpha(METHODS).alpha)
    assert found.to_frame().set_index("item").loc["d", "warning"] == str(found.warnings[0])


def test_the_item_rest_correlation_is_the_correlation_with_the_sum_of_the_others() -> None:
    X = np.array(METHODS, float)
    expected = [np.corrcoef(X[:, i], np.delete(X, i, axis=1).sum(axis=1))[0, 1] for i in range(3)]
    assert list(cronbach_alpha(X).item_rest.values()) == pytest.approx(expected)


def test_whoever_left_an_item_out_is_left_out_and_counted() -> None:
    found = cronbach_alpha([*METHODS, [np.nan, 3, 3]])
    assert (found.left_out, found.alpha) == (1, pytest.approx(0.9558541266794625))


def test_alpha_of_the_areas_of_a_survey(small: Instrument, draw) -> None:
    survey = draw(small, 60, 3, seed=2)
    table = reliability(survey, small).set_index(["area", "direction"])
    wide = survey.pivot(index="respondent_id", columns="item", values="answer").astype(float).replace(0, np.nan)
    expected = cronbach_alpha(wide[["SU1", "SU2"]])
    assert table.loc[("support", "up"), "alpha"] == pytest.approx(expected.alpha)
    assert table.loc[("support", "up"), "left_out"] == expected.left_out > 0
