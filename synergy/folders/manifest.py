"""run.json: what a folder was made with, and the hash of all that is in it."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from synergy.folders.files import write_text
from synergy.foresight import FORESIGHT
from synergy.output import MANIFEST, hashes
from synergy.tables.study import Study

LIBRARIES = ("numpy", "scipy", "pandas", "igraph", "networkx", "pyvis", "duckdb", "pyarrow", "matplotlib", "Jinja2")


def write_manifest(study: Study, folder: Path, seconds: Mapping[str, float] | None = None) -> None:
    """Write run.json: versions, input hashes, seed, settings, seconds per stage and the hash of every output."""
    settings = asdict(study.settings) | {"weights": study.settings.weights.as_dict()}
    manifest = {
        "synergy": own_version(),
        "python": platform.python_version(),
        "libraries": {name: library_version(name) for name in LIBRARIES},
        "study": settings["name"],
        "seed": settings["seed"],
        "settings": settings,
        "foresight": FORESIGHT,
        "inputs": dict(study.hashes),
        "seconds": {stage: round(value, 3) for stage, value in (seconds or {}).items()},
        "outputs": hashes(folder),
    }
    write_text(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


def own_version() -> str:
    """Return the version of Synergy."""
    return library_version("interregional-synergy") or "not installed"


def library_version(name: str) -> str | None:
    """Return the version of an installed distribution, None when it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
