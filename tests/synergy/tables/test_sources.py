"""The readers of public exports: small frames of the exports' shape, and the exports themselves where they are."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from synergy.tables.codelists import NACE_PARENT, nace_codes
from synergy.tables.sources.eccp import read_clusters, read_region_ecosystems
from synergy.tables.sources.eurostat import read_sbs
from synergy.tables.sources.h2020 import green_deal_area, read_h2020, tidy_h2020
from synergy.tables.sources.keep import PARTNERS, read_keep, tidy_keep, unplaced_partners
from synergy.tables.sources.nuts import CURRENT_CODE, code_of, current_code, nuts2_of, read_nuts

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ROOT.parent / "shared" / "sources"
real = pytest.mark.skipif(not SOURCES.is_dir(), reason="the public exports are not beside the checkout")
KEEP = SOURCES / "keep/keep_closed_projects_2014_2016.xlsx"


def area() -> list[str]:
    with (SOURCES / "codes/alpine_space_area.csv").open(encoding="utf-8") as file:
        return [row["nuts2_2021"] for row in csv.DictReader(file)]


def keep_sheets() -> tuple[pd.DataFrame, pd.DataFrame]:
    projects = pd.DataFrame(
        {
            "Programme": ["P", "P", "Q"],
            "Acronym": ["A", "A", "A"],
            "Thematic1": ["Tourism", "Health", None],
            "Thematic2": [None, "Tourism", None],
            "Thematic3": [None, None, None],
            "Project start": ["2016/02/01", "2015/12/01", "2014/01/01"],
        }
    )
    partners = pd.DataFrame(
        {
            "Programme": ["P", "P", "P", "P", "Q", "Q"],
            "Acronym": ["A"] * 6,
            "Project Partner": ["Lead  house", "Other", "Far away", "Nowhere", "Kaunas body", "Vilnius body"],
            "Lead Partner": ["Yes", "No", "No", "No", "Yes", "No"],
            "NUTS2 (or equivalent)": ["FR71  / R", "AT32  / S", "ES30  / M", None, "LT00  / L", "LT00  / L"],
            "NUTS3 (or equivalent)": ["FR716  / Rhône", None, None, None, "LT002  / Kauno", None],
        }
    )  # fmt: skip
    return projects, partners


def test_keep_rows_carry_role_year_themes_and_size_of_the_whole_project() -> None:
    tidy = tidy_keep(*keep_sheets(), ["FRK2", "AT32"])
    assert tidy["region"].tolist() == ["AT32", "FRK2"]
    assert tidy["role"].tolist() == ["partner", "lead"]
    assert tidy["organisation"].tolist() == ["Other", "Lead house"]
    assert tidy["year"].tolist() == [2015, 2015]
    assert tidy["start"].tolist() == ["2015-12-01"] * 2
    assert tidy["themes"].tolist() == [("Health", "Tourism")] * 2
    assert tidy["partners"].tolist() == [4, 4]


def test_keep_places_a_split_region_by_its_county_and_leaves_out_what_it_cannot_place() -> None:
    projects, partners = keep_sheets()
    tidy = tidy_keep(projects, partners, ["LT01", "LT02"])
    assert tidy[["organisation", "region"]].to_numpy().tolist() == [["Kaunas body", "LT02"]]
    assert tidy["themes"].tolist() == [()]
    assert unplaced_partners(partners) == 1


def test_readers_leave_their_input_alone() -> None:
    projects, partners = keep_sheets()
    before = projects.copy(), partners.copy()
    tidy_keep(projects, partners, ["AT32"])
    pd.testing.assert_frame_equal(projects, before[0])
    pd.testing.assert_frame_equal(partners, before[1])


def test_h2020_counts_an_organisation_once_per_project_and_keeps_the_lead() -> None:
    row = {
        "project_id": "1",
        "pic": "9",
        "legal_name": "BODY",
        "nuts_3_code": "AT323",
        "legal_entity_type": "HES",
        "sme_flag": "No",
        "partner_role": "PARTICIPANT",
        "project_start_date": "01/04/2021",
        "thematic_priority_abbr": "ENV",
        "topic_code": "LC-GD-10-1-2020",
    }
    export = pd.DataFrame([row, row | {"partner_role": "COORDINATOR"}, row | {"pic": "8", "nuts_3_code": "-"}])
    tidy = tidy_h2020(export, ["AT32"])
    assert len(tidy) == 1
    assert tidy.loc[0].to_dict() == {
        "project": "1", "pic": "9", "organisation": "BODY", "region": "AT32", "kind": "university", "sme": False,
        "role": "lead", "year": 2021, "start": "2021-04-01", "priority": "ENV", "green_deal": 10, "partners": 2,
    }  # fmt: skip


@pytest.mark.parametrize(("topic", "number"), [("LC-GD-4-1-2020", 4), ("LC-GD-X", None), ("IMI2-2020-23-01", None)])
def test_green_deal_area(topic: str, number: int | None) -> None:
    assert green_deal_area(topic) == number


def test_suppressed_cells_are_missing_and_zero_stays_zero(tmp_path: Path) -> None:
    path = tmp_path / "sbs.csv"
    path.write_text(
        "nuts2_2013,geo_label,nace_r2_division,nace_label,persons_employed,suppressed\n"
        "ITD3,Veneto,05,,0.0,False\nITD3,Veneto,08,,,True\nFI18,Etelä-Suomi,10,,7.0,False\n,Italy,08,,9.0,False\n",
        encoding="utf-8",
    )
    tidy = read_sbs(path, ["ITH3", "FI1C"])
    assert tidy["region"].tolist() == ["FI1C", "ITH3", "ITH3"]
    assert tidy["division"].tolist() == ["10", "05", "08"]
    assert tidy["persons"].tolist()[:2] == [7.0, 0.0]
    assert pd.isna(tidy["persons"][2])


def test_ecosystems_stand_at_the_declared_level_once(tmp_path: Path) -> None:
    path = tmp_path / "ecosystems.csv"
    path.write_text(
        "country,region,nuts,ris_tier,ecosystem\nG,B,DE2,Strong,Health\nG,B,DE2,Strong,Health\n"
        "F,C,FI193,Strong,Digital\nA,V,AT13,Strong,Health\n",
        encoding="utf-8",
    )
    tidy = read_region_ecosystems(path, ["DE2", "DE21", "FI198"])
    assert tidy.to_numpy().tolist() == [["DE2", "Health"], ["FI198", "Digital"]]


def test_codes_in_front_of_labels() -> None:
    assert code_of("CH02  / Espace Mittelland") == "CH02"
    assert code_of("Salzburg") == ""
    assert code_of(None) == ""
    assert nuts2_of("", "-", {"AT32"}) == ""
    assert nuts2_of("AT32", "", {"AT31"}) == ""


def test_no_code_is_mapped_twice() -> None:
    assert not set(CURRENT_CODE) & set(CURRENT_CODE.values())
    assert len(set(CURRENT_CODE.values())) == len(CURRENT_CODE)
    assert all(len(old) == len(new) and old[:2] == new[:2] for old, new in CURRENT_CODE.items())
    assert current_code("ITD3") == "ITH3"


def test_nace_is_whole_and_a_tree() -> None:
    names = nace_codes()
    by_length = {length: sum(len(code) == length for code in names) for length in (1, 2, 4, 5)}
    assert by_length == {1: 21, 2: 88, 4: 272, 5: 615}
    assert set(NACE_PARENT) == set(names)
    assert {code for code, parent in NACE_PARENT.items() if not parent} == {code for code in names if len(code) == 1}
    assert all(parent in names for parent in NACE_PARENT.values() if parent)
    assert all(names[code] for code in names if len(code) <= 2)
    divisions = [names[code] for code in names if len(code) == 2]
    assert len(set(divisions)) == len(divisions)


@real
def test_current_codes_are_current() -> None:
    known = set(read_nuts(SOURCES / "codes/nuts_2024_table.csv")["nuts"])
    assert set(CURRENT_CODE.values()) <= known


@real
def test_real_keep() -> None:
    tidy = read_keep(KEEP, area())
    assert len(tidy) == 1290
    assert len(tidy[["programme", "acronym"]].drop_duplicates()) == 306
    assert set(area()) - set(tidy["region"]) == {"DE26"}
    assert tidy["year"].between(2014, 2016).all()
    assert unplaced_partners(pd.read_excel(KEEP, sheet_name=PARTNERS, dtype=str)) == 94


@real
def test_real_h2020() -> None:
    tidy = read_h2020(SOURCES / "h2020/h2020_dashboard_export_2021.csv", area())
    assert (len(tidy), tidy["pic"].nunique(), tidy["project"].nunique()) == (360, 284, 86)
    assert not tidy.drop(columns="green_deal").isna().any().any()


@real
def test_real_activity() -> None:
    tidy = read_sbs(SOURCES / "eurostat/sbs_r_nuts06_r2_2014_V16110.csv", area())
    assert (len(tidy), tidy["region"].nunique(), tidy["division"].nunique()) == (2312, 34, 68)
    assert tidy["persons"].isna().sum() == 231


@real
def test_real_clusters() -> None:
    listed = read_clusters(SOURCES / "eccp/eccp_clusters_alpine.psv")
    assert len(listed) == 213
    assert listed["name"].is_unique


@real
def test_the_studies_are_what_the_script_makes_of_the_exports(tmp_path: Path) -> None:
    script = ROOT / "data" / "compile_studies.py"
    subprocess.run([sys.executable, str(script), str(SOURCES), str(tmp_path)], check=True, capture_output=True)
    for study in ("alpine", "baltic"):
        made = sorted((tmp_path / study).iterdir())
        written_by_hand = {"ideas.csv", "programmes.csv", "call_windows.csv", "funding_rates.csv", "partner_needs.csv"}
        illustrative = written_by_hand | {"exchange_rates.csv", "services.csv", "survey.csv"}
        tables = {path.name for path in (ROOT / "data" / study).glob("*.csv")} - illustrative
        assert [path.name for path in made] == sorted(tables)
        for path in made:
            assert path.read_bytes() == (ROOT / "data" / study / path.name).read_bytes(), path.name
