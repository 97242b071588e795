"""Indicators counted by hand on the toy study, and what a later run makes of an earlier table."""

import csv
import io

import pandas as pd
import pytest

import synergy
from synergy.errors import DataError, UsageError
from synergy.planning.facts import facts_of
from synergy.planning.indicators import MEASURE, Basis
from synergy.planning.previous import read_previous
from synergy.report.spreadsheet import spreadsheet
from synergy.tables.located import Located


@pytest.fixture
def measure(toy):
    """Measure an indicator over chosen regions of the toy study, on health (T02), or on energy (T01)."""

    def value(name: str, regions: tuple[str, ...], topic: str = "T02", study=None):
        from dataclasses import replace

        located = Located(study or toy.study)
        names = dict(located.regions[["region_id", "name"]].itertuples(index=False, name=None))
        facts = facts_of(toy.activities, toy.topics.frame, names, {}, "A01")
        return MEASURE[name](Basis(located, toy.topics, replace(facts, regions=regions, topic_id=topic)))

    return value


def test_projects_and_pairs_are_counted_on_the_topic(measure):
    # p1 joins AT11 and DE11, p2 DE12 and ITC2; all hold health, no project theme reaches energy.
    assert measure("joint projects", ("AT11", "DE11", "DE12", "ITC2")).value == 2
    assert measure("joint projects", ("AT11", "DE12")).value == 0
    found = measure("untapped pairs", ("AT11", "DE11", "DE12"))
    assert (found.value, found.note) == (1, "of 2 cross-border pairs")
    assert measure("organisations", ("AT11", "DE11", "ITC1")).value == 2
    for name in ("joint projects", "untapped pairs", "organisations"):
        unknown = measure(name, ("AT11", "DE11"), "T01")
        assert unknown.value is None and "no project theme" in unknown.note


def test_strategies_and_clusters_are_counted_and_unknown_is_not_zero(measure, toy_source, read_study):
    found = measure("declaring regions", ("AT11", "ITC2"))
    assert (found.value, found.note) == (1, "of 1 with a known strategy; 1 more unknown")
    assert measure("declaring regions", ("ITC2",)).value is None
    assert measure("clusters", ("AT11", "AT12", "DE11")).value == 3
    tables = toy_source()
    tables["clusters"] = [row for row in tables["clusters"] if row["region_id"][:2] != "DE"]
    fewer = read_study(tables)
    assert measure("clusters", ("DE11",), study=fewer).value is None
    assert measure("clusters", ("AT11", "DE11"), study=fewer).note == "DE11 not covered"


def test_clusters_are_linked_by_members_and_their_projects(measure, toy_source, read_study):
    regions = ("AT11", "DE11", "ITC1")
    unknown = measure("linked clusters", regions)
    assert unknown.value is None and "not in the data" in unknown.note
    tables = toy_source()
    tables["memberships"] = [{"cluster_id": f"c-{r}-health", "firm_id": f"f-{r}"} for r in regions]
    found = measure("linked clusters", regions, study=read_study(tables))
    assert (found.value, found.note) == (2, "of 3 clusters whose members are known")
    tables["memberships"].append({"cluster_id": "c-ITC1-health", "firm_id": "f-DE11"})
    assert measure("linked clusters", regions, study=read_study(tables)).value == 3


def saved(plan, folder, **cells):
    """Write a plan's monitoring table; ``cells`` maps indicator__column to what somebody typed."""
    frame = plan.monitoring()
    for name, value in cells.items():
        indicator, column = name.split("__")
        frame.loc[frame["indicator_id"] == indicator.replace("_", "-"), column] = value
    path = folder / "monitoring.csv"
    path.write_text(spreadsheet(frame), encoding="utf-8")
    return path


def test_a_first_run_holds_baselines_and_no_change(plan_toy):
    table = plan_toy().monitoring().set_index("indicator_id")
    assert table.at["joint-projects", "baseline"] == 0 and table.at["joint-projects", "baseline_date"] == "2021"
    assert table.at["joint-projects", "baseline_rows"] == 4
    assert pd.isna(table.at["linked-clusters", "baseline"]) and pd.isna(table.at["letters", "baseline"])
    assert table[["value_now", "change", "verdict"]].isna().all(axis=None)


def test_a_later_run_fills_in_what_changed_and_says_that_the_table_grew(
    plan_toy, toy, toy_source, read_study, tmp_path
):
    before = saved(plan_toy(), tmp_path)
    tables = toy_source()
    tables["participations"] += [
        {"project_id": "p3", "firm_id": f"f-{r}", "programme": "Alps", "year": 2016, "theme": "ecosystem:health"}
        for r in ("DE12", "AT12")
    ]
    tables["participations"].append({**tables["participations"][-1], "firm_id": "", "region_id": "DE12",
                                     "organisation": "Newcomer"})  # fmt: skip
    later = read_study(tables)
    table = synergy.make_plan(later, toy.activities, toy.topics, previous=before).monitoring()
    row = table.set_index("indicator_id").loc["organisations"]
    assert (row["baseline"], row["value_now"], row["change"], row["verdict"]) == (1, 2, 1, "as wanted")
    assert "participations: 4 rows then, 7 now" in row["note"]
    same = table.set_index("indicator_id").loc["declaring-regions"]
    assert (same["change"], same["verdict"]) == (0, "no change")


def test_what_people_count_is_carried_on(plan_toy, tmp_path):
    path = saved(plan_toy(), tmp_path, letters__baseline=1, letters__value_now=4, money__value_now=2.5)
    table = plan_toy(previous=path).monitoring().set_index("indicator_id")
    assert (table.at["letters", "change"], table.at["letters", "verdict"]) == (3, "as wanted")
    assert table.at["money", "value_now"] == 2.5 and pd.isna(table.at["money", "change"])
    assert table.at["money", "verdict"] == "unknown"


def test_a_baseline_that_was_unknown_begins_today_and_says_so(plan_toy, tmp_path):
    path = saved(plan_toy(), tmp_path, clusters__baseline=None)
    row = plan_toy(previous=path).monitoring().set_index("indicator_id").loc["clusters"]
    assert row["baseline"] == 1 and pd.isna(row["value_now"]) and "had no baseline" in row["note"]


def test_an_activity_keeps_its_indicators_under_another_number_and_one_that_is_gone_is_told(plan_toy, tmp_path):
    frame = plan_toy().monitoring().assign(activity_id="A07")
    gone = frame.assign(home="AT11", about="nace:35", activity_id="A09")
    path = tmp_path / "old.csv"
    path.write_text(spreadsheet(pd.concat([frame, gone])), encoding="utf-8")
    plan = plan_toy(previous=path)
    assert plan.monitoring()["value_now"].notna().any()
    assert plan.notes == (
        "A09 (nace:35 in AT11) of the earlier table is not in this plan: its rows are not carried on",
    )


def test_a_table_saved_with_semicolons_and_decimal_commas_is_read(plan_toy, tmp_path):
    path = saved(plan_toy(), tmp_path, money__value_now=2.5)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([[cell.replace("2.5", "2,5") for cell in row] for row in rows])
    path.write_text(text.getvalue(), encoding="utf-8")
    assert read_previous(path)[("DE12", "nace:21", "money")].now == 2.5


def test_every_problem_of_an_earlier_table_is_told(plan_toy, tmp_path):
    path = saved(plan_toy(), tmp_path, letters__value_now="four", money__baseline="much")
    with pytest.raises(DataError) as error:
        read_previous(path)
    told = [str(problem) for problem in error.value.problems]
    assert len(told) == 2 and "S204 monitoring.csv:11:value_now: found 'four', expected a number" in told[0]
    path.write_text(path.read_text(encoding="utf-8").replace("indicator_id", "indicatr_id"), encoding="utf-8")
    with pytest.raises(DataError, match=r"S114 monitoring.csv:1:indicator_id.*is 'indicatr_id' meant"):
        read_previous(path)
    twice = plan_toy().monitoring().iloc[[0, 0]]
    path.write_text(spreadsheet(twice), encoding="utf-8")
    with pytest.raises(DataError, match=r"S301 monitoring.csv:3:indicator_id: found 'joint-projects' a second time"):
        read_previous(path)
    with pytest.raises(UsageError, match=r"cannot read the earlier monitoring table .*none\.csv"):
        read_previous(tmp_path / "none.csv")
