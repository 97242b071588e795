"""The whole plan of the toy study: frames, values, choices and refusals."""

import json

import pandas as pd
import pytest

import synergy
from synergy.errors import UnknownName, UsageError
from synergy.planning.plan import STEP_COLUMNS


def test_a_frame_has_a_row_per_step_with_days_from_the_start(plan_toy):
    frame = plan_toy(start="2027-01-11").to_frame()
    assert list(frame.columns) == list(STEP_COLUMNS)
    first = frame.iloc[0]
    assert (first["step"], first["start"], first["end"]) == (1, "2027-01-11", "2027-01-22")
    assert first["lead"] == "Coordinating cluster: Cluster health DE12 (DE12)"
    days = pd.to_datetime(frame["start"])
    assert set(days.dt.day_name()) == {"Monday"}
    assert ((days - days.iloc[0]).dt.days == 7 * (frame["start_week"] - 1)).all()
    without = plan_toy().to_frame()
    assert without[["start", "end"]].isna().all(axis=None)
    assert (without["start_week"] == frame["start_week"]).all()


def test_values_are_plain_and_hold_the_contract(plan_toy):
    found = json.loads(json.dumps(plan_toy(start="2027-01-11").to_dict(), allow_nan=False))
    (activity,) = found["activities"]
    assert found["start"] == "2027-01-11" and activity["activity_id"] == "A01"
    numbers = {step["step"] for step in activity["steps"]}
    assert all(set(step["waits_for"]) <= numbers for step in activity["steps"])
    assert {step["milestone"] for step in activity["milestones"]} >= {"Go or no go", "Agreement signed"}
    assert all(gap["who"] and gap["what"] for gap in activity["missing"])
    assert found["load"][0]["name"] == "Cluster health DE12" and found["load"][0]["most_at_once"] >= 2


def test_the_same_study_gives_the_same_plan(plan_toy, toy):
    again = synergy.make_plan(toy.study, start="2027-01-11")
    assert again.to_dict() == plan_toy(start="2027-01-11").to_dict()
    assert repr(again) == "Plan(1 activities, 17 steps, start=2027-01-11)"


def test_a_carried_stage_comes_through(toy, toy_source, read_study):
    tables = toy_source()
    tables["activities"] = [{"activity_id": "A05", "region_id": "DE12", "about": "nace:21", "stage": "implementation"}]
    study = read_study(tables)
    plan = synergy.make_plan(study, topics=toy.topics, chosen=["A05"])
    (part,) = plan.parts
    assert part.facts.carried and part.facts.stage == "implementation"
    done = {step.line for step in part.steps if step.status == "done"}
    assert done == {"evidence base", "identification", "development"}
    assert plan.to_frame().query("status == 'done'")["start_week"].isna().all()
    assert part.weeks < 40


def test_what_is_not_there_is_told(plan_toy):
    with pytest.raises(UnknownName, match=r"there is no activity 'A1'. Did you mean 'A01'?"):
        plan_toy(chosen=["A1"])
    with pytest.raises(UnknownName, match="there is no topic 'T9'"):
        plan_toy(topic="T9")
    with pytest.raises(UsageError, match="no transformative activity was found in topic T01"):
        plan_toy(topic="T01")
    with pytest.raises(UsageError, match="weeks begin on a Monday"):
        plan_toy(start="2027-01-12")
    assert len(plan_toy(topic="T02")) == 1
