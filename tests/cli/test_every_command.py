"""What holds for each command: JSON alone, silence, exit codes, help."""

import json

import pytest

from synergy.commands.app import app

ARGUMENTS = {
    "run": ("STUDY", "--out", "OUT"),
    "check": ("STUDY",),
    "graph": ("STUDY",),
    "pairs": ("STUDY",),
    "topics": ("STUDY",),
    "diamonds": ("STUDY",),
    "activities": ("STUDY",),
    "map": ("STUDY", "--out", "map.html"),
    "report": ("STUDY", "--out", "report.html"),
    "explain": ("STUDY", "T01"),
    "backtest": ("STUDY", "--cut", "2015"),
    "plan": ("STUDY",),
    "scheme": ("STUDY",),
    "consortia": ("STUDY", "--topic", "T02", "--rules", "eureka-network"),
    "import": ("EXPORT",),
    "stresstest": ("ASKED",),
    "policy": ("ASKED",),
    "practices": ("ASKED",),
    "rule": ("S101",),
    "doctor": (),
}


def says_run(said):
    assert [topic["topic_id"] for topic in said["topics"]] == ["T01", "T02"]


def says_pairs(said):
    assert len(said) == 15
    aosta = next(pair for pair in said if {pair["region_a"], pair["region_b"]} == {"DE12", "ITC2"})
    assert aosta["similarity"] is None and aosta["joint_projects"] == 1


def says_topics(said):
    assert [topic["n_regions"] for topic in said] == [3, 6]


def says_check(said):
    assert said == []


def says_rule(said):
    assert said["code"] == "S101"


def says_graph(said):
    assert sum(layer["ties"] for layer in said["layers"]) == said["ties"]


SAYS = {
    "run": says_run, "pairs": says_pairs, "topics": says_topics, "check": says_check, "rule": says_rule,
    "graph": says_graph,
}  # fmt: skip


@pytest.fixture
def call(cli, toy_study, asked_study, root, tmp_path, monkeypatch):
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)

    def run(command, *more):
        places = {"STUDY": toy_study, "ASKED": asked_study, "EXPORT": root / "examples" / "limesurvey.csv"}
        return cli(command, *(places.get(part, part) for part in ARGUMENTS[command]), *more)

    return run


def test_each_is_listed_here():
    assert {command.name or command.callback.__name__ for command in app.registered_commands} == set(ARGUMENTS)


@pytest.mark.parametrize("command", ARGUMENTS)
def test_json_is_alone_on_stdout(call, command):
    told = call(command, "--json")
    assert (told.code, told.err) == (0, "")
    assert told.out.endswith("\n")
    said = json.loads(told.out, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    SAYS.get(command, lambda _: None)(said)


@pytest.mark.parametrize("command", ARGUMENTS)
def test_quiet_prints_nothing(call, command):
    assert call(command, "--quiet") == (0, "", "")


@pytest.mark.parametrize("command", ARGUMENTS)
def test_people_get_words_on_stdout_alone(call, command):
    told = call(command)
    assert (told.code, told.err) == (0, "")
    assert len(told.out) > 10
    assert "nan" not in told.out.lower().split()


@pytest.mark.parametrize("command", ARGUMENTS)
def test_help_says_what_it_does(cli, command):
    told = cli(command, "--help")
    assert told.code == 0
    assert f"synergy {command}" in told.out
    assert "--json" in told.out and "--quiet" in told.out


@pytest.mark.parametrize("command", ARGUMENTS)
def test_a_wrong_option_is_wrong_usage(call, command):
    told = call(command, "--jsno")
    assert (told.code, told.out) == (2, "")
    assert "No such option" in told.err and "--json" in told.err


def test_files_are_written_where_asked(call, tmp_path):
    work = tmp_path / "work"
    call("report"), call("topics", "--out", "new/topics.csv", "--quiet")
    call("graph", "--out", "graph", "--quiet")
    found = {path.relative_to(work).as_posix() for path in work.rglob("*") if path.is_file()}
    files = {"report.html", "new/topics.csv"}
    assert files < found
    assert {name.partition("/")[0] for name in found - files} == {"graph"}
    assert "graph/run.json" in found and "graph/graph.graphml" in found
    assert call("graph", "--out", "graph", "--quiet").code == 0


@pytest.mark.parametrize("command", ["pairs", "map"])
def test_a_file_of_the_user_stays(call, tmp_path, command):
    mine = tmp_path / "work" / "mine.md"
    mine.write_text("my notes", encoding="utf-8")
    told = call(command, "--out", mine)
    assert (told.code, told.out) == (2, "")
    assert "mine.md exists" in told.err
    assert mine.read_text(encoding="utf-8") == "my notes"
    assert call(command, "--out", mine, "--overwrite", "--quiet").code == 0
    assert mine.read_text(encoding="utf-8") != "my notes"


def test_version_and_bare_call(cli):
    assert cli("--version").out.startswith("synergy ")
    told = cli()
    assert told.code == 2
    assert "Usage: synergy" in told.out + told.err
