"""``synergy activities`` as a user and as another tool meet it."""

import csv
import json
import shutil

import pandas as pd

IDEA = (
    "idea_id,region_id,title,language,who,capacities,opportunities,capacity_rating,opportunity_rating\n"
    "i1,AT11,Medikamente aus Abwärme,de,f-AT11,ecosystem:health,nace:21,4,5\n"
)


def with_idea(study):
    (study / "ideas.csv").write_text(IDEA, encoding="utf-8")
    return study


def test_json_holds_every_part(cli, toy_study):
    told = json.loads(cli("activities", with_idea(toy_study), "--json").out)
    assert {"activities", "refused", "history", "ideas", "idea_pairs", "matrix", "own", "stage_rule"} <= set(told)
    assert told["activities"]
    for one in told["activities"]:
        assert {"actors", "capacities", "actions", "relatedness", "criteria", "evidence", "rule"} <= set(one)
        assert len(one["criteria"]) == 8
    topics = {one["topic_id"] for one in told["activities"]}
    for topic in topics:
        some = json.loads(cli("activities", toy_study, "--topic", topic, "--json").out)
        assert {one["topic_id"] for one in some["activities"]} == {topic}


def test_out_writes_pages_and_tables_whole_or_not_at_all(cli, toy_study, tmp_path):
    out = tmp_path / "out"
    assert cli("activities", with_idea(toy_study), "--out", out, "--quiet") == (0, "", "")
    parts = ("actors", "capacities", "actions", "relatedness", "criteria", "evidence", "refused")
    pages = {f"activities.{kind}" for kind in ("html", "md", "json", "csv")}
    assert {path.name for path in out.iterdir()} == {
        *pages, *(f"activity_{part}.csv" for part in parts), "history.csv", "run.json",
    }  # fmt: skip
    for kind in ("html", "md", "json"):
        assert "our own" in (out / f"activities.{kind}").read_text(encoding="utf-8")
    (out / "mine.txt").write_text("mine")
    told = cli("activities", toy_study, "--out", out)
    assert told.code == 2 and "no earlier run wrote" in told.err


def test_the_history_of_a_run_is_the_table_of_the_next(cli, toy_study, tmp_path):
    out = tmp_path / "out"
    cli("activities", with_idea(toy_study), "--out", out, "--quiet")
    shutil.copy(out / "history.csv", toy_study / "activities.csv")
    assert cli("check", toy_study).code == 0
    told = json.loads(cli("activities", toy_study, "--json").out)
    assert {row["change"] for row in told["history"]} == {"as before"}
    first = pd.read_csv(out / "activities.csv")
    assert [one["activity_id"] for one in told["activities"]] == first["activity_id"].tolist()
    explained = cli("explain", toy_study, first["activity_id"].iloc[0])
    assert explained.code == 0 and "criterion" in explained.out


def test_cells_of_the_tables_are_read_back(cli, toy_study, tmp_path):
    cli("activities", with_idea(toy_study), "--out", tmp_path / "out", "--quiet")
    with (tmp_path / "out" / "activity_actors.csv").open(encoding="utf-8", newline="") as file:
        assert any(row["actor_id"] == "firm:f-AT11" for row in csv.DictReader(file))


def test_an_unknown_topic_or_activity_is_told(cli, toy_study):
    told = cli("activities", toy_study, "--topic", "T99")
    assert told.code in (1, 2) and "T99" in told.err and told.out == ""
    told = cli("explain", toy_study, "A99")
    assert told.code in (1, 2) and "there is no activity 'A99'" in told.err
