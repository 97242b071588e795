"""Built-in code lists: NACE Rev. 2 (Regulation (EC) No 1893/2006), 996 codes; the short names are ours."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["NACE_PARENT", "nace_codes"]


@cache
def _nace() -> tuple[tuple[str, str, str], ...]:
    text = files(__name__).joinpath("nace_rev2.csv").read_text(encoding="utf-8")
    return tuple((row["code"], row["parent"], row["name"]) for row in csv.DictReader(text.splitlines()))


@cache
def nace_codes() -> Mapping[str, str]:
    """Return the name of every NACE Rev. 2 code; groups and classes are valid codes with an empty name.

    >>> nace_codes()["28"], nace_codes()["28.9"], "28.99" in nace_codes(), "40" in nace_codes()
    ('Machinery', '', True, False)
    """
    return MappingProxyType({code: name for code, _, name in _nace()})


NACE_PARENT: Mapping[str, str] = MappingProxyType({code: parent for code, parent, _ in _nace()})
"""The code one step up, e.g. ``28.9`` -> ``28`` -> ``C``; empty for a section."""
