"""Calls made by hand and by lot, and a checker with logic of its own: plain Python, nothing of the package."""

import itertools
import os
import random
from fractions import Fraction
from types import SimpleNamespace

import pandas as pd
import pytest

# The suite takes a lean share; `python -m benchmarks.funding check` runs 2,000 random calls and 200 tiny ones.
RANDOM_CALLS = int(os.environ.get("FUNDING_RANDOM_CALLS", "40"))
TINY_CALLS = int(os.environ.get("FUNDING_TINY_CALLS", "8"))
KINDS = ("firm", "research")


def pytest_generate_tests(metafunc):
    if "random_seed" in metafunc.fixturenames:
        metafunc.parametrize("random_seed", range(RANDOM_CALLS))
    if "tiny_seed" in metafunc.fixturenames:
        metafunc.parametrize("tiny_seed", range(TINY_CALLS))


def table(rows, regions):
    """Proposals from (id, score, cents…)."""
    return pd.DataFrame(rows, columns=["proposal_id", "score", *regions])


def random_call(seed, most=24, regions=5):
    """Partners' costs, rates, limits, scores, budgets by lot; cents that divide badly, equal scores, dry regions."""
    rng = random.Random(seed)
    names = [f"R{k}" for k in range(rng.randint(1, regions))]
    rates = {(r, kind): Fraction(rng.randint(1, 100), 100) for r in names for kind in KINDS if rng.random() < 0.95}
    rates |= {(r, "firm"): Fraction(rng.randint(30, 100), 100) for r in names}
    costs = []
    for i in range(rng.randint(1, most)):
        for r in rng.sample(names, rng.randint(1, len(names))):
            for _ in range(rng.randint(1, 2)):
                costs.append((f"p{i:02}", r, rng.choice(KINDS), rng.randint(1, 30_000_00)))
    ids = sorted({one for one, *_ in costs})
    wanted = {r: sum(cost for _, at, _, cost in costs if at == r) for r in names}
    budgets = {r: 0 if rng.random() < 0.1 else int(wanted[r] * rng.uniform(0.05, 0.9)) for r in names}
    return SimpleNamespace(
        costs=costs,
        rates=rates,
        minimum={r: rng.randint(1, 2_000_00) for r in names if rng.random() < 0.3},
        maximum={r: rng.randint(5_000_00, 20_000_00) for r in names if rng.random() < 0.5},
        scores={one: rng.randint(0, 30) / 2 for one in ids},
        budgets=budgets,
        pot=rng.choice(["virtual", "mixed", "real"]),
        order=rng.choice(["optimal", "strict", "skip", "least-violation"]),
        balancing=rng.choice([0, 0.1, 0.25, 0.333, 1]),
    )


def grants_by_hand(call):
    """(asked by proposal and region, refused ids) with fractions, from the rows alone."""
    asked, refused = {}, set()
    for one, region, kind, cost in call.costs:
        if (region, kind) not in call.rates:
            refused.add(one)
            continue
        rate = call.rates[region, kind]
        whole = (rate.numerator * cost) // rate.denominator
        asked.setdefault(one, {}).setdefault(region, []).append(whole)
    for one, parts in asked.items():
        for region, list_of in parts.items():
            given = sum(list_of)
            if region in call.maximum and given > call.maximum[region]:
                given = call.maximum[region]
            if given < call.minimum.get(region, 0) or given == 0:
                refused.add(one)
            parts[region] = given
    return {one: parts for one, parts in asked.items() if one not in refused}, refused


def payable(asked, ids, budgets, pot, balancing):
    """Whether a pot can pay these proposals: region by region, then what is short against what is shared."""
    short = shared = 0
    for region, budget in budgets.items():
        need = sum(asked[one].get(region, 0) for one in ids)
        share = {"virtual": Fraction(0), "mixed": Fraction(str(balancing)), "real": Fraction(1)}[pot]
        lent = (share.numerator * budget) // share.denominator
        shared += lent
        short += max(need - (budget - lent), 0)
    return short <= shared


def ranking(asked, scores):
    return sorted(asked, key=lambda one: (-scores[one], sum(asked[one].values()), one))


def count_violations(order, funded):
    return sum(high not in funded and low in funded for high, low in itertools.combinations(order, 2))


@pytest.fixture
def kit():
    return SimpleNamespace(
        table=table,
        random_call=random_call,
        grants_by_hand=grants_by_hand,
        payable=payable,
        ranking=ranking,
        count_violations=count_violations,
    )
