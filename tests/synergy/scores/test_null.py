"""The law of the overlap is exact, and p-values hold their level where the null is true."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

import synergy
from synergy import Settings
from synergy.economy.profiles import idf, popularity
from synergy.scores.lists import Lists
from synergy.scores.null import STEPS, lattice, overlap_tails, similarity_test
from synergy.scores.pairs import Pairs


def enumerated(first: np.ndarray, second: np.ndarray, steps: np.ndarray, k: int, m: int, most: int) -> np.ndarray:
    """Every pair of lists of k and m fields, weighed by the product of its odds."""
    tails = np.zeros(most + 1)
    whole = 0.0
    for one, two in product(combinations(range(len(first)), k), combinations(range(len(second)), m)):
        weight = float(np.prod(first[list(one)]) * np.prod(second[list(two)]))
        overlap = int(sum(steps[f] for f in set(one) & set(two)))
        tails[: min(overlap, most) + 1] += weight
        whole += weight
    return tails / whole


ODDS = st.floats(0.01, 50.0)


@settings(max_examples=20, deadline=None)
@given(st.data(), st.integers(1, 4))
def test_the_law_is_that_of_all_lists_enumerated(data, n: int) -> None:
    first, second = (np.array(data.draw(st.lists(ODDS, min_size=n, max_size=n))) for _ in range(2))
    steps = np.array(data.draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)))
    most = data.draw(st.integers(0, int(steps.sum())))
    tails = overlap_tails(first, second, steps, (n, n), most)
    for k, m in product(range(n + 1), repeat=2):
        np.testing.assert_allclose(tails[k, m], enumerated(first, second, steps, k, m, most), rtol=1e-9, atol=1e-12)


def test_fields_all_alike_give_the_hypergeometric_law() -> None:
    tails = overlap_tails(np.full(20, 0.3), np.full(20, 7.0), np.ones(20, dtype=int), (6, 9), 6)
    np.testing.assert_allclose(tails[6, 9], hypergeom.sf(np.arange(7) - 1, 20, 6, 9), rtol=1e-10)


def test_small_tails_are_exact_and_only_ratios_of_odds_matter() -> None:
    n = 60
    odds = np.linspace(0.01, 0.2, n)
    tails = overlap_tails(odds, odds, np.ones(n, dtype=int), (8, 8), 8)[8, 8]
    again = overlap_tails(100 * odds, odds / 100, np.ones(n, dtype=int), (8, 8), 8)[8, 8]
    np.testing.assert_allclose(tails, again, rtol=1e-9)

    # all eight in common: sum over lists of P(list)^2, by the elementary symmetric polynomials
    def symmetric(x: np.ndarray) -> float:
        e = np.zeros(9)
        e[0] = 1
        for each in x:
            e[1:] += each * e[:-1]
        return float(e[8])

    assert tails[8] == pytest.approx(symmetric(odds**2) / symmetric(odds) ** 2, rel=1e-9)
    assert tails[8] < 1e-6


def test_more_fields_than_there_are_is_no_list() -> None:
    tails = overlap_tails(np.ones(2), np.ones(2), np.array([1, 1]), (3, 1), 1)
    assert np.isnan(tails[3]).all() and not np.isnan(tails[:3]).any()


def test_the_lattice_keeps_proportions() -> None:
    weights = np.array([0.0, 1.0, 2.0, 4.0])
    np.testing.assert_array_equal(lattice(weights), [0, 12, 25, STEPS])
    assert lattice(np.zeros(3)).tolist() == [0, 0, 0]


def lists_of(present: np.ndarray, countries: np.ndarray) -> tuple[Lists, Pairs]:
    """One list per region; each field is a row of its own."""
    ids = [f"R{i:02d}" for i in range(len(present))]
    profiles = pd.DataFrame(present, index=ids, columns=[f"f{j}" for j in range(present.shape[1])])
    rows = [(ids[i], f"p{i}-{j}", (f"f{j}",)) for i, j in np.argwhere(present)]
    statements = pd.DataFrame(rows, columns=["region_id", "priority_id", "fields"])
    number = np.arange(len(ids))
    lists = Lists(profiles, idf(profiles), pd.Series(countries, index=ids), number, statements)
    return lists, Pairs.of_regions(tuple(ids))


def drawn(rng: np.random.Generator, odds: np.ndarray, length: int) -> np.ndarray:
    """A list of that length with P ~ product of odds: field by field, given how many are still to come."""
    ways = np.zeros((len(odds) + 1, length + 1))
    ways[-1, 0] = 1
    for f in range(len(odds) - 1, -1, -1):
        ways[f] = ways[f + 1]
        ways[f, 1:] += odds[f] * ways[f + 1, :-1]
    taken = np.zeros(len(odds), dtype=int)
    for f in range(len(odds)):
        left = length - taken.sum()
        taken[f] = left > 0 and rng.random() < odds[f] * ways[f + 1, left - 1] / ways[f, left]
    return taken


@pytest.mark.parametrize("fashion", [0.4, 2.0], ids=["countries unlike", "countries alike"])
def test_p_values_hold_their_level_where_the_null_is_true(fashion: float) -> None:
    # Six countries of 2 to 9 lists; how popular a field is in each is drawn anew, so that the smoothed popularity
    # the test uses is never the true one. Within a country, where imitation is, and across borders alike.
    rng = np.random.default_rng(20)
    countries = np.repeat(list("abcdef"), [2, 2, 4, 4, 8, 9])
    found: dict[bool, list[np.ndarray]] = {True: [], False: []}
    for _ in range(30):
        popular = np.clip(rng.beta(fashion, 1.5 * fashion, size=(6, 14)), 0.02, 0.98)
        odds = dict(zip("abcdef", popular / (1 - popular), strict=True))
        present = np.array([drawn(rng, odds[country], int(rng.integers(3, 11))) for country in countries])
        lists, pairs = lists_of(present, countries)
        p = similarity_test(lists, pairs, np.zeros(len(pairs)))["similarity_p"].to_numpy()
        home = countries[pairs.a] == countries[pairs.b]
        for same in found:
            found[same].append(p[home == same])
    for same, parts in found.items():
        p = np.concatenate(parts)
        by_study = np.array([(part <= 0.05).mean() for part in parts])
        error = by_study.std() / np.sqrt(len(parts))
        assert by_study.mean() <= 0.05 + 2 * error, same
        for level in (0.01, 0.1, 0.25, 0.5):
            assert (p <= level).mean() <= level + 0.02, (same, level)
        # held back, for overlap comes in steps and the pair's own lists count as fashion, but not without power
        assert (p <= 0.25).mean() > 0.03, same


def test_a_copied_list_is_found() -> None:
    rng = np.random.default_rng(4)
    countries = np.repeat(list("abcd"), 8)
    odds = {country: np.exp(rng.normal(-2.5, 1, 60)) for country in "abcd"}
    present = np.array([drawn(rng, odds[country], 7) for country in countries])
    present[31] = present[0]
    lists, pairs = lists_of(present, countries)
    tested = similarity_test(lists, pairs, np.zeros(len(pairs)))
    copied = (pairs.a == 0) & (pairs.b == 31)
    assert tested.loc[copied, "similarity_q"].item() < 0.01
    assert (tested.loc[~copied, "similarity_q"] < 0.05).mean() < 0.02


def test_what_every_list_names_is_no_surprise() -> None:
    lists, pairs = lists_of(np.array([[1, 1, 1, 0], [1, 1, 0, 1]]), np.array(["a", "b"]))
    assert popularity(lists.profiles, lists.countries).to_numpy().tolist() == [[1, 1, 0.75, 0.25], [1, 1, 0.25, 0.75]]
    assert similarity_test(lists, pairs, np.zeros(1))["similarity_p"].tolist() == [1.0]


def test_a_shared_field_by_hand() -> None:
    # a and b name f and one more; q_f = (1 + 2/3) / 2 = 5/6, odds 5; of the others 2/3 (own, odds 2) and 1/6 (1/5).
    present = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 1]])
    lists, pairs = lists_of(present, np.array(["a", "b", "c"]))
    tested = similarity_test(lists, pairs, np.zeros(3))["similarity_p"]
    odds = popularity(lists.profiles, lists.countries).to_numpy()
    odds = odds / (1 - odds)
    np.testing.assert_allclose(odds[0], [5, 2, 1 / 5, 1 / 5])
    steps = lattice(lists.rarity.to_numpy() ** 2)
    assert steps.tolist() == [round(50 * (np.log(1.5) / np.log(3)) ** 2), 50, 50, 50]
    # at least f's few steps in common: any overlap at all
    assert tested[0] == pytest.approx(enumerated(odds[0], odds[1], steps, 2, 2, int(steps[0]))[-1])
    assert tested[1] == tested[2] == 1


def test_lists_that_share_a_statement_are_not_tested(toy_with) -> None:
    # AT31 has statements of its own beside AT3's, which AT32 inherits as well
    regions = pd.DataFrame(
        [["AT", "AT", None, 0], ["AT3", "AT", "AT", 1], ["AT31", "AT", "AT3", 2], ["AT32", "AT", "AT3", 2],
         ["IT1", "IT", None, 2]],
        columns=["region_id", "country", "parent_id", "level"],
    ).assign(name="R")  # fmt: skip
    rows = [("p1", "AT3", "f:x"), ("p2", "AT31", "f:y"), ("p3", "IT1", "f:x"), ("p4", "IT1", "f:z")]
    priorities = pd.DataFrame(rows, columns=["priority_id", "region_id", "codes"]).assign(title="P")
    codes = pd.DataFrame({"code": ["f:x", "f:y", "f:z"], "name": list("xyz")})
    study = synergy.load({"regions": regions, "priorities": priorities, "codes": codes}, Settings(level=2))
    frame = synergy.score_pairs(study).frame.set_index(["region_a", "region_b"])
    assert np.isnan(frame.loc[("AT31", "AT32"), "similarity_p"])
    assert frame.loc[("AT31", "AT32"), "note"].startswith("some statements inherited by both, so not tested")
    assert frame["similarity_p"].notna().sum() == 2


def test_one_test_for_each_two_lists(alpine) -> None:
    """Seven districts with one strategy are not seven finds."""
    frame = alpine.scores.frame.dropna(subset=["similarity_p"])
    bavarian = frame[frame["region_a"].str.startswith("DE2") & (frame["region_b"] == "ITC4")]
    assert len(bavarian) == 7 and bavarian["similarity_p"].nunique() == 1
    lists = 25
    smallest = frame["similarity_p"].min()
    apart = frame.drop_duplicates("similarity_p")
    assert len(apart) <= lists * (lists - 1) // 2
    tests = lists * (lists - 1) // 2 - 1  # SI03 and SI04 share statements of SI0
    assert frame.loc[frame["similarity_p"] == smallest, "similarity_q"].iloc[0] <= min(1.0, smallest * tests) + 1e-12
