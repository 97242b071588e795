"""Pages of one region, all regions, policy and practices with the network cut: at a desk, on a phone, in print."""

import pytest

import synergy
from synergy.report.learning import policy_to_html, practices_to_html, region_to_html, synthesis_to_html
from synergy.report.policy import summarise_policy
from synergy.report.practices import summarise_practices
from synergy.report.stresstest import summarise_region, summarise_synthesis

NAMES = ("region", "synthesis", "policy", "practices")


@pytest.fixture(scope="session")
def pages(toy_source, asked_tables, study_writer, tmp_path_factory):
    folder = tmp_path_factory.mktemp("learning")
    tables = {**toy_source(), **asked_tables()}
    tables["regions"][0]["name"] = "<b>Burgen</b>land"
    study = synergy.load(study_writer(folder / "study", tables))
    stress = synergy.stress_test(study)
    texts = (
        region_to_html(summarise_region(study, stress, "DE11")),
        synthesis_to_html(summarise_synthesis(study, stress)),
        policy_to_html(summarise_policy(study, synergy.policy_reading(study, stress))),
        practices_to_html(summarise_practices(study, synergy.find_practices(study))),
    )
    for name, text in zip(NAMES, texts, strict=True):
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_it_opens_offline_and_shows_names_as_text(open_page, pages, name):
    page, log = open_page(pages / f"{name}.html")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert log.clean, log
    assert page.locator("script, main bdi b").count() == 0
    assert page.locator("main h2").count() >= 4
    assert page.locator("figure svg[role=img]").count() >= 1


@pytest.mark.parametrize("name", NAMES)
def test_it_fits_a_phone_and_paper(open_page, pages, name):
    page, _ = open_page(pages / f"{name}.html", (390, 844))
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.set_viewport_size({"width": 720, "height": 1000})
    page.emulate_media(media="print")
    wide = (
        "[...document.querySelectorAll('table, figure svg')].filter(e => e.getBoundingClientRect().right > innerWidth)"
    )
    assert page.evaluate(f"{wide}.length") == 0


def test_the_findings_come_first_and_what_nobody_could_say_is_told(open_page, pages):
    page, _ = open_page(pages / "region.html")
    assert page.locator("main section").first.get_attribute("id") == "findings"
    first = page.locator(".findings li").first.inner_text()
    assert first.startswith("People rate clusters and strategy in all 1.50")
    assert page.locator("#findings figure").bounding_box()["height"] > 200


def test_policy_and_workshops_say_who_and_why(open_page, pages):
    page, _ = open_page(pages / "policy.html")
    assert "Stuttgart" in page.locator("#pairs tbody tr").first.inner_text()
    page, _ = open_page(pages / "practices.html")
    assert page.locator("#balance tbody tr").count() == 3
    assert "a pilot only" in page.locator("#services").inner_text()
