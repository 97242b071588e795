"""What is known at a date, row by row."""

import pandas as pd
import pytest

import synergy
from synergy import Settings, UsageError
from synergy.backtesting.cut import Cut, middle, split


@pytest.fixture
def dated():
    region = {"region_id": ["A", "B"], "name": ["a", "b"], "country": ["AT", "IT"], "level": [2, 2]}
    frames = {
        "regions": pd.DataFrame(region),
        "priorities": pd.DataFrame(
            {"priority_id": ["old", "new", "undated"], "region_id": ["A", "A", "B"], "title": list("xyz"),
             "codes": ["e:one", "e:two", "e:two"], "year": [2014, 2017, None]}
        ),
        "clusters": pd.DataFrame(
            {"cluster_id": ["c", "d"], "region_id": ["A", "B"], "name": ["c", "d"], "year": [2018, 2010]}
        ),
        "firms": pd.DataFrame(
            {"firm_id": ["listed", "seen", "later"], "region_id": ["A", "A", "B"], "name": ["l", "s", "t"],
             "kind": ["firm"] * 3, "codes": ["e:one", "e:one;e:two", "e:two"], "year": [2012, None, None]}
        ),
        "memberships": pd.DataFrame({"cluster_id": ["d", "d"], "firm_id": ["listed", "later"]}),
        "participations": pd.DataFrame(
            {"project_id": ["p", "q", "r", "s"], "firm_id": ["seen", "seen", "later", "later"],
             "theme": ["e:one", "e:two", "e:two", "e:two"], "year": [2015, 2016, 2016, None],
             "start": [None, "2016-03-01", None, None]}
        ),
        "activity": pd.DataFrame(
            {"region_id": ["A", "A"], "code": ["n:1", "n:1"], "value": [1, 2], "unit": ["jobs"] * 2,
             "year": [2015, 2020]}
        ),
    }  # fmt: skip
    return synergy.load(frames, Settings(level=2))


def test_everything_later_or_derived_from_it_goes(dated):
    parts = split(dated, Cut.of("2016-06-30"))
    study = parts.study
    assert study["participations"]["project_id"].tolist() == ["p", "q"]
    assert parts.future.empty, "a year alone does not say on which side of June it lies"
    assert study["priorities"]["priority_id"].tolist() == ["old", "undated"]
    assert study["clusters"]["cluster_id"].tolist() == ["d"]
    assert study["activity"]["value"].tolist() == [1.0]
    assert study["memberships"]["firm_id"].tolist() == ["listed"]
    assert study["priorities"].index.tolist() == [2, 4], "rows keep their line of the file"


def test_an_undated_firm_is_only_what_its_known_projects_say(dated):
    firms = split(dated, Cut.of(2015)).study["firms"].set_index("firm_id")["codes"].to_dict()
    assert firms == {"listed": "e:one", "seen": "e:one"}
    firms = split(dated, Cut.of(2016)).study["firms"].set_index("firm_id")["codes"].to_dict()
    assert firms == {"listed": "e:one", "seen": "e:one;e:two", "later": "e:two"}


def test_what_the_cut_cannot_decide_is_told(dated):
    notes = split(dated, Cut.of("2016-06-30")).notes
    assert "2 participations are left out: their date does not tell on which side" in notes
    assert "1 of 3 priorities are undated and taken as known" in notes
    assert "1 of 3 firms are left out: nothing dates them by the cut" in notes


def test_the_future_ends_where_it_is_told_to(dated):
    later = split(dated, Cut.of(2015), Cut.of("2016-06-30")).future
    assert later["project_id"].tolist() == ["q"]


@pytest.mark.parametrize("wrong", ["", "soon", "16", "2016-13", "2016-02-30", "20160630x"])
def test_a_cut_that_is_no_date_is_refused(wrong):
    with pytest.raises(UsageError, match="expected a year such as 2015"):
        Cut.of(wrong)


def test_the_middle_lies_inside_what_is_known(dated):
    assert middle(dated, Cut.of(2016)) == Cut("2016-03-01")
    assert middle(dated, Cut.of(2015)) is None
