"""Outputs appear whole or not at all; what the user has there stays."""

import errno
import json
import os
import signal
import stat
import subprocess
import sys

import pytest

from synergy import OutputRefused, output, pipeline
from synergy.output import refuse_foreign, whole_file, whole_folder

HELD = """
import sys, time
from synergy import pipeline
def hold(*_):
    print("in the middle", flush=True)
    time.sleep(60)
pipeline.write_graph = hold
from synergy.commands import main
main(sys.argv[1:])
"""
FOLDERS = ["out", "out with spaces", "Ausgäbe-山", "a/b/c", "-out", "out.html"]


def fill(folder, text="one"):
    (folder / "report.md").write_text(text, encoding="utf-8")
    (folder / "graph.parquet").mkdir()
    (folder / "graph.parquet" / "nodes").write_text(text, encoding="utf-8")
    manifest = {"synergy": "1", "outputs": output.hashes(folder)}
    (folder / output.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def write(target, text="one"):
    with whole_folder(target) as folder:
        fill(folder, text)


def left(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def out(tmp_path):
    """A result of an earlier run."""
    write(tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def held(toy_study, tmp_path):
    """A run that is in the middle of writing."""
    running = []

    def start(out):
        command = [sys.executable, "-c", HELD, "run", toy_study, "--out", out]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout.readline() == "in the middle\n", process.stderr.read()
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_a_killed_run_leaves_the_earlier_result_and_the_next_one_cleans_up(held, cli, toy_study, tmp_path, tree):
    out = tmp_path / "results" / "out"
    assert cli("run", toy_study, "--out", out, "--quiet").code == 0
    before = tree(out)
    process = held(out)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    assert tree(out) == before
    assert len(left(out.parent)) == 2, "the killed process could not remove its own staging folder"
    assert cli("run", toy_study, "--out", out, "--quiet").code == 0
    assert left(out.parent) == ["out"]
    after = tree(out)
    assert {name for name in before if before[name] != after.get(name)} == {"run.json"}


def test_ctrl_c_is_exit_130_and_changes_nothing(held, tmp_path, toy_study, tree):
    before = tree(tmp_path)
    process = held(tmp_path / "out")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "synergy: interrupted; nothing was written\n")
    assert tree(tmp_path) == before and left(tmp_path) == ["toy"]


@pytest.mark.parametrize("name", FOLDERS)
def test_any_name_will_do(tmp_path, name, tree):
    target = tmp_path / name
    write(target)
    write(target, "two")
    assert tree(target)["report.md"] == b"two"
    assert left(target.parent) == [target.name]


def test_a_failure_in_the_middle_changes_nothing(out, tree):
    before = tree(out)
    with pytest.raises(ZeroDivisionError), whole_folder(out) as folder:
        fill(folder, "two")
        _ = 1 / 0
    assert tree(out) == before and left(out.parent) == ["out"]


def test_a_full_disk_is_told_and_changes_nothing(out, cli, toy_study, monkeypatch, tree):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = tree(out)
    monkeypatch.setattr(pipeline, "write_graph", full)
    told = cli("run", toy_study, "--out", out)
    assert (told.code, told.out) == (2, "")
    assert told.err == f"synergy: cannot write {out}: No space left on device\n"
    assert tree(out) == before and left(out.parent) == ["out", "toy"]


def add(path, text="mine"):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


FOREIGN = {
    "a file of the user": (lambda out: add(out / "notes.txt"), "holds 'notes.txt'"),
    "a hidden file": (lambda out: add(out / ".git"), "holds '.git'"),
    "a file further down": (lambda out: add(out / "graph.parquet" / "mine"), "holds 'graph.parquet/mine'"),
    "an edited report": (lambda out: add(out / "report.md", "one!"), "report.md was changed"),
    "an empty folder": (lambda out: (out / "plans").mkdir(), "holds 'plans'"),
    "a link": (lambda out: (out / "link").symlink_to(out.parent), "holds 'link'"),
    "a manifest of another": (lambda out: add(out / "run.json", '{"outputs": {}}'), "holds"),
    "a broken manifest": (lambda out: add(out / "run.json", "{"), "holds"),
    "no manifest": (lambda out: (out / "run.json").unlink(), "holds"),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_what_is_not_ours_is_named_and_stays(out, tree, case):
    change, words = FOREIGN[case]
    change(out)
    before, names = tree(out), left(out)
    with pytest.raises(OutputRefused, match=words), whole_folder(out):
        pytest.fail("the work must not begin")
    assert tree(out) == before and left(out) == names


def test_a_run_json_alone_may_be_the_users(tmp_path):
    add(tmp_path / "out" / "run.json", '{"mine": 1}')
    with pytest.raises(OutputRefused, match=r"holds 'run\.json'"):
        write(tmp_path / "out")
    assert (tmp_path / "out" / "run.json").read_text(encoding="utf-8") == '{"mine": 1}'


def test_a_file_that_comes_during_the_work_stays(out, tree):
    with pytest.raises(OutputRefused, match="holds 'late'"), whole_folder(out) as folder:
        fill(folder, "two")
        add(out / "late")
    assert tree(out)["report.md"] == b"one" and tree(out)["late"] == b"mine"
    assert left(out.parent) == ["out"]


def test_a_result_from_which_something_was_taken_is_replaced(out, tree):
    (out / "report.md").unlink()
    write(out, "two")
    assert tree(out)["report.md"] == b"two"


def test_an_empty_folder_is_filled(tmp_path, tree):
    (tmp_path / "out").mkdir()
    write(tmp_path / "out")
    assert "report.md" in tree(tmp_path / "out") and left(tmp_path) == ["out"]


def test_a_file_is_no_folder(tmp_path):
    add(tmp_path / "out")
    with pytest.raises(OutputRefused, match="is a file, expected a folder"):
        write(tmp_path / "out")
    with pytest.raises(OutputRefused, match="cannot"):
        write(tmp_path / "out" / "below")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_link_to_a_folder_is_followed(out, tmp_path, tree):
    link = tmp_path / "elsewhere" / "link"
    link.parent.mkdir()
    link.symlink_to(out, target_is_directory=True)
    write(link, "two")
    assert link.is_symlink() and tree(out)["report.md"] == b"two"
    assert left(tmp_path) == ["elsewhere", "out"] and left(link.parent) == ["link"]


def test_a_link_to_what_is_not_there_yet_is_followed(tmp_path, tree):
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "later")
    write(link)
    assert link.is_symlink() and "report.md" in tree(tmp_path / "later")


def test_a_link_to_itself_is_refused(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(link)
    with pytest.raises(OutputRefused):
        write(link)
    assert link.is_symlink()


def test_the_folder_one_is_in_is_refused(out, monkeypatch, tree):
    before = tree(out)
    for inside in (out, out / "graph.parquet"):
        monkeypatch.chdir(inside)
        for name in (out, os.path.relpath(out)):
            with pytest.raises(OutputRefused, match="the folder you are in"):
                write(type(out)(name), "two")
    assert tree(out) == before


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    if os.access(closed, os.W_OK):  # who runs this may write everywhere

        def denied(path, *_, **__):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

        monkeypatch.setattr("pathlib.Path.mkdir", denied)
    with pytest.raises(OutputRefused, match=r"cannot write beside .*out: Permission denied"):
        write(closed / "out")
    with pytest.raises(OutputRefused, match=r"cannot write .*a\.csv: Permission denied"):
        whole_file(closed / "a.csv", "x")
    assert left(closed) == []


def test_a_name_that_is_too_long_is_told(tmp_path):
    with pytest.raises(OutputRefused, match="name too long"):
        refuse_foreign(tmp_path / ("x" * 300))
    with pytest.raises(OutputRefused, match="name too long"):
        whole_file(tmp_path / ("x" * 300), "x")


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_the_users_mask_holds(tmp_path):
    before = os.umask(0o027)
    try:
        write(tmp_path / "out")
        whole_file(tmp_path / "a.csv", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o750
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o640


class TestWithoutOneStepSwap:
    """Where the system cannot swap two folders at once, two steps do, and what comes between is taken back."""

    @pytest.fixture(autouse=True)
    def no_exchange(self, monkeypatch):
        monkeypatch.setattr(output, "_exchange", lambda *_: False)

    def test_it_works(self, out, tree):
        write(out, "two")
        assert tree(out)["report.md"] == b"two" and left(out.parent) == ["out"]

    def test_a_failure_between_the_steps_is_taken_back(self, out, tree, monkeypatch):
        before, rename, calls = tree(out), type(out).rename, []

        def failing(path, target):
            calls.append(path)
            if len(calls) == 2:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return rename(path, target)

        monkeypatch.setattr(type(out), "rename", failing)
        with pytest.raises(OutputRefused, match="Input/output error"):
            write(out, "two")
        assert tree(out) == before and left(out.parent) == ["out"]

    def test_a_kill_between_the_steps_is_put_right_by_the_next_run(self, out, tree):
        before = tree(out)
        out.rename(output._previous(out))
        with pytest.raises(ZeroDivisionError), whole_folder(out):
            _ = 1 / 0
        assert tree(out) == before and left(out.parent) == ["out"]

    def test_a_kill_after_them_too(self, out, tree):
        output._previous(out).mkdir()
        write(out, "two")
        assert tree(out)["report.md"] == b"two" and left(out.parent) == ["out"]


def test_staging_of_a_living_process_stays_and_of_a_gone_one_goes(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    living, dead = (tmp_path / f"{output.STAGING}{process}-x" for process in (os.getpid(), gone.pid))
    mine = tmp_path / f"{output.STAGING}notes-mine"
    for folder in (living, dead, mine):
        add(folder / "file")
    add(tmp_path / f"{output.STAGING}{gone.pid}-file")
    write(tmp_path / "out")
    assert left(tmp_path) == sorted([living.name, mine.name, "out"])


class TestFile:
    def test_it_is_written_with_line_feeds(self, tmp_path):
        whole_file(tmp_path / "new" / "a.csv", "ä\nb\n")
        assert (tmp_path / "new" / "a.csv").read_bytes() == "ä\nb\n".encode()
        assert left(tmp_path / "new") == ["a.csv"]

    def test_a_failure_leaves_nothing(self, tmp_path):
        with pytest.raises(UnicodeEncodeError):
            whole_file(tmp_path / "a.csv", "\ud800")
        assert left(tmp_path) == []

    def test_a_link_is_followed(self, tmp_path):
        add(tmp_path / "real.csv")
        (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
        whole_file(tmp_path / "link.csv", "new", overwrite=True)
        assert (tmp_path / "link.csv").is_symlink()
        assert (tmp_path / "real.csv").read_text(encoding="utf-8") == "new"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_a_pipe_or_device_is_never_replaced(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(OutputRefused, match="device or pipe"):
            whole_file(tmp_path / "pipe", "x", overwrite=True)
        assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
