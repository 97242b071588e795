"""A backtest as plain values, that its page and its text are made from."""

from __future__ import annotations

from typing import Any

from synergy.backtesting import Backtest
from synergy.tables.study import Study


def summarise_backtest(study: Study, found: Backtest) -> dict[str, Any]:
    """Return a backtest with the study it belongs to, as dicts, lists, text, numbers and None."""
    return {
        "title": study.title,
        "study": study.settings.name,
        "description": study.settings.description,
        "seed": study.settings.seed,
        "backtest": found.to_dict(),
    }
