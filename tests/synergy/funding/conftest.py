"""Programmes small enough to follow by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import synergy
from synergy import Study

REGIONS = [
    ("AT", "Austria", "AT", None, 0),
    ("AT31", "Upper Austria", "AT", "AT", 2),
    ("CZ", "Czechia", "CZ", None, 0),
    ("CZ01", "Prague", "CZ", "CZ", 2),
    ("DE", "Germany", "DE", None, 0),
    ("DE2", "Bavaria", "DE", "DE", 1),
    ("DE21", "Oberbayern", "DE", "DE2", 2),
    ("DE22", "Niederbayern", "DE", "DE2", 2),
    ("CH", "Switzerland", "CH", None, 0),
    ("CH02", "Espace Mittelland", "CH", "CH", 2),
    ("CH022", "Fribourg", "CH", "CH02", 3),
]
CODES = [("f:wood", None), ("f:wood.saw", "f:wood"), ("f:wood.house", "f:wood"), ("f:health", None)]
FUNDED = {"a": "AT31", "b": "DE2", "c": "CH022"}


def call(programme: str, opens: str | None, closes: str | None, **more: Any) -> dict[str, Any]:
    return {"programme_id": programme, "kind": "call", "opens": opens, "closes": closes, **more}


@pytest.fixture(scope="session")
def bare_study(funding_study: Callable[..., Study]) -> Study:
    """A study without programmes."""
    return funding_study({})


@pytest.fixture(scope="session")
def funding_study() -> Callable[..., Study]:
    """Make a study: ``funding_study({"a": {...}}, [window, ...], rates=..., needs=..., proposals=...)``.

    Programmes a, b, c are of AT31, DE2 (NUTS 1) and CH022 (NUTS 3), analysed are NUTS 2 regions; each is open to every
    theme unless it says otherwise.
    """

    def make(
        programmes: dict[str, dict[str, Any]],
        windows: list[dict[str, Any]] = (),
        **more: list[dict[str, Any]],
    ) -> Study:
        frames = {
            "regions": pd.DataFrame(REGIONS, columns=["region_id", "name", "country", "parent_id", "level"]),
            "priorities": pd.DataFrame([{"priority_id": "p", "region_id": "AT31", "title": "Wood", "codes": "f:wood"}]),
            "codes": pd.DataFrame([{"code": code, "name": code, "broader": up} for code, up in CODES]),
            "programmes": pd.DataFrame(
                [
                    {
                        "programme_id": key,
                        "region_id": FUNDED[key],
                        "name": f"Programme {key}",
                        "any_theme": "yes",
                        **said,
                    }
                    for key, said in programmes.items()
                ]
            ),
            "call_windows": pd.DataFrame(list(windows)),
            **{table: pd.DataFrame(rows) for table, rows in more.items()},
        }
        return synergy.load({name: frame for name, frame in frames.items() if len(frame)})

    return make
