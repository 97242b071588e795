"""``synergy plan`` as a user and as another tool meet it."""

import json

import pandas as pd
import pytest

FILES = {"plan.html", "plan.md", "plan.json", "steps.csv", "monitoring.csv", "run.json"}


def test_out_writes_all_files_the_same_every_time_and_a_later_run_fills_in(cli, synergy, toy_study, tmp_path, tree):
    out, again, later = tmp_path / "out", tmp_path / "again", tmp_path / "later"
    arguments = ("plan", toy_study, "--start", "2027-01-11", "--quiet", "--out")
    assert cli(*arguments, out) == (0, "", "")
    assert {path.name for path in out.iterdir()} == FILES
    done = synergy(*arguments, again, env={"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8"})
    assert done.returncode == 0, done.stderr
    a, b = tree(out), tree(again)
    assert {name: a[name] for name in FILES - {"run.json"}} == {name: b[name] for name in FILES - {"run.json"}}
    steps = pd.read_csv(out / "steps.csv")
    assert (steps["start"].iloc[0], steps["step"].tolist()) == ("2027-01-11", list(range(1, len(steps) + 1)))
    assert pd.read_csv(out / "monitoring.csv")["value_now"].isna().all()
    told = cli("plan", toy_study, "--activity", "A01", "--previous", out / "monitoring.csv", "--out", later)
    assert (told.code, told.err) == (0, "")
    table = pd.read_csv(later / "monitoring.csv")
    counted = table["table"].notna() & table["baseline"].notna()
    assert (table.loc[counted, "change"] == 0).all() and counted.sum() >= 7


def test_a_folder_of_the_user_stays(cli, toy_study, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    told = cli("plan", toy_study, "--out", tmp_path / "out")
    assert (told.code, told.out) == (2, "") and "no earlier run wrote" in told.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_json_holds_the_contract(cli, toy_study):
    told = json.loads(cli("plan", toy_study, "--topic", "T02", "--json").out)
    (activity,) = told["activities"]
    assert {"steps", "people", "milestones", "indicators", "missing", "capacities", "criteria"} <= set(activity)
    assert told["start"] is None and all(step["start"] is None for step in activity["steps"])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--activity", "A1"), "there is no activity 'A1'. Did you mean 'A01'?"),
        (("--start", "2027-01-12"), "say 2027-01-11 or 2027-01-18"),
        (("--start", "soon"), "expected a day such as 2027-01-11"),
        (("--previous", "none.csv"), "cannot read the earlier monitoring table 'none.csv'"),
        (("--template", "none.toml"), "cannot read the template 'none.toml'"),
    ],
)
def test_wrong_wishes_are_told(cli, toy_study, options, says):
    told = cli("plan", toy_study, *options)
    assert (told.code, told.out) == (2, "")
    assert says in told.err and "Traceback" not in told.err


def test_a_template_with_problems_is_told_and_exits_1(cli, toy_study, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('[step.a]\nline = "monitorin"\ndepends = ["b"]\n', encoding="utf-8")
    told = cli("plan", toy_study, "--template", path, "--out", tmp_path / "out")
    assert (told.code, told.out) == (1, "")
    assert "own.toml:2:step.a.line" in told.err and "did you mean 'monitoring'?" in told.err
    assert not (tmp_path / "out").exists()
