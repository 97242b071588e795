"""From costs to grants, by hand."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from synergy.errors import DataError, UsageError
from synergy.funding import grants, select
from synergy.funding.granting import exact_rate

RATES = {("A", "firm"): 0.35, ("A", "research"): 1, ("B", "firm"): "0.6", ("B", "research"): Fraction(1, 3)}
COSTS = [
    ("p", "A", "firm", 1_001), ("p", "A", "firm", 1_001), ("p", "B", "research", 1_000),
    ("q", "A", "public", 500), ("q", "B", "firm", 1_000),
    ("r", "B", "firm", 100),
    ("s", "A", "research", 5_000),
]  # fmt: skip


def frame(rows=COSTS):
    return pd.DataFrame(rows, columns=["proposal_id", "region_id", "kind", "cost"])


def test_by_hand():
    found = grants(frame(), RATES, minimum={"B": 61}, maximum={"A": 4_000})
    # Down per partner: 350.35 twice is 700, not 700.70; a third of 1,000 is 333.
    assert found.asked.to_dict("index") == {"p": {"A": 700, "B": 333}, "s": {"A": 4_000, "B": 0}}
    assert found.refused.to_dict("records") == [
        {"proposal_id": "q", "region_id": "A", "reason": "A funds no public"},
        {"proposal_id": "r", "region_id": "B", "reason": "its grant of 60 cents is below the lowest of B, 61"},
    ]
    assert found.capped.to_dict("records") == [
        {"proposal_id": "s", "region_id": "A", "by_rates": 5_000, "granted": 4_000}
    ]
    assert repr(found) == "Grants(2 eligible, 2 refused)"
    scored = found.with_scores({"p": 1, "s": 2})
    assert select(scored, {"A": 10_000, "B": 400}).money == 5_033


def test_one_without_a_score_is_told():
    with pytest.raises(DataError, match="S533 proposals:3:score: found no value"):
        select(grants(frame(), RATES).with_scores({"p": 1}), {"A": 1, "B": 1})


def test_a_rate_is_the_decimal_that_is_written():
    assert exact_rate(0.1) == exact_rate("0.1") == exact_rate(Decimal("0.1")) == Fraction(1, 10)
    # In floating-point numbers 0.29 * 100 is 28.999999999999996.
    assert grants(frame([("p", "A", "firm", 100)]), {("A", "firm"): 0.29}).asked.loc["p", "A"] == 29
    for wrong in (0, 1.01, -1, "much", np.nan, float("inf")):
        with pytest.raises(UsageError):
            exact_rate(wrong)


def test_every_problem_is_told():
    rows = [("p", "a", "firm", 1.5), ("", "B", None, np.nan)]
    with pytest.raises(DataError) as error:
        grants(frame(rows), RATES | {("A", "firm"): 35}, minimum={"C": 5}, maximum={"A": -1})
    assert {(one.code, one.place) for one in error.value.problems} == {
        ("S537", "costs:2:region_id"), ("S535", "costs:2:cost"), ("S532", "costs:3:proposal_id"),
        ("S532", "costs:3:kind"), ("S534", "costs:3:cost"), ("S538", "rates:A firm"), ("S537", "minimum:C"),
        ("S535", "maximum:A"),
    }  # fmt: skip
    with pytest.raises(DataError, match="S539 minimum:A: found 9 above 8"):
        grants(frame(), RATES, minimum={"A": 9}, maximum={"A": 8})
    with pytest.raises(DataError, match="S531 costs:1:kind"):
        grants(frame().drop(columns="kind"), RATES)


def test_nobody_is_somebody_too():
    found = grants(frame([]), RATES)
    assert len(found.asked) == 0 and list(found.asked.columns) == ["A", "B"]
    assert select(found.with_scores({}), {"A": 1, "B": 1}).projects == 0
