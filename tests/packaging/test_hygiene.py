"""What git tracks is ours, small and free of addresses of downloads; the pinned versions fit what is asked for."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

MOST_BYTES = 2 * 1024 * 1024
# Put together here, so that this file does not hold them.
ADDRESSES = [
    "pythonhosted" + r"\.org",
    r"://[^\s\"']*/sim" + r"ple\b",
    r"://[^\s\"']*\.wh" + r"l\b",
    r"://[^\s\"']*\.tar\." + r"gz\b",
    "(?:extra-)?index" + "-url",
    "registry" + r"\.npmjs",
]


def test_no_file_is_large(root, tracked):
    assert [name for name in tracked if (root / name).stat().st_size > MOST_BYTES] == []


def test_nothing_generated_is_tracked(tracked):
    generated = re.compile(r"(^|/)(__pycache__|\.venv|out|build|dist|\.mypy_cache|\.pytest_cache)/|\.py[co]$|egg-info")
    assert [name for name in tracked if generated.search(name)] == []


def test_no_file_names_an_address_of_downloads(root, tracked):
    pattern = re.compile("|".join(ADDRESSES).encode())
    assert [name for name in tracked if pattern.search((root / name).read_bytes())] == []


def test_the_pattern_finds_such_addresses():
    pattern = re.compile("|".join(ADDRESSES))
    found = ["https://example.org/sim" + "ple/", "https://a.b/c-1.wh" + "l", "--index" + "-url x"]
    assert all(pattern.search(text) for text in found)
    assert not pattern.search("https://example.org/a-simple-page")


@pytest.fixture(scope="module")
def pins(root) -> dict[str, Version]:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line) for line in lines if line and not line.startswith("#")]
    for each in pinned:
        assert [clause.operator for clause in each.specifier] == ["=="], each
    versions = {canonicalize_name(each.name): Version(next(iter(each.specifier)).version) for each in pinned}
    assert len(versions) == len(pinned)
    return versions


def asked(root) -> list[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"].get("optional-dependencies", {}).values()
    groups = project.get("dependency-groups", {}).values()
    lists = [project["project"]["dependencies"], project["build-system"]["requires"], *extras, *groups]
    return sorted({entry for entries in lists for entry in entries})


def test_every_dependency_is_pinned_within_its_bound(root, pins):
    requirements = [Requirement(entry) for entry in asked(root)]
    assert len(requirements) > 15
    wrong = [
        str(each)
        for each in requirements
        if canonicalize_name(each.name) not in pins or pins[canonicalize_name(each.name)] not in each.specifier
    ]
    assert wrong == []


def test_bounds_are_lower_bounds_only(root):
    operators = {clause.operator for entry in asked(root) for clause in Requirement(entry).specifier}
    assert operators == {">="}
