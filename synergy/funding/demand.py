"""Uncertain demand: how a selection would look for other scores, costs and numbers of proposals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.errors import UsageError
from synergy.funding.cents import MOST
from synergy.funding.proposals import Call, ranked
from synergy.funding.selection import Selection, choose

LEVEL = 0.9
"""The share of the draws that an interval holds by default."""
TOTALS = ("proposals", "projects", "money", "score")


@dataclass(frozen=True, eq=False)
class Limits:
    """What proposals ask by costs and rates alone, and the grants between which each region pays.

    ``wanted``: proposals by rank x regions, cents; ``lowest`` and ``highest`` by region, cents. A proposal asks
    min(wanted, highest), and is refused where it wants something below the lowest.
    """

    wanted: NDArray[np.int64]
    lowest: NDArray[np.int64]
    highest: NDArray[np.int64]


@dataclass(frozen=True, repr=False, eq=False)
class Demand:
    """Selections over drawn calls.

    ``draws``, one row per draw: proposals, projects, money (cents), score, and the money granted to each region's
    applicants. ``chances``, one row per proposal by rank: drawn (how often it, or a copy of it, came in), funded (how
    often such a one was funded) and chance = funded / drawn, unknown (missing) where it never came in.
    """

    draws: pd.DataFrame
    chances: pd.DataFrame
    params: Mapping[str, Any]

    def intervals(self, level: float = LEVEL) -> pd.DataFrame:
        """Return median and central interval over the draws, one row per column of ``draws``: numbers that were drawn.

        >>> from synergy.funding import select
        >>> frame = pd.DataFrame({"proposal_id": ["p", "q"], "score": [4, 3], "A": [60, 40]})
        >>> uncertain_demand(select(frame, {"A": 100}, order="skip"), cost_sd=0.1, draws=50).intervals().loc["projects"]
        low       1.0
        median    2.0
        high      2.0
        Name: projects, dtype: float64
        """
        if not 0 < level < 1:
            raise UsageError(f"the level is {level}, expected a number between 0 and 1")
        cuts = self.draws.quantile([(1 - level) / 2, 0.5, (1 + level) / 2], interpolation="nearest")
        return cuts.set_axis(["low", "median", "high"]).T

    def __repr__(self) -> str:
        projects = self.intervals().loc["projects"]
        return f"Demand({len(self.draws)} draws, {projects['low']:.0f} to {projects['high']:.0f} projects)"


def uncertain_demand(
    selection: Selection,
    *,
    score_sd: float = 0.0,
    cost_sd: float = 0.0,
    demand: float | None = None,
    limits: Limits | None = None,
    draws: int = 200,
    seed: int = 0,
    gap: float = 0.01,
    nodes: int = 100,
) -> Demand:
    """Select from drawn calls, with the pot, order and budgets of a selection.

    Each draw, every proposal's score gets a normal error of standard deviation ``score_sd`` (no score falls below 0),
    and each sum that it asks of a region is multiplied by a lognormal factor of mean 1 and standard deviation
    ``cost_sd``, rounded to the cent. With ``demand``, an expected number of proposals, each given one comes in
    Poisson(demand / number) copies with errors of their own: the proposals are then taken for a sample of what will
    come. Errors are independent: evaluators who are strict together, or prices that rise for all, would widen the
    intervals. With ``limits`` the factors are on what is wanted, and lowest and highest grants hold in every draw;
    without, a sum at its highest grant may be drawn above it. ``gap`` and ``nodes`` limit the search of each draw
    (orders optimal and least-violation).

    Raises UsageError for a negative spread, no draw, a demand of less than 0, or limits that are not the selection's.
    """
    spreads = (score_sd, cost_sd, 0.0 if demand is None else demand)
    if not all(0 <= spread < np.inf for spread in spreads) or draws < 1:
        raise UsageError("spreads and demand are numbers of 0 or more, and there is one draw or more")
    call, names = selection.call, selection.params
    if limits is None:
        limits = Limits(call.asked, np.zeros_like(call.budgets), np.full_like(call.budgets, MOST))
    if not np.array_equal(np.minimum(limits.wanted, limits.highest), call.asked):
        raise UsageError("the limits do not give what the proposals of the selection ask")
    came, funded = np.zeros(len(call), dtype=np.int64), np.zeros(len(call), dtype=np.int64)
    rows = []
    for child in np.random.SeedSequence(seed).spawn(draws):
        drawn, origin, eligible = _draw(call, limits, np.random.default_rng(child), score_sd, cost_sd, demand)
        found = choose(drawn, names["pot"], names["order"], names["balancing"], gap=gap, nodes=nodes)
        np.add.at(came, origin, 1)
        np.add.at(funded, eligible[found.funded], 1)
        rows.append((len(origin), found.projects, found.money, found.score, *found.payments.sum(axis=0)))
    chances = pd.DataFrame({"proposal_id": call.ids, "drawn": came, "funded": funded})
    chances["chance"] = funded / chances["drawn"].where(came > 0).astype(float)
    params = {"score_sd": score_sd, "cost_sd": cost_sd, "demand": demand, "draws": draws, "seed": seed, "gap": gap}
    return Demand(pd.DataFrame(rows, columns=[*TOTALS, *call.regions]), chances, params | {"nodes": nodes})


def _draw(
    call: Call, limits: Limits, rng: np.random.Generator, score_sd: float, cost_sd: float, demand: float | None
) -> tuple[Call, NDArray[np.int64], NDArray[np.int64]]:
    """Return a drawn call, the given proposals that came in, and for each proposal of the call its given one."""
    n = len(call)
    copies = np.ones(n, dtype=np.int64) if demand is None or not n else rng.poisson(demand / n, n)
    origin = np.repeat(np.arange(n), copies)
    scores = np.maximum(call.scores[origin] + rng.normal(0, score_sd, len(origin)), 0)
    spread = np.sqrt(np.log1p(cost_sd**2))
    wanted = limits.wanted[origin]
    factor = np.exp(spread * rng.standard_normal(wanted.shape) - spread**2 / 2)
    wanted = np.where(wanted > 0, np.clip(np.rint(wanted * factor), 1, MOST), 0).astype(np.int64)
    enough = ~((wanted > 0) & (wanted < limits.lowest)).any(axis=1)
    asked = np.minimum(wanted, limits.highest)[enough]
    # The number of the copy is the id, so that ranks among equals stay those of the given proposals.
    names = [f"{number:09}" for number in np.flatnonzero(enough)]
    drawn = ranked(names, scores[enough], asked, call.regions, call.budgets)
    return drawn, origin, origin[[int(name) for name in drawn.ids]]
