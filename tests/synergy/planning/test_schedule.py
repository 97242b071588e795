"""The critical path method: a worked example, another implementation, and what a Monday is."""

import datetime as dt
import string

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synergy.errors import UsageError
from synergy.planning.schedule import Slot, days_of, first_monday, schedule, without

STEPS = string.ascii_lowercase[:9]


@st.composite
def projects(draw):
    weeks = {step: draw(st.integers(1, 9)) for step in STEPS[: draw(st.integers(1, 9))]}
    depends = {
        step: draw(st.lists(st.sampled_from(STEPS[:i]), unique=True)) if i else [] for i, step in enumerate(weeks)
    }
    return weeks, depends


def test_a_project_worked_by_hand():
    # Two paths from a to f: a-b-d-f of 3+2+4+1 = 10 weeks and a-c-e-f of 3+5+1+1 = 10; c-d joins them: 3+5+4+1 = 13.
    weeks = {"a": 3, "b": 2, "c": 5, "d": 4, "e": 1, "f": 1}
    depends = {"b": ["a"], "c": ["a"], "d": ["b", "c"], "e": ["c"], "f": ["d", "e"]}
    assert schedule(weeks, depends) == {
        "a": Slot(1, 3, 0),
        "b": Slot(4, 5, 3),
        "c": Slot(4, 8, 0),
        "d": Slot(9, 12, 0),
        "e": Slot(9, 9, 3),
        "f": Slot(13, 13, 0),
    }


@given(projects())
def test_the_end_is_the_longest_path_and_late_steps_move_it_by_what_exceeds_their_slack(project):
    weeks, depends = project
    slots = schedule(weeks, depends)
    graph = nx.DiGraph()
    graph.add_nodes_from(weeks)
    graph.add_weighted_edges_from((a, b, weeks[a]) for b, before in depends.items() for a in before)
    ends = {step: weeks[step] for step in weeks}
    for step in nx.topological_sort(graph):
        ends[step] += max((ends[a] for a in graph.predecessors(step)), default=0)
    assert {step: slot.end for step, slot in slots.items()} == ends
    last = max(ends.values())
    for step, slot in slots.items():
        assert slot.end - slot.start + 1 == weeks[step]
        for late in (slot.slack, slot.slack + 1):
            moved = schedule({**weeks, step: weeks[step] + late}, depends)
            assert max(each.end for each in moved.values()) == last + late - slot.slack
    assert any(slot.critical for slot in slots.values())


@given(projects(), st.sets(st.sampled_from(STEPS)))
def test_dropping_steps_keeps_the_order_of_the_others(project, dropped):
    weeks, depends = project
    kept = [step for step in weeks if step not in dropped]
    whole = nx.DiGraph([(a, b) for b, before in depends.items() for a in before])
    whole.add_nodes_from(weeks)
    left = without({step: depends.get(step, []) for step in weeks}, kept)
    rest = nx.DiGraph([(a, b) for b, before in left.items() for a in before])
    rest.add_nodes_from(kept)
    wanted = {(a, b) for a, b in nx.transitive_closure(whole).edges if {a, b} <= set(kept)}
    assert set(nx.transitive_closure(rest).edges) == wanted
    assert set(rest.edges) == set(nx.transitive_reduction(rest).edges)


def test_a_start_that_is_no_monday_is_told_with_the_two_around_it():
    assert first_monday("2027-01-11") == dt.date(2027, 1, 11)
    with pytest.raises(UsageError, match=r"2027-01-13 is a Wednesday.*say 2027-01-11 or 2027-01-18"):
        first_monday("2027-01-13")
    for text in ("soon", "11.1.2027", "20270111", "2027-W02-1", "2027-13-01", ""):
        with pytest.raises(UsageError, match="expected a day such as 2027-01-11"):
            first_monday(text)


def test_days_run_from_monday_to_friday_over_the_turn_of_a_year():
    first, last = days_of(Slot(51, 53, 0), dt.date(2027, 1, 11))
    assert (first, last) == (dt.date(2027, 12, 27), dt.date(2028, 1, 14))
    assert (first.weekday(), last.weekday()) == (0, 4)
