"""A questionnaire small enough to score by hand, and surveys drawn at random for it."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from synergy.survey import Instrument, load_instrument

COLUMNS = ["respondent_id", "region_id", "stakeholder", "item", "answer"]
SMALL = """
title = "Small"
language = "en"
[stakeholder]
cluster = "Cluster managers"
policy = "Policy makers"
agency = "Agencies"
[direction]
down = "Down"
up = "Up"
[area]
design = "Design"
support = "Support"
"""
Draw = Callable[..., pd.DataFrame]


def small_toml(*ways: str) -> str:
    cells = [(area, way) for area in ("design", "support") for way in ways]
    head = SMALL if "up" in ways else SMALL.replace('up = "Up"\n', "")
    return head + "".join(
        f"[item.{area[0].upper()}{way[0].upper()}{n}]\n"
        f'area = "{area}"\ndirection = "{way}"\ntext = "{area} {way} {n}"\n'
        for area, way in cells
        for n in (1, 2)
    )


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Instrument:
    path: Path = tmp_path_factory.mktemp("instrument") / "small.toml"
    path.write_text(small_toml("down", "up"), encoding="utf-8")
    return load_instrument(path)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Instrument:
    path: Path = tmp_path_factory.mktemp("instrument") / "tiny.toml"
    path.write_text(small_toml("down"), encoding="utf-8")
    return load_instrument(path)


@pytest.fixture(scope="session")
def attack() -> ModuleType:
    """The reader of ``attack.py``."""
    spec = spec_from_file_location("attack", Path(__file__).with_name("attack.py"))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def draw() -> Draw:
    return drawn


def drawn(
    instrument: Instrument,
    people: int,
    regions: int,
    seed: int,
    silent: float = 0.15,
    mean: float = 3.2,
    sd: float = 0.9,
) -> pd.DataFrame:
    """People of uneven regions and types; ``silent`` is the share of answers without information."""
    rng = np.random.default_rng(seed)
    kinds, codes = list(instrument.stakeholders), list(instrument.items)
    at = rng.choice(regions, people, p=rng.dirichlet(np.full(regions, 3.0)))
    kind = rng.choice(len(kinds), people, p=rng.dirichlet(np.full(len(kinds), 3.0)))
    values = np.rint(rng.normal(mean, sd, people)[:, None] + rng.normal(0, 0.7, (people, len(codes)))).clip(1, 5)
    values[rng.random(values.shape) < silent] = 0
    who, item = np.divmod(np.arange(values.size), len(codes))
    return pd.DataFrame(
        {
            "respondent_id": [f"p{n:05}" for n in who],
            "region_id": [f"R{n}" for n in at[who]],
            "stakeholder": [kinds[n] for n in kind[who]],
            "item": [codes[n] for n in item],
            "answer": values.ravel().astype(int),
        }
    )


@pytest.fixture(scope="session")
def answered() -> Callable[[dict[str, tuple[str, str, dict[str, int]]]], pd.DataFrame]:
    """A survey from respondent -> (region, stakeholder, {item: answer})."""

    def made(people: dict[str, tuple[str, str, dict[str, int]]]) -> pd.DataFrame:
        rows = [(who, *of, item, value) for who, (*of, given) in people.items() for item, value in given.items()]
        return pd.DataFrame(rows, columns=COLUMNS)

    return made
