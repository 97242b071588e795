"""The illustrative tables are what their script draws, and say what they are."""

import importlib.util
import sys
from pathlib import Path

import pandas as pd
import pytest

import synergy

DATA = Path(__file__).resolve().parents[3] / "data"
PROJECT = "AT31 AT32 CH022 DE1 DE2 FRC2 ITC1 ITC4 ITH2 ITH3 SI0".split()


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("illustrate", DATA / "illustrate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_what_the_script_draws(script) -> None:
    for path, text in script.tables().items():
        assert path.read_text(encoding="utf-8") == text, path.name


def test_the_eleven_regions_of_the_project_were_drawn_12_to_25_people_each() -> None:
    survey = pd.read_csv(DATA / "alpine" / "survey.csv")
    people = survey.groupby("region_id")["respondent_id"].nunique()
    assert people.index.tolist() == PROJECT
    assert people.between(12, 25).all()
    assert (survey["answer"] == 0).mean() == pytest.approx(0.06, abs=0.02)


def test_they_are_labelled_and_no_real_cluster_organisation_is_named() -> None:
    services = pd.read_csv(DATA / "alpine" / "services.csv")
    assert services["source"].str.startswith("Illustrative: ").all()
    assert services["evidence"].dropna().str.startswith("Illustrative: ").all()
    assert "cluster_id" not in services and services["region_id"].isin(PROJECT).all()
    sources = synergy.load(DATA / "alpine").settings.sources
    assert all(sources[table].title.startswith("Illustrative: ") for table in ("survey", "services"))
