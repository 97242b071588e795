"""The main job: the same bytes every time, every output there, and what one says the other says."""

import hashlib
import json
import xml.etree.ElementTree as ET
from io import StringIO

import pandas as pd
import pytest

import synergy as package
from synergy import pipeline
from synergy.errors import DataError, UsageError
from synergy.folders.manifest import library_version, own_version

OUTPUTS = {
    "report.html", "report.md", "report.json", "network.html", "topics.csv", "members.csv", "untapped.csv",
    "evidence.csv", "diamonds.csv", "activities.csv", "consortia.csv", "pairs.csv", "backtest.csv", "graph.graphml",
    "graph.gexf", "graph.json", "run.json",
}  # fmt: skip
TOPIC_COLUMNS = [
    "topic_id", "name", "score", "n_regions", "n_countries", "regions", "countries", "n_clusters", "n_firms",
    "stability",
]  # fmt: skip
PAIR_COLUMNS = [
    "region_a", "region_b", "similarity", "complementarity_a_from_b", "complementarity_b_from_a", "cooperation",
    "distance_km", "total", "rank",
]  # fmt: skip


def files(folder) -> dict[str, bytes]:
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def no_constant(name: str) -> None:
    pytest.fail(f"{name} is not JSON")


@pytest.fixture(scope="module")
def manifest(alpine_run) -> dict:
    return json.loads((alpine_run / "run.json").read_text(encoding="utf-8"))


def test_the_same_bytes_at_any_hash_seed_and_number_of_threads(alpine_run, synergy, root, tmp_path):
    first = files(alpine_run)
    done = synergy(
        "run", root / "data" / "alpine", "--out", tmp_path / "out", env={"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "2"}
    )
    assert done.returncode == 0, done.stderr
    second = files(tmp_path / "out")
    assert list(first) == list(second)
    assert [name for name in first if first[name] != second[name]] == ["run.json"]
    runs = [json.loads(run["run.json"]) for run in (first, second)]
    seconds = [run.pop("seconds") for run in runs]
    assert runs[0] == runs[1]
    assert list(seconds[0]) == list(seconds[1])


def test_every_output_is_there_and_in_the_manifest(alpine_run, manifest):
    found = files(alpine_run)
    assert {name for name in found if "/" not in name} == OUTPUTS
    assert {name.partition("/")[0] for name in found if "/" in name} == {"graph.parquet"}
    assert manifest["outputs"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items() if name != "run.json"
    }


def test_the_manifest_names_inputs_versions_and_settings(manifest, root):
    tables = root / "data" / "alpine"
    assert manifest["inputs"] == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(tables.iterdir())
        if path.name in manifest["inputs"]
    }
    assert {"regions.csv", "priorities.csv"} <= set(manifest["inputs"])
    assert manifest["seed"] == manifest["settings"]["seed"] == 2021
    assert manifest["settings"]["weights"]["similarity"] == 0.1
    assert all(manifest["libraries"].values())
    assert all(value >= 0 for value in manifest["seconds"].values())


@pytest.mark.parametrize("name", ["report.json", "graph.json", "run.json"])
def test_json_has_no_nan(alpine_run, name):
    json.loads((alpine_run / name).read_text(encoding="utf-8"), parse_constant=no_constant)


@pytest.mark.parametrize("name", ["graph.graphml", "graph.gexf"])
def test_graph_files_are_xml(alpine_run, name):
    ET.parse(alpine_run / name)


@pytest.mark.parametrize("name", [name for name in sorted(OUTPUTS) if name.endswith(("csv", "md", "html", "json"))])
def test_text_is_utf8_with_line_feeds(alpine_run, name):
    content = (alpine_run / name).read_bytes()
    content.decode("utf-8")
    assert b"\r" not in content and content
    assert not content.startswith(b"\xef\xbb\xbf")


def test_tables_keep_their_contract(alpine_run):
    topics = pd.read_csv(alpine_run / "topics.csv")
    assert [column for column in TOPIC_COLUMNS if column not in topics] == []
    assert topics["topic_id"].is_unique
    assert topics["score"].is_monotonic_decreasing
    wide = topics[(topics["n_regions"] >= 4) & (topics["n_countries"] >= 3)]
    assert len(wide) >= 5
    pairs = pd.read_csv(alpine_run / "pairs.csv")
    assert [column for column in PAIR_COLUMNS if column not in pairs] == []
    assert (pairs["region_a"] < pairs["region_b"]).all()
    assert not pairs.duplicated(["region_a", "region_b"]).any()
    assert len(pairs) == 42 * 41 / 2
    known = pairs["total"].notna()
    assert pairs.loc[known, "rank"].notna().all() and pairs.loc[~known, "rank"].isna().all()


def test_diamonds_say_that_they_are_our_own_definition(alpine_run):
    diamonds = pd.read_csv(alpine_run / "diamonds.csv")
    assert len(diamonds) > 20 and set(diamonds["definition"]) == {"own, not tested"}
    report = json.loads((alpine_run / "report.json").read_text(encoding="utf-8"))
    assert report["diamonds"][0]["diamond_id"] == "D01"
    assert len({one["field"] for one in report["diamonds"]}) == 3
    for name in ("report.json", "report.html", "report.md"):
        assert "our own definition" in (alpine_run / name).read_text(encoding="utf-8")


def test_every_row_of_evidence_exists(alpine_run, root):
    evidence = pd.read_csv(alpine_run / "evidence.csv")
    keys = {"priorities": "priority_id", "clusters": "cluster_id", "firms": "firm_id", "participations": "project_id"}
    assert set(evidence["table"]) == set(keys)
    for table, key in keys.items():
        # A row of the file counts from 2, the first after the header; the tables have no line breaks in fields.
        lines = (root / "data" / "alpine" / f"{table}.csv").read_text(encoding="utf-8").splitlines()
        header = pd.read_csv(StringIO(lines[0])).columns
        for row, identity in evidence.loc[evidence["table"] == table, ["row", "id"]].itertuples(index=False):
            (cells,) = pd.read_csv(StringIO(lines[row - 1]), header=None, names=header, dtype=str).itertuples()
            assert getattr(cells, key) == str(identity)
    assert set(evidence["topic_id"]) == set(pd.read_csv(alpine_run / "topics.csv")["topic_id"])


def test_reports_say_what_the_tables_say(alpine_run):
    topics = pd.read_csv(alpine_run / "topics.csv")
    report = json.loads((alpine_run / "report.json").read_text(encoding="utf-8"))
    assert [topic["name"] for topic in report["topics"]] == list(topics["name"])
    assert [topic["n_regions"] for topic in report["topics"]] == list(topics["n_regions"])
    for said, counted in zip(report["topics"], topics.itertuples(), strict=True):
        assert ";".join(sorted(m["region_id"] for m in said["members"])) == counted.regions
    text = (alpine_run / "report.md").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("### T")] == [
        f"### {row.topic_id} {row.name}" for row in topics[["topic_id", "name"]].itertuples(index=False)
    ]


def test_run_of_frames_gives_the_same_as_run_of_a_folder(toy_study, tmp_path):
    by_folder = package.run(toy_study, tmp_path / "a")
    loaded = package.load(toy_study)
    by_study = package.run(loaded, tmp_path / "b")
    pd.testing.assert_frame_equal(by_folder.to_frame(), by_study.to_frame())
    first, second = files(tmp_path / "a"), files(tmp_path / "b")
    assert {name for name in first if first[name] != second[name]} == {"run.json"}
    assert repr(by_folder) == f"Run('toy': 2 topics, 15 pairs, out={tmp_path / 'a'})"


def test_nothing_is_written_without_out(toy_study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = []
    result = package.run(toy_study, progress=told.append)
    assert result.out is None and len(result.to_frame()) == 2
    assert (
        told
        == list(result.seconds)
        == ["read", "graph", "pairs", "topics", "diamonds", "activities", "consortia", "backtest", "summary"]
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["toy"]


def test_problems_of_the_tables_leave_nothing(toy_study, tmp_path):
    (toy_study / "priorities.csv").write_text("priority_id\n", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        package.run(toy_study, tmp_path / "out")
    assert raised.value.problems
    assert sorted(path.name for path in tmp_path.iterdir()) == ["toy"]


@pytest.mark.parametrize("name", ["report.HTML", "a.md", "b.json"])
def test_the_kind_of_a_report_is_in_its_name(tmp_path, name):
    assert pipeline.report_kind(tmp_path / name) in ("html", "md", "json")
    with pytest.raises(UsageError, match="expected"):
        pipeline.report_kind(tmp_path / f"{name}.txt")


def test_an_unknown_library_has_no_version():
    assert library_version("no-such-library") is None
    assert own_version()[0].isdigit()
