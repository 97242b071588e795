"""``synergy stresstest``, ``policy`` and ``practices`` as a user and as another tool meet them."""

import json

import pandas as pd
import pytest

REGIONS = ("AT11", "DE11", "ITC1")


def test_stresstest_writes_three_files_a_region_and_the_synthesis(cli, asked_study, tmp_path, tree):
    out = tmp_path / "out"
    told = cli("stresstest", asked_study, "--out", out, "--questionnaire", "--frontrunner", "AT11")
    assert (told.code, told.err) == (0, "")
    pages = {f"stresstest/{name}.{kind}" for name in (*REGIONS, "synthesis") for kind in ("html", "md", "json")}
    forms = {f"stresstest/questionnaire-{language}.html" for language in ("de", "en", "fr", "it", "sl")}
    files = tree(out)
    assert set(files) == pages | forms | {"areas.csv", "gaps.csv", "run.json"}
    one = json.loads(files["stresstest/AT11.json"])
    assert {"findings", "areas", "directions", "stakeholders", "gaps", "data"} <= set(one)
    assert [area["mean"] for area in one["areas"]] == [4.5] * 5
    assert (one["against"], [area["compared"] for area in one["areas"]]) == ("", [None] * 5)
    third = json.loads(files["stresstest/ITC1.json"])
    assert third["against"] == "Burgenland" and third["areas"][0]["compared"] == 4.5
    portfolio = next(area for area in third["areas"] if area["area"] == "portfolio")
    assert (portfolio["mean"], portfolio["verdict"]) == (None, "cannot tell")
    assert b"unknown" in files["stresstest/ITC1.md"]
    whole = json.loads(files["stresstest/synthesis.json"])
    assert [region["href"] for region in whole["regions"]] == [f"{region}.html" for region in REGIONS]


def test_the_policy_reading_is_the_same_every_time_and_is_written(cli, synergy, asked_study, tmp_path, tree):
    told = cli("policy", asked_study, "--json", "--out", tmp_path / "out")
    done = synergy("policy", asked_study, "--json", env={"PYTHONHASHSEED": "7", "OMP_NUM_THREADS": "1"})
    assert (told.code, done.returncode, told.out) == (0, 0, done.stdout)
    files = tree(tmp_path / "out")
    assert set(files) == {"policy.html", "policy.md", "policy.json", "learning_pairs.csv", "run.json"}
    assert files["policy.json"].decode("utf-8") == told.out


def test_practices_writes_what_it_shows(cli, asked_study, tmp_path):
    told = cli("practices", asked_study, "--out", tmp_path / "out")
    assert (told.code, told.err) == (0, "")
    lessons = pd.read_csv(tmp_path / "out" / "lessons.csv")
    shown = json.loads((tmp_path / "out" / "practices.json").read_text(encoding="utf-8"))
    assert len(lessons) == len(shown["lessons"])
    assert (lessons["teacher"].value_counts() <= shown["limits"]["teach"]).all()
    assert {service["refused"] for service in shown["services"]} == {
        "", "a pilot only", "nothing shows that it works",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("command", "options", "says"),
    [
        ("stresstest", ("--frontrunner", "AT1"), "there is no region of the survey 'AT1'. Did you mean 'AT11'?"),
        ("stresstest", ("--questionnaire",), "--questionnaire writes files: say where with --out"),
        ("stresstest", ("--instrument", "none.toml"), "cannot read the instrument 'none.toml'"),
        ("practices", ("--taxonomy", "none.toml"), "cannot read the taxonomy 'none.toml'"),
    ],
)
def test_wrong_wishes_are_told(cli, asked_study, command, options, says):
    told = cli(command, asked_study, *options)
    assert (told.code, told.out) == (2, "")
    assert says in told.err and "Traceback" not in told.err


@pytest.mark.parametrize("command", ["stresstest", "policy", "practices"])
def test_a_study_without_the_table_is_told_which_one_to_fill(cli, toy_study, command):
    told = cli(command, toy_study)
    assert (told.code, told.out) == (2, "")
    assert f"fill {'services' if command == 'practices' else 'survey'}.csv" in told.err


def test_pairs_show_learning_only_where_the_study_weighs_it(cli, asked_study, tmp_path):
    plain = json.loads(cli("pairs", asked_study, "--json").out)
    assert "learning" not in plain[0] and "learning" not in cli("pairs", asked_study).out
    with (asked_study / "study.toml").open("a", encoding="utf-8") as settings:
        settings.write("[weights]\nlearning = 0.5\n")
    told = cli("pairs", asked_study, "--json", "--out", tmp_path / "pairs.csv")
    rows = json.loads(told.out)
    assert (told.code, len(rows)) == (0, len(plain))
    known = {(row["region_a"], row["region_b"]): row["learning"] for row in rows if row["learning"] is not None}
    assert set(known) == {("AT11", "DE11"), ("AT11", "ITC1"), ("DE11", "ITC1")} and max(known.values()) > 0
    table = pd.read_csv(tmp_path / "pairs.csv")
    assert table["learning"].notna().sum() == 3 and table["part_learning"].notna().sum() == 3
    assert "learning" in cli("pairs", asked_study).out
