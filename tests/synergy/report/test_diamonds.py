"""The page, the text and the figure of the diamonds: nothing becomes markup, unknown is told, bytes stay the same."""

import json
import re
import xml.etree.ElementTree as ET

import pytest

from synergy import diamond
from synergy.report.diamond_figure import REGION_STYLE, diamond_figure
from synergy.report.diamonds import summarise_diamonds
from synergy.report.render import diamonds_to_html, diamonds_to_markdown

TEXT = "{http://www.w3.org/2000/svg}text"


def words(svg: str) -> str:
    return " ".join("".join(node.itertext()) for node in ET.fromstring(svg).iter(TEXT))


@pytest.fixture(scope="module")
def told(toy_results):
    return summarise_diamonds(toy_results.study, toy_results.diamonds)


@pytest.fixture(scope="module")
def dark(toy_results):
    """A diamond of a region without a strategy and of a field without firms and projects."""
    found = diamond(toy_results.study, ["DE11", "ITC2"], "ecosystem:energy", toy_results.graph, toy_results.topics)
    return summarise_diamonds(toy_results.study, found)


def hostile_of(summary: dict, text: str) -> dict:
    free = {"title", "study", "name", "why", "little", "programme", "what"}

    def change(value):
        if isinstance(value, list):
            return [change(each) for each in value]
        if isinstance(value, dict):
            return {key: text if key in free else change(each) for key, each in value.items()}
        return value

    return {**change(summary), "searched": [text]}


def test_it_is_plain_values(told):
    text = json.dumps(told, allow_nan=False)
    assert json.loads(text) == told
    assert len(told["diamonds"]) > 1 and told["searched"]


def test_what_is_shown_is_what_was_found(told, toy_results):
    frame = toy_results.diamonds.frame
    assert [one["score"] for one in told["diamonds"]] == frame["score"].tolist()
    corners = toy_results.diamonds.corners.set_index(["diamond_id", "region_id", "corner"])["reach"]
    for one in told["diamonds"]:
        for corner in one["corners"]:
            for region in [*corner["regions"], corner["together"]]:
                found = corners[one["diamond_id"], region["region_id"], corner["corner"]]
                assert region["reach"] == (None if found != found else found)


def test_the_figure_is_the_same_every_time_and_names_all(told):
    for one in told["diamonds"]:
        svg = diamond_figure(one)
        assert svg == diamond_figure(one)
        shown = words(svg)
        assert all(region["region_id"] in shown for region in one["regions"])
        assert all(corner in shown for corner in ("strategy", "industry", "knowledge", "opportunity"))
        assert "critical mass" in shown and "together" in shown and "funding, apart" in shown
        assert "<metadata" not in svg and "<dc:date" not in svg


def test_the_unknown_corner_is_hatched_and_says_unknown(dark, told):
    (one,) = dark["diamonds"]
    strategy = one["corners"][0]
    assert [region["reach"] for region in strategy["regions"]][1] is None
    svg = diamond_figure(one)
    assert "unknown" in words(svg) and "pattern" in svg
    known = next(d for d in told["diamonds"] if all(r["reach"] is not None for c in d["corners"] for r in c["regions"]))
    if known["funding"] is not None:
        assert "unknown" not in words(diamond_figure(known))


def test_four_regions_have_a_style_each(told):
    assert len({colour for colour, _, _ in REGION_STYLE}) == len({mark for _, mark, _ in REGION_STYLE}) == 4
    one = told["diamonds"][0]
    four = [{"region_id": f"R{n}", "name": "A region of a very long name indeed", "country": "AT"} for n in range(4)]
    corners = [{**c, "regions": [{**c["regions"][0], "region_id": f"R{n}"} for n in range(4)]} for c in one["corners"]]
    shown = words(diamond_figure({**one, "regions": four, "corners": corners}))
    assert all(f"R{n} A region of" in shown for n in range(4))


def test_no_text_of_a_study_becomes_markup(told, hostile):
    changed = hostile_of(told, hostile)
    page = diamonds_to_html(changed)
    page.encode("utf-8")
    assert not re.search(r"<(script|img|iframe|object|link)\b", page)
    for drawing in re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL):
        ET.fromstring(drawing)
    text, sound = diamonds_to_markdown(changed), diamonds_to_markdown(told)
    assert [line.split(" ")[0] for line in text.splitlines() if line.startswith("#")] == [
        line.split(" ")[0] for line in sound.splitlines() if line.startswith("#")
    ]
    for sign in "`[]$~{}@":
        assert text.count(sign) - text.count("\\" + sign) <= sound.count(sign), sign


def test_markdown_tables_are_whole(told, dark):
    for summary in (told, dark):
        for block in re.findall(r"(?:^\|.*\n)+", diamonds_to_markdown(summary), flags=re.MULTILINE):
            lines = block.splitlines()
            assert re.fullmatch(r"\|(---\|)+", lines[1]) and len({line.count("|") for line in lines}) == 1


def test_unknown_is_told_and_never_zero(dark):
    page = diamonds_to_html(dark)
    assert "nan" not in re.sub(r"<[^>]+>", " ", page).lower().split()
    rows = re.findall(r'<tr><td class="w">strategy</td>(.*?)</tr>', page)
    assert '<span class="unknown">unknown</span>' in rows[0]
    assert "| strategy |" in diamonds_to_markdown(dark) and "unknown |" in diamonds_to_markdown(dark)


def test_nothing_found_is_told(told):
    nothing = {**told, "diamonds": [], "searched": []}
    assert "No diamond was found" in diamonds_to_html(nothing)
    assert "No diamond was found" in diamonds_to_markdown(nothing)


def test_the_page_stands_alone(told):
    page = diamonds_to_html(told)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) | set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)
    assert not re.search(r'(?:href|src)="(?!#)', page)
    assert "default-src 'none'" in page and "our own definition" in page
