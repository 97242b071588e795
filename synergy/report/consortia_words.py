"""Consortia in words: what was found for a rule, why somebody is not in, what cannot hold together."""

from __future__ import annotations

from typing import Any

from synergy.consortia import Verdict
from synergy.errors import Infeasible


def found_words(verdict: Verdict) -> str:
    """Return in words what was found for a rule: a number, a range, or nothing."""
    low, high, share = verdict.low, verdict.high, verdict.rule.counts == "share"
    if low is None or high is None:
        return ""
    if share:
        return f"{low:.0%}" if low == high else f"{low:.0%} to {high:.0%}"
    if high == float("inf"):
        return "unknown" if low == 0 else f"{low:,.0f} or more"
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def why_words(one: dict[str, Any]) -> str:
    """Return in words why somebody is not in the first consortium."""
    if one["no_candidate"]:
        return str(one["no_candidate"])
    if one["costs"] is None:
        repair = f"; the nearest repair: {one['repairs'][0]}" if one["repairs"] else ""
        return f"no consortium with it keeps the rules; it clashes with {', '.join(one['clash'])}{repair}"
    instead = one["joins_instead_of"]
    place = f"; it could take the place of {instead['name']}" if instead else ""
    return f"the best consortium with it is worth {one['costs']:.3f} less{place}"


def infeasible_values(error: Infeasible) -> dict[str, Any]:
    """Return which rules and wishes cannot hold together, and what would repair it, in plain values."""
    return {
        "message": str(error),
        "clash": [{"rule": rule.id, "says": rule.says, "source": rule.source} for rule in error.clash],
        "repairs": [{"says": str(repair), "members": list(repair.members)} for repair in error.repairs],
    }
