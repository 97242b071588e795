"""Which steps an activity gets, with what detail, by whom; and what people still have to say."""

import datetime as dt

import pytest

from synergy.planning.gaps import gaps_of
from synergy.planning.people import people
from synergy.planning.steps import steps_of
from synergy.planning.template import load_template
from synergy.planning.words import DIRECTIONS, LINES

OWN = {"modernisation": "find-adopters", "diversification": "find-bridge", "transition": "map-conversion",
       "radical foundation": "test-ground"}  # fmt: skip


@pytest.fixture(scope="module")
def template():
    return load_template()


def keys(steps):
    return [step.key for step in steps]


def test_what_the_activity_lacks_becomes_a_step_with_its_names(template, facts):
    steps = {step.key: step for step in steps_of(template, facts)}
    assert steps["win-capacity"].details == ("Electronics (nace:26): held by Freiburg (DE13), Lombardy (ITC4)",)
    assert steps["fill-gap"].details == ("Research (nace:72): no region of the study holds it",)
    assert steps["ask-capacities"].details == ("Health care (nace:86): no table reaches it in Upper Austria (AT31)",)
    assert steps["settle-unknown"].details[0].startswith("Opportunity: no rated idea. Ask three buyers")
    assert steps["settle-unknown"].details[1] == "A criterion of ours: the data do not tell."
    assert steps["meet-criteria"].details[0].startswith("Relatedness: below chance. Split the activity")
    assert steps["draft-actions"].details == ("Build on 2 projects (p1, p2)",)
    assert steps["align-regions"].details[1] == "Freiburg (DE13): its strategy is unknown"
    assert "Alpha Cluster (AT31, cluster; clusters.csv:2): counts towards Pharma" in steps["convene"].details
    assert "a weaver (kind not known; ideas.csv:2)" in steps["convene"].details


def test_an_activity_that_lacks_nothing_has_none_of_these_steps(template, make_facts):
    facts = make_facts(
        capacities=make_facts().capacities[:1], criteria=make_facts().criteria[:1], regions=("AT31",), countries=("AT",)
    )
    lacking = {"win-capacity", "fill-gap", "ask-capacities", "settle-unknown", "meet-criteria", "align-regions"}
    steps = {step.key: step for step in steps_of(template, facts)}
    assert not lacking & set(steps)
    assert steps["agree"].depends == ("match-funding",)
    assert steps["workshop"].depends == ("read-evidence",)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_each_direction_has_its_own_first_development(template, make_facts, direction):
    found = set(keys(steps_of(template, make_facts(direction=direction))))
    assert found & set(OWN.values()) == ({OWN[direction]} if direction in OWN else set())


def test_steps_are_numbered_by_line_and_time_and_wait_for_earlier_ends(template, facts):
    steps = steps_of(template, facts)
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert [LINES.index(step.line) for step in steps] == sorted(LINES.index(step.line) for step in steps)
    by = {step.key: step for step in steps}
    for step in steps:
        assert step.slot.start == 1 + max((by[key].slot.end for key in step.depends), default=0)
    assert by["convene"].slot.start == 1 and by["closing-review"].slot.critical


def test_a_carried_stage_makes_earlier_lines_done_but_what_is_open_stays_first_work(template, make_facts):
    fresh = {step.key: step for step in steps_of(template, make_facts(stage="development"))}
    assert {step.status for step in fresh.values()} == {"to do"}
    steps = {step.key: step for step in steps_of(template, make_facts(stage="development", carried=True))}
    done = {key for key, step in steps.items() if step.status == "done"}
    assert done == {"convene", "read-evidence", "workshop", "decide"}
    assert all(steps[key].slot is None and steps[key].weeks_text == "done" for key in done)
    assert steps["settle-unknown"].slot.start == 1
    assert steps["map-conversion"].slot.start == 1 + max(steps[k].slot.end for k in ("settle-unknown", "meet-criteria"))


def test_roles_are_filled_home_first_and_people_stay_to_be_named(template, facts):
    found = people(template, facts)
    assert found["coordinator"].text == "Coordinating cluster: Alpha Cluster (AT31)"
    assert found["partner-clusters"].text == "Partner clusters: Baden Works (DE13)"
    assert [actor.name for actor in found["holders"].named] == ["Baden Works", "Uni North"]
    agency = found["agency"]
    assert agency.named == () and [actor.name for actor in agency.candidates] == ["Region Agency"]
    assert agency.text.endswith("to be named by the regional government of Upper Austria (AT31)")
    assert "Upper Austria (AT31), Freiburg (DE13)" in found["policy-maker"].text


def test_without_a_cluster_at_home_another_is_proposed_and_that_is_told(template, make_facts):
    facts = make_facts(actors=tuple(actor for actor in make_facts().actors if actor.key != "cluster:a"))
    named = people(template, facts)
    assert named["coordinator"].first == "Baden Works (DE13)"
    gaps = gaps_of(template, facts, named, steps_of(template, facts), (), None)
    assert any("the data hold none of the activity" in gap.what for gap in gaps)
    nobody = make_facts(actors=())
    assert people(template, nobody)["coordinator"].first == "Coordinating cluster, to be named"


def test_gaps_name_who_can_fill_them_and_the_step_that_needs_them(template, facts):
    named, steps = people(template, facts), steps_of(template, facts)
    gaps = gaps_of(template, facts, named, steps, (), None)
    by = {step.key: step.number for step in steps}
    consent = next(gap for gap in gaps if "coordinating cluster Alpha Cluster" in gap.what)
    assert (consent.who, consent.step) == ("Each of them", 1)
    agency = next(gap for gap in gaps if gap.what.startswith("Innovation or development agency"))
    assert "Region Agency" in agency.what and agency.who.startswith("to be named by")
    assert next(gap for gap in gaps if gap.what.startswith("Calls")).step == by["match-funding"]
    assert any("Monday" in gap.what for gap in gaps)
    with_start = gaps_of(template, facts, named, steps, (), dt.date(2027, 1, 11))
    assert len(with_start) == len(gaps) - 1
    assert not any("illustrative" in gap.what for gap in gaps)
