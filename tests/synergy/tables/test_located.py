from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from synergy import Settings
from synergy.tables.located import Located

JOBS = {"unit": "persons employed", "year": 2014}


def declared(located: Located) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for line in located.declared.itertuples():
        found.setdefault(line.region_id, []).append((line.priority_id, line.basis))
    return found


def test_strategies_roll_up_and_down_and_say_so(toy) -> None:
    assert declared(Located(toy)) == {
        "AT31": [("p1", "own"), ("p2", "own")],
        "AT32": [("p5", "own")],
        "DE11": [("p3", "inherited from DE1")],
        "DE12": [("p3", "inherited from DE1")],
        "ITH3": [("p4", "rolled up from ITH31")],
    }


def test_a_national_strategy_rolls_down_only_where_the_settings_say_so(toy, toy_with) -> None:
    assert not Located(toy).strategy_known["ITH1"]
    study = toy_with(Settings(level=2, inherit_from_level=0))
    assert Located(study).strategy_known.all()
    assert declared(Located(study))["ITH1"] == [("p6", "inherited from IT")]
    assert declared(Located(study))["ITH3"] == [("p4", "rolled up from ITH31"), ("p6", "inherited from IT")]


def test_fields_leave_out_what_stands_beside_its_broader_field(toy) -> None:
    fields = Located(toy).declared.set_index("priority_id")["fields"]
    assert fields["p1"] == ("ecosystem:health",)
    assert fields["p5"] == ("ecosystem:health", "ecosystem:people")


def test_a_strategy_without_any_field_is_unknown(toy_with) -> None:
    study = toy_with(priorities=[{"priority_id": "p9", "region_id": "ITH1", "title": "Something"}])
    located = Located(study)
    assert located.strategy_known.to_dict() == {
        "AT31": True, "AT32": True, "DE11": True, "DE12": True, "ITH1": False, "ITH3": True
    }  # fmt: skip
    assert ("p9", "own") in declared(located)["ITH1"]


def test_rows_above_the_analysed_level_are_counted_as_unplaced(toy) -> None:
    unplaced = Located(toy).unplaced
    assert unplaced.to_dict("records") == [
        {"table": "clusters", "row": 5, "id": "c4"},
        {"table": "organisations", "row": 5, "id": "f4"},
    ]


def test_activity_of_deeper_regions_adds_up(toy) -> None:
    activity = Located(toy).activity
    assert activity.index.tolist() == ["AT31", "AT32", "DE11", "DE12", "ITH3"]
    assert activity.loc["ITH3"].tolist() == [40, 10, 30, 20]
    assert activity.loc["AT31"].tolist() == [20, 60, 10, 10]
    assert np.isnan(activity.loc["DE12", "nace:21"])
    assert int(activity.isna().sum().sum()) == 1


def test_a_regions_own_row_wins_cell_by_cell(toy_with) -> None:
    own = [{"region_id": "ITH3", "code": "nace:16", "value": 7, **JOBS}]
    assert Located(toy_with(activity=own)).activity.loc["ITH3"].tolist() == [7, 10, 30, 20]
    own[0]["value"] = None
    assert np.isnan(Located(toy_with(activity=own)).activity.loc["ITH3", "nace:16"])


def test_a_row_inside_another_one_is_not_counted_twice(toy_with) -> None:
    # One level up ITH3 alone is 30, and what ITH31 and ITH32 have of it is in there already.
    regions = [{"region_id": "ITHX", "name": "x", "country": "IT", "level": 1}]
    study = toy_with(
        Settings(level=0), regions=regions, activity=[{"region_id": "ITH3", "code": "nace:16", "value": 30, **JOBS}]
    )
    activity = Located(study).activity
    assert activity.loc["IT", "nace:16"] == 30
    assert activity.loc["IT", "nace:30"] == 30
    assert activity.loc["AT"].tolist() == [70, 80, 30, 20]
    assert np.isnan(activity.loc["DE", "nace:21"])


def test_a_sum_with_an_unknown_part_is_unknown(toy_with, frames) -> None:
    table = frames["activity"].copy()
    table.loc[(table["region_id"] == "ITH31") & (table["code"] == "nace:30"), "value"] = None
    activity = Located(toy_with(activity=table)).activity
    assert np.isnan(activity.loc["ITH3", "nace:30"])
    assert activity.loc["ITH3", "nace:16"] == 40


def test_the_latest_year_of_the_commonest_unit_counts(toy_with) -> None:
    more = [
        {"region_id": "AT31", "code": "nace:16", "value": 1e6, "unit": "persons employed", "year": 2013},
        {"region_id": "AT31", "code": "nace:16", "value": 1e6, "unit": "firms", "year": 2020},
    ]
    located = Located(toy_with(activity=more))
    assert located.activity.loc["AT31", "nace:16"] == 20
    assert set(located.activity_rows["year"]) == {2014}
    assert len(located.activity_rows) == 24


def test_a_region_without_any_known_amount_is_no_row(toy_with) -> None:
    blank = [{"region_id": "ITH1", "code": "nace:16", "value": None, **JOBS}]
    assert "ITH1" not in Located(toy_with(activity=blank)).activity.index


def test_no_activity_is_an_empty_frame(toy_with) -> None:
    located = Located(toy_with(activity=None))
    assert located.activity.empty
    assert located.activity_rows.empty


def test_sizes_count_what_lies_in_each_region(toy) -> None:
    sizes = Located(toy).sizes
    assert sizes.index.tolist() == ["AT31", "AT32", "DE11", "DE12", "ITH1", "ITH3"]
    assert sizes["clusters"].tolist() == [1, 0, 1, 0, 0, 1]
    assert sizes["organisations"].tolist() == [1, 1, 0, 1, 1, 1]
    assert sizes["projects"].tolist() == [3, 2, 0, 2, 1, 1]


def test_mentions_name_a_row_once_per_node_it_hangs_on(toy) -> None:
    mentions = Located(toy).mentions
    dem = mentions[mentions["region_id"] == "DE12"]
    assert list(dem[["node", "table", "row", "what"]].itertuples(index=False, name=None)) == [
        ("firm:f2", "firms", 3, "Universität Wald"),
        ("code:ecosystem:wood", "participations", 3, "big: UNIVERSITAET WALD"),
        ("code:ecosystem:digital", "participations", 8, "two: f2"),
        ("priority:p3", "priorities", 4, "Smart wood (inherited from DE1)"),
    ]
    assert "solo: AT31" in mentions["what"].tolist()


def test_a_study_of_one_region_and_nothing_else(toy_with) -> None:
    study = toy_with(
        regions=pd.DataFrame({"region_id": ["X"], "name": ["X"], "country": ["AT"], "level": [2]}),
        priorities=pd.DataFrame({"priority_id": ["p"], "region_id": ["X"], "title": ["P"]}),
        **dict.fromkeys(("clusters", "firms", "memberships", "participations", "activity", "codes")),
    )
    located = Located(study)
    assert len(located.mentions) == 1
    assert located.sizes.to_numpy().tolist() == [[0, 0, 0]]
    assert located.unplaced.empty
    assert not located.strategy_known["X"]


def test_a_study_is_located_once_and_a_changed_one_anew(toy):
    assert toy.located is toy.located
    changed = replace(toy, settings=replace(toy.settings, level=1))
    assert changed.located.places.regions != toy.located.places.regions
