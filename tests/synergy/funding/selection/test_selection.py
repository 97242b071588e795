"""Selections worked by hand: the orders, the dry region, what is told of them."""

import ctypes
import json
import subprocess
import sys

import numpy as np
import pytest

from benchmarks.funding.calls import simulated
from synergy.funding import select
from synergy.funding.exact import maximise, stdout_kept
from synergy.funding.orders import violations
from synergy.funding.pots import pot_of

# By rank: a (A 60, B 60), b (A 60), c (B 40), d (A 40), e (A 40, B 10), f (B 10).
RANKED = [("a", 10, 60, 60), ("b", 9, 60, 0), ("c", 8, 0, 40), ("d", 7, 40, 0), ("e", 6, 40, 10), ("f", 0.5, 0, 10)]
BUDGETS = {"A": 100, "B": 100}


def ids(found):
    return "".join(found.frame.loc[found.frame["funded"], "proposal_id"])


@pytest.mark.parametrize(
    ("pot", "order", "funded"),
    [
        ("virtual", "strict", "a"), ("virtual", "skip", "acd"), ("virtual", "optimal", "acd"),
        ("virtual", "least-violation", "bcdf"), ("mixed", "skip", "acd"), ("mixed", "strict", "a"),
        ("real", "strict", "ab"), ("real", "skip", "abf"), ("real", "optimal", "bcdef"),
    ],
)  # fmt: skip
def test_by_hand(kit, pot, order, funded):
    assert ids(select(kit.table(RANKED, "AB"), BUDGETS, pot, order)) == funded


def test_least_violation_counts_pairs(kit):
    found = select(kit.table(RANKED, "AB"), BUDGETS, order="least-violation")
    # b, c, d over a; f over a and e.
    assert found.violations == 5 and found.bound == 4 and found.proven
    assert violations([]) == 0


def dry(kit):
    regions = ("AT32", "DE21", "ITH3")
    rows = [
        ("wood", 14.5, 250_000_00, 300_000_00, 200_000_00),
        ("steel", 13.0, 0, 400_000_00, 300_000_00),
        ("care", 12.0, 150_000_00, 0, 250_000_00),
    ]
    return kit.table(rows, regions), {"AT32": 200_000_00, "DE21": 1_000_000_00, "ITH3": 800_000_00}


def test_a_dry_region_breaks_the_top_proposal_and_the_balancing_pot_mends_it(kit):
    proposals, budgets = dry(kit)
    virtual = select(proposals, budgets)
    assert virtual.frame["why"][0] == "AT32 lacks 200,000.00 (it asks more than the whole budget)"
    assert virtual.frame["funded"].tolist() == [False, True, True]
    assert virtual.regions.set_index("region_id")["binding"].to_dict() == {"AT32": True, "DE21": False, "ITH3": False}
    assert select(proposals, budgets, order="strict").projects == 0
    mixed = select(proposals, budgets, "mixed")
    assert mixed.frame["funded"].tolist() == [True, True, False]
    assert [one["why"] is None for one in mixed.to_dict()["proposals"]] == [True, True, False]
    # DE21 has 300,000 left, of which 100,000 are in the balancing pot; ITH3 300,000, of which 80,000: 5 to 4.
    assert mixed.transfers.to_dict("records") == [
        {"payer": "DE21", "receiver": "AT32", "cents": 27_777_78},
        {"payer": "ITH3", "receiver": "AT32", "cents": 22_222_22},
    ]
    assert mixed.frame["why"][2] == "the balancing pot lacks 50,000.00: AT32 needs 150,000.00; ITH3 needs 30,000.00"


def test_reasons_of_the_other_orders(kit):
    frame = kit.table(RANKED, "AB")
    strict = select(frame, BUDGETS, order="strict")
    assert strict.frame["why"].tolist()[1:3] == ["A lacks 0.20", "the ranking stopped at b, rank 2"]
    assert strict.lacks.to_dict("records") == [
        {"proposal_id": "b", "region_id": "A", "asks": 60, "left": 40, "lacks": 20}
    ]
    real = select(frame, BUDGETS, "real", "skip")
    assert real.frame["why"][2] == "the common pot lacks 0.30"


def test_equal_scores_go_by_less_money_then_id(kit):
    frame = kit.table([("x", 5, 60), ("y", 5, 50), ("z", 5, 50)], "A")
    assert ids(select(frame, {"A": 60})) == "y"
    assert ids(select(frame, {"A": 110})) == "yz"


def test_the_scale_of_the_scores_does_not_matter(kit):
    for factor in (1e-30, 1e-3, 1, 1e7):
        rows = [(one, score * factor, *asked) for one, score, *asked in RANKED]
        found = select(kit.table(rows, "AB"), BUDGETS)
        assert ids(found) == "acd" and found.bound == pytest.approx(25 * factor)


def test_nothing_payable_is_left_out_even_at_score_0(kit):
    assert ids(select(kit.table([("x", 5, 60), ("y", 0, 40)], "A"), {"A": 100})) == "xy"


def test_no_proposals_and_no_money(kit):
    for order in ("optimal", "strict", "skip", "least-violation"):
        empty = select(kit.table([], "AB"), BUDGETS, "mixed", order)
        assert (empty.projects, empty.money, empty.score, len(empty.frame)) == (0, 0, 0.0, 0)
        poor = select(kit.table(RANKED, "AB"), {"A": 0, "B": 0}, "mixed", order)
        assert (poor.projects, poor.money) == (0, 0) and poor.frame["why"].notna().all()
        json.dumps(poor.to_dict())
        assert "0 of 6" in repr(poor)


def test_a_budget_is_kept_to_the_cent_where_floating_point_would_not_see_it(kit):
    # Three times a third of 100,000,000.00, and a cent too much: less than the solver's tolerance.
    third = 3_333_333_333
    frame = kit.table([("x", 1, third), ("y", 1, third), ("z", 1, third + 1)], "A")
    assert select(frame, {"A": 3 * third + 1}).projects == 3
    assert select(frame, {"A": 3 * third}, gap=0).projects == 2


def test_the_forbidden_choice_is_solved_again_and_the_bound_stays_one():
    asked = np.array([[10**9], [10**9], [10**9 + 1]])
    found = maximise(np.array([2.0, 2.0, 2.0]), asked, pot_of("virtual", np.array([3 * 10**9])), gap=0, nodes=100)
    assert found.value == 4.0 and found.bound == pytest.approx(4.0)


def test_where_cents_decide_a_thousand_times_the_gap_tells(kit):
    # Any three fit but for a cent, as long as one of them asks 1,000,000,000.01: too many sets to forbid one by one.
    rows = [(f"p{i:02}", 1 + i % 2, 10**11 + i % 2) for i in range(60)]
    found = select(kit.table(rows, "A"), {"A": 3 * 10**11}, gap=0)
    assert (found.projects, found.score, found.money) == (2, 4.0, 2 * 10**11 + 2)
    assert found.bound > 4 and not found.proven


def test_what_the_solver_prints_does_not_reach_the_output(capfd):
    with stdout_kept():
        ctypes.CDLL(None).printf(b"a line of the solver\n")
    print("the command's JSON")
    out, error = capfd.readouterr()
    assert (out, error) == ("the command's JSON\n", "a line of the solver\n")


def test_it_is_the_same_in_another_process():
    code = (
        "from benchmarks.funding.calls import simulated; from synergy.funding import select;"
        "print(select(*simulated(3, 30), 'mixed', gap=0.01, nodes=50).to_dict())"
    )
    environment = {"PYTHONHASHSEED": "7", "OMP_NUM_THREADS": "2"}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert told.stdout.strip() == str(select(*simulated(3, 30), "mixed", gap=0.01, nodes=50).to_dict())
