"""The pages of a scheme and its joint call with the network cut, at a desk, on a phone and in print."""

import shutil

import pytest

PHONE = (390, 844)
PAGES = ("scheme", "call")


PROPOSALS = """proposal_id,score,region_id,partner,kind,size,cost,source
one,9,AT31,Firm A,firm,small,180000,Illustrative
one,9,AT31,Firm B,firm,small,150000,Illustrative
one,9,DE21,Firm C,firm,medium,200000,Illustrative
two,8,SI03,Lab D,research,,300000,Illustrative
two,8,ITC4,Firm E,firm,,400000,Illustrative
two,8,DE12,University F,university,,90000,Illustrative
three,7,SI04,Lab G,research,,900000,Illustrative
three,7,ITC4,Firm H,firm,small,200000,Illustrative
"""


@pytest.fixture(scope="session")
def scheme_folder(synergy, root, tmp_path_factory):
    """A code as topic and proposals from a table, so that neither topics nor consortia have to be found."""
    folder = tmp_path_factory.mktemp("scheme")
    study = shutil.copytree(root / "data" / "alpine", folder / "alpine")
    (study / "proposals.csv").write_text(PROPOSALS, encoding="utf-8")
    done = synergy("scheme", study, "--topic", "ecosystem:health", "--out", folder / "out")
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.mark.parametrize("name", PAGES)
def test_it_opens_offline_without_a_request_or_an_error(open_page, scheme_folder, name):
    page, log = open_page(scheme_folder / f"{name}.html")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.wait_for_timeout(100)
    assert page.locator("script").count() == 0
    assert log.clean, log
    assert "Illustrative" in page.locator(".made-up").first.inner_text()


def test_the_whole_scheme_is_on_one_page(open_page, scheme_folder):
    page, _ = open_page(scheme_folder / "scheme.html")
    figure = page.locator("#time figure svg[role=img]")
    assert "31 days later" in figure.text_content()
    assert figure.bounding_box()["y"] < page.locator("#rules").bounding_box()["y"]
    assert page.locator("#rules .state.clash").count() == 2
    assert "Example programme of Upper Austria needs 3 SMEs" in page.locator("#rules").inner_text()
    assert page.locator("#selection tr.funded").count() == 3
    assert "not funded" in page.locator("#selection").inner_text()
    assert "50 draws" in page.locator("#otherwise + p").inner_text()


def test_the_call_leaves_fields_to_people(open_page, scheme_folder):
    page, _ = open_page(scheme_folder / "call.html")
    assert page.title() == "Joint call: Health"
    assert page.locator("main h2").count() == 8
    assert page.locator("#programmes .fill").count() == 10


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", [PHONE, (320, 700), (1280, 800)], ids=lambda size: str(size[0]))
def test_the_page_does_not_scroll_sideways(open_page, scheme_folder, size, name):
    page, _ = open_page(scheme_folder / f"{name}.html", size)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("name", PAGES)
def test_in_print_nothing_is_cut(open_page, scheme_folder, name):
    page, _ = open_page(scheme_folder / f"{name}.html", (720, 1000))
    page.emulate_media(media="print")
    wide = (
        "[...document.querySelectorAll('table, figure svg')].filter(e => e.getBoundingClientRect().right > innerWidth)"
    )
    assert page.evaluate(f"{wide}.length") == 0
    assert page.locator("details > :not(summary)").first.is_visible()
