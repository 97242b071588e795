from __future__ import annotations

import pytest

from synergy import UnknownName
from synergy.diamonds.area import Area
from synergy.diamonds.evidence import Evidence
from synergy.diamonds.field import field_of
from synergy.tables.located import Located


@pytest.fixture(scope="session")
def area(toy_results) -> Area:
    return Area(Located(toy_results.study), toy_results.graph)


@pytest.fixture(scope="session")
def alpine_area(alpine) -> Area:
    return Area(Located(alpine.study), alpine.graph)


def test_a_code_is_its_narrower_codes_and_the_rows_that_name_it(area, toy_results) -> None:
    field = field_of(area, toy_results.topics, "ecosystem:wood")
    assert (field.name, field.codes, field.activities) == ("Wood", ("ecosystem:wood", "nace:16"), ("nace:16",))
    assert field.nodes == {
        "code:ecosystem:wood", "code:nace:16", "priority:p2", "priority:p3", "priority:p4", "cluster:c2", "cluster:c3",
        "cluster:c4", "firm:f1", "firm:f2", "firm:f3", "firm:org-1",
    }  # fmt: skip


def test_a_narrower_code_is_named_by_fewer(area, toy_results) -> None:
    assert field_of(area, toy_results.topics, "nace:21").nodes == {"code:nace:21", "priority:p1"}


def test_a_row_that_names_its_own_field_does_not_bring_another(alpine_area, alpine) -> None:
    # electronics lists nace:27 in its rows, and nace:27 is part of energy, too
    energy = field_of(alpine_area, alpine.topics, "ecosystem:energy")
    assert "nace:27" in energy.activities
    titles = alpine.study["priorities"].set_index("priority_id")["codes"]
    named = [titles[node.removeprefix("priority:")] for node in energy.nodes if node.startswith("priority:")]
    assert named and all("ecosystem:energy" in codes for codes in named)


def test_the_field_of_a_topic(alpine_area, alpine) -> None:
    textiles = alpine.topics.frame.set_index("name").at["Textiles", "topic_id"]
    field = field_of(alpine_area, alpine.topics, textiles)
    # its community holds activities that only thrive in the same regions
    assert field.activities == ("nace:13", "nace:14", "nace:15")
    own = {node for node, topic in alpine.topics.nodes.items() if topic == textiles and not node.startswith("code:")}
    assert own <= field.nodes


def test_every_topic_keeps_the_rows_of_its_members(alpine_area, alpine) -> None:
    topics = alpine.topics
    for topic in topics.frame["topic_id"]:
        field = field_of(alpine_area, topics, topic)
        members = tuple(sorted(topics.members.loc[topics.members["topic_id"] == topic, "region_id"]))
        rows = Evidence(alpine_area, field, members).rows
        behind = set(zip(rows["table"], rows["row"], strict=True))
        listed = topics.evidence[
            (topics.evidence["topic_id"] == topic) & (topics.evidence["table"] != "participations")
        ]
        firms = alpine.study["firms"]["kind"]
        for table, row in listed[["table", "row"]].itertuples(index=False):
            assert (table, row) in behind or (table == "firms" and firms[row] in ("public", "other")), (
                topic,
                table,
                row,
            )


@pytest.mark.parametrize(("name", "hint"), [("ecosystem:wod", "ecosystem:wood"), ("T2", "T02"), ("", None)])
def test_a_field_that_is_not_there_is_told_with_the_nearest(area, toy_results, name: str, hint: str | None) -> None:
    with pytest.raises(UnknownName, match="no topic or code") as told:
        field_of(area, toy_results.topics, name)
    assert told.value.hint == hint
