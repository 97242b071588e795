"""Random small pools and rules of every kind, and a checker and a value of their own, written without synergy's."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from synergy.consortia import Pool, Rule, Value

COUNTRIES = ["AT", "DE", "IT", "SI", "FR", "CH"]
KINDS = ["firm", "research", "university", "public"]
SIZES = ["micro", "small", "large"]


def drawn_pool(seed: int, n: int = 8, capacities: int = 5, missing: float = 0.1) -> Pool:
    """Return a pool in which each attribute and cost is unknown with a chance of ``missing``."""
    draw = random.Random(seed)

    def perhaps(value):
        return None if draw.random() < missing else value

    ids = [f"c{number}" for number in range(n)]
    countries = [draw.choice(COUNTRIES) for _ in ids]
    candidates = pd.DataFrame(
        {
            "candidate_id": ids,
            "country": [perhaps(one) for one in countries],
            "region": [perhaps(f"{one}{draw.randint(1, 2)}") for one in countries],
            "kind": [perhaps(draw.choice(KINDS)) for _ in ids],
            "size": [perhaps(draw.choice(SIZES)) for _ in ids],
            "region_kind": [perhaps(draw.choice(["less-developed", "more-developed"])) for _ in ids],
            "owner": [perhaps(f"o{draw.randint(1, n)}") for _ in ids],
            "cost": pd.array(
                [perhaps(draw.choice([0.0, *[float(draw.randint(5, 40) * 10_000)] * 9])) for _ in ids], dtype="Float64"
            ),
        }
    )
    links = [
        (one, f"k{k}", round(draw.uniform(0.05, 1), 2))
        for one in ids
        for k in range(capacities)
        if draw.random() < 0.45
    ]
    pool = Pool.from_frames(candidates, pd.DataFrame(links, columns=["candidate_id", "capacity", "quality"]))
    ties = np.triu(np.array([[draw.random() < 0.3 for _ in ids] for _ in ids]), 1).astype(float)
    regions = sorted(pool.candidates["region"].dropna().unique())
    table = np.array([draw.random() for _ in regions for _ in regions]).reshape(len(regions), len(regions))
    table = (table + table.T) / 2
    return Pool(
        pool.candidates, pool.capacities, pool.quality, ties=sparse.csr_array(ties + ties.T),
        complementarity=pd.DataFrame(table, index=regions, columns=regions),
    )  # fmt: skip


def drawn_value(seed: int, pool: Pool) -> Value:
    draw = random.Random(seed)
    return Value(
        weights={one: round(draw.uniform(0, 2), 1) for one in pool.capacities},
        returns=draw.choice([(1.0,), (1.0, 0.5), (1.0, 0.6, 0.6, 0.1)]),
        cooperation=draw.choice([0.0, 0.3, -0.3]),
        complementarity=draw.choice([0.0, 0.4]),
    )


def drawn_rules(seed: int, count: int = 4) -> tuple[Rule, ...]:
    """Return rules of all kinds, drawn so that most sets of them can be kept."""
    draw = random.Random(seed)
    whos = [
        {}, {"kind": ("firm",)}, {"kind": ("firm",), "size": ("micro", "small")}, {"country": ("AT", "IT", "DE")},
        {"region_kind": ("less-developed",)}, {"id": ("c1", "c2", "c5")},
    ]  # fmt: skip
    made = []
    for number in range(count):
        counts = draw.choice(["partners", "partners", "countries", "regions", "kinds", "owners", "cost", "share"])
        unknown, who, per = draw.choice(["confirm", "confirm", "refuse"]), draw.choice(whos), None
        least, most = None, None
        every = draw.random() < 0.06
        if every:
            counts, who = "partners", draw.choice(whos[1:4])
        elif counts in ("partners", "cost", "share") and draw.random() < 0.35:
            per = draw.choice(["partner", "country", "region", "kind", "owner"])
            most = {"partners": draw.randint(1, 3), "cost": draw.randint(30, 70) * 10_000.0, "share": 0.7}[counts]
            most = 1 if counts == "partners" and per == "partner" else most
        elif counts == "cost":
            least = draw.choice([None, draw.randint(1, 40) * 10_000.0])
            most = draw.choice([None, draw.randint(60, 150) * 10_000.0])
        elif counts == "share":
            who = who or whos[1]
            least, most = draw.choice([(0.3, None), (None, 0.8), (0.2, 0.9), (0.0, None), (None, 1.0)])
        else:
            least = draw.choice([None, 1, 2, 3 if counts == "partners" else 2])
            most = draw.choice([None, 3, 4])
        if least is None and most is None and not every:
            most = {"cost": 10**6, "share": 0.8}.get(counts, 4)
        made.append(Rule(f"r{number}", "drawn", counts, least, most, who, per, every, unknown))
    return tuple(made)


def people_of(pool: Pool) -> dict[str, dict]:
    """Return each candidate as a plain dict, None where something is not known."""
    rows = pool.candidates.assign(partner=pool.candidates["candidate_id"]).to_dict("records")
    return {row["partner"]: {key: None if pd.isna(value) else value for key, value in row.items()} for row in rows}


def broken(people: dict[str, dict], rules, members: list[str]) -> list[str]:
    """Return the ids of the rules that the members break (confirm), or do not surely keep (refuse)."""
    chosen = [people[one] for one in members]
    return [rule.id for rule in rules if not _kept(rule, chosen)]


def _is(person: dict, who: dict) -> bool | None:
    """Whether somebody is meant; None when that is not known."""
    found = True
    for attribute, values in who.items():
        own = person["candidate_id" if attribute == "id" else attribute]
        found = _both(found, None if own is None else own in values)
    return found


def _both(a: bool | None, b: bool | None) -> bool | None:
    return False if a is False or b is False else (None if a is None or b is None else True)


def _kept(rule: Rule, people: list[dict]) -> bool:
    if rule.counts == "people":
        return True
    if rule.counts == "share" and not people:
        return not rule.min and (rule.max is None or rule.max >= 1)  # nothing has no shares
    meant = [_is(person, rule.who) for person in people]
    sure = rule.unknown == "refuse"
    if rule.every:
        return all(one is True or (one is None and not sure) for one in meant)
    if rule.per is None:
        return _within(rule, _range(rule, people, meant), sure)
    groups = {person[rule.per] for person in people} - {None}
    ranges = []
    for group in [*sorted(groups), "nobody is known to be here"]:
        ours = [_both(one, _is(person, {rule.per: [group]})) for person, one in zip(people, meant, strict=True)]
        ranges.append(_range(rule, people, ours))
    return all(_within(rule, one, sure) for one in ranges)


def _range(rule: Rule, people: list[dict], meant: list) -> tuple[float, float]:
    certain = [person for person, one in zip(people, meant, strict=True) if one is True]
    maybe = [person for person, one in zip(people, meant, strict=True) if one is not False]
    if rule.counts == "partners":
        return len(certain), len(maybe)
    if rule.counts == "cost":
        low = sum(person["cost"] for person in certain if person["cost"] is not None)
        high = sum(float("inf") if person["cost"] is None else person["cost"] for person in maybe)
        return low, high
    if rule.counts == "share":
        return _share(people, certain, maybe)
    attribute = {"countries": "country", "regions": "region", "kinds": "kind", "owners": "owner"}[rule.counts]
    known = {person[attribute] for person in certain} - {None}
    possible = {person[attribute] for person in maybe} - {None}
    return max(len(known), int(bool(certain))), len(possible) + sum(person[attribute] is None for person in maybe)


def _share(people: list[dict], certain: list[dict], maybe: list[dict]) -> tuple[float, float]:
    """The least: unknown costs of others are huge, of the certain nothing; the most: the other way round."""
    total = sum(person["cost"] or 0 for person in people)
    if len(certain) == len(people):
        return 1.0, 1.0
    if not maybe:
        return 0.0, 0.0
    others = [person for person in people if not any(person is one for one in certain)]
    huge = any(person["cost"] is None for person in others) or not total
    low = 0.0 if huge else sum(person["cost"] or 0 for person in certain) / total
    huge = any(person["cost"] is None for person in maybe) or not total
    return low, 1.0 if huge else sum(person["cost"] for person in maybe) / total


def _within(rule: Rule, found: tuple[float, float], sure: bool) -> bool:
    low, high = found
    for_min, for_max = (low, high) if sure else (high, low)
    slack = 1e-6 * max(1.0, rule.min or 0, rule.max or 0)
    return (rule.min is None or for_min >= rule.min - slack) and (rule.max is None or for_max <= rule.max + slack)


def worth(pool: Pool, value: Value, members: list[str]) -> float:
    """Return what members are worth, added up pair by pair and capacity by capacity."""
    at = [pool.ids.index(one) for one in members]
    quality, ties = pool.quality.toarray()[at], pool.ties.toarray()
    total = value.cooperation * sum(ties[i, j] > 0 for i, j in combinations(at, 2))
    for k, capacity in enumerate(pool.capacities):
        best = sorted(quality[:, k], reverse=True)
        total += value.weights.get(capacity, 1.0) * sum(r * q for r, q in zip(value.returns, best, strict=False))
    regions = sorted({pool.candidates["region"][i] for i in at} - {None})
    table = pool.complementarity.to_numpy()
    place = {region: k for k, region in enumerate(pool.complementarity.index)}
    top = np.where(np.eye(len(table), dtype=bool), 0, table).max(initial=0) or 1.0
    return total + value.complementarity * sum(table[place[g], place[h]] / top for g, h in combinations(regions, 2))


def best_of_all(pool: Pool, rules, value: Value, most: int) -> tuple[float, tuple[str, ...]] | None:
    """Return the best choice of at most so many members by trying every one; None when there is none."""
    people, best = people_of(pool), None
    for size in range(most + 1):
        for members in combinations(pool.ids, size):
            if (best is None or worth(pool, value, members) > best[0]) and not broken(people, rules, members):
                best = worth(pool, value, members), members
    return best


@pytest.fixture(scope="session")
def draws():
    """The pools, rules and values drawn at random."""
    return drawn_pool, drawn_rules, drawn_value


@pytest.fixture(scope="session")
def checker():
    """(people_of, broken, worth, best_of_all): rules and values by code of its own."""
    return people_of, broken, worth, best_of_all
