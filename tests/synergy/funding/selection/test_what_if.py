"""Prices, scenarios, fairness and uncertain demand, by hand and by their laws."""

import json

import numpy as np
import pandas as pd
import pytest

from synergy.errors import DataError, UnknownName, UsageError
from synergy.funding import Limits, compare, fairness, prices, select, uncertain_demand, what_if
from synergy.funding.equity import gini

RANKED = [("a", 10, 60, 60), ("b", 9, 60, 0), ("c", 8, 0, 40), ("d", 7, 40, 0), ("e", 6, 40, 10), ("f", 0.5, 0, 10)]
BUDGETS = {"A": 100, "B": 100}


@pytest.fixture
def found(kit):
    return select(kit.table(RANKED, "AB"), BUDGETS)


def test_the_price_of_a_constraint_by_hand(found):
    # a, c, d are funded. 60 more for A fund b; 60 more for B fund f alone, whose 10 is more than B has left.
    told = prices(found, 60).set_index("region_id")
    assert told.loc["A", ["projects", "money", "score", "comes_in", "goes_out"]].tolist() == [1, 60, 9.0, "b", ""]
    assert told.loc["B", ["projects", "money", "score", "comes_in"]].tolist() == [1, 10, 0.5, "f"]
    assert (told["score_low"] <= told["score"]).all() and (told["score"] <= told["score_high"]).all()
    assert prices(found, 1, ["B"])["region_id"].tolist() == ["B"]
    for order in ("skip", "least-violation"):
        assert len(prices(select_again(found, order), 60)) == 2
    with pytest.raises(UnknownName, match="'C'"):
        prices(found, regions=["C"])
    for step in (0, 1.5):
        with pytest.raises(UsageError, match="step"):
            prices(found, step)


def select_again(found, order):
    frame = pd.DataFrame(found.call.asked, columns=found.call.regions)
    frame.insert(0, "score", found.call.scores)
    frame.insert(0, "proposal_id", found.call.ids)
    return select(frame, BUDGETS, order=order)


def test_what_is_best_is_no_worse_with_more_money(kit):
    for seed in range(6):
        call = kit.random_call(seed)
        asked, _ = kit.grants_by_hand(call)
        regions = sorted(call.budgets)
        rows = [(one, call.scores[one], *(asked[one].get(r, 0) for r in regions)) for one in sorted(asked)]
        first = select(kit.table(rows, regions), call.budgets, "mixed", nodes=1)
        assert (prices(first, 5_000_00)["score"] >= 0).all()


def test_more_money_and_leaving(found):
    more = what_if(found, {"A": 200})
    assert (more.comes_in, more.goes_out, more.projects, more.money, more.score) == (("b",), (), 1, 60, 9.0)
    assert more.after.call.budgets.tolist() == [200, 100]
    gone = what_if(found, leave=["B"])
    assert gone.goes_out == ("a", "c") and gone.comes_in == ("b",)
    frame = gone.to_frame().set_index("region_id")
    assert frame.loc["B", "budget_before"] == 100 and frame.loc["B", "budget_after"] is pd.NA
    json.dumps(gone.to_dict())
    assert repr(compare(found, found)) == "Change(0 come in, 0 go out, +0 projects)"


def test_a_region_joins_with_its_proposals(found, kit):
    rows = [*((*row, 0) for row in RANKED), ("g", 20, 10, 0, 70)]
    joined = what_if(found, {"C": 70, "A": 110}, proposals=kit.table(rows, "ABC"))
    assert joined.comes_in == ("g",) and joined.goes_out == ()
    assert joined.to_frame()["budget_before"].isna().tolist() == [False, False, True]


def test_wrong_scenarios(found):
    with pytest.raises(UnknownName, match="'C'"):
        what_if(found, {"C": 5})
    with pytest.raises(UnknownName, match="'C'"):
        what_if(found, leave=["C"])
    with pytest.raises(DataError, match="S535 budgets:A"):
        what_if(found, {"A": 0.5})
    with pytest.raises(UsageError, match="no region is left"):
        what_if(found, leave="AB")


def test_fairness_by_hand(kit):
    frame = kit.table([("p", 4, 80, 0, 0), ("q", 3, 0, 30, 0), ("r", 2, 0, 50, 10)], "ABC")
    told = fairness(select(frame, {"A": 100, "B": 60, "C": 0}, "real"))
    by = told.frame.set_index("region_id")
    assert by["success"].tolist() == [1.0, 0.5, 0.0]
    assert by["used"].tolist()[:2] == [0.8, 0.5] and np.isnan(by.loc["C", "used"]) and np.isnan(by.loc["C", "return"])
    success = told.summary.set_index("measure").loc["success"]
    # Mean difference over all ordered pairs: 2 (0.5 + 1 + 0.5) / 9 = 4/9; mean 1/2.
    assert success[["regions", "lowest", "highest", "ratio"]].tolist() == [3, 0.0, 1.0, 0.0]
    assert success["gini"] == pytest.approx(4 / 9)
    assert gini(np.array([2.0, 2.0])) == 0 and np.isnan(gini(np.array([]))) and np.isnan(gini(np.zeros(2)))
    assert repr(told).startswith("Fairness(3 regions")


def test_money_that_crosses_a_border_shows_in_the_return(kit):
    frame = kit.table([("p", 4, 50, 90)], "AB")
    told = fairness(select(frame, {"A": 100, "B": 60}, "real")).frame.set_index("region_id")["return"]
    assert told.to_dict() == {"A": 50 / 80, "B": 90 / 60}


def test_without_errors_every_draw_is_the_selection(found):
    drawn = uncertain_demand(found, draws=3, gap=0)
    assert (drawn.draws["projects"] == found.projects).all() and (drawn.draws["money"] == found.money).all()
    chances = drawn.chances.set_index("proposal_id")["chance"]
    assert chances.to_dict() == dict(zip(found.call.ids, map(float, found.funded), strict=True))


def test_chances_and_intervals_follow_their_laws(kit):
    # One proposal of 100 beside a budget of 100: its cost is above with probability Phi(-s/2), s^2 = ln(1 + 0.2^2).
    frame = kit.table([("p", 4, 1_000_000), ("q", 1, 10)], "A")
    drawn = uncertain_demand(select(frame, {"A": 1_000_000}, order="skip"), cost_sd=0.2, draws=800, seed=1)
    assert drawn.chances.set_index("proposal_id").loc["p", "chance"] == pytest.approx(0.5394, abs=0.06)
    again = uncertain_demand(select(frame, {"A": 1_000_000}, order="skip"), cost_sd=0.2, draws=800, seed=1)
    pd.testing.assert_frame_equal(drawn.draws, again.draws)
    assert drawn.draws["A"].equals(drawn.draws["money"])


def test_lowest_and_highest_grants_hold_in_every_draw(kit):
    # Both want more than the 100 they may get at most; without the limits, their 100 would err to both sides.
    frame = kit.table([("p", 4, 100, 0), ("q", 3, 0, 100)], "AB")
    found = select(frame, {"A": 100, "B": 100}, order="skip")
    limits = Limits(np.array([[150, 0], [0, 120]]), np.array([0, 121]), np.array([100, 100]))
    drawn = uncertain_demand(found, cost_sd=0.05, limits=limits, draws=400)
    chances = drawn.chances.set_index("proposal_id")["chance"]
    assert chances["p"] == 1 and set(drawn.draws["A"]) == {100} and set(drawn.draws["B"]) == {0, 100}
    # q is refused where it wants less than 121: with probability Phi((ln(120.5 / 120) + s^2 / 2) / s), s = 0.05.
    assert chances["q"] == pytest.approx(0.457, abs=0.07)
    assert (drawn.draws["proposals"] == 2).all()
    with pytest.raises(UsageError, match="limits"):
        uncertain_demand(found, limits=Limits(limits.wanted, limits.lowest, limits.highest - 1))


def test_equal_scores_with_errors_are_funded_as_often(kit):
    frame = kit.table([("p", 5, 100), ("q", 5, 100)], "A")
    drawn = uncertain_demand(select(frame, {"A": 100}, order="strict"), score_sd=1, draws=500)
    assert drawn.chances["chance"].sum() == pytest.approx(1)
    assert drawn.chances["chance"][0] == pytest.approx(0.5, abs=0.08)


def test_drawn_demand_is_poisson(kit):
    frame = kit.table([(f"p{i}", 5, 10) for i in range(4)], "A")
    first = select(frame, {"A": 10_000}, order="skip")
    drawn = uncertain_demand(first, demand=8, draws=800)
    assert drawn.draws["proposals"].mean() == pytest.approx(8, abs=0.4)
    assert drawn.draws["proposals"].var() == pytest.approx(8, abs=1.6)
    assert uncertain_demand(first, demand=0, draws=2).chances["chance"].isna().all()
    projects = drawn.draws["projects"].sort_values().tolist()
    assert drawn.intervals().loc["projects"].tolist() == [projects[40], projects[400], projects[759]]
    assert "800 draws" in repr(drawn)


def test_wrong_draws(found):
    for wrong in ({"score_sd": -1}, {"cost_sd": -0.1}, {"demand": -2}, {"cost_sd": np.nan}, {"draws": 0}):
        with pytest.raises(UsageError):
            uncertain_demand(found, **wrong)
    with pytest.raises(UsageError, match="level"):
        uncertain_demand(found, draws=1).intervals(1)
