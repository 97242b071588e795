"""Who may be funded where, and at which rate."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from synergy.funding.programmes import Programme

GROUPS: tuple[tuple[str, str | None, str], ...] = (
    ("firm", "micro", "micro firms"),
    ("firm", "small", "small firms"),
    ("firm", "medium", "medium firms"),
    ("firm", "large", "large firms"),
    ("research", None, "research organisations"),
    ("university", None, "universities"),
    ("public", None, "public bodies"),
    ("other", None, "other organisations"),
)
"""Kind, size, and the words for both."""
YES, NO, UNKNOWN = "eligible", "not eligible", "unknown"
COLUMNS = ("programme_id", "group", "state", "rate", "row")
GROUP_COLUMNS = ("group", "state", "eligible", "not_eligible", "unknown", "rate_low", "rate_high")


def eligibility(programmes: Sequence[Programme]) -> pd.DataFrame:
    """Return one row per programme and group: state, the rate where it is known, and the row that says so."""
    rows = []
    for programme in programmes:
        for kind, size, group in GROUPS:
            said = programme.rate(kind, size)
            state = UNKNOWN if said is None else NO if said.rate == 0 else YES
            rate = said.rate if said is not None and said.rate else None
            rows.append((programme.programme_id, group, state, rate, None if said is None else said.row))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"rate": "float64", "row": "Int64"})


def shared_eligibility(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row per group: whether all programmes fund it, only some, none, or that it is not known of all.

    ``rate_low`` to ``rate_high`` are over those that fund it at a known rate.
    """
    rows = []
    for _, _, group in GROUPS:
        part = frame[frame["group"] == group]
        by = {state: tuple(part.loc[part["state"] == state, "programme_id"]) for state in (YES, NO, UNKNOWN)}
        state = "unknown of all"
        if by[YES] or by[NO]:
            known = "all" if not by[NO] else "none" if not by[YES] else "some"
            state = f"{known} that are known" if by[UNKNOWN] and known != "some" else known
        rates = part.loc[part["state"] == YES, "rate"]
        rows.append((group, state, *(";".join(by[each]) for each in (YES, NO, UNKNOWN)), rates.min(), rates.max()))
    return pd.DataFrame(rows, columns=list(GROUP_COLUMNS))
