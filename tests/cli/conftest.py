from collections.abc import Callable
from typing import NamedTuple

import pytest

from synergy.commands import main


class Told(NamedTuple):
    code: int
    out: str
    err: str


Cli = Callable[..., Told]


@pytest.fixture
def cli(capsys) -> Cli:
    """Run the command in this process: exit code, stdout, stderr."""

    def run(*arguments: object) -> Told:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Told(stop.value.code, captured.out, captured.err)

    return run


def tree(folder) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(name="tree")
def _tree():
    return tree
