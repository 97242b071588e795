"""Wishes that cannot be met: the smallest set of rules that cannot hold together, and what to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from synergy.consortia.pool import Pool
from synergy.consortia.question import Question
from synergy.consortia.rules.form import Rule
from synergy.consortia.rules.judge import judge
from synergy.consortia.rules.translate import constraints
from synergy.consortia.solving.choice import choose
from synergy.consortia.solving.constraints import Constraint
from synergy.consortia.wish import WISH
from synergy.errors import Infeasible


@dataclass(frozen=True)
class Change:
    """One rule as it would have to be; ``after`` is None when it has to go altogether."""

    before: Rule
    after: Rule | None

    @property
    def size(self) -> float:
        """How large the change is, as a share of a limit of 1 or more that changes; 1 for a rule or wish that goes."""
        if self.after is None:
            return 1.0
        limits = ((self.before.min, self.after.min or 0.0), (self.before.max, self.after.max or 0.0))
        return sum(abs(new - old) / max(old, 1.0) for old, new in limits if old is not None)

    def __str__(self) -> str:
        if self.after is None:
            return f"give up {self.before.id!r} ({self.before.says})"
        limits = {"minimum": (self.before.min, self.after.min), "maximum": (self.before.max, self.after.max)}
        told = [
            f"no {name}" if new is None else f"{name} {_told(new, name)} instead of {old:,.10g}"
            for name, (old, new) in limits.items()
            if old is not None and old != new
        ]
        if self.after.unknown != self.before.unknown:
            told.append("what is not known to be confirmed by people")
        return f"{self.before.id!r}: {', '.join(told)}"


def _told(limit: float, name: str) -> str:
    """Return a limit, rounded to the side on which it is kept: money to whole units, shares to four digits."""
    unit = 1.0 if limit >= 1000 else 1e-4
    whole = np.ceil(limit / unit - 1e-6) if name == "maximum" else np.floor(limit / unit + 1e-6)
    return f"{whole * unit:,.10g}"


@dataclass(frozen=True)
class Repair:
    """Changes that are enough together, all rules and wishes after them, and members who then are possible."""

    changes: tuple[Change, ...]
    rules: tuple[Rule, ...]
    members: tuple[str, ...]

    @property
    def size(self) -> float:
        """The sum of the sizes of the changes."""
        return sum(one.size for one in self.changes)

    def __str__(self) -> str:
        return "; ".join(map(str, self.changes))


def infeasible(question: Question) -> Infeasible:
    """Return the error that names the clash and every repair of a single rule of it, the smallest change first.

    When no single rule is enough, the one repair changes those whose limits, in the units of the search, give least.
    """
    rules, n = question.rules, len(question.pool)
    rows = [tuple(constraints(question.pool, rule)) for rule in rules]
    clash = smallest_clash(rows, n)
    repairs = [one for at in clash if (one := _repaired(question, rows, [at]))]
    if not repairs:
        repairs = [one for one in [_repaired(question, rows, range(len(rules)))] if one]
    repairs.sort(key=lambda one: one.size)
    told = "; ".join(f"{rules[at].id!r} ({rules[at].says})" for at in clash)
    found = f"these cannot hold together in this pool: {told}" if len(clash) > 1 else f"this pool cannot keep {told}"
    advice = f". The nearest repair: {repairs[0]}" if repairs else ""
    return Infeasible(found + advice, tuple(rules[at] for at in clash), tuple(repairs))


def smallest_clash(rows: Sequence[Sequence[Constraint]], n: int) -> tuple[int, ...]:
    """Return which rules are the smallest set (by number) that no choice of the n candidates keeps together.

    Implicit hitting sets (Ignatiev, Previti, Liffiton, Marques-Silva 2015): what a choice that keeps some rules breaks
    of the others is a set that every clash meets. The smallest set that meets all of those found so far is a clash,
    and then none is smaller, or a choice keeps it, which gives one more such set. Nothing is returned when all hold.
    """
    met: list[frozenset[int]] = []
    while True:
        held = _meeting(met, len(rows))
        choice = choose(rows, n, give=[at for at in range(len(rows)) if at not in held])
        if choice is None:
            return held
        if not choice.broken:
            return ()
        met.append(frozenset(choice.broken))


def _meeting(sets: Sequence[frozenset[int]], size: int) -> tuple[int, ...]:
    """Return the smallest set of numbers below ``size`` that has one in common with each of the sets."""
    every = (chosen for many in range(size + 1) for chosen in combinations(range(size), many))
    return next(chosen for chosen in every if all(not one.isdisjoint(chosen) for one in sets))


def _repaired(question: Question, rows: Sequence[Sequence[Constraint]], give: Sequence[int]) -> Repair | None:
    """Return the repair that changes some of these rules and no other, if there is one."""
    pool = question.pool
    choice = choose(rows, len(pool), give=give)
    if choice is None:
        return None
    after = {at: relaxed(pool, question.rules[at], choice.members) for at in choice.broken}
    changes = tuple(Change(question.rules[at], rule) for at, rule in after.items())
    rules = [after.get(at, rule) for at, rule in enumerate(question.rules)]
    kept = tuple(rule for rule in rules if rule is not None)
    return Repair(changes, kept, tuple(pool.ids[one] for one in choice.members))


def relaxed(pool: Pool, rule: Rule, members: Sequence[int]) -> Rule | None:
    """Return the rule with limits that these members keep; None when it has no limit to move."""
    if rule.every or (rule.source == WISH and "id" in rule.who):
        return None
    verdict = judge(pool, rule, members)
    low, high = float(verdict.low or 0.0), float(verdict.high or 0.0)
    if rule.unknown == "refuse" and rule.max is not None and not np.isfinite(high):
        return relaxed(pool, replace(rule, unknown="confirm"), members)
    # What is surely so, or may be so, as the rule asks.
    least, most = (low, high) if rule.unknown == "refuse" else (high, low)
    new_min = None if rule.min is None or least <= 0 else min(rule.min, least)
    new_max = None if rule.max is None else max(rule.max, most)
    if new_min is None and new_max is None:
        return None
    return replace(rule, min=new_min, max=new_max)
