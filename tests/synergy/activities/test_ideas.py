"""Ideas that are one in two languages are merged, near ones of two regions told, all by numbers worked apart."""

import pandas as pd
import pytest

from synergy.activities.ideas import OVERLAP, SAME, merge_ideas
from synergy.tables.fields import Fields
from synergy.wording.encoder import encoded

TWINS = {
    frozenset(pair.split())
    for pair in ("I01 I02", "I03 I04", "I05 I06", "I07 I08", "I09 I10", "I11 I12", "I13 I14", "I21 I22")
}


@pytest.fixture(scope="module")
def merged(alpine):
    return merge_ideas(alpine.study, Fields.of(alpine.study))


def test_the_eight_ideas_written_in_two_languages_are_one_each_and_no_others(merged):
    groups = {frozenset(rows["idea_id"]) for _, rows in merged.groups if len(rows) > 1}
    assert groups == TWINS
    languages = merged.table.groupby("group")["language"].nunique()
    assert (languages[merged.table["group"].value_counts() > 1] == 2).sum() == 8 - 0


def test_each_pair_is_told_with_its_cosine_and_what_it_shares(merged):
    titles = merged.table.set_index("idea_id")["title"]
    for row in merged.pairs.to_dict("records"):
        a, b = encoded([titles[row["idea_a"]], titles[row["idea_b"]]])
        assert row["text"] == pytest.approx(float(a @ b), abs=1e-6)
        assert row["verdict"] == ("same" if row["text"] >= SAME else "overlap")
        assert row["text"] >= OVERLAP and row["shared"]
        assert row["verdict"] == "same" or row["region_a"] != row["region_b"]
    assert (merged.pairs["verdict"] == "overlap").any()


def test_the_matrix_counts_merged_ideas_once(merged):
    cell = merged.matrix.set_index(["capacity", "opportunity"]).loc[("ecosystem:construction", "ecosystem:digital")]
    assert (cell["ideas"], cell["ids"], cell["rating"]) == (1, "I03", 4.0)


def ideas(*rows):
    columns = ["idea_id", "region_id", "title", "capacities", "opportunities"]
    return pd.DataFrame(rows, columns=columns)


def test_one_title_in_fields_that_have_nothing_in_common_stays_two(toy_with):
    same = "Smart factories"
    study = toy_with(ideas=ideas(("a", "AT31", same, "nace:16", None), ("b", "AT32", same, "nace:62", None)))
    found = merge_ideas(study, Fields.of(study))
    assert found.table["group"].tolist() == ["a", "b"] and found.pairs.empty


def test_a_chain_of_same_ideas_is_one_named_after_the_first(toy_with):
    rows = [(one, "AT31", "Smart factories", "nace:16", "nace:62") for one in "cab"]
    study = toy_with(ideas=ideas(*rows))
    found = merge_ideas(study, Fields.of(study))
    assert found.table["group"].tolist() == ["a", "a", "a"]
    assert found.matrix["ideas"].tolist() == [1] and found.matrix["rating"].isna().all()


def test_without_ideas_there_is_nothing(toy):
    found = merge_ideas(toy, Fields.of(toy))
    assert found.groups == [] and found.pairs.empty and found.matrix.empty
