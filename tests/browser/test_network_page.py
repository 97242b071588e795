from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from synergy.maps.network import render
from synergy.maps.page import MapEdge, MapGroup, MapLayer, MapNode, MapPage

HOSTILE = {
    "script": "<script>window.__pwned=1;alert(1)</script>",
    "break-out": '</script><img src=x onerror="window.__pwned=1;alert(1)">',
    "comment": "<!--<script>window.__pwned=1</script>",
    "template": "{{7*7}}{% raw %}${7*7}",
    "quotes": "\"'`><svg onload=window.__pwned=1>",
    "backslashes": '\\";window.__pwned=1;//\\u003c\\',
    "separators": "a\u2028window.__pwned=1\u2029b\r\n\x00c",
    "right-to-left": "\u202eשלום مرحبا\u202c",
    "emoji": "👩🏽‍🔬🏔️ e\u0301",
    "surrogate": "lone \ud800 half",
    "long": "Donaudampfschifffahrt" * 238 + "&<>",
    "address": "javascript:window.__pwned=1",
    "prototype": "__proto__",
    "closers": "</textarea></style></title></select></option></details><iframe src=javascript:alert(1)>",
}


def small() -> MapPage:
    nodes = (
        MapNode("AT32", "Salzburg", "region", 0, 0, 9, ("t1",), ("Life sciences since 2014",)),
        MapNode("DE2", "Bavaria", "region", 6, 0, 16, ("t1",)),
        MapNode("FRK2", "Rhône-Alpes", "region", 3, 6, 12, ("t2",)),
        MapNode("c1", "BioTech Cluster", "cluster", 1, 4, 4, ("t1",)),
        MapNode("01", "Ain", "place", 6, 6, 3),
        MapNode("1", "One", "place", 0, 7, 3),
    )
    edges = (
        MapEdge("AT32", "DE2", "near", 0.9),
        MapEdge("DE2", "AT32", "works-with", 2.0, ("Project ALPHA, 2015",)),
        MapEdge("AT32", "DE2", "similar", 0.4),
        MapEdge("DE2", "FRK2", "similar", 0.7),
        MapEdge("AT32", "c1", "works-with", 1.0),
        MapEdge("01", "1", "near", 0.1),
    )
    layers = (
        MapLayer("near", "closeness", True),
        MapLayer("works-with", "joint projects", True),
        MapLayer("similar", "shared priorities", False),
    )
    groups = (MapGroup("t1", "Life sciences", ("Score 0.8",)), MapGroup("t2", "Hydrogen", ()))
    return MapPage("Alps", "A subtitle", "A note", nodes, edges, layers, groups)


def hostile_page(texts: Sequence[str]) -> MapPage:
    """Every text in every field."""
    nodes = [
        MapNode(f"{text}{i}" if i else text, text, text, n, i, n + i + 1, (text,), (text, text))
        for n, text in enumerate(texts)
        for i in range(2)
    ]
    layers = [layer for text in texts for layer in (MapLayer(text, text, True), MapLayer(text + "2", text, False))]
    ids = [node.id for node in nodes]
    edges = [
        MapEdge(a, b, layers[i % len(layers)].name, 1.0, (layers[i % len(layers)].meaning,))
        for i, (a, b) in enumerate([*pairwise(ids), *pairwise(ids)])
    ]
    words = " ".join(texts)
    groups = tuple(MapGroup(text, text, (text,)) for text in texts)
    return MapPage(words, words, words, tuple(nodes), tuple(edges), tuple(layers), groups)


@pytest.fixture
def write(tmp_path: Path):
    def writer(page: MapPage) -> Path:
        path = tmp_path / "network.html"
        path.write_bytes(render(page).encode("utf-8"))
        return path

    return writer


@pytest.fixture
def opened(open_page, write):
    return open_page(write(small()))


def click_node(page, node: str) -> None:
    spot = page.evaluate("id => synergyMap.nodeOnScreen(id)", node)
    page.mouse.click(spot["x"], spot["y"])


def panel(page) -> str:
    return page.inner_text("#panel")


def layers_shown(page) -> list[int]:
    return sorted({tie["layer"] for tie in page.evaluate("synergyMap.tiesShown()")})


def test_it_opens_offline_without_a_request_or_an_error(opened):
    page, log = opened
    assert page.evaluate("synergyMap.nodesShown().length") == 6
    assert page.title() == "Alps"
    for words in ("A subtitle", "A note"):
        assert page.get_by_text(words).is_visible()
    assert "6 nodes, 6 ties in 3 layers; 4 ties drawn" in panel(page)
    assert log.clean, log


def test_something_is_drawn(opened):
    page, _ = opened
    page.wait_for_timeout(100)
    spot = page.evaluate(
        """() => { const c = document.querySelector('#picture canvas'), s = synergyMap.nodeOnScreen('DE2'),
        b = c.getBoundingClientRect(), k = c.width / b.width;
        return [...c.getContext('2d').getImageData((s.x - b.left) * k, (s.y - b.top) * k, 1, 1).data] }"""
    )
    assert spot == [0x00, 0x72, 0xB2, 255]


def test_no_text_ever_runs(open_page, write):
    page, log = open_page(write(hostile_page(list(HOSTILE.values()))))
    ids = page.evaluate("synergyMap.nodesShown()")
    assert len(ids) == 2 * len(HOSTILE)
    # Every node, then every tie and topic that its panel leads to.
    followed = page.evaluate(
        """ids => { let followed = 0; for (const id of ids) { synergyMap.chooseNode(id);
        const links = document.querySelectorAll('#panel button').length;
        for (let i = 0; i < links; i++) { synergyMap.chooseNode(id);
        document.querySelectorAll('#panel button')[i].click(); followed++ } } return followed }""",
        ids,
    )
    assert followed > 5 * len(ids)
    for n, text in enumerate(HOSTILE.values()):
        page.select_option("#topic", str(n))
        page.fill("#search", text[:30].replace("\r\n", " "))
        page.press("#search", "Enter")
    page.locator("[data-layer='1']").check()
    page.locator("[data-kind='0']").uncheck()
    spot = page.evaluate("id => synergyMap.nodeOnScreen(id)", ids[-1])
    page.mouse.click(spot["x"], spot["y"])
    page.wait_for_timeout(200)  # the tooltip
    page.locator("#table > summary").click()
    page.locator("[data-node]").first.click()
    page.wait_for_timeout(200)  # whatever was set off
    assert page.evaluate("window.__pwned") is None
    assert page.locator("img, iframe, script:not([type])").count() == 2  # the page's own two scripts
    assert log.clean, log


def test_hostile_text_is_shown_as_it_is(open_page, write):
    text = HOSTILE["break-out"]
    page, _ = open_page(write(hostile_page([text])))
    page.evaluate("id => synergyMap.chooseNode(id)", text)
    assert page.text_content("#panel h2") == text
    assert page.text_content("h1") == text
    assert page.locator("#panel .facts li").all_text_contents() == [text, text]


def test_the_policy_stops_a_script_that_got_in(opened):
    page, log = opened
    page.evaluate(
        """() => { const s = document.createElement('script'); s.textContent = 'window.__pwned=1';
        document.body.append(s);
        const d = document.createElement('div'); d.innerHTML = '<b onclick="window.__pwned=1">x</b>';
        document.body.append(d); d.firstChild.click() }"""
    )
    assert page.evaluate("window.__pwned") is None
    assert any("Content Security Policy" in line for line in log.console)


def test_ids_stay_strings(opened):
    page, _ = opened
    assert {"01", "1"} <= set(page.evaluate("synergyMap.nodesShown()"))
    page.evaluate("synergyMap.chooseNode('01')")
    assert "Ain" in panel(page)
    page.evaluate("synergyMap.chooseNode('1')")
    assert page.inner_text("#panel h2") == "One"


def test_parallel_ties_are_all_there_and_apart(opened):
    page, _ = opened
    page.check("[data-layer='2']")
    ties = [t for t in page.evaluate("synergyMap.tiesShown()") if {t["from"], t["to"]} == {"AT32", "DE2"}]
    assert sorted(t["layer"] for t in ties) == [0, 1, 2]
    # Which side a tie curves to depends on the way round it is given.
    sides = [t["bend"] if t["from"] == "AT32" else -t["bend"] for t in ties]
    assert len(set(sides)) == 3


def test_layers_hide_and_show(opened):
    page, _ = opened
    assert layers_shown(page) == [0, 1]
    page.check("[data-layer='2']")
    assert layers_shown(page) == [0, 1, 2]
    page.uncheck("[data-layer='0']")
    assert layers_shown(page) == [1, 2]
    assert "4 ties drawn" in panel(page)


def test_kinds_hide_and_show(opened):
    page, _ = opened
    page.get_by_role("checkbox", name="region").uncheck()
    assert sorted(page.evaluate("synergyMap.nodesShown()")) == ["01", "1", "c1"]
    assert [(t["from"], t["to"]) for t in page.evaluate("synergyMap.tiesShown()")] == [("01", "1")]
    page.get_by_role("checkbox", name="region").check()
    assert len(page.evaluate("synergyMap.nodesShown()")) == 6
    # The important ones are drawn last, on top.
    assert page.evaluate("synergyMap.nodesShown()")[-1] == "DE2"


def test_search_finds_without_accents_and_by_id(opened):
    page, _ = opened
    page.fill("#search", "rhone")
    assert page.locator("#matches li").count() == 1
    page.press("#search", "Enter")
    assert page.inner_text("#panel h2") == "Rhône-Alpes"
    assert "Chosen: Rhône-Alpes" in page.inner_text("#found")
    page.fill("#search", "at32")
    page.locator("#matches li").first.click()
    assert page.inner_text("#panel h2") == "Salzburg"
    assert page.locator("#matches").is_hidden()


def test_the_very_id_comes_first(opened):
    page, _ = opened
    page.fill("#search", "1")
    page.press("#search", "Enter")
    assert page.inner_text("#panel h2") == "One"


def test_a_code_is_found_behind_its_kind(open_page, write):
    nodes = (MapNode("a", "xITC4x", "firm", 0, 0, 9), MapNode("region:ITC4", "Lombardy", "region", 1, 1, 1))
    page, _ = open_page(write(MapPage("Alps", "", "", nodes, (), (), ())))
    page.fill("#search", "ITC4")
    page.press("#search", "Enter")
    assert page.inner_text("#panel h2") == "Lombardy"


def test_search_says_when_nothing_is_found(opened):
    page, _ = opened
    page.fill("#search", "Atlantis")
    assert page.inner_text("#found") == "Nothing found for “Atlantis”."
    page.press("#search", "Enter")
    assert page.inner_text("#panel h2") == "Overview"


def test_search_brings_back_a_hidden_kind(opened):
    page, _ = opened
    page.get_by_role("checkbox", name="cluster").uncheck()
    page.fill("#search", "biotech")
    page.press("#search", "Enter")
    assert "c1" in page.evaluate("synergyMap.nodesShown()")
    assert page.get_by_role("checkbox", name="cluster").is_checked()


def test_a_topic_dims_the_others(opened):
    page, _ = opened
    assert page.evaluate("synergyMap.dimmed()") == []
    page.select_option("#topic", label="Life sciences")
    assert sorted(page.evaluate("synergyMap.dimmed()")) == ["01", "1", "FRK2"]
    assert "Score 0.8" in panel(page)
    page.select_option("#topic", label="All topics")
    assert page.evaluate("synergyMap.dimmed()") == []


def test_a_click_on_a_node_shows_its_evidence(opened):
    page, log = opened
    click_node(page, "AT32")
    text = panel(page)
    for words in ("Salzburg", "AT32", "Life sciences since 2014", "joint projects", "BioTech Cluster"):
        assert words in text
    assert "SIMILAR · 1 TIE · NOT DRAWN" in text.upper()
    page.locator("#panel").get_by_role("button", name="Bavaria", exact=True).first.click()
    assert page.inner_text("#panel h2") == "Bavaria"
    assert log.clean, log


def test_a_click_on_a_tie_shows_its_evidence(opened):
    page, _ = opened
    page.uncheck("[data-layer='1']")
    a, b = (page.evaluate("id => synergyMap.nodeOnScreen(id)", node) for node in ("AT32", "DE2"))
    page.mouse.click((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2)
    assert page.inner_text("#panel h2") == "Salzburg – Bavaria"
    assert "Near · 0.9" in panel(page)


def test_the_evidence_of_a_tie_needs_no_mouse(opened):
    page, _ = opened
    page.evaluate("synergyMap.chooseNode('AT32')")
    page.get_by_role("button", name="Tie to Bavaria, weight 2").press("Enter")
    assert "Project ALPHA, 2015" in panel(page)


def test_a_tie_of_a_hidden_layer_is_drawn_when_chosen(opened):
    page, log = opened
    page.evaluate("synergyMap.chooseNode('FRK2')")
    page.get_by_role("button", name="Tie to Bavaria, weight 0.7").click()
    assert page.inner_text("#panel h2") == "Bavaria – Rhône-Alpes"
    # It alone of its layer is drawn, for as long as it is chosen.
    assert [t["from"] for t in page.evaluate("synergyMap.tiesShown()") if t["layer"] == 2] == ["DE2"]
    page.get_by_role("button", name="Back to the overview").click()
    assert layers_shown(page) == [0, 1]
    assert log.clean, log


def test_a_filter_keeps_up_with_what_is_chosen(opened):
    page, log = opened
    click_node(page, "FRK2")
    assert "not drawn" in page.text_content("#panel")
    assert "DE2" in page.evaluate("synergyMap.dimmed()")
    page.check("[data-layer='2']")
    assert "not drawn" not in page.text_content("#panel")
    assert "DE2" not in page.evaluate("synergyMap.dimmed()")
    page.get_by_role("checkbox", name="region").uncheck()
    assert page.inner_text("#panel h2") == "Overview"
    assert log.clean, log


def test_a_click_beside_everything_goes_back(opened):
    page, _ = opened
    click_node(page, "AT32")
    box = page.locator("#picture").bounding_box()
    page.mouse.click(box["x"] + 8, box["y"] + 8)
    assert page.inner_text("#panel h2") == "Overview"
    assert page.evaluate("synergyMap.dimmed()") == []


def test_the_keyboard_reaches_search_and_chooses(opened):
    page, _ = opened
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "search":
            break
    page.keyboard.type("a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#matches [aria-selected=true]")
    assert chosen.get_attribute("id") == page.get_attribute("#search", "aria-activedescendant")
    name = chosen.evaluate("item => item.firstChild.textContent")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == name
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "topic"


def test_the_keyboard_moves_the_drawing(opened):
    page, _ = opened
    frame = page.get_by_role("application")
    frame.focus()
    before = page.evaluate("synergyMap.network.getViewPosition().x")
    page.keyboard.press("ArrowLeft", delay=120)
    assert page.evaluate("synergyMap.network.getViewPosition().x") != before


def test_the_tooltip_names_what_lies_under_the_pointer(opened):
    page, _ = opened
    spot = page.evaluate("synergyMap.nodeOnScreen('DE2')")
    page.mouse.move(spot["x"], spot["y"])
    page.wait_for_selector("#tip:not([hidden])")
    assert page.inner_text("#tip") == "Bavaria\nregion"


def test_the_table_holds_every_node_and_leads_back(opened):
    page, _ = opened
    page.locator("#table > summary").click()
    assert page.locator("#table tbody tr").count() == 6
    assert page.locator("#table caption").is_visible()
    row = page.locator("#table tbody tr", has_text="Salzburg")
    assert row.locator("td").all_inner_texts() == ["region", "AT32", "Life sciences", "4"]
    row.get_by_role("button").click()
    assert page.inner_text("#panel h2") == "Salzburg"
    assert page.evaluate("document.activeElement.id") == "panel"


def test_a_phone_gets_the_panel_below_and_no_sideways_scrolling(open_page, write):
    page, log = open_page(write(small()), size=(390, 844))
    picture, below = page.locator("#picture").bounding_box(), page.locator("#panel").bounding_box()
    assert below["y"] >= picture["y"] + picture["height"]
    assert picture["width"] == 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not page.locator("#kinds").is_visible()
    page.locator("#filters > summary").click()
    assert page.locator("#kinds").is_visible()
    page.locator("#picture").scroll_into_view_if_needed()
    click_node(page, "FRK2")
    assert page.inner_text("#panel h2") == "Rhône-Alpes"
    assert page.locator("#panel h2").evaluate("h => h.getBoundingClientRect().top < innerHeight")
    assert log.clean, log


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desktop", "phone"])
def test_long_words_do_not_push_the_page_wide(open_page, write, size):
    page, _ = open_page(write(hostile_page([HOSTILE["long"]])), size=size)
    page.evaluate("synergyMap.chooseNode(synergyMap.nodesShown()[0])")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator("#picture").bounding_box()["height"] > 300


def test_an_empty_network_says_so(open_page, write):
    page, log = open_page(write(MapPage("Alps", "", "", (), (), (), ())))
    assert "no nodes to show" in page.inner_text("main")
    assert log.clean, log


def test_names_appear_by_importance_and_more_when_zoomed(open_page, write):
    nodes = tuple(
        MapNode(f"n{i}", f"Organisation number {i}", "firm", i % 30, i // 30, 50 if i == 435 else 1) for i in range(900)
    )
    page, _ = open_page(write(MapPage("Many", "", "", nodes, (), (), ())))
    page.wait_for_function("synergyMap.labelsShown().length > 0")
    few = page.evaluate("synergyMap.labelsShown()")
    assert few[0] == "n435"
    assert len(few) < 120
    page.evaluate("synergyMap.network.moveTo({scale: 3, position: {x: 0, y: 0}})")
    page.wait_for_timeout(150)
    near = page.evaluate("synergyMap.labelsShown()")
    in_view = page.evaluate(
        """() => { const b = document.querySelector('#picture').getBoundingClientRect(); return synergyMap.nodesShown()
        .filter(id => { const s = synergyMap.nodeOnScreen(id);
        return s.x > b.left + 90 && s.x < b.right - 90 && s.y > b.top + 30 && s.y < b.bottom - 30 }) }"""
    )
    assert in_view
    assert len(set(in_view) & set(near)) / len(in_view) > len(few) / len(nodes)


def test_five_thousand_ties_open_quickly(open_page, write):
    nodes = tuple(MapNode(str(i), f"Node {i}", "firm", (i * 37) % 101, (i * 53) % 103, 1 + i % 9) for i in range(700))
    edges = tuple(MapEdge(str(i % 700), str((i * 7 + i // 700 + 1) % 700), "near", 1 + i % 5) for i in range(5000))
    page, log = open_page(write(MapPage("Many", "", "", nodes, edges, (MapLayer("near", "", True),), ())))
    assert page.evaluate("synergyMap.tiesShown().length") == 5000
    # A loose bound, as the machine may be busy; one or two seconds are usual.
    assert page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart") < 8000
    assert log.clean, log
