"""``synergy backtest`` as a user and as another tool meet it."""

import json

import pandas as pd

INTERVALS = [f"{name}{end}" for name in ("auc", "average_precision", "precision_at_k") for end in ("", "_low", "_high")]


def test_json_holds_the_contract(cli, toy_study):
    told = json.loads(cli("backtest", toy_study, "--cut", "2015", "--json").out)
    assert (told["cut"], told["projects_known"], told["projects_later"]) == ("2015-12-31", 1, 1)
    levels = {level["level"]: level for level in told["levels"]}
    assert {"new region pairs", "repeated region pairs", "pair and theme", "new organisation pairs"} <= set(levels)
    for level in levels.values():
        for row in level["scorers"]:
            assert set(INTERVALS) <= set(row)
    assert len(told["sentences"]) == len(told["levels"])


def test_out_writes_four_files_whole_or_not_at_all(cli, toy_study, tmp_path):
    out = tmp_path / "out"
    assert cli("backtest", toy_study, "--cut", "2015", "--out", out, "--quiet") == (0, "", "")
    names = {path.name for path in out.iterdir()}
    assert names == {"backtest.html", "backtest.md", "backtest.json", "backtest.csv", "run.json"}
    assert len(pd.read_csv(out / "backtest.csv")) > 50
    (out / "mine.txt").write_text("mine")
    told = cli("backtest", toy_study, "--cut", "2015", "--out", out)
    assert told.code == 2 and "no earlier run wrote" in told.err
    assert (out / "mine.txt").read_text() == "mine"


def test_a_cut_that_cannot_be_made_is_told(cli, toy_study):
    for cut, says in (("soon", "expected a year such as 2015"), ("1999", "no project is known by"), ("2031", "begins")):
        told = cli("backtest", toy_study, "--cut", cut)
        assert (told.code, told.out) == (2, "")
        assert says in told.err and "Traceback" not in told.err


def test_every_output_of_scores_says_what_they_are_worth(cli, toy_study, tmp_path):
    from synergy.foresight import FORESIGHT

    for command in ("pairs", "topics"):
        assert FORESIGHT[:40] in " ".join(cli(command, toy_study).out.split())
    assert json.loads(cli("explain", toy_study, "T01", "--json").out)["foresight"] == FORESIGHT
    cli("run", toy_study, "--out", tmp_path / "out", "--quiet")
    for name in ("report.json", "run.json"):
        assert json.loads((tmp_path / "out" / name).read_text(encoding="utf-8"))["foresight"] == FORESIGHT
    for name in ("report.html", "report.md"):
        assert FORESIGHT[:40] in (tmp_path / "out" / name).read_text(encoding="utf-8")
