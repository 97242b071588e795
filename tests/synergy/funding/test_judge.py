import numpy as np
import pandas as pd
import pytest

from synergy.funding import grants
from synergy.funding.judge import judge, rate_of
from synergy.funding.offer import Partner, Proposal
from synergy.funding.programmes import programmes_of

RATES = [
    ("a", "firm", "sme", 0.45), ("a", "firm", "large", 0), ("a", "research", None, 1), ("a", "university", None, None),
    ("b", "firm", "micro", 0.5), ("b", "firm", "small", 0.5), ("b", "firm", "medium", 0.35), ("b", "other", None, 0.3),
]  # fmt: skip


def rows(columns, values):
    return [dict(zip(columns, each, strict=True)) for each in values]


@pytest.fixture(scope="session")
def programmes(funding_study):
    study = funding_study(
        {
            "a": {"budget": 1000, "min_grant": 50, "max_grant": 100, "unfunded_partner": "no"},
            "b": {"budget": 1000, "partner_cost": 200},
        },
        funding_rates=rows(("programme_id", "kind", "size", "rate"), RATES),
        partner_needs=[
            {"programme_id": "a", "who": "sme", "where": "project", "minimum": 2},
            {"programme_id": "b", "who": "firm", "where": "home", "minimum": 1},
        ],
    )
    return {programme.programme_id: programme for programme in programmes_of(study)}


SERVES = {"AT31": "a", "DE21": "b", "CZ01": None}


def proposal(*partners):
    return Proposal("p", 1.0, tuple(Partner(f"P{k}", *each, f"x.csv:{k}") for k, each in enumerate(partners)))


@pytest.mark.parametrize(
    ("programme", "kind", "size", "found"),
    [
        ("a", "firm", "small", (0.45, False)),
        ("a", "firm", "large", (0.0, False)),
        ("a", "firm", None, (0.45, True)),
        ("a", "firm", "sme", (0.45, False)),
        ("b", "firm", "sme", (0.5, True)),
        ("b", "firm", "large", (None, False)),
        ("b", "cluster", None, (0.3, False)),
        ("a", "university", None, (None, False)),
        ("a", "research", "large", (1.0, False)),
        ("a", None, None, (None, False)),
    ],
)
def test_the_rate_of_a_kind_and_size(programmes, programme, kind, size, found) -> None:
    assert rate_of(programmes[programme], kind, size) == found


def test_costs_times_rates_rounded_down_and_cut_at_the_highest_grant(programmes) -> None:
    two = [("AT31", "firm", "small", 10_001), ("DE21", "firm", "small", 333)]
    found = judge(proposal(*two, ("AT31", "firm", "sme", 9_999)), SERVES, programmes)
    # floor(0.45 x 10001) + floor(0.45 x 9999) = 4500 + 4499, floor(0.5 x 333) = 166
    assert (found.asked, found.refused, found.capped) == ({"a": 8_999, "b": 166}, (), ())
    found = judge(proposal(*two, ("AT31", "firm", "sme", 99_999)), SERVES, programmes)
    assert (found.asked["a"], found.capped) == (10_000, ("a",))


def test_below_the_least_grant_it_is_refused(programmes) -> None:
    found = judge(proposal(("AT31", "firm", "small", 100), ("AT31", "firm", "small", 100)), SERVES, programmes)
    assert found.refused == ("Programme a gives 50 EUR or more, and 0.90 EUR are asked of it",)


def test_too_few_smes_are_refused_and_unknown_sizes_are_to_confirm(programmes) -> None:
    one = judge(proposal(("AT31", "firm", "small", 15_000), ("AT31", "research", None, 1_000)), SERVES, programmes)
    assert one.refused == ("Programme a needs 2 SMEs, and there are 1",)
    open_ = judge(proposal(("AT31", "firm", "small", 15_000), ("AT31", "firm", None, 1_000)), SERVES, programmes)
    assert open_.refused == ()
    assert open_.to_confirm == (
        "that there are 2 SMEs: 1 are known (Programme a)", "the size of P1: Programme a pays by it",
    )  # fmt: skip


def test_a_need_of_its_own_region_counts_there_alone(programmes) -> None:
    partners = [("AT31", "firm", "small", 15_000)] * 2
    found = judge(proposal(*partners, ("DE21", "other", None, 100)), SERVES, programmes)
    assert found.refused == ("Programme b needs 1 firm of its own region, and there are 0",)


def test_a_partner_whom_nobody_funds(programmes) -> None:
    smes = [("AT31", "firm", "small", 15_000)] * 2
    assert judge(proposal(*smes, ("CZ01", "firm", "small", 5)), SERVES, programmes).refused == (
        "Programme a allows no partner whom nobody funds: P2",
    )  # fmt: skip
    found = judge(proposal(("DE21", "firm", "small", 500), ("CZ01", "firm", "small", 5)), SERVES, programmes)
    assert (found.refused, found.to_confirm) == ((), ("that Programme b allows a partner whom nobody funds: P1",))


def test_what_is_not_known_is_not_zero(programmes) -> None:
    unknown = judge(proposal(("AT31", "university", None, 5_000)), SERVES, programmes)
    assert unknown.refused == ("what Programme a pays a university such as P0 is not known",) and not unknown.asked
    assumed = judge(proposal(("DE21", "firm", "micro", None)), SERVES, programmes)
    assert (assumed.asked, assumed.parts[0].cost, assumed.parts[0].cost_assumed) == ({"b": 10_000}, 20_000, True)
    said = judge(proposal(("DE21", "firm", "micro", None)), SERVES, programmes, partner_cost=7)
    assert said.asked == {"b": 3}
    none = judge(proposal(("AT31", "firm", "small", None)), SERVES, programmes)
    assert none.refused[0] == "the cost of P0 is not known"


def test_it_agrees_with_grants_on_random_proposals(programmes) -> None:
    """``grants`` is written apart from this: the same costs, rates and limits give the same cents."""
    rng = np.random.default_rng(3)
    rates = {("a", "sme"): 0.45, ("a", "research"): 1, ("b", "sme"): 0.5}
    costs = pd.DataFrame(
        {
            "proposal_id": [f"p{k // 3:03}" for k in range(300)],
            "region_id": rng.choice(["a", "b"], 300),
            "cost": rng.integers(1, 20_000, 300),
        }
    )
    costs["kind"] = ["research" if r == "a" and rng.random() < 0.3 else "sme" for r in costs["region_id"]]
    given = grants(costs, rates, {"a": 5_000}, {"a": 10_000})
    home = {"a": "AT31", "b": "DE21"}
    for key, part in costs.groupby("proposal_id"):
        partners = [
            (home[region], "firm" if kind == "sme" else kind, "micro", int(cost))
            for region, kind, cost in part[["region_id", "kind", "cost"]].itertuples(index=False)
        ]
        found = judge(proposal(*partners), SERVES, programmes)
        money = {region: cents for region, cents in found.asked.items() if cents}
        limits = any("or more" in reason or "no money" in reason for reason in found.refused)
        if key in given.asked.index:
            assert money == {region: cents for region, cents in given.asked.loc[key].items() if cents} and not limits
        else:
            assert limits
