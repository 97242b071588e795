"""``synergy scheme`` in a process: what it prints, writes and refuses."""

import json

import pandas as pd
import pytest


@pytest.fixture
def funded_study(tmp_path, toy_tables, study_writer):
    """The toy study with two programmes, one of which has no window yet, and two proposals."""
    tables = {
        **toy_tables,
        "programmes": [
            {"programme_id": "at", "region_id": "AT11", "name": "East", "any_theme": "yes", "budget": 100,
             "source": "Illustrative"},
            {"programme_id": "de", "region_id": "DE11", "name": "<b>West</b>", "any_theme": "yes", "budget": 100},
        ],
        "call_windows": [{"programme_id": "at", "kind": "call", "opens": "2026-12-20", "closes": "2027-01-31"}],
        "funding_rates": [{"programme_id": each, "kind": "firm", "rate": 0.5} for each in ("at", "de")],
        "proposals": [
            {"proposal_id": p, "score": score, "region_id": region, "partner": f"{p} {region}", "kind": "firm",
             "cost": cost}
            for p, score, region, cost in (("=p1", 2, "AT11", 150), ("=p1", 2, "DE11", 10), ("p2", 1, "AT11", 100))
        ],
    }  # fmt: skip
    return study_writer(tmp_path / "funded", tables)


def test_one_command_writes_scheme_and_call(cli, funded_study, tmp_path) -> None:
    out = tmp_path / "out"
    told = cli(
        "scheme", funded_study, "--topic", "ecosystem:health", "--region", "AT11", "--region", "DE11", "--out", out
    )
    assert told.code == 0, told.err
    assert "Illustrative: programmes or proposals are made up" in told.out and "funded" in told.out
    assert "chance" in told.out and "Over 50 draws" in told.out and "Assumption: Chances take" in told.out
    names = {path.name for path in out.iterdir()}
    assert names == {f"{name}.{kind}" for name in ("scheme", "call") for kind in ("html", "md", "json")} | {
        "scheme.csv", "run.json",
    }  # fmt: skip
    page = (out / "scheme.html").read_text(encoding="utf-8")
    assert "<b>West</b>" not in page and "&lt;b&gt;West" in page
    frame = pd.read_csv(out / "scheme.csv")
    assert frame["proposal_id"].tolist() == ["'=p1", "p2"] and frame["funded"].tolist() == [True, False]
    call = json.loads((out / "call.json").read_text(encoding="utf-8"))
    assert call["illustrative"] and call["budget"]["total_eur"] == 200
    again = cli("scheme", funded_study, "--topic", "ecosystem:health", "--region", "AT11", "--region", "DE11", "--json")
    assert json.loads(again.out) == json.loads((out / "scheme.json").read_text(encoding="utf-8"))["scheme"]


def test_without_draws_no_chance_is_told(cli, funded_study) -> None:
    told = cli("scheme", funded_study, "--topic", "ecosystem:health", "--region", "AT11", "--draws", "0")
    assert told.code == 0 and "p2" in told.out and "hance" not in told.out and "draws" not in told.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--topic", "T9"), "no topic or code 'T9'"),
        (("--topic", "ecosystem:health", "--region", "AT1l"), "Did you mean 'AT1"),
        (("--topic", "ecosystem:health", "--pot", "reel"), "Did you mean 'real'"),
        (("--topic", "ecosystem:health", "--shift-weeks", "-1"), "the shift is -1"),
        (("--topic", "ecosystem:health", "--overlap-days", "0"), "the overlap is 0"),
    ],
)
def test_wrong_use_is_told_with_what_is_right(cli, funded_study, arguments, said) -> None:
    told = cli("scheme", funded_study, *arguments)
    assert (told.code, told.out) == (2, "") and said in told.err


def test_problems_of_the_tables_are_told_with_their_place(cli, funded_study) -> None:
    path = funded_study / "call_windows.csv"
    path.write_text("programme_id,kind,opens,closes,time_zone\nat,call,2027-02-01,2027-01-31,Europe/Wien\n", "utf-8")
    told = cli("scheme", funded_study, "--topic", "ecosystem:health")
    assert told.code == 1
    assert "S547 call_windows.csv:2:time_zone" in told.err


def test_a_study_without_programmes_says_so(cli, toy_study) -> None:
    told = cli("scheme", toy_study, "--topic", "ecosystem:health")
    assert told.code == 0 and "Without a programme: AT11" in told.out
    assert "the study holds no programme of these regions; programmes.csv takes them" in told.out
    assert "Rules" not in told.out
