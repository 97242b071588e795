import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def tracked(root: Path) -> list[str]:
    """The files that git tracks and that are there, by their path from the root."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout: there is nothing to compare with")
    return sorted(name for name in listed.stdout.split("\0") if name and (root / name).is_file())
