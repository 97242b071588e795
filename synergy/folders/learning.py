"""The folders of what regions learn: stress tests, the policy reading, good practices."""

from __future__ import annotations

from pathlib import Path

from synergy.folders.files import to_csv, write_text
from synergy.folders.manifest import write_manifest
from synergy.learning import PolicyReading, Practices, StressTest
from synergy.output import whole_folder
from synergy.report.learning import (
    policy_to_html,
    policy_to_markdown,
    practices_to_html,
    practices_to_markdown,
    region_to_html,
    region_to_markdown,
    synthesis_to_html,
    synthesis_to_markdown,
)
from synergy.report.policy import summarise_policy
from synergy.report.practices import summarise_practices
from synergy.report.render import to_json
from synergy.report.stresstest import page_name, summarise_region, summarise_synthesis
from synergy.survey import questionnaire
from synergy.tables.study import Study

PAGES = "stresstest"


def write_stresstest(study: Study, stress: StressTest, out: Path, *, questionnaires: bool = False) -> None:
    """Write stresstest/REGION.html, .md and .json for each region, stresstest/synthesis.* and areas.csv, gaps.csv.

    With ``questionnaires`` also stresstest/questionnaire-LANGUAGE.html for each language of the instrument.
    """
    whole = summarise_synthesis(study, stress)
    with whole_folder(out) as folder:
        pages = folder / PAGES
        pages.mkdir()
        for region in stress.regions:
            one = summarise_region(study, stress, region)
            _three(pages / page_name(region), region_to_html(one), region_to_markdown(one), to_json(one))
        _three(pages / "synthesis", synthesis_to_html(whole), synthesis_to_markdown(whole), to_json(whole))
        made = stress.opinions.instrument
        for language in made.languages if questionnaires else ():
            write_text(pages / f"questionnaire-{language}.html", questionnaire(made, language))
        write_text(folder / "areas.csv", to_csv(stress.to_frame()))
        write_text(folder / "gaps.csv", to_csv(stress.gaps.to_frame()))
        write_manifest(study, folder)


def write_policy(study: Study, reading: PolicyReading, out: Path) -> None:
    """Write policy.html, policy.md, policy.json and learning_pairs.csv."""
    summary = summarise_policy(study, reading)
    with whole_folder(out) as folder:
        _three(folder / "policy", policy_to_html(summary), policy_to_markdown(summary), to_json(summary))
        write_text(folder / "learning_pairs.csv", to_csv(reading.pairs))
        write_manifest(study, folder)


def write_practices(study: Study, found: Practices, out: Path) -> None:
    """Write practices.html, practices.md, practices.json, lessons.csv and needs.csv."""
    summary = summarise_practices(study, found)
    with whole_folder(out) as folder:
        _three(folder / "practices", practices_to_html(summary), practices_to_markdown(summary), to_json(summary))
        write_text(folder / "lessons.csv", to_csv(found.lessons))
        write_text(folder / "needs.csv", to_csv(found.needs))
        write_manifest(study, folder)


def _three(path: Path, html: str, markdown: str, json: str) -> None:
    for ending, text in ((".html", html), (".md", markdown), (".json", json)):
        write_text(path.with_name(path.name + ending), text)
