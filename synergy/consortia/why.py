"""Why somebody is not in a consortium: what it would cost, which rules fail by how much, what would have to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from synergy.consortia.describe import describe
from synergy.consortia.infeasible import Change, Repair, infeasible, relaxed
from synergy.consortia.question import Question
from synergy.consortia.result import Consortia, Consortium
from synergy.consortia.rules.judge import Verdict, judge
from synergy.consortia.solving.solve import solve
from synergy.consortia.wish import Effort, wished
from synergy.errors import UsageError


@dataclass(frozen=True)
class Move:
    """The candidate joins and nobody (None) or one member leaves.

    ``gain`` is what that adds to the value, ``broken`` are the rules it breaks, and ``changes`` what would have to be
    changed in them.
    """

    leaving: str | None
    gain: float
    broken: tuple[Verdict, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class WhyNot:
    """What is lost when a candidate has to be in.

    ``instead`` is the best consortium found with it and ``costs`` how much less that is worth than the one asked
    about; no consortium with it costs less than ``at_least`` (below 0: it may even be better, as long as neither is
    proven). Both are None when no consortium with it keeps all rules: then ``clash`` is the smallest set of rules
    that cannot hold together with it, and ``repairs`` are changes of which each is enough. ``added`` is what happens
    when it simply joins, ``exchanges`` when it takes the place of a member, fewest broken rules first.
    """

    candidate: str
    instead: Consortium | None
    costs: float | None
    at_least: float | None
    added: Move
    exchanges: tuple[Move, ...]
    clash: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()

    def __str__(self) -> str:
        if self.instead is None or self.costs is None or self.at_least is None:
            advice = f"; the nearest repair: {self.repairs[0]}" if self.repairs else ""
            return f"{self.candidate!r} cannot be in: it clashes with {', '.join(map(repr, self.clash))}{advice}"
        sure = f"at least {self.at_least:.4g}" if self.at_least >= 0 else "not proven: it may even be worth more"
        return f"with {self.candidate!r} the best found is worth {self.costs:.4g} less ({sure})"


def why_not(
    found: Consortia,
    candidate: str,
    *,
    number: int = 0,
    effort: Effort = Effort(),  # noqa: B008 (frozen)
    seed: int = 0,
) -> WhyNot:
    """Return what happens when a candidate is forced into the consortium of that number (0: the best).

    Raises `UnknownName` when the pool has no such candidate, `UsageError` when it is a member already.
    """
    question, consortium = found.question, found[number]
    one = question.pool.place(candidate)
    if candidate in consortium.members:
        raise UsageError(f"{candidate!r} is a member already")
    members = [question.pool.place(member) for member in consortium.members]
    added = _move(question, consortium, members, one, None)
    exchanges = [_move(question, consortium, members, one, leaving) for leaving in members]
    exchanges.sort(key=lambda move: (len(move.broken), -move.gain))
    forced = question.under((*question.rules, wished(candidate)))
    solved = solve(forced.model, effort, seed)
    if solved is None:
        error = infeasible(forced)
        clash = tuple(rule.id for rule in error.clash)
        return WhyNot(candidate, None, None, None, added, tuple(exchanges), clash, error.repairs)
    instead = describe(question, solved.members, solved.bound)
    costs, at_least = consortium.value - instead.value, consortium.value - instead.bound
    return WhyNot(candidate, instead, costs, at_least, added, tuple(exchanges))


def _move(
    question: Question, consortium: Consortium, members: Sequence[int], joining: int, leaving: int | None
) -> Move:
    after = sorted({*members, joining} - {leaving})
    verdicts = (judge(question.pool, rule, after) for rule in question.rules)
    broken = tuple(one for one in verdicts if not one.accepted)
    changes = tuple(Change(one.rule, relaxed(question.pool, one.rule, after)) for one in broken)
    gain = question.model.value(after) - consortium.value
    return Move(None if leaving is None else question.pool.ids[leaving], gain, broken, changes)
