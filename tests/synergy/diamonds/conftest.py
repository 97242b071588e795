"""Standings without tables: the numbers of a corner as a test wants them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from synergy.diamonds.corners import CORNERS, Standing
from synergy.diamonds.field import Field
from synergy.diamonds.sign import Sign


def standing_of(*regions: list[float]) -> Standing:
    signs = []
    for corner, amount in zip(CORNERS, np.array(regions, dtype=float).T, strict=True):
        known = ~np.isnan(amount)
        own, none = np.where(known, amount, 0.0), np.full(len(amount), np.nan)
        signs.append(Sign(corner, "counted", "things", own, np.zeros((len(own), 0)), none, 2.0, known))
    return Standing(Field("f", "Field", (), (), frozenset()), tuple(signs), len(regions))


@pytest.fixture(scope="session")
def standing() -> Callable[..., Standing]:
    """One sign per corner, the line at an amount of 2, no two regions sharing what is counted; NaN is unknown."""
    return standing_of
