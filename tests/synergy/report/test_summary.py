"""The summary says what the results say, in plain values."""

import json

import pytest

from synergy import build, find_diamonds, find_topics, score_pairs
from synergy.report.summary import LIMITS, TOP_PAIRS, summarise, sure_words


def plain(value) -> bool:
    if isinstance(value, dict):
        return all(type(key) is str and plain(each) for key, each in value.items())
    if isinstance(value, list):
        return all(map(plain, value))
    return value is None or type(value) in (str, int, float, bool)


def test_it_is_plain_values(summary):
    assert plain(summary)
    json.dumps(summary, allow_nan=False)


def test_topics_are_those_found(summary, toy_results):
    frame = toy_results.topics.frame
    assert [topic["topic_id"] for topic in summary["topics"]] == list(frame["topic_id"])
    for said, (_, found) in zip(summary["topics"], frame.iterrows(), strict=True):
        for key in ("name", "score", "stability", "n_regions", "n_countries", "basis", "n_evidence"):
            assert said[key] == found[key], key
        assert len(said["members"]) == found["n_regions"]
        names = toy_results.study["regions"].set_index("region_id")["name"]
        assert said["declares_only"] == [names[r] for r in found["declares_only"].split(";") if r]


def test_evidence_is_at_its_place(summary, toy_results):
    for topic in summary["topics"]:
        assert topic["evidence"]
        for line in topic["evidence"]:
            place, _, row = line["place"].rpartition(":")
            assert place.startswith(line["table"])
            assert int(row) in toy_results.study[line["table"]].index


def test_untapped_pairs_have_no_project_on_the_topic(summary, toy_results):
    projects = toy_results.topics.untapped.set_index(["topic_id", "region_a", "region_b"])["projects_on_topic"]
    said = [(t["topic_id"], u["region_a"], u["region_b"]) for t in summary["topics"] for u in t["untapped"]]
    assert said and all(projects[key] == 0 for key in said)


def test_pairs_are_the_best_first(summary, toy_results):
    known = [pair["total"] for pair in summary["pairs"] if pair["total"] is not None]
    assert known == sorted(known, reverse=True)
    assert len(summary["pairs"]) == min(TOP_PAIRS, len(toy_results.scores))
    assert summary["n_pairs_known"] == toy_results.scores.frame["total"].notna().sum()


def test_gaps_are_told(summary, toy_with):
    assert summary["data"]["gaps"] == [
        "1 region: no strategy is known, so it stays unknown (Aosta (ITC2)).",
        "1 of 18 activity cells are suppressed or missing.",
    ]
    study = toy_with()
    graph = build(study)
    scores = score_pairs(study, graph)
    topics = find_topics(study, graph, scores)
    summary = summarise(study, graph, scores, topics, find_diamonds(study, graph, topics))
    text = " ".join(summary["data"]["gaps"])
    assert "1 region: there are no activity data, so it stays unknown (Region ITH1 (ITH1))." in text
    assert "Known only by country or larger area, so counted in no region: 1 cluster, 1 organisation" in text


def test_without_activity_and_participations_they_are_unknown(toy_with):
    study = toy_with(activity=None, participations=None)
    graph = build(study)
    scores = score_pairs(study, graph)
    topics = find_topics(study, graph, scores)
    summary = summarise(study, graph, scores, topics, find_diamonds(study, graph, topics))
    assert "No activity data: complementarity is unknown." in summary["data"]["gaps"]
    for pair in summary["pairs"]:
        assert pair["complementarity_a_from_b"] is None and pair["joint_projects"] is None
    for topic in summary["topics"]:
        assert topic["parts"]["untapped"] is None and topic["untapped_pairs"] is None
        assert all(member["specialisation"] is None and member["projects"] is None for member in topic["members"])


def test_limits_are_told(summary):
    assert summary["limits"] == list(LIMITS) and len(LIMITS) >= 4


@pytest.mark.parametrize(
    ("stability", "words"), [(1.0, "firm"), (0.75, "firm"), (0.74, "fair"), (0.5, "fair"), (0.0, "loose")]
)
def test_stability_in_words(stability, words):
    assert sure_words(stability) == words
