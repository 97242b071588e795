"""Survey, services and needs in the graph: only when the study says so, and never in a score."""

import pytest

import synergy
from synergy.learning.layers import MEANING, with_learning
from synergy.tables.settings import parse_settings
from synergy.tables.study import Settings, SurveySettings


def test_without_the_setting_the_graph_stays_as_it_is(study):
    graph = synergy.build(study)
    assert with_learning(graph, study) is graph


def test_layers_come_after_the_old_ones_and_regions_take_what_was_asked_of_them(make_study):
    study = make_study(settings=Settings(level=2, survey=SurveySettings(layer=True)))
    graph = synergy.build(study)
    grown = with_learning(graph, study)
    assert grown.layer_names == (*graph.layer_names, *MEANING)
    assert grown.nodes.ids[: graph.n_nodes] == graph.nodes.ids
    for layer in graph:
        assert grown[layer.name].total_weight == layer.total_weight
    at = grown.nodes.positions
    asked = grown["asked"].matrix
    # DE11 lies in DE1, which was asked; CH02 holds CH022, which was asked
    for region, mean in (("AT32", 4 / 3), ("CH02", 4 / 3), ("DE11", 7 / 3), ("DE12", 7 / 3)):
        weight = asked[at[f"region:{region}"], at["area:coordination"]]
        assert weight == pytest.approx((5 - mean) / 4, abs=1e-6)
    assert asked[at["region:CH02"], at["area:portfolio"]] == 0
    assert grown["offers"].matrix[at["region:DE11"], at["service:s2"]] == 1
    assert grown["of-kind"].n_edges == len(study["services"])
    assert grown["answers-to"].n_edges == 9


def test_scores_are_the_same_with_and_without_the_layers(study, make_study):
    with_layers = make_study(settings=Settings(level=2, survey=SurveySettings(layer=True)))
    assert synergy.score_pairs(study).frame.equals(synergy.score_pairs(with_layers).frame)


def test_the_setting_is_true_or_false_and_nothing_else():
    assert parse_settings(b"[survey]\nlayer = true\n")[0].survey.layer is True
    for wrong in (b"layer = 1", b'layer = "true"', b"layre = true"):
        settings, problems = parse_settings(b"[survey]\n" + wrong)
        assert len(problems.items) == 1 and settings.survey.layer is False
    assert "expected true or false" in str(parse_settings(b"[survey]\nlayer = 1\n")[1].items[0])
    assert parse_settings(b"seed = true\n")[1].items[0].code == "S403"
