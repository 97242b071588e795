"""What if: a region has more money, joins or leaves; one selection against another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from synergy.errors import DataError, UnknownName, UsageError
from synergy.funding.cents import amount_problems
from synergy.funding.proposals import Call, call_of
from synergy.funding.selection import Selection, choose
from synergy.tables.problems import Problems


@dataclass(frozen=True, repr=False, eq=False)
class Change:
    """Two selections and what differs: who comes in, who goes out (by id, in the order of rank)."""

    before: Selection
    after: Selection
    comes_in: tuple[str, ...]
    goes_out: tuple[str, ...]

    @property
    def projects(self) -> int:
        """Projects more (or, negative, fewer)."""
        return self.after.projects - self.before.projects

    @property
    def money(self) -> int:
        """Cents more that are granted."""
        return self.after.money - self.before.money

    @property
    def score(self) -> float:
        """By how much the sum of scores is higher."""
        return self.after.score - self.before.score

    def to_frame(self) -> pd.DataFrame:
        """Return one row per region of either: budget, used and left, before and after; missing where it is not in."""
        columns = ["region_id", "budget", "used", "left"]
        sides = (self.before.regions[columns], self.after.regions[columns])
        merged = sides[0].merge(sides[1], on="region_id", how="outer", suffixes=("_before", "_after"))
        return merged.astype({name: "Int64" for name in merged.columns if name != "region_id"})

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, money in cents."""
        return {
            "projects": self.projects,
            "money": self.money,
            "score": self.score,
            "comes_in": list(self.comes_in),
            "goes_out": list(self.goes_out),
        }

    def __repr__(self) -> str:
        return f"Change({len(self.comes_in)} come in, {len(self.goes_out)} go out, {self.projects:+d} projects)"


def compare(before: Selection, after: Selection) -> Change:
    """Return what differs between two selections, proposals told apart by their ids."""
    old, new = (_funded(selection) for selection in (before, after))
    return Change(
        before,
        after,
        tuple(one for one in new if one not in set(old)),
        tuple(one for one in old if one not in set(new)),
    )


def what_if(
    selection: Selection,
    budgets: Mapping[str, int] | None = None,
    *,
    leave: Iterable[str] = (),
    proposals: pd.DataFrame | None = None,
) -> Change:
    """Select anew under other circumstances, all else equal, and compare.

    ``budgets`` names new budgets in whole cents (a region that doubles its money). ``leave`` names regions that leave:
    they pay nothing, and a proposal that asks money of one is out. A region that joins brings costs with it, so it
    comes with new ``proposals`` (as `select` takes them) that have its column, and its budget.

    Raises UnknownName for a region that is not in the call, UsageError when no region stays, DataError as `select`.

    >>> from synergy.funding import select
    >>> frame = pd.DataFrame({"proposal_id": ["p", "q"], "score": [4.0, 3.0], "A": [60, 40], "B": [0, 50]})
    >>> what_if(select(frame, {"A": 60, "B": 50}), {"A": 120})
    Change(1 come in, 0 go out, +1 projects)
    """
    call, new, gone = selection.call, dict(budgets or {}), sorted(set(leave))
    for region in (*gone, *(sorted(new) if proposals is None else ())):
        if region not in call.regions:
            raise UnknownName("region of the call", region, call.regions)
    problems = [
        told for region, cents in sorted(new.items()) for told in amount_problems("budgets", None, region, cents)
    ]
    if problems:
        raise DataError(Problems(tuple(problems)))
    if proposals is None:
        call = call.with_budgets(new)
    else:
        call = call_of(proposals, dict(zip(call.regions, map(int, call.budgets), strict=True)) | new)
    call = call.without(gone)
    if not call.regions:
        raise UsageError("no region is left")
    return compare(selection, again(selection, call))


def again(selection: Selection, call: Call) -> Selection:
    """Select from another call with the same pot, order and limits of the search."""
    return choose(call, **selection.params)


def _funded(selection: Selection) -> list[str]:
    return [selection.call.ids[i] for i in np.flatnonzero(selection.funded)]
