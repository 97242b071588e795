"""The page of a backtest in a browser with the network cut."""

import pytest

import synergy
from synergy.folders.backtest import write_backtest


@pytest.fixture(scope="session")
def written(toy_source, tmp_path_factory):
    import pandas as pd

    frames = {name: pd.DataFrame(rows) for name, rows in toy_source().items()}
    words = "<script>window.__pwned=1</script>"
    study = synergy.load(frames, synergy.Settings(name="toy", title=words, description=words, level=2))
    out = tmp_path_factory.mktemp("backtest") / "out"
    write_backtest(study, synergy.backtest(study, 2015, draws=20), out)
    return out


def test_it_opens_offline_and_what_it_names_is_inert(open_page, written):
    page, log = open_page(written / "backtest.html")
    assert page.title() == "<script>window.__pwned=1</script>: do the scores foresee cooperation?"
    assert page.evaluate("window.__pwned") is None
    assert log.clean, log


def test_every_level_is_judged_and_told(open_page, written):
    page, _ = open_page(written / "backtest.html")
    judged = page.locator("section table").first.locator("tbody tr")
    assert judged.count() == 9
    assert "too little came true to tell" in judged.first.inner_text().lower()
    fold = page.locator("details").nth(4)
    assert not fold.locator("table").is_visible()
    fold.locator("summary").click()
    assert "affinity" in fold.locator("table").inner_text()


def test_a_phone_scrolls_the_tables_and_not_the_page(open_page, written):
    page, _ = open_page(written / "backtest.html", size=(390, 844))
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_report_says_what_was_foreseen(open_page, alpine_run):
    page, log = open_page(alpine_run / "report.html")
    page.get_by_role("link", name="Foreseen?").click()
    section = page.locator("#foreseen")
    assert section.locator("svg").count() == 1
    assert "chance" in section.locator("table").first.inner_text().lower()
    assert log.clean, log
