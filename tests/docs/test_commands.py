"""Every command block of the docs runs; apart from the other tests of the docs, as these are the longest of all."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "data").glob("*/README.md")])
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = [
    pytest.param(text, id=f"{page.relative_to(ROOT)}-{number}")
    for page in PAGES
    for number, text in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), start=1)
]


@pytest.mark.parametrize("text", BLOCKS)
def test_command_blocks_run(text: str, checkout: Path) -> None:
    bin_folder = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    for line in filter(None, map(str.strip, text.splitlines())):
        words = shlex.split(line)
        if words[0] == "make":
            # `make test` would run this very test: that the target is there and can be planned is what is checked.
            words = ["make", "-n", "-C", str(ROOT), *words[1:]]
        done = subprocess.run(words, cwd=checkout, env=environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
