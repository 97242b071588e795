"""The diamonds of the embedded study: unknown stays unknown, numbers go back to rows, no order matters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import synergy
from synergy import UnknownName, UsageError, diamond, find_diamonds
from synergy.diamonds import CORNERS, TOGETHER
from synergy.diamonds.kinds import KINDS, PARTS
from synergy.diamonds.measures import LISTED
from synergy.tables.fields import split_codes


def of(alpine, regions: list[str], field: str):
    return diamond(alpine.study, regions, field, alpine.graph, alpine.topics)


def test_they_keep_their_contract(alpine_diamonds) -> None:
    frame = alpine_diamonds.to_frame()
    assert len(frame) == len(alpine_diamonds) > 20
    assert frame["diamond_id"].tolist() == [f"D{n:02d}" for n in range(1, len(frame) + 1)]
    assert set(frame["kind"]) <= set(KINDS) - {"none"}
    assert frame["expected"].is_monotonic_decreasing
    assert (frame["score_low"] <= frame["score"]).all() and (frame["score"] <= frame["score_high"]).all()
    assert frame[["score", "score_low", "score_high", "robust", "part_coverage"]].stack().between(0, 1).all()
    assert (frame["countries"].str.count(";") >= 1).all()
    assert frame["regions"].str.split(";").map(len).between(2, 4).all()
    assert (frame.groupby("field").size() <= 3).all()
    assert (frame["idle"] == "").all() and (frame["definition"] == "own, not tested").all()
    assert (frame["known_corners"] >= 2).all()


def test_the_score_is_the_mean_of_its_known_parts(alpine_diamonds) -> None:
    frame = alpine_diamonds.frame
    parts = frame[[f"part_{part}" for part in PARTS]]
    np.testing.assert_allclose(frame["score"], parts.mean(axis=1), atol=1e-5)


def test_every_corner_of_every_region_is_there(alpine_diamonds) -> None:
    for row in alpine_diamonds.frame.itertuples():
        corners = alpine_diamonds.corners[alpine_diamonds.corners["diamond_id"] == row.diamond_id]
        regions = row.regions.split(";")
        assert list(zip(corners["region_id"], corners["corner"], strict=True)) == [
            (region, corner) for region in [*regions, TOGETHER] for corner in CORNERS
        ]
        states = corners.set_index(["region_id", "corner"])["state"]
        brought = dict(part.split(": ") for part in row.brings.split("; ") if part)
        for region, named in brought.items():
            for corner in named.split(", "):
                assert states[region, corner] == "strong"
                assert {states[other, corner] for other in regions if other != region} == {"weak"}
        for corner in filter(None, row.pooled.split(";")):
            assert {states[region, corner] for region in regions} == {"weak"} and states[TOGETHER, corner] == "strong"
        known = (
            corners[corners["region_id"] != TOGETHER].groupby("corner")["reach"].agg(lambda reach: reach.notna().all())
        )
        assert known.sum() == row.known_corners


def test_corners_are_the_means_of_their_signs(alpine_diamonds) -> None:
    signs = alpine_diamonds.signs[alpine_diamonds.signs["region_id"] != TOGETHER].dropna(subset=["reach"])
    counted = signs.assign(part=signs["reach"].clip(upper=2) * signs["weight"])
    sums = counted.groupby(["diamond_id", "region_id", "corner"])[["part", "weight"]].sum()
    corners = alpine_diamonds.corners.set_index(["diamond_id", "region_id", "corner"])["reach"].dropna()
    corners = corners[corners.index.get_level_values("region_id") != TOGETHER]
    np.testing.assert_allclose(corners, (sums["part"] / sums["weight"]).reindex(corners.index), atol=2e-6)


def test_unknown_strategies_stay_unknown(alpine) -> None:
    found = of(alpine, ["LI00", "CH03", "DE13"], "ecosystem:health")
    corners = found.corners.set_index(["region_id", "corner"])
    assert corners.loc[("CH03", "strategy"), "state"] == corners.loc[("LI00", "strategy"), "state"] == "unknown"
    assert np.isnan(corners.loc[("CH03", "strategy"), "reach"])
    assert corners.loc[("CH03", "industry"), "state"] == "unknown"
    row = found.frame.iloc[0]
    assert row["strategy"] == "declared by 1, unknown of 2"
    assert "strategy, industry" in row["why"] and "of Liechtenstein (LI00)" in row["why"]
    assert row["little"].startswith(f"{row['known_corners']} of 4 corners known")


def test_nobody_of_unknown_strategy_brings_or_lacks_one(alpine, alpine_diamonds) -> None:
    swiss = set(alpine.study["regions"].query("country in ('CH', 'LI')")["region_id"])
    corners = alpine_diamonds.corners
    theirs = corners[corners["region_id"].isin(swiss) & (corners["corner"] == "strategy")]
    assert (theirs["state"] == "unknown").all()
    for region in ("CH04", "LI00"):
        found = of(alpine, [region, "ITC4"], "T01")
        assert "strategy" not in found.frame.at[0, "brings"]


def test_a_field_that_the_tables_hardly_reach_gives_no_diamond_and_says_so(alpine) -> None:
    water = alpine.topics.frame.loc[alpine.topics.frame["name"].str.contains("Water"), "topic_id"].iloc[0]
    assert len(find_diamonds(alpine.study, alpine.graph, alpine.topics, fields=[water])) == 0
    row = of(alpine, ["AT33", "DE21"], water).frame.iloc[0]
    assert row["kind"] == "none" and row["known_corners"] < 2 and row["little"]


def test_every_row_of_evidence_is_there_and_of_its_region(alpine, alpine_diamonds) -> None:
    evidence = alpine_diamonds.evidence
    places = synergy.tables.located.Located(alpine.study).places
    keys = {"priorities": "priority_id", "clusters": "cluster_id", "activity": "code", "participations": "project_id"}
    listed = evidence.drop_duplicates(["table", "row", "id", "region_id", "sign"])
    for line in listed.iloc[::7].itertuples():
        cited = alpine.study[line.table].loc[line.row]
        if line.sign != "research bodies":
            assert cited[keys.get(line.table, "firm_id")] == line.id
        if line.corner in ("industry", "knowledge") and line.table != "participations":
            assert places.locate(cited["region_id"]) == line.region_id
        if line.sign == "priorities":
            home = places.locate(cited["region_id"])
            assert home == line.region_id or cited["region_id"] in places.inherits(line.region_id)
        if line.sign in ("the field around", "strategies around"):
            assert places.locate(cited["region_id"]) != line.region_id


def test_what_is_counted_has_that_many_rows(alpine_diamonds) -> None:
    evidence, signs = alpine_diamonds.evidence, alpine_diamonds.signs
    behind = evidence.groupby(["diamond_id", "region_id", "sign"])["id"].nunique()
    counted = signs[signs["sign"].isin([*LISTED, "strategies around"]) & (signs["region_id"] != TOGETHER)]
    for line in counted.dropna(subset=["value"]).itertuples():
        rows = behind.get((line.diamond_id, line.region_id, line.sign), 0)
        assert rows == line.value if line.sign in LISTED else rows >= line.value


def test_joint_projects_counted_from_the_table(alpine, alpine_diamonds) -> None:
    located = synergy.tables.located.Located(alpine.study)
    parts = located.participations.dropna(subset=["region_id"])
    themes = parts["theme"].map(split_codes)
    row = alpine_diamonds.frame.dropna(subset=["joint_projects"]).sort_values("joint_projects").iloc[-1]
    field = synergy.diamonds.field.field_of(
        synergy.diamonds.area.Area(located, alpine.graph), alpine.topics, row["field"]
    )
    inside = parts[themes.map(lambda codes: bool(set(codes) & set(field.codes)))]
    inside = inside[inside["region_id"].isin(row["regions"].split(";"))]
    together = inside.groupby("project_id")["region_id"].nunique()
    assert row["joint_projects"] == (together >= 2).sum() > 0
    funding = alpine_diamonds.funding[alpine_diamonds.funding["diamond_id"] == row["diamond_id"]]
    assert funding["projects_together"].sum() == row["joint_projects"]
    assert row["programmes"] == "; ".join(funding["programme"])


def test_funding_is_unknown_where_no_project_theme_reaches_the_field(alpine) -> None:
    row = of(alpine, ["AT31", "DE11"], "nace:28").frame.iloc[0]
    assert row["joint_projects"] is pd.NA and pd.isna(row["programmes"])


def test_one_asked_for_is_the_same_as_one_found(alpine, alpine_diamonds) -> None:
    row = alpine_diamonds.frame.iloc[0]
    alone = of(alpine, row["regions"].split(";")[::-1], row["field"])
    pd.testing.assert_series_equal(alone.frame.iloc[0].drop("diamond_id"), row.drop("diamond_id"), check_names=False)
    mine = alpine_diamonds.signs[alpine_diamonds.signs["diamond_id"] == row["diamond_id"]]
    pd.testing.assert_frame_equal(
        alone.signs.drop(columns="diamond_id"), mine.drop(columns="diamond_id").reset_index(drop=True)
    )


def test_the_order_of_rows_changes_nothing(toy, toy_results) -> None:
    tables = {name: frame.iloc[::-1] for name, frame in toy.tables.items()}
    turned = replace(toy, tables=tables)
    before, after = find_diamonds(toy, topics=toy_results.topics), find_diamonds(turned, topics=toy_results.topics)
    assert len(before) == 2
    pd.testing.assert_frame_equal(before.frame, after.frame)
    pd.testing.assert_frame_equal(before.signs, after.signs)
    for name in ("table", "row"):
        assert sorted(before.evidence[name]) == sorted(after.evidence[name])


def test_the_diamonds_of_the_toy_by_hand(toy, toy_results) -> None:
    found = find_diamonds(toy, toy_results.graph, toy_results.topics)
    pooled = found.frame.set_index("regions").loc["AT31;ITH3"]
    # industry: (2 * .575 + 0 + .5) / 4 and (2 * 1.15 + .5 + .5) / 4; as one 2 * 1.5 (60 of 40), 1 of 2 and 2 of 2
    assert pooled["kind"] == "pooling" and pooled["pooled"] == "industry"
    corners = found.corners.set_index(["diamond_id", "region_id", "corner"])["reach"][pooled["diamond_id"]]
    assert corners["AT31", "industry"] == pytest.approx(0.4125)
    assert corners["ITH3", "industry"] == pytest.approx(0.825)
    assert corners[TOGETHER, "industry"] == pytest.approx((2 * 1.5 + 0.5 + 1) / 4)
    assert (pooled["part_coverage"], pooled["part_alignment"]) == (1, 1)
    assert pooled["part_gain"] == pytest.approx(2 * (1 - 0.825))
    assert pooled["part_balance"] == pytest.approx((1 - 0.825) / (1 - 0.4125), abs=1e-6)
    assert pooled["joint_projects"] == 1 and pooled["little"] == "2 of 4 corners known"


def test_nothing_known_gives_nothing_and_does_not_fail(toy_with, frames) -> None:
    study = toy_with(**{name: None for name in frames if name not in ("regions", "priorities")})
    found = find_diamonds(study, fields=["ecosystem:wood"])
    assert len(found) == 0 and repr(found) == "Diamonds(0: )"
    row = diamond(study, ["AT31", "DE11"], "ecosystem:wood").frame.iloc[0]
    assert (row["kind"], row["known_corners"], row["strategy"]) == ("none", 1, "overlap")


@pytest.mark.parametrize(
    ("regions", "error", "words"),
    [
        (["AT31", "AT33"], UnknownName, "Did you mean 'AT3"),
        (["AT31", "DE1"], UnknownName, "no analysed region 'DE1'"),
        (["AT31"], UsageError, "expected 2 to 4, each once"),
        (["AT31", "AT31"], UsageError, "expected 2 to 4, each once"),
        (["AT31", "AT32", "DE11", "DE12", "ITH1"], UsageError, "expected 2 to 4"),
        ([], UsageError, "the regions are none"),
    ],
)
def test_regions_that_make_no_diamond_are_told(toy, toy_results, regions, error, words) -> None:
    with pytest.raises(error, match=words):
        diamond(toy, regions, "ecosystem:wood", toy_results.graph, toy_results.topics)


def test_none_at_all_is_no_number(toy, toy_results) -> None:
    with pytest.raises(UsageError, match="top is 0, expected 1 or more"):
        find_diamonds(toy, toy_results.graph, toy_results.topics, top=0)


def test_it_is_explained_down_to_the_rows(alpine, alpine_diamonds) -> None:
    found = synergy.explain(alpine.study, "D01", scores=alpine.scores, topics=alpine.topics, diamonds=alpine_diamonds)
    row = alpine_diamonds.frame.iloc[0]
    assert found.summary.startswith(f"D01 {row['name']}, {row['regions'].replace(';', ', ')}: {row['kind']}")
    assert "Our own definition" in found.summary
    parts = found.terms[found.terms["part"] == "score"]["value"]
    assert parts.mean() == pytest.approx(row["score"], abs=1e-5)
    assert set(CORNERS) <= set(found.terms["part"])
    assert len(found.rows) == (alpine_diamonds.evidence["diamond_id"] == "D01").sum()
    for line in found.rows.iloc[::20].itertuples():
        assert line.row in alpine.study[line.file.removesuffix(".csv")].index
    assert found.to_dict()["terms"]


def test_a_diamond_that_is_not_there_is_told(alpine, alpine_diamonds) -> None:
    with pytest.raises(UnknownName, match="there is no diamond 'D99'"):
        synergy.explain(alpine.study, "D99", scores=alpine.scores, topics=alpine.topics, diamonds=alpine_diamonds)


def test_it_is_found_when_it_is_not_given(toy, toy_results) -> None:
    found = synergy.explain(toy, "D01", scores=toy_results.scores, topics=toy_results.topics)
    assert found.subject == "D01" and len(found.rows)
