"""Random calls held against a checker of its own, tiny ones against every subset there is."""

import itertools

import numpy as np
import pandas as pd
import pytest

from synergy.funding import grants, select

POTS = ("virtual", "mixed", "real")
ORDERS = ("optimal", "strict", "skip", "least-violation")


def funded_of(found):
    return [found.call.ids[i] for i in np.flatnonzero(found.funded)]


def frame_of(asked, scores, regions):
    rows = [(one, scores[one], *(asked[one].get(r, 0) for r in regions)) for one in sorted(asked)]
    return pd.DataFrame(rows, columns=["proposal_id", "score", *regions])


def test_no_rule_is_broken(kit, random_seed):
    call = kit.random_call(random_seed)
    costs = pd.DataFrame(call.costs, columns=["proposal_id", "region_id", "kind", "cost"])
    granted = grants(costs, call.rates, call.minimum, call.maximum)
    asked, refused = kit.grants_by_hand(call)
    assert set(granted.refused["proposal_id"]) == refused
    given = granted.asked.to_dict("index")
    assert {one: {r: cents for r, cents in row.items() if cents} for one, row in given.items()} == asked
    found = select(granted.with_scores(call.scores), call.budgets, call.pot, call.order, call.balancing, nodes=200)
    funded = funded_of(found)
    order = kit.ranking(asked, call.scores)
    assert list(found.call.ids) == order

    def fits(ids):
        return kit.payable(asked, ids, call.budgets, call.pot, call.balancing)

    assert fits(funded)
    check_money(found, asked, funded, call)
    walked = []
    for one in order:
        if fits([*walked, one]):
            walked.append(one)
        elif call.order == "strict":
            break
    if call.order in ("strict", "skip"):
        assert funded == walked and found.bound is None
    else:
        assert not any(fits([*funded, one]) for one in order if one not in funded)
        assert 0 <= found.gap <= 1e-4
    if call.order == "optimal":
        assert sum(call.scores[one] for one in funded) >= sum(call.scores[one] for one in walked) - 1e-9
    if call.order == "least-violation":
        assert len(funded) >= len(walked)
    assert found.violations == kit.count_violations(order, set(funded))
    check_reasons(kit, found, asked, funded, call)


def check_money(found, asked, funded, call):
    payments = pd.DataFrame(found.payments, index=found.call.regions, columns=found.call.regions)
    needs = {r: sum(asked[one].get(r, 0) for one in funded) for r in call.budgets}
    assert (payments.to_numpy() >= 0).all() and payments.to_numpy().dtype == np.int64
    assert payments.sum().to_dict() == needs
    assert found.money == sum(needs.values()) == sum(payments.sum(axis=1))
    for region, budget in call.budgets.items():
        paid, abroad = payments.loc[region].sum(), payments.loc[region].drop(region).sum()
        assert paid <= budget
        share = {"virtual": 0, "mixed": call.balancing, "real": 1}[call.pot]
        assert abroad <= share * budget + 1e-9
        if abroad:
            assert payments.loc[region, region] == needs[region], "own applicants come first"
    told = found.regions.set_index("region_id")
    assert (told["paid"] + told["left"] == told["budget"]).all()
    assert (told["used"] == told["paid"] - told["given"] + told["received"]).all()
    assert told["given"].sum() == told["received"].sum() == found.transfers["cents"].sum()


def check_reasons(kit, found, asked, funded, call):
    """Of a virtual pot: with what is said to lack, and no cent less, a proposal left out could be paid."""
    told = found.frame.set_index("proposal_id")["why"]
    assert told[funded].isna().all() and told.drop(funded).notna().all()
    if call.pot == "virtual":
        for one, lacks in found.lacks.groupby("proposal_id"):
            more = dict(call.budgets)
            for region, cents in zip(lacks["region_id"], lacks["lacks"], strict=True):
                more[region] += cents
            assert kit.payable(asked, [*funded, one], more, "virtual", 0)
            more[lacks["region_id"].iloc[0]] -= 1
            assert not kit.payable(asked, [*funded, one], more, "virtual", 0)


def test_tiny_ones_equal_brute_force(kit, tiny_seed):
    call = kit.random_call(10_000 + tiny_seed, most=7, regions=3)
    asked, _ = kit.grants_by_hand(call)
    regions = sorted(call.budgets)
    order = kit.ranking(asked, call.scores)
    subsets = [ids for k in range(len(order) + 1) for ids in itertools.combinations(order, k)]
    for pot in POTS:
        possible = [ids for ids in subsets if kit.payable(asked, ids, call.budgets, pot, call.balancing)]
        best = max(sum(call.scores[one] for one in ids) for ids in possible)
        most = max(map(len, possible))
        least = min(kit.count_violations(order, ids) for ids in possible if len(ids) == most)
        prefix = max((ids for ids in possible if list(ids) == order[: len(ids)]), key=len)
        for how in ORDERS:
            found = select(frame_of(asked, call.scores, regions), call.budgets, pot, how, call.balancing, gap=0)
            funded = funded_of(found)
            assert tuple(funded) in possible
            if how == "optimal":
                assert found.score == pytest.approx(best, abs=1e-9) and found.proven
                assert found.bound == pytest.approx(best, abs=1e-6)
            elif how == "strict":
                assert tuple(funded) == prefix
            elif how == "least-violation":
                assert (len(funded), found.violations) == (most, least)
                assert found.bound == most
            else:
                assert not any(set(funded) < set(ids) for ids in possible)
