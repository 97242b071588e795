"""The figures: no setting of the user changes them, no text breaks them."""

import re
import warnings
import xml.etree.ElementTree as ET

import matplotlib as mpl

from synergy.report import figures

TEXT = "{http://www.w3.org/2000/svg}text"


def words(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter(TEXT)]


def draw(summary, points):
    return figures.role_matrix(summary), figures.scores(summary), figures.untapped_map(summary, points)


def test_hostile_names_neither_break_nor_warn(hostile_summary, hostile_points):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for svg in draw(hostile_summary, hostile_points):
            ET.fromstring(svg)
            assert max(map(len, words(svg))) < 100


def test_dollars_are_dollars(summary, points):
    topics = [{**topic, "name": "$a$ costs $1"} for topic in summary["topics"]]
    for svg in (figures.role_matrix({**summary, "topics": topics}), figures.scores({**summary, "topics": topics})):
        assert f"{topics[0]['topic_id']} $a$ costs $1" in words(svg)


def test_every_topic_and_region_is_named(summary, points):
    matrix, scores, drawn = map(words, draw(summary, points))
    for topic in summary["topics"]:
        label = f"{topic['topic_id']} {topic['name']}"
        assert label[:40] in " ".join(matrix) and label[:40] in " ".join(scores)
        assert {member["region_id"] for member in topic["members"]} <= set(matrix)
    for topic in summary["topics"]:
        for pair in topic["untapped"][: figures.MAP_PAIRS]:
            for region, name in ((pair["region_a"], pair["a"]), (pair["region_b"], pair["b"])):
                assert region not in points or name in drawn


def test_settings_of_the_user_change_nothing(summary, points):
    before = draw(summary, points)
    own = {"text.usetex": False, "font.size": 30, "axes.grid": True, "svg.fonttype": "path", "lines.linewidth": 9}
    with mpl.rc_context(own):
        assert draw(summary, points) == before
        assert mpl.rcParams["font.size"] == 30


def test_they_hold_no_date_and_no_address(summary, points):
    for svg in draw(summary, points):
        assert "<metadata" not in svg and "<dc:date" not in svg
        addresses = set(re.findall(r"https?://[^\"'\s]+", svg))
        assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_nothing_found_still_draws(empty):
    for svg in draw(empty, {}):
        ET.fromstring(svg)


def test_a_pair_without_a_place_is_left_out_of_the_map(summary):
    assert words(figures.untapped_map(summary, {})) == []
