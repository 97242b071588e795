"""Who is left out, and whose money lacks how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from synergy.funding.cents import spoken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from synergy.funding.pots import Pot
    from synergy.funding.proposals import Call

COLUMNS = ("proposal_id", "region_id", "asks", "left", "lacks")


def lacks_of(call: Call, pot: Pot, funded: NDArray[np.bool_], order: str) -> pd.DataFrame:
    """Return per proposal that is left out the regions whose own money does not suffice for it beside what is funded.

    ``asks`` is what the proposal asks of the region, ``left`` what is left there of its own part, ``lacks`` what would
    have to come from elsewhere. Strictly by rank, only the proposal at which the ranking stopped has rows.
    """
    need = call.asked[funded].sum(axis=0)
    out = _held_back(funded, order)
    lacks = pot.short(need + call.asked[out]) - pot.short(need)
    lacks[pot.missing(need + call.asked[out]) <= 0] = 0
    rows, columns = np.nonzero(lacks)
    return pd.DataFrame(
        {
            "proposal_id": [call.ids[i] for i in out[rows]],
            "region_id": [call.regions[k] for k in columns],
            "asks": call.asked[out[rows], columns],
            "left": np.maximum(pot.own - need, 0)[columns],
            "lacks": lacks[rows, columns],
        },
        columns=list(COLUMNS),
    )


def why_of(call: Call, pot: Pot, funded: NDArray[np.bool_], order: str) -> list[str | None]:
    """Return in words why each proposal is left out; None for a funded one."""
    need = call.asked[funded].sum(axis=0)
    missing = np.maximum(pot.missing(need + call.asked), 0)
    lacks = pot.short(need + call.asked) - pot.short(need)
    held = set(_held_back(funded, order).tolist())
    stop = min(held, default=0)
    told: list[str | None] = []
    for i, is_funded in enumerate(funded):
        if is_funded:
            told.append(None)
        elif i not in held:
            told.append(f"the ranking stopped at {call.ids[stop]}, rank {stop + 1}")
        elif not pot.shared.any():
            told.append("; ".join(_lack(call, pot, i, k, int(lacks[i, k])) for k in np.flatnonzero(lacks[i]).tolist()))
        elif not pot.own.any():
            told.append(f"the common pot lacks {spoken(int(missing[i]))}")
        else:
            parts = "; ".join(f"{call.regions[k]} needs {spoken(int(lacks[i, k]))}" for k in np.flatnonzero(lacks[i]))
            told.append(f"the balancing pot lacks {spoken(int(missing[i]))}: {parts}")
    return told


def _held_back(funded: NDArray[np.bool_], order: str) -> NDArray[np.intp]:
    out = np.flatnonzero(~funded)
    return out[:1] if order == "strict" else out


def _lack(call: Call, pot: Pot, i: int, k: int, lacks: int) -> str:
    whole = " (it asks more than the whole budget)" if call.asked[i, k] > pot.own[k] else ""
    return f"{call.regions[k]} lacks {spoken(lacks)}{whole}"
