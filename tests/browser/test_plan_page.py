"""The page of an action plan with the network cut, at a desk, on a phone and in print."""

import pytest

PHONE = (390, 844)


@pytest.fixture(scope="session")
def page_file(synergy, root, tmp_path_factory):
    out = tmp_path_factory.mktemp("plan") / "out"
    done = synergy("plan", root / "data" / "baltic", "--activity", "A01", "--start", "2027-01-11", "--out", out)
    assert done.returncode == 0, done.stderr
    return out / "plan.html"


def test_it_opens_offline_without_a_request_or_an_error(open_page, page_file):
    page, log = open_page(page_file)
    assert page.title() == "Baltic Sea regions: action plan"
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.wait_for_timeout(100)
    assert page.locator("script").count() == 0
    assert log.clean, log


def test_the_first_monday_comes_before_the_figure_and_the_steps(open_page, page_file):
    page, _ = open_page(page_file)
    article = page.locator("article#A01")
    monday = article.locator(".monday")
    assert "On Monday, 2027-01-11" in monday.inner_text()
    assert monday.locator("li").count() > 3
    figure = article.locator("figure svg[role=img]")
    assert monday.bounding_box()["y"] < figure.bounding_box()["y"]
    steps = article.locator("table").nth(1).locator("tbody tr:not(.line)")
    assert steps.count() == page.locator("article#A01 td.step").count() > 12
    assert "2027-01-11" in steps.first.inner_text()


def test_what_people_have_to_fill_in_is_told_apart(open_page, page_file):
    page, _ = open_page(page_file)
    assert "to be named by" in page.locator(".named").first.inner_text()
    assert page.locator("article#A01 h3.part").all_inner_texts()[-1] == "Still to be filled in by people"


@pytest.mark.parametrize("size", [PHONE, (320, 700), (768, 1024), (1280, 800)], ids=lambda size: str(size[0]))
def test_the_page_does_not_scroll_sideways(open_page, page_file, size):
    page, _ = open_page(page_file, size)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_in_print_nothing_is_cut(open_page, page_file):
    page, _ = open_page(page_file, (720, 1000))
    page.emulate_media(media="print")
    wide = (
        "[...document.querySelectorAll('table, figure svg')].filter(e => e.getBoundingClientRect().right > innerWidth)"
    )
    assert page.evaluate(f"{wide}.length") == 0
    assert page.locator("details table").first.is_visible()
