"""An activity as the terms of its explanation."""

from __future__ import annotations

import numpy as np

from synergy.activities.result import Activities


def activity_terms(found: Activities, activity: str) -> tuple[str, list[tuple[str, str, float, str]]]:
    """Return (summary, terms): the criteria, the capacities at home and elsewhere, the relatedness of each pair."""
    row = found.frame.set_index("activity_id").loc[activity]
    criteria, capacities, relatedness = (
        frame[frame["activity_id"] == activity] for frame in (found.criteria, found.capacities, found.relatedness)
    )
    words = {True: "met", False: "not met"}
    terms = [
        ("criterion", name, value, f"{'unknown' if met is None else words[met]} (bar: {bar}); {why}")
        for name, value, bar, met, why in zip(
            criteria["criterion"], criteria["value"], criteria["bar"],
            criteria["met"].astype(object).where(criteria["met"].notna(), None), criteria["why"], strict=True,
        )
    ]  # fmt: skip
    terms += [
        ("capacity", f"{name} ({code})", at_home, f"{state}; {unit} at home; who has it: {holders or 'nobody'}")
        for code, name, at_home, unit, state, holders in capacities[
            ["code", "name", "at_home", "unit", "state", "holders"]
        ].itertuples(index=False)
    ]
    terms += [
        ("relatedness", f"{a} and {b}", float(value) if value == value else np.nan, measure)
        for a, b, value, measure in relatedness[["a", "b", "value", "measure"]].itertuples(index=False)
    ]
    summary = (
        f"{activity} {row['name']}: {row['rule']}; {row['criteria_met']} criteria met of {row['criteria_known']} known"
        f"; stage {row['stage']}" + (f"; {row['note']}" if row["note"] else "")
    )
    return summary, terms
