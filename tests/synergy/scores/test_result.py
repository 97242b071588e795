from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

import synergy
from synergy import Settings
from synergy.scores import COLUMNS, pair_parts
from synergy.tables.study import PARTS, Weights

WOOD, HEALTH, RARE = math.log(4 / 3), math.log(4 / 2), math.log(4)
EMPTY = dict.fromkeys(("clusters", "firms", "memberships", "participations", "activity", "codes"))


def pair(scores, a: str, b: str) -> Mapping[str, object]:
    frame = scores.frame
    rows = frame[(frame["region_a"] == a) & (frame["region_b"] == b)]
    assert len(rows) == 1
    return rows.iloc[0]


def small(regions: list[str], priorities: list[tuple[str, str]]) -> dict[str, pd.DataFrame]:
    """Regions 'country:region' and (region, codes)."""
    table = [{"region_id": r.split(":")[1], "country": r.split(":")[0], "name": r, "level": 2} for r in regions]
    codes = sorted({code for _, cell in priorities for code in cell.split(";") if code})
    return {
        "regions": pd.DataFrame(table),
        "priorities": pd.DataFrame(
            [
                {"priority_id": f"p{i}", "region_id": region, "title": "P", "codes": cell or None}
                for i, (region, cell) in enumerate(priorities)
            ]
        ),
        "codes": pd.DataFrame({"code": codes, "name": codes}),
    }


@pytest.fixture(scope="module")
def scores(toy):
    return synergy.score_pairs(toy)


def test_one_row_per_unordered_pair(scores, alpine) -> None:
    for frame, n in ((scores.frame, 6), (alpine.scores.frame, 42)):
        assert len(frame) == n * (n - 1) // 2
        assert (frame["region_a"] < frame["region_b"]).all()
        assert not frame.duplicated(["region_a", "region_b"]).any()
        assert tuple(frame.columns) == COLUMNS


def test_similarity_by_hand(scores) -> None:
    at31, at32, de1 = math.hypot(WOOD, HEALTH), math.hypot(HEALTH, RARE), math.hypot(WOOD, RARE)
    assert pair(scores, "AT31", "AT32")["similarity"] == pytest.approx(HEALTH**2 / at31 / at32)
    assert pair(scores, "AT31", "ITH3")["similarity"] == pytest.approx(WOOD / at31)
    assert pair(scores, "DE12", "ITH3")["similarity"] == pytest.approx(WOOD / de1)
    assert pair(scores, "AT32", "ITH3")["similarity"] == 0


def test_complementarity_by_hand(scores) -> None:
    # phi: 16-30 2/3, 30-62 1/3; AT31 lacks 16, 30, 62 and AT32 holds 16, 30: added 100, 2/3 of 100, 100.
    row = pair(scores, "AT31", "AT32")
    assert row["complementarity_a_from_b"] == pytest.approx((100 + 200 / 3 + 100) / 3)
    # AT32 lacks 21, related to nothing, and 62, related to 30 that it has
    assert row["complementarity_b_from_a"] == 0
    # DE12 lacks 30 and 62 (21 is unknown): from DE11, 30 gets 62's third and 62 gets 30's whole
    assert pair(scores, "DE11", "DE12")["complementarity_b_from_a"] == pytest.approx((100 / 3 + 100) / 2)


def test_cooperation_and_distance_by_hand(scores) -> None:
    row = pair(scores, "AT31", "AT32")
    assert row["cooperation"] == pytest.approx(1 / 29 + 1 / 2)
    assert row["joint_projects"] == 2
    assert row["distance_km"] == pytest.approx(math.pi / 180 * 6371.0088, abs=1e-3)
    assert pair(scores, "DE11", "ITH3")["cooperation"] == 0
    assert np.isnan(pair(scores, "DE11", "ITH3")["distance_km"])


def test_parts_are_mid_ranks_and_the_total_their_weighted_mean(scores) -> None:
    row = pair(scores, "AT31", "AT32")
    # the highest of 15 cooperations but one; the mean of both gains ties with AT31-ITH3 for the first of 10
    assert row["part_cooperation"] == pytest.approx(13.5 / 15)
    assert row["part_complementarity"] == pytest.approx(9 / 10)
    weights = (0.1, 0.1, 0.2, 0.6)
    parts = [row[f"part_{part}"] for part in PARTS]
    assert row["total"] == pytest.approx(sum(w * p for w, p in zip(weights, parts, strict=True)))
    assert row["known_weight"] == 1


def test_the_total_is_taken_over_the_parts_that_are_known(scores) -> None:
    row = pair(scores, "AT31", "ITH3")
    assert np.isnan(row["part_proximity"])
    known = 0.1 * row["part_similarity"] + 0.1 * row["part_complementarity"] + 0.2 * row["part_cooperation"]
    assert row["total"] == pytest.approx(known / 0.4)
    assert row["known_weight"] == pytest.approx(0.4)


def test_unknown_fit_is_unknown_and_never_zero(scores) -> None:
    frame = scores.frame
    with_ith1 = frame[(frame["region_a"] == "ITH1") | (frame["region_b"] == "ITH1")]
    unknown = ["similarity", "similarity_expected", "similarity_excess", "similarity_p", "similarity_q",
               "complementarity_a_from_b", "complementarity_b_from_a", "part_similarity", "part_complementarity",
               "total", "total_low", "total_high", "rank", "rank_low", "rank_high"]  # fmt: skip
    assert len(with_ith1) == 5
    assert with_ith1[unknown].isna().all().all()
    assert with_ith1["note"].str.startswith("strategy unknown").all()
    assert with_ith1["basis"].str.startswith("too little for a total: ").all()
    assert frame["total"].isna().tolist() == [False] * 10 + [True] * 5


def test_two_regions_that_inherit_one_strategy_have_no_excess(scores) -> None:
    row = pair(scores, "DE11", "DE12")
    assert (row["similarity"], row["similarity_excess"]) == (1, 0)
    assert np.isnan(row["similarity_p"]) and np.isnan(row["similarity_q"])
    assert row["note"] == "one strategy, inherited by both; DE11 and DE12: inherited from DE1"


def test_one_inherited_strategy_without_fields_is_unknown(toy_with, frames) -> None:
    frames["priorities"].loc[2, "codes"] = None
    scores = synergy.score_pairs(toy_with(priorities=frames["priorities"]))
    row = pair(scores, "DE11", "DE12")
    assert np.isnan(row["similarity_excess"])
    assert row["note"].startswith("strategy unknown")


def test_strategies_that_name_only_what_all_name_are_not_called_unknown() -> None:
    study = synergy.load(small(["AT:a", "IT:b"], [("a", "f:x"), ("b", "f:x")]), Settings(level=2))
    row = pair(synergy.score_pairs(study), "a", "b")
    assert np.isnan(row["similarity"])
    assert row["note"] == "the fields named are named by all"


def test_a_country_without_any_participation_is_not_covered(toy_with, frames) -> None:
    table = frames["participations"]
    study = toy_with(participations=table[~(table["region_id"].eq("ITH1") | table["firm_id"].eq("f3"))])
    frame = synergy.score_pairs(study).frame
    italian = frame["region_a"].str.startswith("IT") | frame["region_b"].str.startswith("IT")
    assert frame.loc[italian, ["cooperation", "joint_projects", "part_cooperation"]].isna().all().all()
    assert frame.loc[~italian, ["cooperation", "joint_projects"]].notna().all().all()


def test_what_is_popular_in_ones_country_counts_as_imitation() -> None:
    # x is what everyone in AT names. AT1-AT2 share it, so do AT1-IT1, where it is not the fashion.
    study = synergy.load(
        small(
            ["AT:AT1", "AT:AT2", "AT:AT3", "AT:AT4", "IT:IT1", "IT:IT2", "IT:IT3", "IT:IT4"],
            [("AT1", "f:x;f:u"), ("AT2", "f:x;f:u"), ("AT3", "f:x;f:v"), ("AT4", "f:x;f:w"),
             ("IT1", "f:x;f:u"), ("IT2", "f:y;f:v"), ("IT3", "f:y;f:w"), ("IT4", "f:y;f:z")],
        ),
        Settings(level=2),
    )  # fmt: skip
    scores = synergy.score_pairs(study)
    at_home, abroad = pair(scores, "AT1", "AT2"), pair(scores, "AT1", "IT1")
    assert at_home["similarity"] == abroad["similarity"] == pytest.approx(1)
    assert at_home["similarity_excess"] < abroad["similarity_excess"] - 0.1


def test_ranks_follow_totals_and_lie_in_their_interval(scores, alpine, baltic) -> None:
    for frame in (scores.frame, alpine.scores.frame, baltic.scores.frame):
        known = frame[frame["total"].notna()]
        assert known["rank"].tolist() == known["total"].rank(method="min", ascending=False).astype(int).tolist()
        assert known["rank"].is_monotonic_increasing
        for value in ("rank", "total"):
            assert (known[f"{value}_low"] <= known[value]).all()
            assert (known[value] <= known[f"{value}_high"]).all()
        assert known["rank_low"].min() >= 1 and known["rank_high"].max() <= len(known)
        assert known["total_low"].min() >= 0 and known["total_high"].max() <= 1


def test_the_same_study_gives_the_same_scores_and_another_seed_the_same_totals(toy, toy_with) -> None:
    first, again = synergy.score_pairs(toy).frame, synergy.score_pairs(toy).frame
    pd.testing.assert_frame_equal(first, again)
    other = synergy.score_pairs(toy_with(Settings(level=2, seed=99))).frame
    pd.testing.assert_series_equal(first["total"], other["total"])


def test_only_the_weights_proportions_matter_and_a_zero_weight_takes_a_part_out(toy_with) -> None:
    one, ten = (
        synergy.score_pairs(toy_with(Settings(level=2, weights=Weights(4 * k, 3 * k, 2 * k, k)))).frame for k in (1, 10)
    )
    pd.testing.assert_frame_equal(one, ten)
    alone = synergy.score_pairs(toy_with(Settings(level=2, weights=Weights(1, 0, 0, 0)))).frame
    known = alone[alone["total"].notna()]
    np.testing.assert_allclose(known["total"], known["part_similarity"])


def test_one_region_has_no_pair(toy_with) -> None:
    study = synergy.load(small(["AT:a"], [("a", "f:x")]), Settings(level=2))
    scores = synergy.score_pairs(study)
    assert len(scores) == 0
    assert tuple(scores.frame.columns) == COLUMNS
    assert repr(scores) == "PairScores(0 pairs, 0 with a total)"


def test_without_participations_cooperation_is_unknown(toy_with) -> None:
    frame = synergy.score_pairs(toy_with(participations=None)).frame
    assert frame[["cooperation", "joint_projects", "part_cooperation"]].isna().all().all()
    assert frame["total"].notna().sum() == 10


def test_participations_that_lie_in_no_analysed_region_say_nothing(toy_with) -> None:
    rows = pd.DataFrame({"project_id": ["a", "a"], "firm_id": ["f4", None], "region_id": [None, "AT"]})
    frame = synergy.score_pairs(toy_with(participations=rows)).frame
    assert frame["cooperation"].isna().all()


def test_with_no_strategy_known_activity_alone_gives_totals(toy_with, frames) -> None:
    table = frames["priorities"].assign(codes=None)
    frame = synergy.score_pairs(toy_with(priorities=table)).frame
    assert frame["similarity"].isna().all()
    assert frame["total"].notna().sum() == 10
    assert frame["note"].str.startswith("no strategy known").all()
    assert frame["similarity_p"].isna().all()


def test_the_frame_handed_out_is_a_copy(scores) -> None:
    copy = scores.to_frame()
    copy["total"] = 0.0
    assert not (scores.frame["total"] == 0).any()


def test_the_parts_alone_are_those_of_the_scores(toy, alpine) -> None:
    for study, scores in ((toy, synergy.score_pairs(toy)), (alpine.study, alpine.scores)):
        whole = scores.frame.sort_values(["region_a", "region_b"]).reset_index(drop=True)
        for parts in (pair_parts(study), pair_parts(study, synergy.build(study))):
            assert list(parts.columns) == [column for column in COLUMNS if column in parts]
            pd.testing.assert_frame_equal(parts, whole[list(parts.columns)])


def test_the_order_of_rows_changes_nothing(toy_with, frames) -> None:
    mixed = {name: table.sample(frac=1, random_state=3).reset_index(drop=True) for name, table in frames.items()}
    pd.testing.assert_frame_equal(synergy.score_pairs(toy_with()).frame, synergy.score_pairs(toy_with(**mixed)).frame)


def test_two_regions_with_the_same_data_score_alike_with_every_third(frames) -> None:
    # AT33 says and holds what AT32 does, takes part where AT32 does, and lies where it lies.
    doubled = dict(frames)
    for name, key in (("regions", "name"), ("priorities", "priority_id"), ("activity", None), ("participations", None)):
        twin = frames[name][frames[name]["region_id"] == "AT32"].assign(region_id="AT33")
        twin = twin.assign(**{key: twin[key] + " twin"}) if key else twin
        doubled[name] = pd.concat([frames[name], twin], ignore_index=True)
    frame = synergy.score_pairs(synergy.load(doubled, Settings(level=2))).frame
    columns = [
        "similarity",
        "similarity_expected",
        "similarity_p",
        "similarity_q",
        "cooperation",
        "distance_km",
        "total",
    ]
    gains = ["complementarity_a_from_b", "complementarity_b_from_a"]
    for third in ("AT31", "DE11", "DE12", "ITH3"):
        rows = [frame[frame[["region_a", "region_b"]].isin({third, twin}).all(axis=1)] for twin in ("AT32", "AT33")]
        assert [len(each) for each in rows] == [1, 1]
        pd.testing.assert_frame_equal(*(each[columns].reset_index(drop=True) for each in rows))
        np.testing.assert_allclose(*(np.sort(each[gains].to_numpy()) for each in rows))
