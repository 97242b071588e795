"""The Europe-wide study for the backtest, compiled from the public exports; it is never committed."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from synergy.tables.sources.keep import read_keep
from synergy.tables.sources.nuts import read_nuts

ROOT = Path(__file__).parents[2]
SETTINGS = """\
name = "europe"
title = "European NUTS 2 regions with Interreg partners"
seed = 2016
level = 2
inherit_from_level = 0
"""


def compile_europe(sources: Path, out: Path) -> int:
    """Write the study of all NUTS 2 regions (2024) that stand in the keep.eu export; return how many."""
    compiler = _compiler()
    nuts = read_nuts(sources / compiler.EXPORTS["nuts"])
    every = tuple(nuts.loc[nuts["level"] == 2, "nuts"])
    regions = tuple(sorted(set(read_keep(sources / compiler.EXPORTS["keep"], every)["region"])))
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in compiler.compile_study(compiler.Area("europe", regions), sources).items():
        compiler.write_table(out / f"{name}.csv", name, rows)
    (out / "study.toml").write_text(SETTINGS, encoding="utf-8")
    return len(regions)


def _compiler():  # type: ignore[no-untyped-def]
    """Load ``data/compile_studies.py``, which is a script and not a module of a package."""
    import sys

    spec = importlib.util.spec_from_file_location("compile_studies", ROOT / "data" / "compile_studies.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
