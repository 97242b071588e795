"""The network page of the embedded study, opened with the network cut."""

import json

import pandas as pd
import pytest


@pytest.fixture
def network(open_page, alpine_run):
    return open_page(alpine_run / "network.html")


def panel(page) -> str:
    return page.inner_text("#panel")


def test_it_opens_offline_without_a_request_or_an_error(network):
    page, log = network
    assert len(page.evaluate("synergyMap.nodesShown()")) > 100
    page.wait_for_timeout(200)
    assert log.clean, log


def test_search_finds_salzburg_and_tells_of_it(network):
    page, log = network
    page.fill("#search", "salzburg")
    page.press("#search", "Enter")
    assert "Salzburg" in panel(page)
    assert "AT32" in panel(page)
    assert log.clean, log


def test_search_for_what_is_not_there_says_so(network):
    page, log = network
    page.fill("#search", "Atlantis")
    page.press("#search", "Enter")
    assert "Salzburg" not in panel(page)
    assert log.clean, log


def test_layers_can_be_shown_and_hidden(network):
    page, log = network
    before = len(page.evaluate("synergyMap.tiesShown()"))
    boxes = page.locator("[data-layer]")
    assert boxes.count() > 4
    for box in boxes.all():
        box.uncheck()
    assert page.evaluate("synergyMap.tiesShown()") == []
    boxes.first.check()
    shown = page.evaluate("synergyMap.tiesShown()")
    assert len({tie["layer"] for tie in shown}) == 1
    for box in boxes.all():
        box.check()
    assert len(page.evaluate("synergyMap.tiesShown()")) > before > 0
    assert log.clean, log


def test_a_topic_can_be_chosen(network, alpine_run):
    page, log = network
    topics = pd.read_csv(alpine_run / "topics.csv")
    offered = page.locator("#topic option").all_inner_texts()
    assert all(any(name in text for text in offered) for name in topics["name"])
    everything = len(page.evaluate("synergyMap.nodesShown()"))
    first = next(text for text in offered if topics["name"][0] in text)
    page.select_option("#topic", label=first)
    assert topics["name"][0] in panel(page)
    assert 0 < len(page.evaluate("synergyMap.nodesShown()")) <= everything
    assert log.clean, log


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "desk"])
def test_it_does_not_scroll_sideways(open_page, alpine_run, size):
    page, log = open_page(alpine_run / "network.html", size)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert log.clean, log


def test_every_region_of_the_study_is_in_the_table_for_readers(network, alpine_run):
    page, _ = network
    graph = json.loads((alpine_run / "graph.json").read_text(encoding="utf-8"))
    regions = {node["id"] for node in graph["nodes"] if node["kind"] == "region"}
    assert len(regions) == 42
    assert regions <= set(page.evaluate("synergyMap.nodesShown()"))
