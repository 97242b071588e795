"""What a scheme would fund if scores and costs turn out otherwise: the spreads that are assumed, and how it is said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from synergy.funding.cents import MOST
from synergy.funding.demand import Demand, Limits, uncertain_demand
from synergy.funding.judge import Judged
from synergy.funding.programmes import Programme
from synergy.funding.selection import Selection
from synergy.funding.words import CENTS, rough

DRAWS = 50
"""Draws by default: a chance is then known to within 14 points of a hundred (two standard errors)."""
SCORE_SD = 0.1
"""Standard deviation of a score's error, as a share of the mean score. An assumption."""
COST_SD = 0.1
"""Standard deviation of the factor on what is asked of a programme. An assumption."""
GAP, NODES = 0.01, 10
"""Where the search of each draw ends: at a hundredth, or after so many nodes."""
STREAM = 4
"""The streams before it are those of scores, topics and diamonds."""


def demand_of(
    selection: Selection, judged: Iterable[Judged], programmes: Iterable[Programme], draws: int, seed: int
) -> Demand:
    """Select from calls whose scores and costs are drawn (``uncertain_demand``), lowest and highest grants kept.

    Scores get normal errors of SCORE_SD x their mean; what costs and rates give, per proposal and programme, is
    multiplied by a factor of mean 1 and standard deviation COST_SD. No proposal is added, and one that the rules
    refuse stays refused. ``seed`` is the study's.
    """
    call = selection.call
    by_id = {programme.programme_id: programme for programme in programmes}
    known = [by_id[region] for region in call.regions]
    limits = Limits(
        _wanted(selection, judged),
        np.array([each.min_grant or 0 for each in known], dtype=np.int64),
        np.array([MOST if each.max_grant is None else each.max_grant for each in known], dtype=np.int64),
    )
    mean = math.fsum(call.scores) / len(call)
    own = int(np.random.SeedSequence(seed).spawn(STREAM + 1)[STREAM].generate_state(1)[0])
    return uncertain_demand(
        selection, score_sd=SCORE_SD * mean, cost_sd=COST_SD, limits=limits, draws=draws, seed=own, gap=GAP, nodes=NODES
    )


def _wanted(selection: Selection, judged: Iterable[Judged]) -> np.ndarray:
    call = selection.call
    row = {key: number for number, key in enumerate(call.ids)}
    column = {key: number for number, key in enumerate(call.regions)}
    wanted = np.zeros_like(call.asked)
    for each in judged:
        for part in each.parts:
            if each.proposal.proposal_id in row and part.programme_id in column:
                wanted[row[each.proposal.proposal_id], column[part.programme_id]] += part.grant or 0
    return wanted


def intervals_said(demand: Demand) -> str:
    """Return the intervals of projects and money as a sentence."""
    cuts = demand.intervals()
    projects = _range({key: f"{value:.0f}" for key, value in cuts.loc["projects"].items()})
    money = _range({key: rough(value / CENTS) for key, value in cuts.loc["money"].items()})
    return (
        f"Over {len(demand.draws)} draws of other scores and costs, projects funded: {projects}; EUR granted: {money}. "
        "Nine draws in ten lie in each range."
    )


def _range(cut: Mapping[object, str]) -> str:
    low, median, high = cut["low"], cut["median"], cut["high"]
    return median if low == high else f"{low} to {high} (median {median})"


def assumptions_said(demand: Demand) -> tuple[str, ...]:
    """Return what was assumed of scores and costs, as sentences."""
    score, cost = demand.params["score_sd"], demand.params["cost_sd"]
    return (
        f"Chances take every score to err by {rough(score)} ({SCORE_SD:.0%} of the mean score) and what is asked of "
        f"each programme by {cost:.0%} (standard deviations), lowest and highest grants kept: assumed, not measured.",
        "The errors are independent, and the proposals stay the same: strict evaluators, prices that rise for all, or "
        "other proposals would widen the ranges.",
    )


def used_frame(demand: Demand, selection: Selection) -> pd.DataFrame:
    """Return programme_id, low, median and high of the cents that each programme's applicants get, and its budget."""
    cuts = demand.intervals().loc[list(selection.call.regions)]
    return cuts.assign(budget=selection.call.budgets).rename_axis("programme_id").reset_index()
