"""An action plan as page, Markdown and tables: whole, inert whatever the study says, the same bytes every time."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import synergy
from synergy.report.gantt import gantt
from synergy.report.plan import summarise_plan
from synergy.report.render import plan_to_html, plan_to_markdown
from synergy.report.spreadsheet import MARK, spreadsheet
from synergy.report.text import markdown_text, one_line

FREE = {"name", "topic", "home", "rule", "emphasis", "note", "to_be_named", "names", "first", "what", "who", "why",
        "description", "study", "title", "milestone", "inputs", "outcome", "code", "template"}  # fmt: skip
LISTS = {"regions", "holders", "details", "notes", "brings", "countries"}


class Reader(HTMLParser):
    """Every tag, every handler and target of a page, its text, and whether each element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags, self.open, self.handlers, self.targets, self.words = [], [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.handlers += [key for key, _ in attrs if key.startswith("on")]
        self.targets += [value for key, value in attrs if key in ("href", "src")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in ("meta", "br"):
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def with_text(value: Any, text: str) -> Any:
    if isinstance(value, list):
        return [with_text(each, text) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: text if key in FREE and each is not None else [text] * len(each) if key in LISTS else with_text(each, text)
        for key, each in value.items()
    }


@pytest.fixture(scope="session")
def plan(toy_results):
    found = toy_results
    activities = synergy.find_activities(found.study, topics=found.topics)
    return synergy.make_plan(found.study, activities, found.topics, start="2027-01-11")


@pytest.fixture(scope="session")
def plan_summary(toy_results, plan) -> dict[str, Any]:
    return summarise_plan(toy_results.study, plan)


def test_the_page_is_whole_and_says_who_does_what_when(plan, plan_summary):
    text = plan_to_html(plan_summary)
    page = Reader(text)
    assert page.open == [] and page.handlers == []
    assert not {"script", "img", "iframe", "link"} & set(page.tags)
    assert all(target.startswith("#") for target in page.targets)
    assert page.tags.count("article") == len(plan)
    for step in plan.parts[0].steps:
        assert step.title in page.text and one_line(step.outcome)[1:] in page.text
    for said in ("On Monday, 2027-01-11", "to be named by", "2027-01-22", "Still to be filled in by people", "unknown"):
        assert said in page.text
    assert "default-src 'none'" in text


def test_without_a_start_there_are_weeks_and_no_days(toy_results, plan_summary):
    plan = {**plan_summary["plan"], "start": None}
    plan["activities"] = [
        {**a, "steps": [{**step, "start": None, "end": None} for step in a["steps"]]} for a in plan["activities"]
    ]
    text = plan_to_html({**plan_summary, "plan": plan})
    assert "On the first Monday" in text and "2027" not in text
    assert "week 1" in plan_to_markdown({**plan_summary, "plan": plan})


@pytest.fixture(scope="session")
def sound(plan_summary) -> Reader:
    return Reader(plan_to_html(plan_summary))


def test_hostile_text_is_only_text(hostile, plan_summary, sound):
    text = plan_to_html(with_text(plan_summary, hostile))
    page = Reader(text)
    assert page.open == [] and page.handlers == []
    assert set(page.tags) <= set(sound.tags) | {"span"}
    assert one_line(hostile) in page.text
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u202a-\u202e]", text)
    for drawing in re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL):
        ET.fromstring(drawing)


def test_hostile_text_is_inert_in_markdown(hostile, plan_summary):
    text, sound = plan_to_markdown(with_text(plan_summary, hostile)), plan_to_markdown(plan_summary)
    text.encode("utf-8")
    assert markdown_text(hostile) in text
    assert not re.search(r"\n\n\n", text)
    for pattern in (r"^#+ ", r"^\|", r"^- \[ \]", r"^\d+\. "):
        assert len(re.findall(pattern, text, re.M)) == len(re.findall(pattern, sound, re.M)), pattern
    assert not re.search(r"<[a-zA-Z/]|https?://|www\.", text)
    for block in re.findall(r"(?:^\|.*\n)+", text, re.M):
        bars = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in block.splitlines()}
        assert len(bars) == 1


def test_the_figure_has_a_bar_per_step_and_the_same_bytes(plan_summary):
    activity = plan_summary["plan"]["activities"][0]
    drawing = gantt(activity, "2027-01-11")
    assert drawing == gantt(activity, "2027-01-11")
    root = ET.fromstring(drawing)
    assert root.get("role") == "img"
    words = " ".join(text.strip() for text in root.itertext() if text.strip())
    for step in activity["steps"]:
        assert f"{step['step']} {step['title'][:30]}" in words
        assert not step["milestone"] or step["milestone"] in words
    assert "11 Jan" in words and "week 1" in " ".join(ET.fromstring(gantt(activity, None)).itertext())
    done = {**activity, "weeks": 0, "steps": [{**activity["steps"][0], "start_week": None, "end_week": None}]}
    assert "done" in gantt(done, None)


FORMULAE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "＝1+1", "a;=1+1", "a; -1", "\r=1", "\n=1"]


@pytest.mark.parametrize("text", FORMULAE)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_no_text_becomes_a_formula_however_cells_are_parted(text, delimiter):
    written = spreadsheet(pd.DataFrame({"a": ["x", text], "n": [-2, 3]})).removeprefix(MARK)
    for row in csv.reader(io.StringIO(written, newline=""), delimiter=delimiter):
        for cell in row:
            assert not re.match(r"\s*[=+@＝＋－＠]", cell) and (not cell.startswith("-") or cell == "-2")


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_every_cell_is_one_line_and_harmless_text_comes_back(texts):
    written = spreadsheet(pd.DataFrame({"a": ["x", *texts], "b": 1}))
    rows = list(csv.reader(io.StringIO(written.removeprefix(MARK), newline="")))
    assert len(rows) == len(texts) + 2
    for text, (cell, _) in zip(texts, rows[2:], strict=True):
        assert not cell or cell[0] not in "=+-@＝＋－＠"
        if text.isalnum():
            assert cell == text
