from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from synergy.economy.profiles import expected_presence, idf, weighted_cosine

lists = arrays(int, st.tuples(st.integers(2, 8), st.integers(1, 7)), elements=st.integers(0, 1))


def test_a_field_on_every_list_or_on_none_weighs_nothing() -> None:
    profiles = pd.DataFrame([[1, 1, 0], [1, 0, 0], [1, 0, 0], [1, 1, 0]], columns=["all", "half", "none"])
    assert idf(profiles).to_dict() == pytest.approx({"all": 0.0, "half": math.log(2), "none": 0.0})


@settings(max_examples=60, deadline=None)
@given(lists, st.data())
def test_the_cosine_agrees_with_plain_loops(values: np.ndarray, data: st.DataObject) -> None:
    n = values.shape[1]
    weights = np.array(data.draw(st.lists(st.floats(0.01, 4), min_size=n, max_size=n)))
    found = weighted_cosine(pd.DataFrame(values), pd.Series(weights)).to_numpy()
    for a, row in enumerate(values):
        for b, other in enumerate(values):
            dot = sum(float(x * y) * w * w for x, y, w in zip(row, other, weights, strict=True))
            sizes = [math.sqrt(sum(float(x) * w * w for x, w in zip(r, weights, strict=True))) for r in (row, other)]
            if min(sizes) == 0:
                assert math.isnan(found[a, b])
            else:
                assert found[a, b] == pytest.approx(dot / sizes[0] / sizes[1])


def test_lists_that_share_only_what_everyone_names_have_no_direction() -> None:
    profiles = pd.DataFrame([[1, 1], [1, 0]], index=["a", "b"], columns=["everyone", "rare"])
    cosine = weighted_cosine(profiles, idf(profiles))
    assert cosine.loc["a", "a"] == 1
    assert np.isnan(cosine.loc["a", "b"])
    assert np.isnan(cosine.loc["b", "b"])


@settings(max_examples=80, deadline=None)
@given(lists, st.data())
def test_the_expectation_keeps_every_lists_length(values: np.ndarray, data: st.DataObject) -> None:
    groups = data.draw(st.lists(st.sampled_from("abc"), min_size=len(values), max_size=len(values)))
    chance = expected_presence(pd.DataFrame(values), pd.Series(groups))
    np.testing.assert_allclose(chance.sum(axis=1), values.sum(axis=1), atol=1e-6)
    assert ((chance >= 0) & (chance <= 1)).all().all()


@settings(max_examples=60, deadline=None)
@given(lists)
def test_in_one_group_a_field_that_more_lists_name_is_expected_at_least_as_much(values: np.ndarray) -> None:
    chance = expected_presence(pd.DataFrame(values), pd.Series(["one"] * len(values))).to_numpy()
    order = np.argsort(values.sum(axis=0), kind="stable")
    assert (np.diff(chance[:, order], axis=1) >= -1e-9).all()


def test_a_field_popular_in_ones_country_is_expected_more_than_abroad() -> None:
    profiles = pd.DataFrame([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], columns=["here", "there", "third"])
    chance = expected_presence(profiles, pd.Series(["AT", "AT", "IT", "IT"]))
    # q_AT = (2 + 1/2) / 3, (0 + 1/4) / 3 twice, odds 5 and 1/11 twice: t with 5t/(1+5t) + 2t/(11+t) = 1
    t = chance.loc[0, "here"] / (1 - chance.loc[0, "here"]) / 5
    assert 5 * t / (1 + 5 * t) + 2 * t / (11 + t) == pytest.approx(1)
    assert chance.loc[0, "there"] == pytest.approx(t / (11 + t))
    assert chance.loc[0, "here"] > 0.8 > 0.3 > chance.loc[2, "here"]
