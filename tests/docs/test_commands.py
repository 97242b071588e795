"""Every command block of the docs runs; apart from the other tests of the docs, as these are the longest of all."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from synergy.commands import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "data").glob("*/README.md")])
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = [
    pytest.param(text, id=f"{page.relative_to(ROOT)}-{number}")
    for page in PAGES
    for number, text in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), start=1)
]
SHARED = "synergy run data/alpine --out out"


@pytest.mark.parametrize("text", BLOCKS)
def test_command_blocks_run(text: str, checkout: Path, alpine_run: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(checkout)
    monkeypatch.setenv("COLUMNS", "100")
    for line in filter(None, map(str.strip, text.splitlines())):
        program, *arguments = shlex.split(line)
        if line == SHARED:
            # This very line has been run for all tests that read what it writes.
            shutil.copytree(alpine_run, "out")
        elif program == "synergy":
            with pytest.raises(SystemExit) as stop:
                main(arguments)
            told = capsys.readouterr()
            assert stop.value.code == 0, f"{line}\n{told.out}\n{told.err}"
        else:
            # `make test` would run this very test: that the target is there and can be planned is what is checked.
            assert program == "make", line
            done = subprocess.run(["make", "-n", "-C", ROOT, *arguments], capture_output=True, text=True)
            assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
