"""``synergy consortia`` as a user and as another tool meet it."""

import csv
import json

import pytest

FILES = {"consortia.html", "consortia.md", "consortia.json", "consortia.csv", "run.json"}
OWN = """name = "own"
title = "Own rules"
date = "2026"
source = "the test"
[[rule]]
id = "partners"
says = "Two or three partners"
counts = "partners"
min = 2
max = 3
[[rule]]
id = "countries"
says = "From two countries"
counts = "countries"
min = 2
[[rule]]
id = "balance"
says = "Nobody bears more than 70 %"
counts = "share"
per = "partner"
max = 0.7
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_out_writes_all_files_with_the_rows_behind(cli, toy_study, own, tmp_path):
    out = tmp_path / "out"
    assert cli("consortia", toy_study, "--topic", "T02", "--rules", own, "--quiet", "--out", out) == (0, "", "")
    assert {path.name for path in out.iterdir()} == FILES
    with (out / "consortia.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["to_confirm"] for row in rows} == {"balance"} and {row["proven"] for row in rows} == {"True"}
    for row in rows:
        lines = (toy_study / f"{row['table']}.csv").read_text(encoding="utf-8").splitlines()
        assert row["candidate_id"].partition(":")[2] in lines[int(row["row"]) - 1]


def test_json_holds_the_contract(cli, toy_study, own):
    told = json.loads(
        cli("consortia", toy_study, "--topic", "T02", "--rules", own, "--why-not", "f-DE11", "--json").out
    )
    best = told["consortia"][0]
    assert {"members", "value", "bound", "gap", "proven", "rules", "cover", "states"} <= set(best)
    assert [rule["status"] for rule in best["rules"]] == ["kept", "kept", "to be confirmed"]
    assert 2 <= len(best["members"]) <= 3 and len(best["countries"]) >= 2
    assert len(told["leaving"]) == len(best["members"])
    assert told["pool"]["cost_unknown"] == told["pool"]["candidates"]
    (why,) = told["why_not"]
    assert why["id"] == "firm:f-DE11" and why["costs"] >= 0 and why["clash"] == []


def test_the_rules_can_stand_in_the_study(cli, toy_study, own):
    asked = cli("consortia", toy_study, "--topic", "T02")
    assert (asked.code, asked.out) == (2, "") and "horizon-europe" in asked.err
    (toy_study / "rules").mkdir()
    own.rename(toy_study / "rules" / "own.toml")
    settings = toy_study / "study.toml"
    settings.write_text(settings.read_text("utf-8") + '[consortia]\nrules = "rules/own.toml"\n', encoding="utf-8")
    assert cli("check", toy_study).code == 0
    assert "Own rules" in cli("consortia", toy_study, "--topic", "T02").out


def test_rule_sets_are_listed_without_a_study(cli, tmp_path):
    told = json.loads(cli("consortia", tmp_path, "--rules", "list", "--json").out)
    assert len(told) == 8 and all(one["date"] and one["source"] and one["rules"] for one in told)
    assert {rule["mark"] for one in told for rule in one["rules"]} <= {"F", "B"}


def test_an_impossible_wish_names_the_clash_and_the_repair(cli, toy_study, own):
    wish = ("consortia", toy_study, "--topic", "T02", "--rules", own, "--must", "f-DE11", "--exclude", "f-DE11")
    told = cli(*wish)
    assert (told.code, told.out) == (2, "")
    assert "'must firm:f-DE11'" in told.err and "repair" in told.err and "Traceback" not in told.err
    asked = cli(*wish, "--json")
    assert (asked.code, asked.err) == (2, "")
    found = json.loads(asked.out)["infeasible"]
    assert {one["rule"] for one in found["clash"]} == {"must firm:f-DE11", "exclude firm:f-DE11"}
    assert all(repair["members"] for repair in found["repairs"])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--topic", "T99"), "there is no topic 'T99'"),
        (("--topic", "T02", "--activity", "A01"), "give one of the two"),
        ((), "give one of the two"),
        (("--topic", "T02", "--must", "f-DE1"), "no candidate 'f-DE1'. Did you mean 'f-DE1"),
        (("--topic", "T02", "--rules", "horizon-europ"), "Did you mean 'horizon-europe'?"),
        (("--topic", "T02", "--rules", "none.toml"), "there is no file none.toml"),
        (("--topic", "T02", "-k", "1000000000"), "-k"),
    ],
)
def test_wrong_wishes_are_told(cli, toy_study, options, says):
    rules = () if "--rules" in options else ("--rules", "horizon-europe")
    told = cli("consortia", toy_study, *rules, *options)
    assert (told.code, told.out) == (2, "")
    assert says in told.err and "Traceback" not in told.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "own.toml:rule: found no rule"),
        (b"\xff", "UTF-8"),
        (b"[[rule]\n", "own.toml:1"),
        (b'name = "<script>"\n[[rule]]\nid = "a"\ncouns = "partners"\n', "did you mean 'counts'?"),
        (b"rule = 1\nrule = 2\n", "own.toml"),
    ],
)
def test_a_hostile_rule_file_is_told_whole_and_exits_1(cli, toy_study, tmp_path, text, says):
    path = tmp_path / "own.toml"
    path.write_bytes(text)
    told = cli("consortia", toy_study, "--topic", "T02", "--rules", path, "--out", tmp_path / "out")
    assert (told.code, told.out) == (1, "")
    assert says in told.err and "Traceback" not in told.err
    assert not (tmp_path / "out").exists()
