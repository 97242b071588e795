from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that looks like the checkout to the commands, where they may write."""
    for name in ("data", "examples", "Makefile"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path
