"""The report in a browser with the network cut, at a desk, on a phone and in print."""

import re
from itertools import pairwise

import pandas as pd
import pytest

from synergy import Settings, load, run
from synergy.tables.study import Source, TopicSettings

PHONE = (390, 844)
HOSTILE = [
    "<script>window.__pwned=1</script>",
    "</svg></style></title><img src=x onerror=window.__pwned=1>",
    "{{7*7}}{% raw %}",
    '"><details open ontoggle=window.__pwned=1>',
    "$x$ \\frac{1}{0$ a|b `c`",
    "Donaudampfschifffahrt" * 240,
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "javascript:window.__pwned=1",
]


@pytest.fixture
def report(open_page, alpine_run):
    return open_page(alpine_run / "report.html")


@pytest.fixture(scope="session")
def hostile_report(toy_source, tmp_path_factory):
    tables = toy_source()
    rows = [row for name in ("regions", "codes", "priorities", "clusters", "firms") for row in tables[name]]
    for n, row in enumerate(rows):
        row["title" if "title" in row else "name"] = HOSTILE[n % len(HOSTILE)]
    words = HOSTILE[0] + HOSTILE[1]
    settings = Settings(
        name=words, title=words, description=words, level=2, topics=TopicSettings(runs=2),
        sources={"regions": Source(words, words, {})},
    )  # fmt: skip
    out = tmp_path_factory.mktemp("hostile") / "out"
    run(load({name: pd.DataFrame(rows) for name, rows in tables.items()}, settings), out)
    return out


def sideways(page) -> float:
    """How far the page itself scrolls to the side."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def open_all(page) -> int:
    return page.evaluate("(() => { const all = [...document.querySelectorAll('details')];"
                         " all.forEach(each => each.open = true); return all.length })()")  # fmt: skip


def test_it_opens_offline_without_a_request_or_an_error(report):
    page, log = report
    assert page.title() == "Alpine Space: where to innovate together"
    open_all(page)
    page.wait_for_timeout(100)
    assert page.locator("script").count() == 0
    assert log.clean, log


def test_every_link_leads_to_a_place_that_is_seen(report):
    page, log = report
    links = page.locator("nav a").all() + page.locator("#topics td a").all()
    assert len(links) > 10
    for link in links:
        target = page.locator(link.get_attribute("href"))
        assert target.count() == 1
        link.click()
        assert target.evaluate(
            "e => e.getBoundingClientRect().top < innerHeight && e.getBoundingClientRect().bottom > 0"
        )
    assert log.clean, log


def test_headings_make_an_outline(report, alpine_run):
    page, _ = report
    levels = page.eval_on_selector_all("h1, h2, h3, h4", "all => all.map(each => +each.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    topics = pd.read_csv(alpine_run / "topics.csv")
    headings = [" ".join(text.split()) for text in page.locator("article.topic h3").all_inner_texts()]
    assert headings == [f"{row.topic_id} {row.name}" for row in topics[["topic_id", "name"]].itertuples(index=False)]


def test_what_is_folded_opens_with_the_keyboard(report):
    page, _ = report
    article = page.locator("article").first
    table = article.locator("table").first
    assert not table.is_visible()
    article.locator("details:has(table) > summary").first.focus()
    page.keyboard.press("Enter")
    assert table.is_visible()
    assert table.locator("tbody tr").count() == int(re.match(r"\d+", article.locator("p").first.inner_text())[0])


def test_each_topic_names_its_leaders_without_opening(report, alpine_run):
    page, _ = report
    members = pd.read_csv(alpine_run / "members.csv")
    for topic in ("T01", "T03"):
        text = page.locator(f"#{topic} dl").inner_text()
        leaders = members.loc[(members["topic_id"] == topic) & (members["role"] == "leader"), "name"]
        assert f"Leaders {len(leaders)}" in text
        assert all(name in text for name in leaders)


@pytest.mark.parametrize("size", [PHONE, (320, 700), (768, 1024), (1280, 800)], ids=lambda size: str(size[0]))
def test_the_page_does_not_scroll_sideways(open_page, alpine_run, size):
    page, _ = open_page(alpine_run / "report.html", size)
    assert sideways(page) <= 0
    open_all(page)
    assert sideways(page) <= 0
    outside = page.evaluate(
        "[...document.querySelectorAll('table, svg')].filter(e => e.getBoundingClientRect().right > innerWidth + 1"
        " && !e.closest('.scroll')).length"
    )
    assert outside == 0


def test_wide_tables_scroll_inside_on_a_phone(open_page, alpine_run):
    page, _ = open_page(alpine_run / "report.html", PHONE)
    box = page.locator("#pairs .scroll")
    assert box.evaluate("e => e.scrollWidth > e.clientWidth")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert box.evaluate("e => e.scrollLeft > 0")
    broken = page.evaluate(
        """() => [...document.querySelectorAll('#pairs td.n')].filter(e => { const text = document.createRange();
        text.selectNodeContents(e); return text.getBoundingClientRect().height > 40 }).length"""
    )
    assert broken == 0


def test_contrast_of_text_is_enough(report):
    page, _ = report
    open_all(page)
    faint = page.evaluate(
        """() => {
        const linear = x => x <= 10 ? x / 3295 : ((x / 255 + .055) / 1.055) ** 2.4;
        const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
        const parse = text => text.match(/[\\d.]+/g).map(Number);
        const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
          if (c.length < 4 || c[3] > 0) return c } return [255, 255, 255] };
        const seen = new Set();
        for (const e of document.querySelectorAll('body *:not(svg *)')) {
          if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
          const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
          const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
          if (ratio < 4.5) seen.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2)) }
        return [...seen] }"""
    )
    assert faint == []


def test_print_shows_everything_and_no_navigation(report):
    page, _ = report
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    table = page.locator("article table").first
    assert table.evaluate("e => e.getBoundingClientRect().height > 100")
    assert table.evaluate("e => e.checkVisibility({contentVisibilityAuto: true})")


def test_no_text_of_the_study_ever_runs(open_page, hostile_report):
    for size in ((1280, 800), PHONE):
        page, log = open_page(hostile_report / "report.html", size)
        assert open_all(page) > 3
        page.wait_for_timeout(200)
        assert page.evaluate("window.__pwned") is None
        assert page.locator("script, img, iframe, [onerror], [ontoggle], a[href^=javascript]").count() == 0
        assert HOSTILE[0] in page.locator("h1").inner_text()
        assert "{{7*7}}" in page.locator("main").inner_text()
        assert sideways(page) <= 0
        assert log.clean, log
