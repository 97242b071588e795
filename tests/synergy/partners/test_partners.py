"""The pool of the toy study, worked by hand: who is named, what they hold by which rows, what stays unknown."""

import numpy as np
import pandas as pd
import pytest

from synergy.activities.ground import Ground
from synergy.errors import UnknownName, UsageError
from synergy.partners import Register
from synergy.partners.links import ROW_COLUMNS, links_of
from synergy.partners.people import resolved
from synergy.tables.located import Located

WOOD = "ecosystem:wood"


@pytest.fixture(scope="module")
def wood(partners_of, toy_results):
    return partners_of(toy_results, "T02")


def test_the_pool_are_those_in_its_regions_who_hold_a_capacity(wood):
    # c3 declares wood; f1 has the projects big and three, f3 three, Waldhof big and three under two spellings.
    assert wood.pool.ids == ("cluster:c3", "firm:f1", "firm:f3", "firm:org-1")
    assert wood.pool.capacities == (WOOD,) and wood.missing == () and wood.unnamed == ()
    assert wood.pool.quality.toarray().ravel().tolist() == [0.5, 0.75, 0.5, 0.75]
    assert wood.outside.ids == ("cluster:c2", "firm:f2")
    assert wood.pool.candidates["country"].tolist() == ["IT", "AT", "IT", "AT"]


def test_ties_are_joint_projects(wood):
    assert wood.pool.ties.toarray().tolist() == [[0, 0, 0, 0], [0, 0, 1, 2], [0, 1, 0, 1], [0, 2, 1, 0]]


def test_each_link_has_its_rows(wood, toy_results):
    told = wood.pool.evidence
    assert set(zip(told["candidate_id"], told["capacity"], strict=True)) == {(one, WOOD) for one in wood.pool.ids}
    assert told.loc[told["candidate_id"] == "firm:f1", ["table", "row"]].to_numpy().tolist() == [
        ["firms", 2], ["participations", 2], ["participations", 5],
    ]  # fmt: skip
    for table, row, what in told[["table", "row", "what"]].itertuples(index=False):
        assert what in toy_results.study[table].loc[row].tolist()


def test_unknown_stays_unknown(wood, partners_of, toy_results):
    waldhof = wood.pool.candidates.set_index("candidate_id").loc["firm:org-1"]
    assert waldhof["kind"] is None and waldhof["size"] is None and waldhof["region_kind"] is None
    assert waldhof["owner"] is None and np.isnan(waldhof["cost"])
    assert np.isnan(wood.pool.complementarity.at["AT31", "ITH1"])
    pairs = toy_results.scores.frame.set_index(["region_a", "region_b"])
    both = pairs.loc[("AT31", "AT32"), ["complementarity_a_from_b", "complementarity_b_from_a"]]
    assert wood.pool.complementarity.at["AT32", "AT31"] == pytest.approx(both.mean())
    digital = partners_of(toy_results, "T01")
    # DE11 has a cluster of wood and a digital strategy, but nobody there is named with a digital capacity.
    assert digital.unnamed == ("DE11",) and digital.pool.ids == ("firm:f2", "firm:org-2")


def test_a_kind_is_read_from_a_name_only_where_no_table_says_it(toy_with, toy_results):
    study = toy_with(
        participations=[{"project_id": "two", "region_id": "AT32", "organisation": "Universität Moos", "theme": WOOD}]
    )
    people = Register(Ground(Located(study)), toy_results.scores).people.set_index("name")
    assert people.loc["Universität Moos", ["kind", "by_name"]].tolist() == ["university", True]
    assert people.loc["Universität Wald", ["kind", "by_name"]].tolist() == ["university", False]
    assert pd.isna(people.at["Eurac", "kind"])


def test_who_has_to_take_part_is_taken_in_from_anywhere(partners_of, toy_results):
    with_med = partners_of(toy_results, "T02", also=["c1"])
    assert "cluster:c1" in with_med.pool.ids and with_med.pool.quality[[0]].nnz == 0
    with pytest.raises(UnknownName, match=r"no candidate 'f11'. Did you mean 'f1'?"):
        partners_of(toy_results, "T02", also=["f11"])
    with pytest.raises(UsageError, match="read as cluster:a or firm:a"):
        resolved(["a"], ["cluster:a", "firm:a"])


@pytest.mark.parametrize(
    ("rows", "quality"),
    [
        ([("firms", "A", 1.0)], 0.5),
        ([("clusters", "A", 0.5)], 1 - 2**-0.5),
        ([("participations", "p1", 1.0), ("firms", "A", 1.0)], 0.5),  # the row may have been made from the project
        ([("participations", "p1", 1.0), ("participations", "p1", 1.0)], 0.5),  # twice in one project
        ([("participations", f"p{n}", 1.0) for n in range(3)], 0.875),
    ],
)
def test_quality_saturates_with_projects(rows, quality):
    listed = [("a", "x", table, 2 + n, what, counts) for n, (table, what, counts) in enumerate(rows)]
    (found,) = links_of(pd.DataFrame(listed, columns=list(ROW_COLUMNS)))["quality"]
    assert found == pytest.approx(quality)
    assert 0 < found < 1


def test_fields_are_held_by_clusters_and_by_who_names_the_field_itself(toy_with, toy_results):
    study = toy_with(
        codes=[{"code": "keep:trees", "name": "Trees", "broader": WOOD}],
        participations=[{"project_id": "p", "region_id": "AT32", "organisation": "Forst", "theme": "keep:trees"}],
    )
    study = type(study)(study.settings, {**study.tables, "participations": study["participations"].tail(1)})
    register = Register(Ground(Located(study)), toy_results.scores)
    assert register.ground.kind_of[WOOD] == "clusters"
    rows = register.rows
    assert set(rows.loc[rows["capacity"] == WOOD, "candidate_id"]) == {
        "cluster:c2", "cluster:c3", "firm:f1", "firm:f2", "firm:f3",
    }  # fmt: skip
    assert rows.loc[rows["capacity"] == "keep:trees", "candidate_id"].tolist() == ["firm:org-1"]
