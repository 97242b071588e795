from __future__ import annotations

import math

import pandas as pd
import pytest

import synergy
from synergy.network import MEANING, field_profiles, node_id, strategies
from synergy.tables.located import Located

LN = math.log
WOOD, HEALTH, RARE = LN(4 / 3), LN(4 / 2), LN(4 / 1)  # idf: 4 strategies; wood in 3, health in 2, the others in 1


def ties(graph, layer: str) -> dict[tuple[str, str], float]:
    rows, cols, weights = graph[layer].edges()
    ids = graph.nodes.ids
    short = {i: node.removeprefix("region:").removeprefix("code:") for i, node in enumerate(ids)}
    return {
        tuple(sorted((short[i], short[j]))): w  # type: ignore[misc]
        for i, j, w in zip(rows.tolist(), cols.tolist(), weights.tolist(), strict=True)
    }


@pytest.fixture(scope="module")
def graph(toy):
    return synergy.build(toy)


def test_nodes_come_by_kind_and_sorted_within(graph) -> None:
    kinds = list(dict.fromkeys(graph.nodes.kinds))
    assert kinds == ["region", "priority", "cluster", "firm", "code"]
    for kind in kinds:
        ids = [graph.nodes.ids[i] for i in graph.nodes.of_kind(kind)]
        assert ids == sorted(ids)
    assert [graph.nodes.labels[i] for i in graph.nodes.of_kind("firm")][-2:] == ["WALDHOF", "Eurac"]


def test_every_layer_says_what_its_weight_means(graph) -> None:
    assert graph.layer_names == tuple(MEANING)
    assert all(layer.meaning and layer.unit and layer.source for layer in graph)


def test_declares(graph) -> None:
    assert ties(graph, "declares") == {
        ("AT31", "priority:p1"): 1, ("AT31", "priority:p2"): 1, ("AT32", "priority:p5"): 1,
        ("DE11", "priority:p3"): 1, ("DE12", "priority:p3"): 1, ("ITH3", "priority:p4"): 1,
    }  # fmt: skip


def test_hosts_leaves_out_what_lies_in_no_analysed_region(graph) -> None:
    assert ties(graph, "hosts") == {
        ("AT31", "cluster:c1"): 1, ("DE11", "cluster:c2"): 1, ("ITH3", "cluster:c3"): 1, ("AT31", "firm:f1"): 1,
        ("DE12", "firm:f2"): 1, ("ITH3", "firm:f3"): 1, ("AT32", "firm:org-1"): 1, ("ITH1", "firm:org-2"): 1,
    }  # fmt: skip


def test_belongs_shares_a_row_among_the_codes_of_one_scheme(graph) -> None:
    wood, health, digital = "ecosystem:wood", "ecosystem:health", "ecosystem:digital"
    assert ties(graph, "belongs") == {
        (health, "priority:p1"): 1, ("nace:21", "priority:p1"): 1, (wood, "priority:p2"): 1,
        (wood, "priority:p3"): 0.5, (digital, "priority:p3"): 0.5, (wood, "priority:p4"): 1,
        (health, "priority:p5"): 0.5, ("ecosystem:people", "priority:p5"): 0.5, (digital, "priority:p6"): 1,
        ("cluster:c1", health): 1, ("cluster:c2", wood): 1, ("cluster:c3", wood): 1, ("cluster:c4", wood): 1,
        (wood, "firm:f1"): 1, (wood, "firm:f2"): 0.5, (digital, "firm:f2"): 0.5, (wood, "firm:f3"): 1,
        (wood, "firm:org-1"): 1, (digital, "firm:org-2"): 1,
        (wood, "nace:16"): 1, (health, "nace:21"): 1, ("ecosystem:rail", "nace:30"): 1, (digital, "nace:62"): 1,
    }  # fmt: skip


def test_member(graph) -> None:
    assert ties(graph, "member") == {("cluster:c2", "firm:f2"): 1}


def test_thirty_partners_do_not_drown_three(graph) -> None:
    # big: AT31, AT32, DE12 of 30 partners; three: AT31, AT32, ITH3, none stated, three listed; two: DE12, ITH1
    assert ties(graph, "works-with") == pytest.approx({
        ("AT31", "AT32"): 1 / 29 + 1 / 2, ("AT31", "DE12"): 1 / 29, ("AT32", "DE12"): 1 / 29,
        ("AT31", "ITH3"): 1 / 2, ("AT32", "ITH3"): 1 / 2, ("DE12", "ITH1"): 1,
    })  # fmt: skip
    assert ties(graph, "joint-projects") == pytest.approx({
        ("firm:f1", "firm:org-1"): 1 / 29 + 1 / 2, ("firm:f1", "firm:f2"): 1 / 29, ("firm:f2", "firm:org-1"): 1 / 29,
        ("firm:f1", "firm:f3"): 1 / 2, ("firm:f3", "firm:org-1"): 1 / 2, ("firm:f2", "firm:org-2"): 1,
    })  # fmt: skip


def test_partners_of_one_region_and_of_none_count_where_no_number_is_stated(toy_with) -> None:
    rows = [("f1", None, None), (None, "AT31", "Second"), ("f3", None, None), ("f4", None, None), (None, "DE", None)]
    study = toy_with(
        participations=pd.DataFrame(
            [dict(zip(("firm_id", "region_id", "organisation"), row, strict=True), project_id="five") for row in rows]
        )
    )
    # five partners; f4 and DE lie in no analysed region
    assert ties(synergy.build(study), "works-with") == {("AT31", "ITH3"): 1 / 4}


def test_a_stated_number_below_those_listed_is_the_number_listed(toy_with, frames) -> None:
    table = frames["participations"]
    table["partners"] = table["partners"].where(table["project_id"] != "three", 2)
    assert ties(synergy.build(toy_with(participations=table)), "works-with")["AT31", "ITH3"] == 1 / 2


def test_similar_priorities(graph) -> None:
    at31, at32, de1 = math.hypot(WOOD, HEALTH), math.hypot(HEALTH, RARE), math.hypot(WOOD, RARE)
    assert ties(graph, "similar-priorities") == pytest.approx({
        ("AT31", "AT32"): HEALTH**2 / at31 / at32, ("AT31", "DE11"): WOOD**2 / at31 / de1,
        ("AT31", "DE12"): WOOD**2 / at31 / de1, ("AT31", "ITH3"): WOOD / at31, ("DE11", "DE12"): 1,
        ("DE11", "ITH3"): WOOD / de1, ("DE12", "ITH3"): WOOD / de1,
    })  # fmt: skip


def test_similar_profile(graph) -> None:
    # strong (LQ >= 1): AT31 21; AT32 16 30; DE11 30 62; DE12 16; ITH3 16 30; idf ln(5/3) for 16 and 30, ln 5 for 62
    common, rare = LN(5 / 3), LN(5)
    de11 = common**2 / (common * math.sqrt(2) * math.hypot(common, rare))
    assert ties(graph, "similar-profile") == pytest.approx({
        ("AT32", "ITH3"): 1, ("AT32", "DE12"): math.sqrt(0.5), ("DE12", "ITH3"): math.sqrt(0.5),
        ("AT32", "DE11"): de11, ("DE11", "ITH3"): de11,
    })  # fmt: skip


def test_related(graph) -> None:
    # 16 and 30: together twice of three each, 2/3 - 3/5; 30 and 62: once, 1/3 - 1/5; no other pair meets at all
    assert ties(graph, "related") == pytest.approx({("nace:16", "nace:30"): 1 / 15, ("nace:30", "nace:62"): 2 / 15})


def test_near(graph) -> None:
    degree = math.pi / 180 * 6371.0088
    assert ties(graph, "near") == pytest.approx(
        {("AT31", "AT32"): math.exp(-degree / 100), ("DE11", "DE12"): math.exp(-degree / 200)}
    )


def test_a_strategy_that_counts_for_two_regions_is_one_strategy(toy) -> None:
    located = Located(toy)
    assert strategies(located).index.tolist() == ["AT31", "AT32", "DE1", "ITH31"]
    assert field_profiles(located).index.tolist() == ["AT31", "AT32", "DE11", "DE12", "ITH3"]
    assert strategies(located)["ecosystem:wood"].sum() == 3
    assert field_profiles(located)["ecosystem:wood"].sum() == 4


def test_nodes_without_any_tie_stay_in_the_graph(graph) -> None:
    lonely = graph.nodes.position("firm:f4")
    assert all(layer.strength()[lonely] == 0 for layer in graph)


def test_empty_tables_give_empty_layers(toy_with) -> None:
    empty = dict.fromkeys(("clusters", "firms", "memberships", "participations", "activity"))
    graph = synergy.build(toy_with(**empty))
    assert graph.layer_names == tuple(MEANING)
    filled = {layer.name for layer in graph if layer.n_edges}
    assert filled == {"declares", "belongs", "similar-priorities", "near"}


def test_building_changes_nothing(toy) -> None:
    before = {name: frame.copy(deep=True) for name, frame in toy.tables.items()}
    assert synergy.build(toy).layers == synergy.build(toy).layers
    for name, frame in toy.tables.items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_ids_of_different_kinds_may_be_alike(toy_with) -> None:
    study = toy_with(clusters=[{"cluster_id": "AT31", "region_id": "AT31", "name": "AT31"}])
    graph = synergy.build(study)
    assert graph.nodes.position(node_id("cluster", "AT31")) != graph.nodes.position(node_id("region", "AT31"))
