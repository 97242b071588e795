"""What is installed, what is missing, and whether a foreign ``synergy`` is in the way."""

from __future__ import annotations

import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, requires, version
from pathlib import Path
from typing import Any

DISTRIBUTION = "interregional-synergy"


def examine() -> dict[str, Any]:
    """Return versions of Synergy, Python and every dependency (None: missing), and foreign distributions."""
    import synergy

    needed = _dependencies()
    providers = sorted(set(packages_distributions().get("synergy", [])) - {DISTRIBUTION})
    home = Path(synergy.__file__ or "").resolve().parent
    shadows = dict.fromkeys(str(Path(entry or ".", "synergy")) for entry in sys.path if _shadows(entry, home))
    foreign = providers + [f"the folder or file {path}" for path in shadows]
    return {
        "synergy": _version(DISTRIBUTION),
        "location": str(home),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "installed": {name: found for name in needed if (found := _version(name))},
        "missing": [name for name in needed if not _version(name)],
        "foreign": foreign,
    }


def _dependencies() -> list[str]:
    try:
        listed = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return []
    plain = [entry for entry in listed if "extra ==" not in entry]
    return sorted(re.split(r"[\s<>=!~;\[(]", entry, maxsplit=1)[0] for entry in plain)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _shadows(entry: str, home: Path) -> bool:
    """Whether a folder on the path holds another package or module of this name."""
    other = Path(entry or ".", "synergy").resolve()
    return other != home and ((other / "__init__.py").is_file() or other.with_suffix(".py").is_file())
