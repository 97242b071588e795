"""What happens to a consortium when one partner leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from synergy.consortia.question import Question
from synergy.consortia.result import Consortia
from synergy.consortia.rules.judge import Verdict, judge
from synergy.consortia.wish import wished


@dataclass(frozen=True)
class Departure:
    """One member leaves: what is lost, which rules break, and who replaces it best.

    ``replacement`` is the candidate with whom the value is highest and no rule is broken, None when there is none;
    ``lost_then`` is what is still lost with it (below 0: gained).
    """

    leaving: str
    lost: float
    broken: tuple[Verdict, ...]
    replacement: str | None
    lost_then: float | None


@dataclass(frozen=True, eq=False)
class Robustness:
    """The departure of each member, the most costly first: who can be replaced, and who cannot."""

    departures: tuple[Departure, ...]

    @property
    def indispensable(self) -> tuple[str, ...]:
        """Members without whom rules break, and whom nobody can replace."""
        return tuple(one.leaving for one in self.departures if one.broken and one.replacement is None)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per member: leaving, lost, broken (ids of rules), replacement, lost_then."""
        rows = [
            (one.leaving, one.lost, "; ".join(each.rule.id for each in one.broken), one.replacement, one.lost_then)
            for one in self.departures
        ]
        return pd.DataFrame(rows, columns=["leaving", "lost", "broken", "replacement", "lost_then"])


def robustness(found: Consortia, *, number: int = 0) -> Robustness:
    """Return what happens when each member of the consortium of that number (0: the best) leaves alone.

    The wish that it takes part, if there was one, goes with it.
    """
    question, consortium = found.question, found[number]
    at = [question.pool.place(member) for member in consortium.members]
    made = [_departure(question, consortium.value, at, leaving) for leaving in at]
    return Robustness(tuple(sorted(made, key=_cost)))


def _cost(one: Departure) -> tuple[float, float, str]:
    return (-(one.lost if one.lost_then is None else one.lost_then), -one.lost, one.leaving)


def _departure(question: Question, value: float, members: Sequence[int], leaving: int) -> Departure:
    name = question.pool.ids[leaving]
    rules = tuple(rule for rule in question.rules if rule != wished(name))
    model = question.under(rules).model
    rest = [one for one in members if one != leaving]
    verdicts = (judge(question.pool, rule, rest) for rule in rules)
    broken = tuple(one for one in verdicts if not one.accepted)
    values, gains = model.without_each(rest)
    able = model.allowed & (model.excess_with(rest) == 0)
    able[[*members]] = False
    joining = int(np.where(able, gains[0], -np.inf).argmax()) if able.any() else None
    replacement = None if joining is None else question.pool.ids[joining]
    lost_then = None if joining is None else value - float(values[0] + gains[0][joining])
    return Departure(name, value - float(values[0]), broken, replacement, lost_then)
