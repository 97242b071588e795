"""The wheel holds what git tracks below the two packages, under the right names, and nothing else."""

import shutil
import subprocess
import sys
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

PACKAGES = {"synergy/": "synergy/", "graphs/synergy_graphs/": "synergy_graphs/"}


@pytest.fixture(scope="module")
def wheel(root, tracked, tmp_path_factory) -> ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    for name in tracked:
        copy = folder / "source" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, copy)
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", folder / "source"],
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    (path,) = (folder / "dist").iterdir()
    return ZipFile(path)


@pytest.fixture(scope="module")
def shipped(wheel) -> set[str]:
    return {name for name in wheel.namelist() if ".dist-info/" not in name}


@pytest.fixture(scope="module")
def expected(tracked) -> dict[str, str]:
    return {
        inside + name.removeprefix(folder): name
        for folder, inside in PACKAGES.items()
        for name in tracked
        if name.startswith(folder)
    }


def test_every_tracked_file_is_in_it(shipped, expected):
    assert len(expected) > 80
    assert sorted(set(expected) - shipped) == []


def test_nothing_else_is_in_it(shipped, expected):
    assert sorted(shipped - set(expected)) == []


def test_files_are_as_tracked(wheel, root, expected):
    differing = [name for name, source in expected.items() if wheel.read(name) != (root / source).read_bytes()]
    assert differing == []


def test_it_takes_no_name_of_others(wheel):
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"synergy", "synergy_graphs"}


def test_it_says_what_it_is(wheel, root):
    (folder,) = {name.partition("/")[0] for name in wheel.namelist() if ".dist-info/" in name}
    metadata = Parser().parsestr(wheel.read(f"{folder}/METADATA").decode())
    assert metadata["Name"] == "interregional-synergy"
    assert metadata["License-Expression"] == "EUPL-1.2"
    assert metadata["Requires-Python"] == ">=3.11"
    assert wheel.read(f"{folder}/licenses/LICENSE") == (root / "LICENSE").read_bytes()
    assert "synergy = synergy.commands:main" in wheel.read(f"{folder}/entry_points.txt").decode()
    assert {"synergy/py.typed", "synergy_graphs/py.typed"} <= set(wheel.namelist())


def test_it_works_unpacked_away_from_the_checkout(wheel, tmp_path):
    wheel.extractall(tmp_path / "site")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
        "import synergy, synergy_graphs\n"
        "from synergy.report.render import _environment\n"
        "from synergy.tables.codelists import __file__ as lists\n"
        "assert _environment(True).get_template('report.html.j2')\n"
        "print(synergy.__file__, synergy_graphs.__file__, lists, sep='\\n')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(Path(line).is_relative_to(tmp_path / "site") for line in done.stdout.split())
