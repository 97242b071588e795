"""A scheme and its call as pages and Markdown: inert whatever the tables say, whole when nothing is known."""

import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest

import synergy
from synergy.report.render import call_to_html, call_to_markdown, scheme_to_html, scheme_to_markdown
from synergy.report.scheme import summarise_scheme
from synergy.report.timeline import timeline

FREE = {"name", "title", "study", "description", "funder", "basis", "why", "common", "repair", "what", "region", "row"}
LISTS = {"evidence", "assumptions", "to_confirm", "rules", "procedure"}
PAGES = (scheme_to_html, call_to_html)


def with_text(value: Any, text: str) -> Any:
    if isinstance(value, list):
        return [with_text(each, text) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: text
        if key in FREE and isinstance(each, str)
        else [text] * len(each)
        if key in LISTS and all(isinstance(one, str) for one in each)
        else with_text(each, text)
        for key, each in value.items()
    }


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.handlers += [key for key, _ in attrs if key.startswith("on")]


@pytest.fixture(scope="module")
def scheme_summary(toy_source) -> dict[str, Any]:
    tables = {
        **toy_source(),
        "programmes": [
            {"programme_id": "at", "region_id": "AT11", "name": "East", "any_theme": "yes", "budget": 100,
             "decision_weeks": 4, "unfunded_partner": "no"},
            {"programme_id": "de", "region_id": "DE11", "name": "West", "any_theme": "yes", "budget": 100},
            {"programme_id": "it", "region_id": "ITC1", "name": "South", "any_theme": "yes", "currency": "CHF"},
        ],
        "call_windows": [
            {"programme_id": "at", "kind": "call", "opens": "2026-12-20", "closes": "2027-01-31"},
            {"programme_id": "de", "kind": "call", "opens": "2027-01-20", "closes": "2027-02-28"},
        ],
        "funding_rates": [{"programme_id": each, "kind": "firm", "rate": 0.5} for each in ("at", "de")],
        "proposals": [
            {"proposal_id": p, "score": s, "region_id": r, "partner": p + r, "kind": "firm", "cost": c}
            for p, s, r, c in (("p1", 2, "AT11", 150), ("p1", 2, "DE11", 10), ("p2", 1, "AT11", 100))
        ],
    }  # fmt: skip
    study = synergy.load({name: pd.DataFrame(rows) for name, rows in tables.items()})
    made = synergy.make_scheme(study, "ecosystem:health", ["AT11", "AT12", "DE11", "ITC1"])
    return summarise_scheme(study, made)


@pytest.mark.parametrize("render", PAGES)
def test_no_text_of_the_tables_becomes_markup(scheme_summary, all_hostile, render) -> None:
    plain, nasty = (render(with_text(scheme_summary, text)) for text in ("plain", all_hostile))
    ours, theirs = Tags(plain), Tags(nasty)
    assert (theirs.tags, theirs.handlers) == (ours.tags, [])
    assert "script" not in theirs.tags


def test_the_figure_is_sound_whatever_a_programme_is_called(scheme_summary, all_hostile) -> None:
    drawn = ET.fromstring(timeline(with_text(scheme_summary, all_hostile)["scheme"]["alignment"]))
    assert not list(drawn.iter("script"))


@pytest.mark.parametrize("render", [scheme_to_markdown, call_to_markdown])
def test_no_text_of_the_tables_becomes_markdown(scheme_summary, hostile, render) -> None:
    plain, nasty = (render(with_text(scheme_summary, text)) for text in ("plain", hostile))
    assert nasty.count("\n") == plain.count("\n")
    for ours, theirs in zip(plain.splitlines(), nasty.splitlines(), strict=True):
        if ours.startswith("|"):
            assert theirs.replace("\\|", "").count("|") == ours.count("|")
    assert "<script" not in nasty and "<img" not in nasty


def test_what_is_not_known_is_told_so(scheme_summary) -> None:
    page = scheme_to_html(scheme_summary)
    assert "No window is known of <bdi>South</bdi>" in page
    assert "no programme of it is known" in page and '<span class="unknown">unknown</span>' in page
    assert "unknown CHF" in call_to_markdown(scheme_summary)


@pytest.mark.parametrize("render", [scheme_to_html, scheme_to_markdown])
def test_chances_are_there_with_their_assumptions_and_gone_without_draws(scheme_summary, render) -> None:
    demand = scheme_summary["scheme"]["demand"]
    text = render(scheme_summary)
    assert "If scores and costs turn out otherwise" in text and "Chance" in text
    assert demand["summary"] in text and all(line in text for line in demand["assumptions"])
    scheme = scheme_summary["scheme"] | {"demand": None}
    gone = render(scheme_summary | {"scheme": scheme})
    assert "otherwise" not in gone and "hance" not in gone


def test_the_same_bytes_every_time(scheme_summary) -> None:
    assert scheme_to_html(scheme_summary) == scheme_to_html(scheme_summary)


@pytest.mark.parametrize("render", [*PAGES, scheme_to_markdown, call_to_markdown])
def test_a_study_without_programmes_makes_whole_pages(toy_source, render) -> None:
    study = synergy.load({name: pd.DataFrame(rows) for name, rows in toy_source().items()})
    text = render(summarise_scheme(study, synergy.make_scheme(study, "ecosystem:health")))
    assert "Burgenland" in text and ("No programme" in text or "0 regional programmes" in text)
