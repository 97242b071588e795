"""The page of the activities in a browser with the network cut."""

import pytest

import synergy
from synergy.folders.activities import write_activities

BAD = "<script>window.__pwned=1</script>"


@pytest.fixture(scope="session")
def written(toy_source, tmp_path_factory):
    import pandas as pd

    frames = {name: pd.DataFrame(rows) for name, rows in toy_source().items()}
    frames["ideas"] = pd.DataFrame(
        [["i1", "AT11", BAD, BAD, "ecosystem:health", "nace:21", 5.0]],
        columns=["idea_id", "region_id", "title", "who", "capacities", "opportunities", "opportunity_rating"],
    )
    study = synergy.load(frames, synergy.Settings(name="toy", title=BAD, level=2))
    out = tmp_path_factory.mktemp("activities") / "out"
    found = synergy.find_activities(study)
    assert BAD in found.frame["name"].str.cat()
    write_activities(study, found, out)
    return out


def test_it_opens_offline_and_what_it_names_is_inert(open_page, written):
    page, log = open_page(written / "activities.html")
    assert page.title() == f"{BAD}: transformative activities"
    assert page.evaluate("window.__pwned") is None
    assert log.clean, log


def test_a_card_says_what_who_and_why_and_unfolds(open_page, written):
    page, _ = open_page(written / "activities.html")
    card = page.locator("article.topic").first
    text = card.inner_text()
    assert "Capacities" in text and "What they would do" in text and "Why " in text
    assert page.locator("#short svg").count() == 1 and page.locator("#ideas svg").count() == 1
    fold = card.locator("details").first
    assert not fold.locator("table").is_visible()
    fold.locator("summary").click()
    assert fold.locator("table").is_visible()
    page.get_by_role("link", name="Refused").click()
    assert page.locator("#refused tbody tr").count() >= 1


def test_a_phone_scrolls_the_tables_and_not_the_page(open_page, written):
    page, _ = open_page(written / "activities.html", size=(390, 844))
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_report_shows_the_best_and_says_what_is_illustrative(open_page, alpine_run):
    page, log = open_page(alpine_run / "report.html")
    page.get_by_role("link", name="Activities").click()
    section = page.locator("#activities")
    assert section.locator("tbody tr").count() == 5
    assert "illustrative" in section.inner_text().lower()
    assert log.clean, log
