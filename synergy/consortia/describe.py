"""Members, in positions of the pool, as a consortium that says what each of them is good for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from synergy.consortia.question import Question
from synergy.consortia.result import Consortium, Contribution
from synergy.consortia.rules.judge import judge
from synergy.consortia.solving.branch import ROUNDING


def describe(question: Question, members: Sequence[int], bound: float) -> Consortium:
    """Return the consortium of these members, its rules judged, with a bound that holds for every feasible choice."""
    pool, model = question.pool, question.model
    at = sorted(members)
    value = model.value(at)
    bound = value if bound - value <= ROUNDING * model.scale else bound
    terms = {term.name: term.value(at) for term in model.terms}
    covered = tuple(_contributions(question, at))
    cost = pool.cost[at]
    return Consortium(
        members=tuple(pool.ids[one] for one in at),
        value=value,
        bound=bound,
        gap=(bound - value) / abs(value) if value else float(bound > 0),
        proven=bound == value,
        parts={"capacities": sum(one.value for one in covered), **terms},
        verdicts=tuple(judge(pool, rule, at) for rule in question.rules),
        contributions=covered,
        losses={pool.ids[one]: value - model.value([other for other in at if other != one]) for one in at},
        cost=float(np.nansum(cost)),
        cost_unknown=tuple(pool.ids[one] for one, known in zip(at, cost, strict=True) if np.isnan(known)),
    )


def _contributions(question: Question, at: Sequence[int]) -> Iterator[Contribution]:
    pool, value = question.pool, question.value
    table = pool.quality[at].toarray()
    for column, capacity in enumerate(pool.capacities):
        quality = table[:, column]
        order = [k for k in np.argsort(-quality, kind="stable") if quality[k] > 0]
        weight = value.weights.get(capacity, 1.0)
        counted = zip(value.returns, quality[order], strict=False)
        yield Contribution(
            capacity,
            pool.capacity_name(capacity),
            weight,
            tuple(pool.ids[at[k]] for k in order),
            tuple(float(quality[k]) for k in order),
            weight * float(sum(share * held for share, held in counted)),
        )
