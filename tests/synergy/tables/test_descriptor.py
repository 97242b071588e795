from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from synergy.tables.descriptor import descriptor, schema_markdown
from synergy.tables.read import load
from synergy.tables.schema import TABLES
from synergy.tables.study import Settings, Source, Study


@pytest.fixture
def study() -> Study:
    frames = {
        "regions": pd.DataFrame(
            {"region_id": ["A", "B"], "name": ["a", "b"], "country": "AT", "level": [1, 2], "parent_id": [None, "A"]}
        ),
        "priorities": pd.DataFrame({"priority_id": ["p"], "region_id": ["A"], "title": ["x"]}),
        "firms": pd.DataFrame({"firm_id": ["f"], "region_id": ["B"], "name": ["F"], "kind": ["firm"]}),
        "participations": pd.DataFrame({"project_id": ["q"], "firm_id": ["f"], "year": [2014]}),
    }
    sources = {
        "regions": Source("Eurostat", "2024", {"name": "national offices"}),
        "priorities": Source("Eurostat", "2024"),
    }
    return load(frames, Settings(name="Tiny Study!", title="Tiny", sources=sources))


def test_it_has_what_the_standard_asks_for(study: Study) -> None:
    package = json.loads(json.dumps(descriptor(study)))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["name"] == "tiny-study"
    assert package["sources"] == [{"title": "Eurostat", "date": "2024"}]
    allowed = {"string", "integer", "number", "year", "date"}
    for resource in package["resources"]:
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        assert (resource["type"], resource["format"], resource["mediatype"]) == ("table", "csv", "text/csv")
        assert resource["encoding"] == "utf-8"
        assert resource["$schema"] == "https://datapackage.org/profiles/2.0/dataresource.json"
        assert resource["schema"]["fieldsMatch"] == "subset"
        fields = {field["name"] for field in resource["schema"]["fields"]}
        assert {field["type"] for field in resource["schema"]["fields"]} <= allowed
        assert set(resource["schema"].get("primaryKey", [])) <= fields
        for key in resource["schema"].get("foreignKeys", []):
            assert set(key["fields"]) <= fields
            assert key["reference"].get("resource", resource["name"]) in {r["name"] for r in package["resources"]}


def test_keys_point_where_the_schema_points(study: Study) -> None:
    by_name = {resource["name"]: resource["schema"] for resource in descriptor(study)["resources"]}
    assert by_name["regions"]["primaryKey"] == ["region_id"]
    assert by_name["regions"]["foreignKeys"] == [{"fields": ["parent_id"], "reference": {"fields": ["region_id"]}}]
    assert "primaryKey" not in by_name["participations"], "parts of this key may be empty"
    assert by_name["participations"]["foreignKeys"] == [
        {"fields": ["firm_id"], "reference": {"fields": ["firm_id"], "resource": "firms"}}
    ]


def test_only_what_is_there_is_described(study: Study) -> None:
    package = descriptor(study)
    assert [resource["name"] for resource in package["resources"]] == [
        "regions",
        "priorities",
        "firms",
        "participations",
    ]
    assert [field["name"] for field in package["resources"][1]["schema"]["fields"]] == [
        "priority_id",
        "region_id",
        "title",
    ]


def test_constraints_units_and_sources_of_a_field(study: Study) -> None:
    fields = {field["name"]: field for field in descriptor(study)["resources"][0]["schema"]["fields"]}
    assert fields["level"]["constraints"] == {"required": True, "minimum": 0, "maximum": 9}
    assert fields["name"]["sources"] == [{"title": "national offices"}]


def test_files_carry_their_hash(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("region_id,name,country,level\nA,a,AT,2\n")
    (tmp_path / "priorities.csv").write_text("priority_id,region_id,title\np,A,x\n")
    study = load(tmp_path)
    assert descriptor(study)["resources"][0]["hash"] == f"sha256:{study.hashes['regions.csv']}"


def test_the_page_names_every_table_and_column() -> None:
    page = schema_markdown()
    for table in TABLES:
        section = page.split(f"## `{table.name}.csv`")[1].split("\n## ")[0]
        rows = re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
        assert rows == list(table.column_names)
        assert all(line.count(" | ") == 4 for line in section.splitlines() if line.startswith("| `"))
