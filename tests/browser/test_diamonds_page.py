"""The page of the diamonds with the network cut, at a desk, on a phone and in print."""

import pytest

PHONE = (390, 844)


@pytest.fixture(scope="session")
def page_file(synergy, root, tmp_path_factory):
    file = tmp_path_factory.mktemp("diamonds") / "diamonds.html"
    done = synergy("diamonds", root / "data" / "alpine", "--top", "1", "--out", file)
    assert done.returncode == 0, done.stderr
    return file


def test_it_opens_offline_without_a_request_or_an_error(open_page, page_file):
    page, log = open_page(page_file)
    assert page.title() == "Alpine Space: synergy diamonds"
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.wait_for_timeout(100)
    assert page.locator("script").count() == 0
    assert log.clean, log


def test_the_definition_is_seen_first(open_page, page_file):
    page, _ = open_page(page_file)
    box = page.locator(".own")
    assert "our own definition" in box.inner_text()
    assert box.bounding_box()["y"] < 800


def test_each_is_drawn_and_says_why(open_page, page_file):
    page, log = open_page(page_file)
    articles = page.locator("article").all()
    assert len(articles) > 5
    for article in articles:
        assert article.locator("figure svg[role=img]").count() == 1
        text = article.inner_text()
        assert any(f"{kind} " in text for kind in ("complement", "pooling", "both"))
        assert "Rests on" in text and "Funding, apart" in text
    link = page.locator("#diamonds td a").nth(3)
    link.click()
    assert page.locator(link.get_attribute("href")).evaluate("e => e.getBoundingClientRect().top < innerHeight")
    assert log.clean, log


def test_unknown_corners_are_written_in_the_figure(open_page, page_file):
    page, _ = open_page(page_file)
    dark = page.locator("article:has(td .unknown) figure svg text:has-text('unknown')")
    assert dark.count() > 0


@pytest.mark.parametrize("size", [PHONE, (320, 700), (768, 1024), (1280, 800)], ids=lambda size: str(size[0]))
def test_the_page_does_not_scroll_sideways(open_page, page_file, size):
    page, _ = open_page(page_file, size)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    outside = page.evaluate(
        "[...document.querySelectorAll('table, svg')].filter(e => e.getBoundingClientRect().right > innerWidth + 1"
        " && !e.closest('.scroll')).length"
    )
    assert outside == 0


def test_words_of_a_figure_do_not_cover_one_another(open_page, page_file):
    page, _ = open_page(page_file)
    covered = page.evaluate(
        """() => [...document.querySelectorAll('article figure svg')].flatMap(svg => {
        const boxes = [...svg.querySelectorAll('text')].map(e => [e.textContent, e.getBoundingClientRect()]);
        const found = [];
        boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
          if (p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 3 && q.top < p.bottom - 3)
            found.push(a + ' / ' + b) }));
        return found })"""
    )
    assert covered == []


def test_print_shows_the_figures_whole(open_page, page_file):
    page, _ = open_page(page_file)
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    figure = page.locator("article figure").first
    assert figure.evaluate("e => e.getBoundingClientRect().height > 150")


def test_the_report_shows_three(open_page, alpine_run):
    page, log = open_page(alpine_run / "report.html")
    section = page.locator("#diamonds")
    assert section.locator("figure svg").count() == 3
    assert "our own definition" in section.inner_text()
    assert log.clean, log
