from __future__ import annotations

import itertools
import json

import numpy as np
import pandas as pd
import pytest

import synergy
from synergy import Settings, UnknownName, UsageError, explain
from synergy.economy import presence
from synergy.scores.terms import _gains
from synergy.tables.located import Located
from synergy.tables.schema import BY_NAME


def terms(found, part: str) -> pd.Series:
    frame = found.to_frame()
    return frame[frame["part"] == part].set_index("term")["value"]


def explained(results, subject: str):
    return explain(results.study, subject, scores=results.scores, topics=results.topics)


@pytest.mark.parametrize("fixture", ["toy_results", "alpine"])
def test_the_similarity_terms_of_every_pair_sum_to_its_similarity(fixture: str, request) -> None:
    results = request.getfixturevalue(fixture)
    step = 2 if fixture == "toy_results" else 200
    for row in results.scores.frame.iloc[::step].itertuples():
        shares = terms(explained(results, f"{row.region_a}-{row.region_b}"), "similarity")
        if np.isnan(row.similarity):
            assert shares.isna().all()
        else:
            assert shares.sum() == pytest.approx(row.similarity, abs=1e-8)
            assert shares.is_monotonic_decreasing


def test_gains_are_the_largest_and_average_to_the_score(alpine) -> None:
    located = Located(alpine.study)
    M = presence(located.activity, missing="available")
    frame = alpine.scores.frame.dropna(subset=["complementarity_a_from_b"])
    for row in frame.iloc[::150].itertuples():
        a, b = row.region_a, row.region_b
        every = [value for _, _, value, _ in _gains(located, a, b, most=10_000)[0]]
        assert len(every) == (M.loc[a] == 0).sum()
        assert np.mean(every) == pytest.approx(row.complementarity_a_from_b, abs=1e-8)
        shown = terms(explained(alpine, f"{a}-{b}"), f"complementarity of {a} from {b}")
        assert shown.tolist() == pytest.approx(sorted(every, reverse=True)[:8])


def test_a_pair_by_hand(toy_results) -> None:
    found = explained(toy_results, "AT31-AT32")
    assert found.subject == "AT31-AT32"
    row = toy_results.scores.frame.set_index(["region_a", "region_b"]).loc[("AT31", "AT32")]
    assert found.summary == (
        f"Region AT31 (AT31) and Region AT32 (AT32): total 0.825 ({row['total_low']:.3f} to {row['total_high']:.3f}),"
        f" rank 1 of 10 ({row['rank_low']} to {row['rank_high']}); {row['basis']}"
    )
    assert row["basis"].startswith("rests on all 4 parts; AT31: strategy of 2 fields only")
    for part in ("range", "chance"):
        shown = terms(found, part)
        columns = shown.index.str.replace(" ", "_") if part == "range" else "similarity_" + shown.index
        assert len(shown) == 4 and shown.tolist() == row[list(columns)].tolist()
    assert terms(found, "total").round(3).to_dict() == {
        "similarity": 0.45, "complementarity": 0.9, "cooperation": 0.9, "proximity": 0.85
    }  # fmt: skip
    assert terms(found, "similarity").index.tolist() == ["Health"]
    gains = terms(found, "complementarity of AT31 from AT32")
    assert gains.to_dict() == pytest.approx({"Wood products": 100, "Software": 100, "Trains": 200 / 3})
    assert list(found.rows[["file", "row"]].itertuples(index=False, name=None)) == [
        ("priorities.csv", 2), ("priorities.csv", 3), ("priorities.csv", 6),
        ("participations.csv", 2), ("participations.csv", 4), ("participations.csv", 5), ("participations.csv", 7),
        # what AT31 lacks and what of AT32 brings it near: 16 and 62 through 30, 30 through 16; AT32 gains nothing
        ("activity.csv", 2), ("activity.csv", 8), ("activity.csv", 5), ("activity.csv", 4), ("activity.csv", 6),
        ("activity.csv", 7), ("activity.csv", 9),
    ]  # fmt: skip
    details = found.terms[found.terms["part"] == "complementarity of AT31 from AT32"].set_index("term")["detail"]
    assert details["Trains"].endswith("most through Wood products (nace:16)")


def test_an_unknown_pair_says_unknown_and_prints_no_nan(toy_results) -> None:
    found = explained(toy_results, "ITH1 AT31")
    assert "total unknown; too little for a total: 2 of 4 parts known" in found.summary
    assert found.summary.endswith("; strategy unknown")
    content = found.to_dict()
    json.dumps(content, allow_nan=False)
    assert {"part": "similarity", "term": "unknown", "value": None,
            "detail": "no strategy is known for one of the two"} in content["terms"]  # fmt: skip


@pytest.mark.parametrize(
    "subject", ["AT31-AT32", "AT32-AT31", "AT31 AT32", " AT31 , AT32 ", "AT31–AT32", "AT31 - AT32", "AT31,AT32"]
)
def test_ways_to_write_a_pair(toy_results, subject: str) -> None:
    assert explained(toy_results, subject).subject == "AT31-AT32"


def hyphenated(*ids: str):
    study = synergy.load(
        {
            "regions": pd.DataFrame({"region_id": ids, "name": ids, "country": "AT", "level": 2}),
            "priorities": pd.DataFrame({"priority_id": ids, "region_id": ids, "title": ids}),
        },
        Settings(level=2),
    )
    scores = synergy.score_pairs(study)
    return study, scores, synergy.find_topics(study, scores=scores)


def test_ids_may_hold_hyphens() -> None:
    ids = ("AT-1", "AT-2", "south")
    study, scores, topics = hyphenated(*ids)
    for a, b in itertools.combinations(ids, 2):
        for text in (f"{a}-{b}", f"{b} {a}"):
            assert explain(study, text, scores=scores, topics=topics).subject == f"{a}-{b}"


def test_a_text_that_names_two_pairs_is_told_and_not_guessed() -> None:
    study, scores, topics = hyphenated("A", "A-B", "B-C", "C")
    with pytest.raises(UsageError, match="can be read as 'A,B-C' or 'A-B,C'"):
        explain(study, "A-B-C", scores=scores, topics=topics)
    assert explain(study, "A,B-C", scores=scores, topics=topics).subject == "A-B-C"


def test_unknown_names_come_with_the_nearest(toy_results) -> None:
    for subject, hint in [("AT31-AT33", "AT32"), ("T1", "T01"), ("T01:ITH9", "ITH3"), ("T09:AT31", "T02")]:
        with pytest.raises(UnknownName, match="Did you mean") as told:
            explained(toy_results, subject)
        assert told.value.hint == hint
    with pytest.raises(UnknownName, match="no pair, topic, membership, diamond, activity, learning pair or workshop"):
        explained(toy_results, "")


def test_a_region_with_itself_is_no_pair(toy_results) -> None:
    with pytest.raises(UsageError, match="AT31 is paired with itself"):
        explained(toy_results, "AT31-AT31")


def test_a_region_that_is_no_member_is_told_with_the_members(toy_results) -> None:
    with pytest.raises(UnknownName, match=r"no member of T02 'DE11'.*AT31, AT32, ITH3"):
        explained(toy_results, "T02:DE11")


def test_a_topic_by_hand(toy_results) -> None:
    found = explained(toy_results, "T02")
    row = toy_results.topics.frame.set_index("topic_id").loc["T02"]
    assert found.summary.startswith(f"T02 Wood: score {row['score']:.3f}")
    assert terms(found, "score").mean() == pytest.approx(row["score"], abs=1e-6)
    assert terms(found, "role").index.tolist() == [
        "Region ITH3 (ITH3)", "Region AT31 (AT31)", "Region AT32 (AT32)"
    ]  # fmt: skip
    assert len(found.rows) == row["n_evidence"]


def test_a_membership_shows_its_corners_and_rows(alpine) -> None:
    topics, located = alpine.topics, Located(alpine.study)
    codes = {node for node, topic in topics.nodes.items() if topic == "T01"}
    for member in topics.members[topics.members["topic_id"] == "T01"].iloc[::4].itertuples():
        found = explained(alpine, f"T01:{member.region_id}")
        corners = found.terms.set_index("term")
        assert corners.index.tolist() == ["specialisation", "clusters", "organisations", "projects"]
        strong = [corner for corner, detail in corners["detail"].items() if detail == "strong"]
        assert ";".join(strong) == member.strong
        assert (corners["detail"] == "unknown").tolist() == corners["value"].isna().tolist()
        for line in found.rows.itertuples():
            table = line.file.removesuffix(".csv")
            assert table in BY_NAME
            cited = alpine.study[table].loc[line.row]
            if table == "activity":
                assert f"code:{cited['code']}" in codes
                assert located.places.locate(cited["region_id"]) == member.region_id


def test_the_activity_rows_told_are_those_that_count(toy_with) -> None:
    old = {"region_id": "AT31", "code": "nace:16", "value": 9, "unit": "persons employed", "year": 2000}
    study = toy_with(activity=[old])
    scores = synergy.score_pairs(study)
    topics = synergy.find_topics(study, scores=scores)
    object.__setattr__(topics, "nodes", {**topics.nodes, "code:nace:16": "T02"})
    rows = explain(study, "T02:AT31", scores=scores, topics=topics).rows
    assert rows.loc[rows["file"] == "activity.csv", "what"].tolist() == ["Wood products (nace:16): 20 persons employed"]
    rows = explain(study, "T02:ITH3", scores=scores, topics=topics).rows
    assert rows.loc[rows["file"] == "activity.csv", "region_id"].tolist() == ["ITH31", "ITH32"]
