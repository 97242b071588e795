"""The search for consortia: the best one with its bound, then alternatives that differ from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from synergy.consortia.describe import describe
from synergy.consortia.infeasible import infeasible
from synergy.consortia.pool import Pool
from synergy.consortia.question import asked
from synergy.consortia.result import Consortia, Consortium
from synergy.consortia.rules.form import Rule, RuleSet
from synergy.consortia.solving.solve import solve
from synergy.consortia.wish import WISH, Effort, Value
from synergy.errors import UsageError

APART = 2


def search(
    pool: Pool,
    rules: RuleSet | str | Path,
    *,
    value: Value = Value(),  # noqa: B008 (frozen)
    must: Sequence[str] = (),
    exclude: Sequence[str] = (),
    budget: float | None = None,
    max_size: int | None = None,
    k: int = 1,
    apart: int = APART,
    effort: Effort = Effort(),  # noqa: B008 (frozen)
    seed: int = 0,
) -> Consortia:
    """Find the consortium of a pool that is worth most and breaks no rule, and ``k`` - 1 alternatives.

    ``rules`` is a `RuleSet`, the name of one that comes with Synergy or a rule file. ``must`` and ``exclude`` are
    candidates; ``budget`` limits the sum of the known costs; without ``max_size`` or a rule that limits the partners
    there are at most 12. Each alternative leaves out at least ``apart`` members of every consortium before it. Rules
    that data cannot decide are not broken, but told as to be confirmed.

    Raises `Infeasible` when nothing keeps all rules and wishes, `UnknownName` for a candidate, capacity or rule set
    that is not there, `DataError` for a rule file with problems.

    >>> import pandas as pd
    >>> pool = Pool.from_frames(
    ...     pd.DataFrame({"candidate_id": ["a", "b", "c"], "country": ["AT", "IT", "IT"], "owner": ["a", "b", "c"]}),
    ...     pd.DataFrame({"candidate_id": list("abc"), "capacity": ["wood", "wood", "tools"], "quality": [0.5, 1, 1]}),
    ... )
    >>> search(pool, "eureka-network", max_size=2, k=2, apart=1)
    Consortia(2 under 'eureka-network', the first: Consortium(2 members, value 1.5, proven best))
    """
    if k < 1 or apart < 1:
        raise UsageError(f"k is {k} and apart is {apart}, expected both to be at least 1")
    question = asked(pool, rules, value, must=must, exclude=exclude, budget=budget, max_size=max_size)
    params = {
        "rules": question.name, "must": sorted(set(must)), "exclude": sorted(set(exclude)), "budget": budget,
        "max_size": max_size, "k": k, "apart": apart, "rounds": effort.rounds, "nodes": effort.nodes,
        "gap": effort.gap, "returns": list(value.returns), "cooperation": value.cooperation,
        "complementarity": value.complementarity, "seed": seed,
    }  # fmt: skip
    found: list[Consortium] = []
    for drawn in np.random.SeedSequence(seed).spawn(k):
        apart_from = [_apart(number, one, apart) for number, one in enumerate(found, start=1)]
        solved = solve(question.under((*question.rules, *apart_from)).model, effort, drawn)
        if solved is None:
            break
        # Whoever keeps away from more consortia is worth no more than who need not.
        bound = min(solved.bound, found[-1].bound) if found else solved.bound
        found.append(describe(question, solved.members, bound))
    if not found:
        raise infeasible(question)
    return Consortia(question, tuple(found), params)


def _apart(number: int, one: Consortium, apart: int) -> Rule:
    says = f"At least {apart} members of consortium {number} are not in it"
    return Rule(
        f"apart {number}", says, "partners", max=max(0, len(one.members) - apart), who={"id": one.members}, source=WISH
    )
