"""The page of consortia with the network cut, at a desk, on a phone and in print."""

import pytest

PHONE = (390, 844)


@pytest.fixture(scope="session")
def page_file(synergy, toy_source, study_writer, tmp_path_factory):
    folder = tmp_path_factory.mktemp("consortia")
    study = study_writer(folder / "toy", toy_source())
    asked = ("--topic", "T02", "--rules", "eureka-network", "--max-size", "4", "--why-not", "f-DE12")
    done = synergy("consortia", study, *asked, "--out", folder / "out")
    assert done.returncode == 0, done.stderr
    return folder / "out" / "consortia.html"


def test_it_opens_offline_without_a_request_or_an_error(open_page, page_file):
    page, log = open_page(page_file)
    assert page.title() == "Toyland: consortia for T02"
    assert page.locator("script").count() == 0
    assert log.clean, log


def test_the_figure_the_partners_and_the_verdicts_agree(open_page, page_file):
    page, _ = open_page(page_file)
    partners = page.locator("#members tbody tr")
    assert 2 <= partners.count() <= 4
    assert page.locator("#short .cards b").first.inner_text() == str(partners.count())
    assert page.locator("figure svg[role=img]").bounding_box()["width"] > 300
    words = page.locator("#rules .state").all_inner_texts()
    assert set(words) == {"kept", "to be confirmed"}
    confirm = page.locator("#confirm li").all_inner_texts()
    assert sum("not " in text for text in confirm) >= words.count("to be confirmed")
    assert page.locator("#leaving tbody tr").count() == partners.count()
    assert "Lab DE12" in page.locator("#why").inner_text()


@pytest.mark.parametrize("size", [PHONE, (320, 700), (768, 1024), (1280, 800)], ids=lambda size: str(size[0]))
def test_the_page_does_not_scroll_sideways(open_page, page_file, size):
    page, _ = open_page(page_file, size)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_in_print_nothing_is_cut(open_page, page_file):
    page, _ = open_page(page_file, (720, 1000))
    page.emulate_media(media="print")
    wide = (
        "[...document.querySelectorAll('table, figure svg')].filter(e => e.getBoundingClientRect().right > innerWidth)"
    )
    assert page.evaluate(f"{wide}.length") == 0
