from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

import synergy
from synergy import Settings
from synergy.capacities import ROLES
from synergy.tables.located import Located
from synergy.tables.schema import BY_NAME
from synergy.tables.study import TopicSettings
from synergy.topics import PARTS

EMPTY = dict.fromkeys(("clusters", "firms", "memberships", "participations", "activity"))


@pytest.fixture(params=["toy_results", "alpine", "baltic"])
def found(request):
    return request.getfixturevalue(request.param)


def test_the_toys_topics(toy_results) -> None:
    topics = toy_results.topics
    assert topics.frame["name"].tolist() == ["Digital", "Wood"]
    wood = topics.frame.set_index("name").loc["Wood"]
    assert (wood["regions"], wood["countries"]) == ("AT31;AT32;ITH3", "AT;IT")
    assert (wood["leaders"], wood["complements"], wood["followers"]) == ("ITH3;AT31", "AT32", "")
    assert (wood["n_regions"], wood["n_countries"], wood["n_clusters"], wood["n_firms"], wood["n_projects"]) == (
        3, 2, 1, 3, 2
    )  # fmt: skip
    assert wood["basis"] == "named in strategies and practised"


def test_the_toys_parts_by_hand(toy_results) -> None:
    frame = toy_results.topics.frame.set_index("name")
    pairs = toy_results.scores.frame.set_index(["region_a", "region_b"])["total"]
    # Wood: AT and IT of three countries; AT31 and ITH3 declare it, AT32 does not; all lead or complement; the
    # cross-border pairs are AT31-ITH3 and AT32-ITH3, and both meet in the project 'three'.
    fit = (pairs["AT31", "ITH3"] + pairs["AT32", "ITH3"]) / 2
    expected = [2 / 3, 2 / 3, 1, fit, 0]
    np.testing.assert_allclose([frame.at["Wood", f"part_{part}"] for part in PARTS], expected, atol=1e-6)
    assert frame.at["Wood", "score"] == pytest.approx(sum(expected) / 5, abs=1e-6)
    assert frame.at["Wood", "untapped_pairs"] == 0
    # Digital: DE11, DE12 declare it, ITH1's strategy is unknown and counts neither way; DE11 follows; no total
    # with ITH1 is known, so neither is the fit; of DE11-ITH1 and DE12-ITH1 the second has the project 'two'.
    expected = [2 / 3, 1, 2 / 3, np.nan, 1 / 2]
    np.testing.assert_allclose([frame.at["Digital", f"part_{part}"] for part in PARTS], expected, atol=1e-6)
    assert frame.at["Digital", "score"] == pytest.approx((2 / 3 + 1 + 2 / 3 + 1 / 2) / 4, abs=1e-6)
    assert frame.at["Digital", "untapped_pairs"] == 1


def test_the_columns_other_tools_rely_on(found) -> None:
    contract = ["topic_id", "name", "score", "n_regions", "n_countries", "regions", "countries", "n_clusters",
                "n_firms", "stability"]  # fmt: skip
    frame = found.topics.to_frame()
    assert set(contract) <= set(frame.columns)
    assert frame["topic_id"].tolist() == [f"T{i:02d}" for i in range(1, len(frame) + 1)]
    assert frame["name"].is_unique
    for row in frame.itertuples():
        assert row.n_regions == len(row.regions.split(";"))
        assert row.n_countries == len(row.countries.split(";"))
        roles = [region for role in ROLES for region in getattr(row, f"{role}s").split(";") if region]
        assert sorted(roles) == row.regions.split(";")
        assert not set(filter(None, row.declares_only.split(";"))) & set(roles)


def test_scores_are_means_of_their_known_parts_within_their_interval(found) -> None:
    frame = found.topics.frame
    parts = frame[[f"part_{part}" for part in PARTS]]
    np.testing.assert_allclose(frame["score"], parts.mean(axis=1), atol=2e-6)
    assert ((parts.isna()) | ((parts >= 0) & (parts <= 1))).all().all()
    assert (frame["score_low"] <= frame["score"]).all()
    assert (frame["score"] <= frame["score_high"]).all()
    assert frame["score"].is_monotonic_decreasing
    assert frame["stability"].between(0, 1).all()


def test_no_topic_stays_below_the_studys_minima(found) -> None:
    least = found.study.settings.topics
    assert (found.topics.frame["n_regions"] >= least.min_regions).all()
    assert (found.topics.frame["n_countries"] >= least.min_countries).all()


def test_every_evidence_row_is_in_its_table_and_belongs_to_its_region(found) -> None:
    located, evidence = Located(found.study), found.topics.evidence
    assert len(evidence) == found.topics.frame["n_evidence"].sum()
    listed = located.organisations.set_index("org_id")["region_id"]
    for line in evidence.itertuples():
        cited = found.study[line.table].loc[line.row]
        key = "project_id" if line.table == "participations" else BY_NAME[line.table].key[0]
        assert cited[key] == line.id
        place = cited["region_id"]
        if pd.isna(place):
            assert listed[cited["firm_id"]] == line.region_id
        else:
            above = found.study["regions"].set_index("region_id")["parent_id"]
            assert located.places.locate(place) == line.region_id or above[line.region_id] == place
    members = set(zip(found.topics.members["topic_id"], found.topics.members["region_id"], strict=True))
    assert set(zip(evidence["topic_id"], evidence["region_id"], strict=True)) == members


def test_counts_are_those_of_the_evidence(found) -> None:
    evidence = found.topics.evidence
    for row in found.topics.frame.itertuples():
        mine = evidence[evidence["topic_id"] == row.topic_id].groupby("table")["id"].nunique()
        assert row.n_clusters == mine.get("clusters", 0)
        assert row.n_projects == mine.get("participations", 0)


def test_untapped_pairs_cross_a_border_fit_and_share_no_project_on_the_topic(found) -> None:
    topics, country = found.topics, Located(found.study).regions.set_index("region_id")["country"]
    projects = topics.evidence[topics.evidence["table"] == "participations"]
    taken = projects.groupby(["topic_id", "region_id"])["id"].agg(set)
    for line in topics.untapped.itertuples():
        assert country[line.region_a] != country[line.region_b]
        assert not np.isnan(line.total)
        a, b = (taken.get((line.topic_id, region), set()) for region in (line.region_a, line.region_b))
        assert not a & b


def test_unknown_is_never_silent(found) -> None:
    members, known = found.topics.members, Located(found.study).strategy_known
    assert (members["strategy"] == "unknown").tolist() == [not known[region] for region in members["region_id"]]
    assert not (members.loc[members["strategy"] == "unknown", "role"] == "leader").any()


def test_alpine_has_at_least_five_topics_of_four_regions_in_three_countries(alpine) -> None:
    frame = alpine.topics.frame
    assert ((frame["n_regions"] >= 4) & (frame["n_countries"] >= 3)).sum() >= 5


def test_horizontal_codes_make_no_topic(found) -> None:
    horizontal = Located(found.study).fields.horizontal
    assert horizontal
    assert not {f"code:{code}" for code in horizontal} & set(found.topics.nodes)
    names = {Located(found.study).fields.name(code) for code in horizontal}
    assert not names & {field for cell in found.topics.frame["fields"] for field in cell.split(";")}


def test_a_theme_inside_one_country_is_refused_with_the_reason(toy_with) -> None:
    regions = [
        {"region_id": f"AT3{i}", "name": f"R{i}", "country": "AT", "parent_id": "AT", "level": 2} for i in (3, 4, 5)
    ]
    codes = [{"code": "ecosystem:sea", "name": "Sea"}, {"code": "sea:fish", "name": "F", "broader": "ecosystem:sea"}]
    rows = [{"region_id": f"AT3{i}", "codes": "ecosystem:sea", "name": f"N{i}"} for i in (3, 4, 5)]
    declared = [{"region_id": row["region_id"], "codes": row["codes"], "title": row["name"]} for row in rows]
    added = {
        "regions": regions,
        "codes": codes,
        "priorities": [{**row, "priority_id": row["title"]} for row in declared],
        "clusters": [{**row, "cluster_id": f"k{row['region_id']}"} for row in rows],
    }
    refused = synergy.find_topics(toy_with(**added)).refused.set_index("name")
    assert refused.at["Sea", "reason"] == "it stays within 1 country, a topic needs 2"
    alone = toy_with(Settings(level=2, topics=TopicSettings(runs=4, min_countries=1)), **added)
    assert "Sea" in synergy.find_topics(alone).frame["name"].tolist()


def test_a_theme_of_too_few_regions_is_refused_with_the_reason(toy_results) -> None:
    refused = toy_results.topics.refused.set_index("name")["reason"]
    assert refused["Health"] == "1 region(s) hold it, a topic needs 3"


def test_regions_and_priorities_alone_go_through(toy_with, tmp_path) -> None:
    study = toy_with(Settings(level=2), **EMPTY)
    result = synergy.run(study, tmp_path / "out")
    assert len(result.topics) == 0
    assert set(result.topics.refused["reason"]) == {"0 region(s) hold it, a topic needs 3"}
    assert len(result.scores) == 15
    assert (tmp_path / "out" / "report.html").stat().st_size > 0


def test_a_study_without_any_code_has_no_topic_and_says_so(toy_with, frames) -> None:
    study = toy_with(**EMPTY, codes=None, priorities=frames["priorities"].assign(codes=None))
    topics = synergy.find_topics(study)
    assert len(topics) == len(topics.refused) == len(topics.evidence) == 0
    assert repr(topics) == "Topics(0: )"


def test_without_participations_what_is_untapped_is_unknown(toy_with) -> None:
    study = toy_with(
        Settings(level=2, topics=TopicSettings(runs=4, min_regions=1, min_countries=1)), participations=None
    )
    frame = synergy.find_topics(study).frame
    assert len(frame)
    assert frame["part_untapped"].isna().all()
    assert frame["untapped_pairs"].isna().all()


def shuffled(frames, draw) -> dict[str, pd.DataFrame]:
    return {name: frame.iloc[draw(range(len(frame)))].reset_index(drop=True) for name, frame in frames.items()}


def assert_same(one, other) -> None:
    pd.testing.assert_frame_equal(one.scores.frame, other.scores.frame)
    pd.testing.assert_frame_equal(one.topics.frame, other.topics.frame)
    pd.testing.assert_frame_equal(one.topics.members, other.topics.members)
    pd.testing.assert_frame_equal(one.topics.untapped, other.topics.untapped)
    pd.testing.assert_frame_equal(one.topics.refused, other.topics.refused)
    assert one.graph == other.graph
    columns = ["topic_id", "region_id", "table", "id", "what"]
    frames = (found.topics.evidence[columns].sort_values(columns, ignore_index=True) for found in (one, other))
    pd.testing.assert_frame_equal(*frames)


def whole(study):
    graph = synergy.build(study)
    scores = synergy.score_pairs(study, graph)
    topics = synergy.find_topics(study, graph, scores)
    return type("Whole", (), {"graph": graph, "scores": scores, "topics": topics})


@profile(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_order_of_rows_changes_nothing(toy_results, frames, settings, data: st.DataObject) -> None:
    mixed = shuffled(frames, lambda rows: data.draw(st.permutations(rows)))
    assert_same(toy_results, whole(synergy.load(mixed, settings)))


def test_the_order_of_rows_changes_nothing_in_the_alps(alpine) -> None:
    generator = np.random.default_rng(8)
    frames = {name: frame.reset_index(drop=True) for name, frame in alpine.study.tables.items() if len(frame)}
    mixed = shuffled(frames, lambda rows: generator.permutation(len(rows)))
    assert_same(alpine, whole(synergy.load(mixed, alpine.study.settings)))
