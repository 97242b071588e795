"""The price of each region's constraint: what a little more money there would fund."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from synergy.errors import UnknownName, UsageError
from synergy.funding.scenarios import again, compare
from synergy.funding.selection import Selection

STEP = 10_000_000
"""Cents: 100,000 in the currency."""
COLUMNS = ("region_id", "projects", "money", "score", "score_low", "score_high", "comes_in", "goes_out")


def prices(selection: Selection, step: int = STEP, regions: Iterable[str] | None = None) -> pd.DataFrame:
    """Return per region what ``step`` more cents there would fund: the selection made again, one region at a time.

    Projects come in lumps, so the price of a step is not a part of a larger one's, and no dual of a linear program
    (which is the price of a vanishing amount where proposals could be funded in part). Columns: projects, money
    (cents) and score more; score_low and score_high, between which the gain lies whatever the gaps leave open (equal
    to it for strict and skip, unknown for least-violation); who comes in and goes out. Regions in the order of the
    call; each costs as much as the selection itself.

    >>> from synergy.funding import select
    >>> frame = pd.DataFrame({"proposal_id": ["p", "q"], "score": [4.0, 3.0], "A": [60, 40], "B": [0, 50]})
    >>> prices(select(frame, {"A": 60, "B": 50}), 40)[["region_id", "projects", "money", "score"]]
      region_id  projects  money  score
    0         A         1     90    3.0
    1         B         0      0    0.0
    """
    if step < 1 or step % 1:
        raise UsageError(f"the step is {step} cents, expected a whole number of 1 or more")
    call = selection.call
    chosen = set(call.regions if regions is None else regions)
    for region in sorted(chosen - set(call.regions)):
        raise UnknownName("region of the call", region, call.regions)
    rows = []
    for k, region in enumerate(call.regions):
        if region in chosen:
            after = again(selection, call.with_budgets({region: int(call.budgets[k]) + step}))
            rows.append(_row(region, selection, _at_least(after, selection)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _at_least(after: Selection, before: Selection) -> Selection:
    """What was best before can still be paid with more money: so a search that ended early is not taken for a loss."""
    if after.params["order"] != "optimal" or after.score >= before.score:
        return after
    payments = after.pot.payments(before.call.asked[before.funded].sum(axis=0))
    return replace(after, funded=before.funded, payments=payments)


def _row(region: str, before: Selection, after: Selection) -> tuple[object, ...]:
    change = compare(before, after)
    low = high = change.score
    if before.params["order"] == "least-violation":
        low = high = np.nan
    elif before.bound is not None and after.bound is not None:
        low, high = max(0.0, after.score - before.bound), after.bound - before.score
    came, went = "; ".join(change.comes_in), "; ".join(change.goes_out)
    return region, change.projects, change.money, change.score, low, high, came, went
