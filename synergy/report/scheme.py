"""A scheme as plain values, that its pages and texts are made from."""

from __future__ import annotations

from typing import Any

from synergy.funding import Scheme
from synergy.funding.common_rules import WHO
from synergy.tables.study import Study


def summarise_scheme(study: Study, scheme: Scheme) -> dict[str, Any]:
    """Return a scheme with the study it belongs to, as dicts, lists, text, numbers and None."""
    return {
        "title": study.title,
        "study": study.settings.name,
        "description": study.settings.description,
        "seed": study.settings.seed,
        "scheme": scheme.to_dict(),
    }


def scheme_parts(summary: dict[str, Any]) -> dict[str, Any]:
    """Return what the templates of a scheme and its call take: the values, and the same in the order they need."""
    scheme = summary["scheme"]
    alignment, calendar = scheme["alignment"], scheme["alignment"]["calendar"]
    rules, eligibility = alignment["rules"], alignment["eligibility"]
    eligible: dict[str, list[dict[str, Any]]] = {}
    for each in eligibility:
        eligible.setdefault(each["programme_id"], []).append(each)
    return {
        "s": summary,
        "m": scheme,
        "c": scheme["call"],
        "who": WHO,
        "names": {each["programme_id"]: each["name"] for each in alignment["programmes"]},
        "takes_part": [each for each in alignment["programmes"] if each["state"].startswith("takes part")],
        "gaps": [each for each in alignment["regions"] if each["programme_id"] is None],
        "moves": [each for each in calendar["entries"] if each["days"]],
        "ruled": list(rules[0]["values"]) if rules else [],
        "eligible": list(eligible.items()),
        "demand": scheme["demand"],
        "assumptions": scheme["offer"]["assumptions"] + (scheme["demand"]["assumptions"] if scheme["demand"] else []),
    }
