"""What goes wrong is told in words, with the right exit code, and never as a traceback."""

import json
import os
import subprocess
import sys

import pytest

from synergy import pipeline

MISUSE = {
    "unknown command": (("raport", "STUDY"), "Did you mean 'report'"),
    "no study given": (("run",), "Missing argument 'STUDY'"),
    "missing study": (("run", "STUDY/../tyo"), "Did you mean"),
    "missing study, check": (("check", "nowhere"), "there is no study 'nowhere'"),
    "unknown region": (("explain", "STUDY", "AT11-DE13"), "there is no region 'DE13'. Did you mean 'DE12'?"),
    "unknown topic": (("explain", "STUDY", "T99"), "T99"),
    "unknown member": (("explain", "STUDY", "T01:AT12"), "AT12"),
    "not a subject": (("explain", "STUDY", "%%%"), "%%%"),
    "empty subject": (("explain", "STUDY", ""), ""),
    "unknown diamond": (("explain", "STUDY", "D99"), "there is no diamond 'D99'"),
    "two fields": (("diamonds", "STUDY", "--topic", "T01", "--field", "nace:21"), "expected one of them"),
    "regions without a field": (("diamonds", "STUDY", "--regions", "AT11;DE11"), "give --topic or --field too"),
    "unknown field": (("diamonds", "STUDY", "--field", "ecosystem:helth"), "Did you mean 'ecosystem:health'"),
    "one region": (("diamonds", "STUDY", "--topic", "T01", "--regions", "AT11"), "expected 2 to 4, each once"),
    "region of a diamond": (("diamonds", "STUDY", "--topic", "T01", "--regions", "AT11;DE13"), "Did you mean 'DE1"),
    "report of another kind": (("report", "STUDY", "--out", "a.pdf"), "expected .html, .md or .json"),
    "report without a kind": (("report", "STUDY", "--out", "report"), "expected .html, .md or .json"),
    "unknown rule": (("rule", "S999"), "there is no rule 'S999'"),
    "rows below one": (("pairs", "STUDY", "--top", "0"), "'--top'"),
    "a word for a number": (("pairs", "STUDY", "--top", "ten"), "'--top'"),
    "out is a file": (("run", "STUDY", "--out", "STUDY/study.toml"), "is a file, expected a folder"),
    "out is the study": (("run", "STUDY", "--out", "STUDY"), "which no earlier run wrote"),
    "out is here": (("run", "STUDY", "--out", "."), "the folder you are in"),
    "out is nothing": (("run", "STUDY", "--out", ""), "the folder you are in"),
    "out is above": (("run", "STUDY", "--out", ".."), "the folder you are in"),
    "table's place is a folder": (("pairs", "STUDY", "--out", "STUDY"), "is a folder, expected a file name"),
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.mark.parametrize("case", MISUSE)
def test_wrong_usage_is_one_message_and_exit_2(cli, toy_study, here, tree, case):
    arguments, words = MISUSE[case]
    before = tree(toy_study)
    told = cli(*(argument.replace("STUDY", str(toy_study)) for argument in arguments))
    assert (told.code, told.out) == (2, "")
    assert words in told.err
    assert "Traceback" not in told.err
    assert len([line for line in told.err.splitlines() if line and not line.startswith(("Usage", "Try"))]) == 1
    assert tree(toy_study) == before and list(here.iterdir()) == []


@pytest.fixture
def malformed(toy_study):
    regions = (toy_study / "regions.csv").read_text(encoding="utf-8")
    (toy_study / "regions.csv").write_text(regions.replace(",48.0,", ",480,"), encoding="utf-8")
    priorities = (toy_study / "priorities.csv").read_text(encoding="utf-8")
    (toy_study / "priorities.csv").write_text(priorities.replace("h-AT12,AT12", "h-AT12,AT21"), encoding="utf-8")
    return toy_study


@pytest.mark.parametrize("command", ["run", "graph", "pairs", "topics", "diamonds", "map", "report", "check"])
def test_every_problem_of_the_data_is_told_and_nothing_is_left(cli, malformed, here, command):
    out = () if command == "check" else ("--out", "out.html")
    told = cli(command, malformed, *out)
    assert told.code == 1
    words = told.out + told.err
    assert "regions.csv:6:lat" in words and "priorities.csv:3:region_id" in words
    assert "480" in words and "AT21" in words
    assert "Traceback" not in words
    assert list(here.iterdir()) == []


def test_a_problem_has_all_its_places_in_json(cli, malformed):
    told = cli("check", malformed, "--json")
    assert (told.code, told.err) == (1, "")
    problems = json.loads(told.out)
    assert {tuple(problem) for problem in problems} == {
        ("code", "file", "row", "column", "found", "expected", "hint"),
    }
    assert {(p["file"], p["row"], p["column"]) for p in problems} == {
        ("regions.csv", 6, "lat"),
        ("priorities.csv", 3, "region_id"),
    }


def test_problems_are_told_even_when_quiet(cli, malformed):
    told = cli("check", malformed, "--quiet")
    assert told.code == 1 and "regions.csv:6:lat" in told.out


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (RuntimeError("a wheel came off"), 70, "this is a fault of Synergy, not of your data"),
        (MemoryError(), 1, "not enough memory"),
        (KeyboardInterrupt(), 130, "interrupted; nothing was written"),
        (PermissionError(13, "Permission denied", "codes.csv"), 1, "cannot read or write codes.csv: Permission denied"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)
def test_a_fault_is_told_in_words(cli, toy_study, here, monkeypatch, error, code, words):
    def fail(*_):
        raise error

    monkeypatch.delenv("SYNERGY_TRACEBACK", raising=False)
    monkeypatch.setattr(pipeline, "build", fail)
    told = cli("run", toy_study)
    assert (told.code, told.out) == (code, "")
    assert words in told.err
    assert "Traceback" not in told.err
    assert list(here.iterdir()) == []


def test_the_traceback_of_a_fault_is_there_when_asked_for(toy_study, monkeypatch):
    from synergy.commands import main

    def fail(*_):
        raise RuntimeError("a wheel came off")

    monkeypatch.setenv("SYNERGY_TRACEBACK", "1")
    monkeypatch.setattr(pipeline, "load", fail)
    with pytest.raises(RuntimeError, match="a wheel came off"):
        main(["run", str(toy_study)])


@pytest.mark.skipif(os.name != "posix", reason="pipes of a shell")
def test_a_reader_that_goes_away_is_no_failure(synergy_command):
    for command in (["rule"], ["rule", "--json"]):
        process = subprocess.Popen([*synergy_command, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        errors = process.stderr.read().decode()
        process.stderr.close()
        assert (process.wait(timeout=60), errors) == (0, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")  # noqa: PTH110
@pytest.mark.parametrize("command", [["rule"], ["rule", "--json"]])
def test_a_full_disk_is_told(synergy_command, command):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run([*synergy_command, *command], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr == "synergy: cannot read or write: No space left on device\n"


def test_names_that_a_terminal_cannot_show_are_escaped(synergy, toy_study):
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = synergy("explain", toy_study, "AT12-DE11", env=ascii_only)
    assert (done.returncode, done.stderr) == (0, "")
    assert "DE11" in done.stdout

    done = synergy("explain", toy_study, "AT12-DE11", "--json", env=ascii_only)
    assert done.stdout.isascii() and "Niederösterreich" in json.dumps(json.loads(done.stdout), ensure_ascii=False)


def test_the_interpreter_runs_the_launcher_of_a_checkout(root):
    done = subprocess.run([sys.executable, root / "cli.py", "rule", "S101"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("S101")
