"""An action plan as plain values, that its page and its text are made from."""

from __future__ import annotations

from typing import Any

from synergy.planning import Plan
from synergy.tables.study import Study


def summarise_plan(study: Study, plan: Plan) -> dict[str, Any]:
    """Return a plan with the study it belongs to, as dicts, lists, text, numbers and None."""
    return {
        "title": study.title,
        "study": study.settings.name,
        "description": study.settings.description,
        "seed": study.settings.seed,
        "plan": plan.to_dict(),
    }
