"""The doctor tells what is there, what is missing and what is in the way."""

import json
import tomllib

import pytest
from packaging.requirements import Requirement

from synergy.commands import doctor


def test_every_dependency_is_told(cli, root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = json.loads(cli("doctor", "--json").out)
    assert set(found["installed"]) == {Requirement(entry).name for entry in project["dependencies"]}
    assert (found["missing"], found["foreign"]) == ([], [])
    assert found["location"] == str(root / "synergy")


@pytest.mark.parametrize("kind", ["package", "module"])
def test_a_foreign_synergy_on_the_path_is_in_the_way(cli, tmp_path, monkeypatch, kind):
    if kind == "package":
        (tmp_path / "synergy").mkdir()
        (tmp_path / "synergy" / "__init__.py").touch()
    else:
        (tmp_path / "synergy.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    told = cli("doctor")
    assert told.code == 1
    assert "In the way" in told.out and str(tmp_path) in told.out
    assert "Everything is there" not in told.out
    assert cli("doctor", "--quiet").out == told.out


def test_a_folder_of_data_of_that_name_is_not(cli, tmp_path, monkeypatch):
    (tmp_path / "synergy").mkdir()
    (tmp_path / "synergy" / "notes.txt").touch()
    monkeypatch.syspath_prepend(tmp_path)
    assert cli("doctor").code == 0


def test_a_foreign_distribution_is_in_the_way(cli, monkeypatch):
    monkeypatch.setattr(doctor, "packages_distributions", lambda: {"synergy": ["synergy", "interregional-synergy"]})
    told = cli("doctor", "--json")
    assert told.code == 1
    assert json.loads(told.out)["foreign"] == ["synergy"]


def test_what_is_missing_is_told(cli, monkeypatch):
    monkeypatch.setattr(doctor, "requires", lambda _: ["numpy>=2", "no-such-library>=1; python_version>'3'"])
    told = cli("doctor")
    assert told.code == 1
    assert [line.split() for line in told.out.splitlines() if "MISSING" in line] == [["no-such-library", "MISSING"]]
