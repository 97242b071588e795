"""The documented criteria of a transformative activity, each with its own figure, bar and reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from synergy.activities.candidates import Candidate
from synergy.activities.ground import Ground

NEEDED = ("cluster", "firm", "research", "public")
"""Kinds of actors that an activity needs: a cluster organisation, a firm, research or a university, a public body."""
HALF = 0.5
GOOD = 3.5

Row = tuple[str, float | None, str, str, bool | None, str]


def criteria(
    ground: Ground, made: Candidate, capacities: pd.DataFrame, actors: pd.DataFrame, relatedness: pd.DataFrame,
    ideas: pd.DataFrame,
) -> pd.DataFrame:  # fmt: skip
    """Return criterion, value, unit, bar, met (True, False or NA where unknown), why; one row per criterion.

    The list of criteria is the field's (Foray, Keller, Bersier and Meier zu Koecker 2018); figures and bars are ours.
    """
    rows: list[Row] = [
        _capacity(capacities),
        _opportunity(ground, made, ideas),
        _relatedness(relatedness),
        ("direction", None, "", "one of the four labels", True, f"{made.label}: {made.rule}"),
        _mass(ground, made, capacities),
        _advantage(ground, made),
        _actors(actors),
        _feasible(capacities),
    ]
    frame = pd.DataFrame(rows, columns=["criterion", "value", "unit", "bar", "met", "why"])
    return frame.assign(value=frame["value"].astype(float), met=frame["met"].astype("boolean"))


def _capacity(capacities: pd.DataFrame) -> Row:
    known = capacities[capacities["state"] != "unknown"]
    held = int((known["state"] == "held").sum())
    share = held / len(known) if len(known) else None
    why = f"the home region holds {held} of {len(known)} known capacities"
    return "capacity", share, "share held at home", "half", None if share is None else share >= HALF, why


def _opportunity(ground: Ground, made: Candidate, ideas: pd.DataFrame) -> Row:
    rated = ideas["opportunity_rating"].dropna() if len(ideas) else pd.Series(dtype=float)
    if len(rated):
        mean = float(rated.mean())
        return "opportunity", mean, "rating 1 to 5", f"{GOOD}", mean >= GOOD, f"mean of {len(rated)} workshop rating(s)"
    growth = ground.field_growth
    field = ground.home_field.get(made.target, "")
    if field in growth.columns and growth[field].notna().any():
        value = float(growth[field].median())
        why = "median growth of the target's field over the regions"
        return "opportunity", value, "relative change", "0", value > 0, why
    return "opportunity", None, "", f"rating of {GOOD}, or growth", None, "no rated idea, and activity of one year only"


def _relatedness(relatedness: pd.DataFrame) -> Row:
    known = relatedness["value"].dropna()
    mean = float(known.mean()) if len(known) else None
    why = f"mean over {len(known)} pairs of capacities; 0 is chance"
    return "relatedness", mean, "proximity beyond chance", "above 0", None if mean is None else mean > 0, why


def mass(ground: Ground, codes: list[str], regions: list[str]) -> tuple[float | None, float | None]:
    """Return (amount in the codes' activities of these regions together, the same of a typical specialised region).

    The second is the sum over activities of the median amount among the regions with a location quotient >= 1.
    """
    X = ground.located.activity
    known = [code for code in codes if code in X.columns]
    there = [region for region in regions if region in X.index]
    if not known or not there:
        return None, None
    return float(np.nansum(X.loc[there, known].to_numpy())), float(np.nansum(ground.typical[known]))


def _mass(ground: Ground, made: Candidate, capacities: pd.DataFrame) -> Row:
    regions = sorted({made.home, *capacities["region_id"].dropna(), *made.joined})
    value, bar = mass(ground, list(made.codes), regions)
    unit = ground.mass_unit
    if value is None or bar is None:
        return "critical mass", None, unit, "a typical specialised region", None, "no amount of its activities is known"
    why = f"{len(regions)} region(s) together; a typical specialised region has {bar:,.0f}"
    return "critical mass", value, unit, f"{bar:,.0f}", value >= bar, why


def _advantage(ground: Ground, made: Candidate) -> Row:
    known = ground.strength.loc[made.home, [c for c in made.codes if ground.kind_of[c] == "activity"]].dropna()
    best = float(known.max()) if len(known) else None
    local = "" if best is None else f"; local skill: {ground.name(str(known.idxmax()))}, LQ {best:.2f} within the study"
    why = f"the study holds no figure of the world outside{local}"
    return "global advantage", best, "best location quotient at home", "a figure of the world", None, why


def _actors(actors: pd.DataFrame) -> Row:
    kinds = {"research" if kind == "university" else kind for kind in actors["kind"]}
    missing = [kind for kind in NEEDED if kind not in kinds]
    value = float(len(NEEDED) - len(missing))
    # An actor whose kind nobody says may be the one that is missing.
    met: bool | None = True if not missing else None if "unknown" in kinds or "other" in kinds else False
    why = f"missing or not known: {', '.join(missing)}" if missing else "each kind is there"
    return "all needed actors", value, f"of {len(NEEDED)} kinds", f"{len(NEEDED)}", met, why


def _feasible(capacities: pd.DataFrame) -> Row:
    states: dict[str, Any] = capacities["state"].value_counts().to_dict()
    total, held, elsewhere = len(capacities), states.get("held", 0), states.get("from elsewhere", 0)
    share = (held + elsewhere) / total if total else None
    if states.get("missing"):
        names = ", ".join(capacities.loc[capacities["state"] == "missing", "name"])
        return "feasible", share, "share held somewhere", "all", False, f"no region of the study holds: {names}"
    if states.get("unknown"):
        return "feasible", share, "share held somewhere", "all", None, f"{states['unknown']} capacities are unknown"
    why = (
        "alone: the home region holds all" if not elsewhere else f"only with other regions, for {elsewhere} of {total}"
    )
    return "feasible", share, "share held somewhere", "all", True, why
