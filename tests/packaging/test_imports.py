"""Importing Synergy and asking for help cost nothing."""

import subprocess
import sys

import pytest

HEAVY = {
    "numpy", "pandas", "scipy", "networkx", "igraph", "pyvis", "duckdb", "pyarrow", "matplotlib", "jinja2", "openpyxl",
}  # fmt: skip
HELP = "from synergy.commands import main\ntry:\n    main({})\nexcept SystemExit as stop:\n    assert not stop.code"


@pytest.mark.parametrize(
    "code",
    ["import synergy", "import synergy; dir(synergy)", HELP.format(["--help"]), HELP.format(["run", "--help"])],
    ids=["import", "dir", "help", "help of a command"],
)
def test_nothing_heavy_is_loaded(code):
    asked = f"{code}\nimport sys\nprint('\\n' + ' '.join(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "synergy" in loaded
    assert loaded & HEAVY == set()
