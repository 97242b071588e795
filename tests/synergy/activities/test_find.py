"""Activities of the embedded study and of the toy: figures against the tables, what is refused and carried."""

import numpy as np
import pandas as pd
import pytest

import synergy
from synergy.activities import DIRECTIONS
from synergy.activities.criteria import NEEDED
from synergy.activities.history import latest_year
from synergy.activities.result import COLUMNS, FRAME, HISTORY
from synergy.economy import density, excess_proximity, location_quotient
from synergy.tables.located import Located
from synergy.tables.schema import BY_NAME, STAGES

PARTS = tuple(COLUMNS)


def test_at_least_five_from_three_topics_with_every_field_filled(alpine_activities):
    frame = alpine_activities.to_frame()
    assert len(frame) >= 5 and frame["topic_id"].nunique() >= 3
    assert frame.columns.tolist() == list(FRAME)
    assert frame["activity_id"].is_unique
    assert frame.drop(columns="note").notna().all(axis=None)
    assert frame["note"].notna().all() and set(frame["direction"]) <= set(DIRECTIONS)
    assert set(frame["stage"]) <= set(STAGES) and set(frame["origin"]) == {"data", "ideas"}
    for part in PARTS:
        assert set(getattr(alpine_activities, part)["activity_id"]) == set(frame["activity_id"]), part
        assert getattr(alpine_activities, part).columns.tolist() == list(COLUMNS[part])


def test_quotients_and_densities_are_those_of_the_economy(alpine, alpine_activities):
    X = Located(alpine.study).activity
    quotient = location_quotient(X, missing="available")
    near = density(X, missing="available")
    capacities = alpine_activities.capacities
    for row in alpine_activities.frame.itertuples():
        target = capacities[(capacities["activity_id"] == row.activity_id) & (capacities["code"] == row.about)].iloc[0]
        assert target["at_home"] == pytest.approx(quotient.at[row.home, row.about])
        assert f"LQ {quotient.at[row.home, row.about]:.2f}" in row.rule
        if "density" in row.rule:
            assert f"density {near.at[row.home, row.about]:.1f} %" in row.rule
    held = capacities[capacities["unit"].str.contains("employment")]
    assert (held["at_home"][held["state"] == "held"] >= 1).all()
    assert (held["at_home"][held["state"] == "from elsewhere"] < 1).all()


def test_relatedness_is_the_economys_between_activities(alpine, alpine_activities):
    phi = excess_proximity(Located(alpine.study).activity, missing="available")
    pairs = alpine_activities.relatedness
    inside = pairs[pairs["a"].isin(phi.index) & pairs["b"].isin(phi.index)]
    assert len(inside) > 50
    expected = [phi.at[a, b] for a, b in inside[["a", "b"]].itertuples(index=False)]
    np.testing.assert_allclose(inside["value"], expected, atol=1e-9)


def test_who_has_what_comes_from_elsewhere_holds_it(alpine_activities):
    capacities = alpine_activities.capacities.merge(alpine_activities.frame[["activity_id", "home", "regions"]])
    away = capacities[capacities["state"] == "from elsewhere"]
    assert len(away) > 20
    assert (away["region_id"] != away["home"]).all() and (away["strength"] >= 1).all()
    assert all(row.region_id == row.holders.split(";")[0] for row in away.itertuples())
    counted = away.groupby("activity_id").size()
    frame = alpine_activities.frame.set_index("activity_id")
    assert counted.reindex(frame.index, fill_value=0).equals(frame["n_external"].rename(None))


def test_each_activity_has_the_eight_criteria_with_a_figure_or_a_reason(alpine_activities):
    criteria = alpine_activities.criteria
    names = ["capacity", "opportunity", "relatedness", "direction", "critical mass", "global advantage",
             "all needed actors", "feasible"]  # fmt: skip
    for _, rows in criteria.groupby("activity_id"):
        assert rows["criterion"].tolist() == names
    assert criteria["why"].str.len().gt(0).all() and criteria["bar"].str.len().gt(0).all()
    # The world outside is in no table of a study.
    assert criteria.loc[criteria["criterion"] == "global advantage", "met"].isna().all()
    counted = criteria.groupby("activity_id")["met"].agg(met="sum", known="count")
    frame = alpine_activities.frame.set_index("activity_id").sort_index()
    assert (counted["met"] == frame["criteria_met"]).all() and (counted["known"] == frame["criteria_known"]).all()


def test_opportunity_is_known_from_ideas_only_while_there_is_one_year(alpine_activities):
    criteria = alpine_activities.criteria.merge(alpine_activities.frame[["activity_id", "origin"]])
    opportunity = criteria[criteria["criterion"] == "opportunity"].set_index("origin")
    assert opportunity.loc["data", "met"].isna().all() and opportunity.loc["ideas", "met"].notna().all()


def test_critical_mass_is_the_amount_of_its_regions_against_a_typical_specialised_one(alpine, alpine_activities):
    X = Located(alpine.study).activity
    strong = location_quotient(X, missing="available") >= 1
    capacities = alpine_activities.capacities
    for row in alpine_activities.criteria.query("criterion == 'critical mass'").itertuples():
        codes = capacities.loc[capacities["activity_id"] == row.activity_id, "code"]
        codes = [code for code in codes if code in X.columns]
        bar = sum(X.loc[strong[code], code].median() for code in codes)
        assert row.bar == f"{bar:,.0f}"
        assert row.met == (row.value >= bar)


def test_every_row_of_evidence_is_there_and_says_what_it_does(alpine, alpine_activities):
    evidence = alpine_activities.evidence
    for table, rows in evidence.groupby("table"):
        assert set(rows["row"]) <= set(alpine.study[str(table)].index)
    ideas = evidence[evidence["table"] == "ideas"]
    titles = alpine.study["ideas"]["title"]
    assert all(row.what.endswith(titles[row.row]) for row in ideas.itertuples())


def test_actors_stand_in_their_row_and_bring_a_capacity_of_the_activity(alpine, alpine_activities):
    actors, capacities = alpine_activities.actors, alpine_activities.capacities
    codes = capacities.groupby("activity_id")["code"].agg(set)
    for row in actors[actors["table"] == "clusters"].itertuples():
        assert alpine.study["clusters"].at[row.row, "name"] == row.name
    for row in actors[actors["table"] != "ideas"].itertuples():
        assert row.brings and set(row.brings.split(";")) <= codes[row.activity_id]
    regions = alpine_activities.frame.set_index("activity_id")["regions"].str.split(";")
    assert all(row.region_id in regions[row.activity_id] for row in actors.itertuples())
    assert {"cluster", "firm", "research", "university", "unknown"} <= set(actors["kind"])


def test_a_bag_of_similar_nodes_is_refused_and_told(alpine_activities):
    refused = alpine_activities.refused
    bags = refused[refused["reason"].str.startswith("only similar nodes: no project and no idea")]
    # No project theme in the data reaches textiles or electronics, however alike their nodes are.
    assert {"T11", "T13"} >= set(bags["topic_id"]) != set()
    actions = alpine_activities.actions.groupby("activity_id")["of"].agg(set)
    assert all(each & {"project theme", "idea"} for each in actions)
    assert (alpine_activities.refused["count"] > 0).all()
    assert not (
        (alpine_activities.frame["direction"] == "radical foundation") & (alpine_activities.frame["origin"] == "data")
    ).any()


def test_illustrative_ideas_say_so_in_every_activity_they_make(alpine_activities):
    frame = alpine_activities.frame
    assert frame.loc[frame["origin"] == "ideas", "note"].str.contains("illustrative").all()
    assert not frame.loc[frame["origin"] == "data", "note"].str.contains("illustrative").any()


def test_needed_actors_are_unknown_while_a_kind_is_unknown(alpine_activities):
    kinds = alpine_activities.actors.groupby("activity_id")["kind"].agg(set)
    for row in alpine_activities.criteria.query("criterion == 'all needed actors'").itertuples():
        have = {"research" if kind == "university" else kind for kind in kinds[row.activity_id]}
        assert row.value == len(set(NEEDED) & have)
        assert pd.isna(row.met) == (row.value < 4 and bool(have & {"unknown", "other"}))


def test_the_order_of_rows_changes_nothing(alpine, alpine_activities):
    shuffled = {name: table.sample(frac=1, random_state=3) for name, table in alpine.study.tables.items() if len(table)}
    again = synergy.find_activities(synergy.load(shuffled, alpine.study.settings), topics=alpine.topics)
    pd.testing.assert_frame_equal(again.frame, alpine_activities.frame)
    pd.testing.assert_frame_equal(again.capacities, alpine_activities.capacities)


def test_only_one_topic_is_that_topic_alone(alpine, alpine_activities):
    found = synergy.find_activities(alpine.study, topics=alpine.topics, only=["T05"])
    whole = alpine_activities.frame
    assert set(found.frame["name"]) == set(whole.loc[whole["topic_id"] == "T05", "name"])
    with pytest.raises(synergy.UnknownName, match="topic 'T99'"):
        synergy.find_activities(alpine.study, topics=alpine.topics, only=["T99"])


def test_what_is_carried_keeps_its_id_stage_and_years(alpine, alpine_activities):
    history = alpine_activities.history
    assert (history["change"] == "new").all()
    assert set(history["first_seen"]) == {latest_year(alpine.study)}
    kept = history[list(HISTORY)].astype(object).where(history.notna(), None)
    assert set(kept.columns) == set(BY_NAME["activities"].column_names)
    moved = kept.assign(activity_id="X" + kept["activity_id"], first_seen=2019, note="agreed")
    moved.loc[0, ["stage", "stage_since"]] = ["implementation", 2020]
    gone = moved.iloc[[0]].assign(activity_id="X99", about="nace:05")
    tables = {name: table for name, table in alpine.study.tables.items() if len(table)}
    carried = synergy.load({**tables, "activities": pd.concat([moved.iloc[:5], gone])}, alpine.study.settings)
    again = synergy.find_activities(carried, topics=alpine.topics)
    assert again.frame["name"].tolist() == alpine_activities.frame["name"].tolist()
    # what is not carried takes the first free ids
    before = alpine_activities.frame["activity_id"].tolist()
    expected = [f"X{one}" if int(one[1:]) <= 5 else f"A{int(one[1:]) - 5:02d}" for one in before]
    assert again.frame["activity_id"].tolist() == expected
    told = again.history.set_index("activity_id")
    first = "X" + str(history["activity_id"].iloc[0])
    assert told.loc[first, ["stage", "first_seen", "stage_since", "note", "change"]].tolist() == [
        "implementation", 2019, 2020, "agreed", "as before",
    ]  # fmt: skip
    assert told.loc["X99", "change"] == "not found in this run"
    assert again.frame.set_index("activity_id").at[first, "stage"] == "implementation"


def test_an_idea_of_the_toy_worked_by_hand(toy_with, toy_results):
    # nace:16 (20, 50, 10, 40, 40 of 5 x 100 but for DE12, whose nace:21 is unknown, so 60 in all): LQ of AT31 =
    # (20 / 100) / (160 / 460) = 0.575; wood projects: AT31 is in big and three, of three projects in all.
    columns = ["idea_id", "region_id", "title", "who", "capacities", "opportunities", "opportunity_rating"]
    idea = pd.DataFrame([["i", "AT31", "Wooden trains", "f1", "ecosystem:wood", "nace:16", 5]], columns=columns)
    found = synergy.find_activities(toy_with(ideas=idea), topics=toy_results.topics)
    frame = found.frame[found.frame["origin"] == "ideas"]
    refused = found.refused[found.refused["what"].str.startswith("idea")]
    assert len(frame) + len(refused) == 1
    if len(frame):
        target = found.capacities[found.capacities["code"] == "nace:16"].iloc[0]
        assert target["at_home"] == pytest.approx(0.2 / (160 / 460))
        assert "firm:f1" in set(found.actors["actor_id"])


@pytest.mark.parametrize("without", ["activity", "participations", "clusters", "firms", "codes"])
def test_a_study_without_a_table_says_what_it_cannot_know(toy_with, without):
    more = {"participations": None, "memberships": None} if without == "firms" else {}
    if without == "clusters":
        more = {"memberships": None}
    study = toy_with(**{without: None, **more})
    found = synergy.find_activities(study)
    assert len(found) == 0 or without not in ("activity", "participations")
    assert len(found.refused) or not len(synergy.find_topics(study))


def test_explain_walks_an_activity_back_to_its_rows(alpine, alpine_activities):
    one = alpine_activities.frame["activity_id"].iloc[0]
    found = synergy.explain(alpine.study, one, scores=alpine.scores, topics=alpine.topics, activities=alpine_activities)
    assert found.subject == one and alpine_activities.frame["rule"].iloc[0] in found.summary
    assert set(found.terms["part"]) == {"criterion", "capacity", "relatedness"}
    evidence = alpine_activities.evidence
    assert len(found.rows) == (evidence["activity_id"] == one).sum()
    with pytest.raises(synergy.UnknownName, match="activity 'A99'"):
        synergy.explain(alpine.study, "A99", scores=alpine.scores, topics=alpine.topics, activities=alpine_activities)
