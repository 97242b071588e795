"""The renderings: nothing of the study becomes markup, unknown is told, tables are whole."""

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from synergy.report.render import to_html, to_json, to_markdown
from synergy.report.text import harmless, markdown_text, one_line

VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """The elements of a page, its text outside of style and drawings, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.handlers: list[str] = []
        self.words: list[str] = []
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.ids += [value for key, value in attrs if key == "id"]
        self.targets += [value for key, value in attrs if key in ("href", "xlink:href", "src")]
        self.handlers += [key for key, _ in attrs if key.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes another"

    def handle_data(self, data):
        if not {"style", "svg"} & set(self.open):
            self.words.append(data)
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def tables(markdown: str) -> list[list[str]]:
    """Return the blocks of table lines."""
    blocks: list[list[str]] = [[]]
    for line in markdown.splitlines():
        if line.startswith("|"):
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def cells(line: str) -> int:
    return len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) - 1


def check_markdown(text: str) -> None:
    for block in tables(text):
        assert re.fullmatch(r"\|(---\|)+", block[1])
        assert len(block) > 2
        assert {cells(line) for line in block} == {cells(block[0])}
    assert not re.search(r"\n\n\n", text)


def test_html_is_well_formed_and_self_contained(summary, points):
    text = to_html(summary, points)
    page = Page(text)
    assert page.open == []
    assert not {"script", "img", "iframe", "link", "object"} & set(page.tags)
    assert len(page.ids) == len(set(page.ids))
    assert {target for target in page.targets if not target.startswith("#")} == set()
    assert {target.removeprefix("#") for target in page.targets} <= set(page.ids)
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(page.ids)
    assert page.tags.count("h1") == 1
    assert page.tags.count("article") == len(summary["topics"]) + len(summary["diamonds"])
    assert "default-src 'none'" in text


def test_figures_are_xml_with_a_label(summary, points):
    drawings = re.findall(r"<svg.*?</svg>", to_html(summary, points), flags=re.DOTALL)
    assert len(drawings) == 4 + len(summary["diamonds"])
    for drawing in drawings:
        root = ET.fromstring(drawing)
        assert root.get("role") == "img" and root.get("aria-label")


@pytest.fixture(scope="module")
def sound(summary, points) -> Page:
    return Page(to_html(summary, points))


def test_hostile_text_is_only_text(hostile, hostile_summary, hostile_points, sound):
    text = to_html(hostile_summary, hostile_points)
    page = Page(text)
    assert page.open == []
    assert page.handlers == []
    inside = [tag for tag in page.tags if tag not in ("span", "svg")]
    assert set(inside) <= set(sound.tags)
    assert not {"script", "img", "iframe"} & set(page.tags)
    assert one_line(hostile) in page.text
    text.encode("utf-8")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u202a-\u202e]", text)
    for drawing in re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL):
        ET.fromstring(drawing)


def test_hostile_text_is_inert_in_markdown(hostile, hostile_summary, summary):
    text, sound = to_markdown(hostile_summary), to_markdown(summary)
    text.encode("utf-8")
    check_markdown(text)
    assert markdown_text(hostile) in text
    assert len(tables(text)) == len(tables(sound))
    assert [line.split(" ")[0] for line in text.splitlines() if line.startswith("#")] == [
        line.split(" ")[0] for line in sound.splitlines() if line.startswith("#")
    ]
    assert not re.search(r"<[a-zA-Z/]", text)
    for sign in "`*_[]$~{}@":
        assert text.count(sign) - text.count("\\" + sign) <= sound.count(sign), sign
    assert not re.search(r"https?://|www\.", text)


def test_hostile_text_is_kept_in_json(hostile_summary):
    assert json.loads(to_json(hostile_summary)) == hostile_summary


def test_nothing_found_is_told(empty):
    page = Page(to_html(empty, {}))
    assert "The data support no cooperation topic" in page.text
    assert "The study has no two regions to compare" in page.text
    text = to_markdown(empty)
    assert "No theme is shared by enough regions" in text and "no two regions to compare" in text
    assert all(len(block) >= 2 and {cells(line) for line in block} == {cells(block[0])} for block in tables(text))
    assert "nan" not in page.text.lower().split()


def test_unknown_is_told_and_never_zero(unknown):
    page = Page(to_html(unknown, {}))
    member = unknown["topics"][0]["members"][0]
    row = next(row for row in page.rows if row and row[0].startswith(member["name"]))
    assert row[1:] == [member["role"], "unknown", "unknown", "unknown", "unknown"]
    assert "Specialisation: unknown for all." in page.text
    pair = next(row for row in page.rows if row and unknown["pairs"][0]["name_a"] in " ".join(row) and len(row) == 11)
    assert [cell for i, cell in enumerate(pair) if i != 2] == ["unknown"] * 10
    assert page.text.count("reach unknown") == 1
    text = to_markdown(unknown)
    line = next(line for line in text.splitlines() if line.startswith(f"| {member['name']}"))
    assert line.split(" | ")[3:7] == ["unknown"] * 4
    assert "| unknown | " in text and "reach unknown" in text
    for rendering in (page.text, text):
        assert not re.search(r"\b(nan|NaN|None|<NA>)\b", rendering)


def test_roles_are_listed_in_their_order(summary, points):
    page = Page(to_html(summary, points))
    topic = summary["topics"][0]
    for role, heading in (("leader", "Leaders"), ("complement", "Complements"), ("follower", "Followers")):
        names = [member["name"] for member in topic["members"] if member["role"] == role]
        if names:
            assert f"{heading} {len(names)}" in page.text
            assert " , ".join(names) in page.text
    if topic["declares_only"]:
        assert f"Declare only {len(topic['declares_only'])}" in page.text


def test_what_is_strong_is_told_to_eye_and_ear(summary, points):
    page = Page(to_html(summary, points))
    member = next(m for t in summary["topics"] for m in t["members"] if "clusters" in m["strong"].split(";"))
    assert any(row[0].startswith(member["name"]) and f"{member['clusters']} strong" in row for row in page.rows if row)


def test_markdown_tables_are_whole(summary):
    text = to_markdown(summary)
    check_markdown(text)
    assert len(tables(text)) == 3 + len(summary["topics"])


def test_the_embedded_study_stays_small(alpine_run):
    assert (alpine_run / "report.html").stat().st_size < 1_000_000
    check_markdown((alpine_run / "report.md").read_text(encoding="utf-8"))
    page = Page((alpine_run / "report.html").read_text(encoding="utf-8"))
    assert page.open == [] and len(page.ids) == len(set(page.ids))
    assert not re.search(r"\b(nan|NaN|None|<NA>)\b", page.text)


def test_rendering_changes_nothing(summary, points):
    before = json.dumps(summary)
    assert to_html(summary, points) == to_html(summary, points)
    assert to_markdown(summary) == to_markdown(summary)
    assert json.dumps(summary) == before


def test_harmless_keeps_every_script_of_people():
    for text in ("Österreich", "Ελλάδα", "שלום", "مرحبا", "山", "e\u0301", "👩🏽\u200d🔬", "a\u00adb"):
        assert harmless(text) == text
