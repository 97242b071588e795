"""Tables in RESULTS.md: one block per benchmark, replaced when it is run again."""

from __future__ import annotations

import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RESULTS = Path(__file__).parents[1] / "RESULTS.md"
PACKAGES = ("numpy", "scipy", "igraph", "leidenalg", "infomap", "networkx")


def lines(head, rows):
    """Return a Markdown table as lines; rows that are None (a peer that is not installed) are left out."""
    shown = [[str(cell) for cell in row] for row in rows if row]
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *shown)]


def write(title, purpose, command, table):
    """Put the block into RESULTS.md, in place of an earlier one of the same title."""
    block = [f"## {title}", "", purpose, "", f"`{command}` on {_where()}", "", *table, ""]
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Benchmarks\n"
    rest = re.sub(rf"## {re.escape(title)}\n.*?(?=\n## |\Z)", "", old, flags=re.DOTALL)
    RESULTS.write_text(rest.rstrip("\n") + "\n\n" + "\n".join(block), encoding="utf-8")


def _where():
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return f"Python {platform.python_version()}, {', '.join(found)}; 2 shared cores."
