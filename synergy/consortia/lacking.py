"""What a consortium lacks: capacities that nobody, or nobody well, holds, and who would bring most of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from synergy.consortia.pool import Pool
from synergy.consortia.result import Consortia

WEAK = 0.5
TOP = 3


@dataclass(frozen=True)
class Helper:
    """Somebody outside the consortium, how well it holds a capacity, and what that would add to the value."""

    candidate: str
    quality: float
    gain: float
    in_pool: bool


@dataclass(frozen=True)
class Lack:
    """A capacity that no member holds (``quality`` 0) or none well, and who would bring most, best first."""

    capacity: str
    name: str
    weight: float
    quality: float
    best: str | None
    helpers: tuple[Helper, ...]


@dataclass(frozen=True, eq=False)
class Lacks:
    """The lacks of a consortium, the heaviest first, and what each helper would bring to all of them together."""

    lacks: tuple[Lack, ...]
    together: Mapping[str, float]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per lack and helper (one without a helper where there is none)."""
        columns = ["capacity", "name", "weight", "quality", "best", "helper", "helper_quality", "gain", "in_pool"]
        rows: list[tuple[object, ...]] = []
        for one in self.lacks:
            head = (one.capacity, one.name, one.weight, one.quality, one.best)
            rows += [(*head, each.candidate, each.quality, each.gain, each.in_pool) for each in one.helpers] or [
                (*head, None, None, None, None)
            ]
        return pd.DataFrame(rows, columns=columns)


def lacks(found: Consortia, outside: Pool | None = None, *, number: int = 0, weak: float = WEAK) -> Lacks:
    """Return the capacities whose best quality among the members is below ``weak``, and who would bring most.

    A lack weighs weight x (1 - quality). Helpers are the candidates of the pool who are no members and those of
    ``outside``; what they bring is weight x (quality - best quality among the members), where positive, of
    capacities of the pool. It is not said that a rule would let them join.
    """
    consortium = found[number]
    inside = {*consortium.members}
    pools = [(found.question.pool, True), *([(outside, False)] if outside is not None else [])]
    made = []
    for one in consortium.contributions:
        if one.weight > 0 and one.quality < weak:
            helpers = [
                Helper(candidate, quality, one.weight * (quality - one.quality), in_pool)
                for pool, in_pool in pools
                for candidate, quality in _holders(pool, one.capacity)
                if quality > one.quality and candidate not in inside
            ]
            helpers.sort(key=lambda helper: (-helper.quality, helper.candidate, not helper.in_pool))
            made.append((one, helpers))
    made.sort(key=lambda pair: (-pair[0].weight * (1 - pair[0].quality), pair[0].capacity))
    together: dict[str, float] = {}
    for _, helpers in made:
        for name, gain in {helper.candidate: helper.gain for helper in reversed(helpers)}.items():
            together[name] = together.get(name, 0.0) + gain
    told = tuple(
        Lack(one.capacity, one.name, one.weight, one.quality, one.best, tuple(helpers[:TOP])) for one, helpers in made
    )
    return Lacks(told, dict(sorted(together.items(), key=lambda item: (-item[1], item[0]))))


def _holders(pool: Pool, capacity: str) -> list[tuple[str, float]]:
    if capacity not in pool.capacities:
        return []
    column = pool.quality[:, [pool.capacities.index(capacity)]].toarray().ravel()
    return [(pool.ids[at], float(column[at])) for at in np.flatnonzero(column)]
