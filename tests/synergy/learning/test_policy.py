"""The policy reading: what recurs, groups that come back, learning pairs within limits, implications with figures."""

import numpy as np
import pandas as pd
import pytest

import synergy
from synergy.learning.likeness import like_regions
from synergy.learning.pairs import learning_pairs
from synergy.learning.terms import pair_terms


@pytest.fixture(scope="module")
def reading(study, stress):
    return synergy.policy_reading(study, stress)


def test_what_recurs_is_counted_among_those_that_can_tell(reading):
    rows = reading.recurring.set_index("area")
    assert rows.index[0] == "coordination"
    assert rows.loc["coordination", ["weak", "strong", "unknown"]].tolist() == [3, 1, 0]
    assert rows.at["coordination", "weak_regions"] == "AT32;CH022;DE1"
    assert rows.at["portfolio", "unknown"] == 1


def test_learning_pairs_and_their_value(reading):
    pairs = reading.pairs.set_index(["learner", "area"])
    assert pairs["teacher"].to_dict() == {
        ("AT32", "coordination"): "AT31", ("DE1", "coordination"): "AT31", ("CH022", "coordination"): "AT31",
        ("AT32", "support"): "DE1",
    }  # fmt: skip
    # a quarter of the difference: times 1 with a language shared, 3/4 not known, 1/2 with none
    assert pairs.at[("DE1", "coordination"), "value"] == pytest.approx(2 / 4)
    assert pairs.at[("AT32", "coordination"), "value"] == pytest.approx(3 / 4 * 3 / 4)
    assert pairs.at[("CH022", "coordination"), "value"] == pytest.approx(3 / 4 / 2)
    assert reading.pairs["pair_id"].tolist() == ["L01", "L02", "L03", "L04"]


@pytest.mark.parametrize("teach", [1, 2])
def test_nobody_teaches_more_than_the_limit_and_the_rest_is_told(stress, teach):
    pairs, unmet = learning_pairs(stress.opinions, stress.grounds, teach=teach)
    assert pairs["teacher"].value_counts().max() == teach
    assert len(pairs) + len(unmet) == 4
    assert set(unmet["reason"]) == {"those who could teach it teach elsewhere"}
    one, _ = learning_pairs(stress.opinions, stress.grounds, learn=1)
    assert (one["learner"].value_counts() == 1).all()


def test_every_implication_names_its_rule_its_regions_and_its_figures(reading):
    by_rule = {each.rule: each for each in reading.implications}
    recurring = by_rule["recurring"]
    assert "3 of 4 regions" in recurring.seen and recurring.regions == ("AT32", "CH022", "DE1")
    assert recurring.advice.startswith("Name one body")
    assert recurring.figures[0]["figure"].startswith("Coordination and alignment 1.33")
    assert by_rule["pairs"].seen.startswith("4 learning pairs: 2 regions teach, none more than 3 times")
    assert by_rule["unknown"].regions == ("CH022",)
    assert all(each.figures for each in reading.implications if each.rule != "unknown")


def test_a_learning_pair_is_explained_without_citing_an_answer(reading):
    summary, terms, rows = pair_terms(reading, "L02")
    assert summary.startswith("L02 Land DE1 learns Coordination and alignment from Land AT31")
    assert "answers are not cited one by one" in summary
    assert [(part, value) for part, _, value, _ in terms] == [
        ("learner", pytest.approx(7 / 3)), ("teacher", pytest.approx(13 / 3)), ("value", 2.0), ("value", 0.5),
    ]  # fmt: skip
    assert {table for table, *_ in rows} == {"clusters", "priorities"}
    with pytest.raises(synergy.UnknownName, match="no learning pair 'L99'"):
        pair_terms(reading, "L99")


def answers(profiles, people=20, noise=0.3, seed=5):
    stream = np.random.default_rng(seed)
    rows = [
        {"region_id": region, **{f"a{at}": value + noise * stream.normal() for at, value in enumerate(profile)}}
        for region, profile in profiles.items()
        for _ in range(people)
    ]
    return pd.DataFrame(rows)


def test_regions_that_lag_alike_are_found_whatever_their_level_and_come_back():
    # B and D are a point more content than A and C, and lag in the same areas
    planted = {"A": (2, 4, 3, 3), "B": (3, 5, 4, 4), "C": (4, 2, 3, 3), "D": (5, 3, 4, 4)}
    found = like_regions(answers(planted), np.random.SeedSequence(1), draws=30)
    assert {group.regions for group in found.groups} == {("A", "B"), ("C", "D")}
    assert all(group.verdict == "stable" for group in found.groups) and found.silhouette > 0.8 and found.p == 0.01


def test_groups_of_nothing_are_not_trusted_however_stable():
    nothing = [answers(dict.fromkeys("ABCDEF", (3, 3, 3)), people=6, seed=seed) for seed in range(8)]
    found = [like_regions(each, np.random.SeedSequence(1), draws=1) for each in nothing]
    trusted = [any(group.verdict != "not to be trusted" for group in each.groups) for each in found]
    # at a bar of 0.05 more than 2 of 8 have a chance of 0.006
    assert all(each.groups for each in found) and sum(trusted) <= 2


def test_too_few_regions_or_an_area_nobody_answered_give_no_groups():
    three = answers({"A": (1, 2), "B": (2, 1), "C": (1, 1)})
    assert like_regions(three, np.random.SeedSequence(1)).groups == ()
    holed = answers({"A": (1, 2), "B": (2, 1), "C": (1, 1), "D": (2, 2)})
    holed.loc[holed["region_id"] == "A", "a1"] = np.nan
    assert like_regions(holed, np.random.SeedSequence(1)).groups == ()


def test_the_grouping_agrees_with_another_implementation():
    from scipy.cluster.hierarchy import average, fcluster
    from scipy.spatial.distance import pdist

    table = answers({name: tuple(np.random.default_rng(ord(name)).uniform(1, 5, 4)) for name in "ABCDEFG"})
    means = table.groupby("region_id").mean()
    centred = means.sub(means.mean(axis=1), axis=0)
    found = like_regions(table, np.random.SeedSequence(1), draws=1)
    labels = fcluster(average(pdist(centred)), len(found.groups), criterion="maxclust")
    assert {group.regions for group in found.groups} == {tuple(means.index[labels == label]) for label in set(labels)}
