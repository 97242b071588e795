"""`synergy diamonds`: the best of a study, of a field, of chosen regions; files whole or not at all."""

import json

import pandas as pd
import pytest

ALL = {"diamonds.html", "diamonds.md", "diamonds.json", "diamonds.csv", "run.json"}


@pytest.fixture
def work(tmp_path, monkeypatch):
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_every_output_says_that_it_is_our_own_definition(cli, toy_study, work):
    told = cli("diamonds", toy_study, "--out", "out")
    assert told.code == 0 and "our own definition" in told.out and "Written: out" in told.out
    assert {path.name for path in (work / "out").iterdir()} == ALL
    for kind in ("html", "md", "json"):
        assert "our own definition" in (work / "out" / f"diamonds.{kind}").read_text(encoding="utf-8")
    frame = pd.read_csv(work / "out" / "diamonds.csv")
    assert set(frame["definition"]) == {"own, not tested"}
    assert "our own definition" in json.loads(cli("diamonds", toy_study, "--json").out)["definition"]


def test_a_topic_or_a_field_alone(cli, toy_study, work):
    for option, value in (("--topic", "T01"), ("--field", "ecosystem:health")):
        found = json.loads(cli("diamonds", toy_study, option, value, "--top", "1", "--json").out)["diamonds"]
        assert [one["field"] for one in found] == [value]
    everything = json.loads(cli("diamonds", toy_study, "--json").out)["diamonds"]
    assert {one["field"] for one in everything} == {"T01", "T02"}


@pytest.mark.parametrize("regions", ["AT11;DE11", "DE11,AT11", " AT11 ; DE11 "])
def test_chosen_regions_in_any_way_of_writing(cli, toy_study, work, regions):
    told = cli("diamonds", toy_study, "--field", "ecosystem:health", "--regions", regions, "--json")
    (one,) = json.loads(told.out)["diamonds"]
    assert [region["region_id"] for region in one["regions"]] == ["AT11", "DE11"]
    assert one["why"] and len(one["corners"]) == 4


def test_people_read_why(cli, toy_study, work):
    told = cli("diamonds", toy_study, "--field", "ecosystem:health", "--regions", "DE12;ITC2")
    assert told.code == 0
    assert "strategy" in told.out and "of Aosta (ITC2)" in told.out and "Rests on" in told.out


@pytest.mark.parametrize("name", ["one.html", "one.MD", "one.json", "deep/one.csv"])
def test_one_file_by_its_name(cli, toy_study, work, name):
    one = ("diamonds", toy_study, "--topic", "T01", "--out", name)
    assert cli(*one, "--quiet") == (0, "", "")
    first = (work / name).read_bytes()
    told = cli(*one)
    assert (told.code, told.out) == (2, "") and "exists; choose another name" in told.err
    assert cli(*one, "--overwrite", "--quiet").code == 0
    assert (work / name).read_bytes() == first


def test_a_folder_is_replaced_whole_and_never_a_foreign_one(cli, toy_study, work):
    assert cli("diamonds", toy_study, "--out", "out", "--quiet").code == 0
    before = {path.name: path.read_bytes() for path in (work / "out").iterdir()}
    assert cli("diamonds", toy_study, "--out", "out", "--quiet").code == 0
    after = {path.name: path.read_bytes() for path in (work / "out").iterdir()}
    assert before == after
    (work / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    told = cli("diamonds", toy_study, "--out", "out")
    assert told.code == 2 and "notes.txt" in told.err
