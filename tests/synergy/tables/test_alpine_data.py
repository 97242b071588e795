"""The committed tables, read plainly: what they hold, and that they hold together."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from synergy.tables.schema import BY_NAME, TABLES

DATA = Path(__file__).resolve().parents[3] / "data"
STUDIES = ("alpine", "baltic")
ILLUSTRATIVE = {
    "ideas", "programmes", "call_windows", "funding_rates", "partner_needs", "exchange_rates", "survey", "services",
}  # fmt: skip
Rows = list[dict[str, str]]


def read(study: str, table: str) -> Rows:
    path = DATA / study / f"{table}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def level2(study: str) -> set[str]:
    return {row["region_id"] for row in read(study, "regions") if row["level"] == "2"}


def test_counts_of_the_alpine_tables() -> None:
    counts = {table.name: len(read("alpine", table.name)) for table in TABLES}
    assert counts == {
        "regions": 64, "priorities": 244, "clusters": 203, "firms": 284, "memberships": 0, "participations": 1650,
        "activity": 2312, "codes": 162, "ideas": 24, "activities": 0, "survey": 7315, "services": 30,
        "programmes": 11, "call_windows": 12, "funding_rates": 64, "partner_needs": 5, "exchange_rates": 1,
        "proposals": 0,
    }  # fmt: skip


def test_the_area_has_42_regions_of_seven_countries_and_the_project_regions() -> None:
    assert len(level2("alpine")) == 42
    assert {region[:2] for region in level2("alpine")} == {"AT", "CH", "DE", "FR", "IT", "LI", "SI"}
    known = {row["region_id"]: row for row in read("alpine", "regions")}
    project = "CH022 AT31 AT32 DE1 DE2 FRC2 ITC4 ITC1 ITH2 ITH3 SI0".split()
    assert set(project) <= set(known)
    assert (known["CH022"]["parent_id"], known["CH022"]["level"]) == ("CH02", "3")


def test_activity_is_known_for_34_regions_and_231_cells_are_unknown_not_zero() -> None:
    rows = read("alpine", "activity")
    assert len({row["region_id"] for row in rows}) == 34
    assert len({row["code"] for row in rows}) == 68
    assert sum(row["value"] == "" for row in rows) == 231
    assert {row["region_id"][:2] for row in rows}.isdisjoint({"CH", "LI"})


def test_switzerland_and_liechtenstein_have_no_strategy() -> None:
    assert {row["region_id"][:2] for row in read("alpine", "priorities")} == {"AT", "DE", "FR", "IT", "SI"}


def test_priorities_stand_where_they_were_declared() -> None:
    homes = {row["region_id"] for row in read("alpine", "priorities")}
    assert {"DE1", "DE2", "FRC", "FRF", "FRK", "FRL", "SI0"} <= homes
    assert not {home for home in homes if home[:2] in {"DE", "FR"} and len(home) == 4}


def test_named_fields_of_salzburg() -> None:
    titles = {row["title"] for row in read("alpine", "priorities") if row["priority_id"].startswith("AT32-s3-")}
    assert titles == {
        "Life sciences",
        "Information and communication technologies",
        "Smart materials",
        "Intelligent building and settlement systems",
        "Creative industries and service innovation",
    }


def test_cross_ecosystem_is_horizontal_and_has_no_codes() -> None:
    rows = [row for row in read("alpine", "priorities") if row["title"] == "Cross-ecosystem"]
    assert rows
    assert {row["codes"] for row in rows} == {""}


def test_clusters_say_how_their_fields_are_known() -> None:
    rows = read("alpine", "clusters")
    assert all(bool(row["codes"]) == bool(row["codes_basis"]) for row in rows)
    assert Counter(row["codes_basis"] for row in rows) == {"name": 128, "profile": 67, "": 8}
    fields = {row["cluster_id"]: row["codes"] for row in rows}
    assert fields["lisavienna"] == "ecosystem:health"
    assert fields["ecoplus-plastics"] == "ecosystem:energy-intensive"
    assert sum(row["region_id"] not in level2("alpine") for row in rows) == 3


def test_participations_come_from_both_programmes() -> None:
    rows = read("alpine", "participations")
    interreg = [row for row in rows if row["project_id"].startswith("keep-")]
    assert (len(interreg), len({row["project_id"] for row in interreg})) == (1290, 306)
    other = [row for row in rows if row["project_id"].startswith("h2020-")]
    assert (len(other), len({row["project_id"] for row in other})) == (360, 86)
    assert {row["firm_id"] for row in other} == {row["firm_id"] for row in read("alpine", "firms")}
    assert level2("alpine") - {row["region_id"] for row in interreg} == {"DE26"}


def test_partners_of_a_project_are_never_fewer_than_those_listed() -> None:
    for study in STUDIES:
        rows = read(study, "participations")
        listed = Counter(row["project_id"] for row in rows)
        assert all(int(row["partners"]) >= listed[row["project_id"]] for row in rows)


def test_a_division_belongs_to_two_ecosystems_at_most() -> None:
    divisions = [row for row in read("alpine", "codes") if row["code"].startswith("nace:")]
    assert len(divisions) == 88
    assert max(len(row["broader"].split(";")) for row in divisions) == 2


def test_the_baltic_study_has_strategies_below_and_above_the_analysed_level() -> None:
    assert len(level2("baltic")) == 29
    levels = {row["region_id"]: row["level"] for row in read("baltic", "regions")}
    homes = {row["region_id"] for row in read("baltic", "priorities")}
    assert {levels[home] for home in homes} == {"0", "1", "2", "3"}
    assert {home[:2] for home in homes if levels[home] == "3"} == {"FI", "SE"}
    assert sum(home.startswith("FI") for home in homes) == 18
    assert sum(home.startswith("SE") for home in homes) == 21
    assert {"EE00", "LV00"} <= homes
    assert len(read("baltic", "activity")) == 27 * 68


@pytest.mark.parametrize("study", STUDIES)
@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_keys_are_unique_and_columns_are_the_schema_s(study: str, table: str) -> None:
    rows = read(study, table)
    if not rows:
        assert table in {"memberships", "clusters", "activities", "proposals"} | ILLUSTRATIVE
        return
    schema = BY_NAME[table]
    assert [name for name in schema.column_names if name in rows[0]] == list(rows[0])
    assert {column.name for column in schema.columns if column.required} <= set(rows[0])
    keys = [tuple(row.get(column, "") for column in schema.key) for row in rows]
    assert len(set(keys)) == len(keys)
    for column in schema.columns:
        values = {row[column.name] for row in rows if row.get(column.name)}
        assert not column.choices or values <= set(column.choices)
        assert not column.required or all(row[column.name] for row in rows)


@pytest.mark.parametrize("study", STUDIES)
def test_every_reference_is_known(study: str) -> None:
    known = {
        name: {row[BY_NAME[name].key[0]] for row in read(study, name)}
        for name in ("regions", "firms", "clusters", "programmes")
    }
    for table in TABLES:
        for column in table.columns:
            if column.references:
                used = {row[column.name] for row in read(study, table.name) if row.get(column.name)}
                assert used <= known[column.references], (table.name, column.name)


@pytest.mark.parametrize("study", STUDIES)
def test_no_code_is_outside_the_code_table(study: str) -> None:
    known = {row["code"] for row in read(study, "codes")}
    for table in TABLES:
        for column in table.columns:
            if column.type == "codes":
                cells = [row[column.name] for row in read(study, table.name) if row.get(column.name)]
                assert {code for cell in cells for code in cell.split(";")} <= known, (table.name, column.name)


@pytest.mark.parametrize("study", STUDIES)
def test_parents_are_one_level_up(study: str) -> None:
    rows = read(study, "regions")
    level = {row["region_id"]: int(row["level"]) for row in rows}
    assert all(level[row["parent_id"]] == int(row["level"]) - 1 for row in rows if row["parent_id"])
    assert {row["region_id"] for row in rows if not row["parent_id"]} == {r for r, n in level.items() if n == 0}
    assert all(35 < float(row["lat"]) < 71 and -5 < float(row["lon"]) < 32 for row in rows)


@pytest.mark.parametrize("study", STUDIES)
def test_files_are_plain_and_small(study: str) -> None:
    files = sorted((DATA / study).glob("*.csv"))
    assert sum(path.stat().st_size for path in files) < 2_000_000
    for path in files:
        data = path.read_bytes()
        assert b"\r" not in data
        assert not data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\n")


@pytest.mark.parametrize("study", STUDIES)
def test_each_table_names_its_source(study: str) -> None:
    settings = tomllib.loads((DATA / study / "study.toml").read_text(encoding="utf-8"))
    tables = {path.stem for path in (DATA / study).glob("*.csv")}
    assert set(settings["sources"]) == tables
    assert all(source["title"] and source["date"] for source in settings["sources"].values())
    assert (settings["name"], settings["level"]) == (study, 2)
