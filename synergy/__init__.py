"""Synergy finds where regions should innovate together.

>>> import synergy
>>> study = synergy.load("data/alpine")
>>> topics = synergy.find_topics(study)
>>> len(topics) >= 5
True

Every name is loaded when it is first used, so that ``import synergy`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synergy.activities import Activities, find_activities
    from synergy.backtesting import Backtest, backtest
    from synergy.diamonds import Diamonds, diamond, find_diamonds
    from synergy.errors import DataError, GraphError, Infeasible, OutputRefused, SynergyError, UnknownName, UsageError
    from synergy.explanations import Explanation, explain
    from synergy.funding import Alignment, Scheme, align, make_scheme
    from synergy.learning import (
        PolicyReading,
        Practices,
        StressTest,
        find_practices,
        policy_reading,
        stress_test,
    )
    from synergy.network import build
    from synergy.partners import Proposal, find_consortia
    from synergy.pipeline import Run, run
    from synergy.planning import Plan, make_plan
    from synergy.scores import PairScores, score_pairs
    from synergy.tables.check import check
    from synergy.tables.problems import Problem, Problems
    from synergy.tables.read import load
    from synergy.tables.study import Settings, Study
    from synergy.topics import Topics, find_topics

_HOME = {
    "Activities": "activities",
    "Backtest": "backtesting",
    "backtest": "backtesting",
    "Diamonds": "diamonds",
    "diamond": "diamonds",
    "find_diamonds": "diamonds",
    "DataError": "errors",
    "GraphError": "errors",
    "Infeasible": "errors",
    "OutputRefused": "errors",
    "SynergyError": "errors",
    "UnknownName": "errors",
    "UsageError": "errors",
    "Explanation": "explanations",
    "explain": "explanations",
    "Alignment": "funding",
    "Scheme": "funding",
    "align": "funding",
    "make_scheme": "funding",
    "PolicyReading": "learning",
    "Practices": "learning",
    "StressTest": "learning",
    "find_practices": "learning",
    "policy_reading": "learning",
    "stress_test": "learning",
    "build": "network",
    "Proposal": "partners",
    "find_consortia": "partners",
    "Run": "pipeline",
    "run": "pipeline",
    "Plan": "planning",
    "make_plan": "planning",
    "PairScores": "scores",
    "score_pairs": "scores",
    "check": "tables.check",
    "Problem": "tables.problems",
    "Problems": "tables.problems",
    "load": "tables.read",
    "Settings": "tables.study",
    "Study": "tables.study",
    "Topics": "topics",
    "find_activities": "activities",
    "find_topics": "topics",
}

__all__ = [
    "Activities",
    "Alignment",
    "Backtest",
    "DataError",
    "Diamonds",
    "Explanation",
    "GraphError",
    "Infeasible",
    "OutputRefused",
    "PairScores",
    "Plan",
    "PolicyReading",
    "Practices",
    "Problem",
    "Problems",
    "Proposal",
    "Run",
    "Scheme",
    "Settings",
    "StressTest",
    "Study",
    "SynergyError",
    "Topics",
    "UnknownName",
    "UsageError",
    "align",
    "backtest",
    "build",
    "check",
    "diamond",
    "explain",
    "find_activities",
    "find_consortia",
    "find_diamonds",
    "find_practices",
    "find_topics",
    "load",
    "make_plan",
    "make_scheme",
    "policy_reading",
    "run",
    "score_pairs",
    "stress_test",
]


def __getattr__(name: str) -> Any:
    try:
        home = _HOME[name]
    except KeyError:
        raise AttributeError(f"module 'synergy' has no attribute {name!r}") from None
    value = getattr(import_module(f"synergy.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
