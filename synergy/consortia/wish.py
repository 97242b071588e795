"""What is wanted beside the rules: partners, size, money; and what a consortium is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from synergy.consortia.pool import Pool
from synergy.consortia.rules.form import Rule
from synergy.errors import UnknownName, UsageError

SIZE = 12
WISH = "wish"


@dataclass(frozen=True)
class Value:
    """sum over capacities of weight x (returns_1 x best quality among the members + returns_2 x second-best + …).

    ``weights`` by capacity, 1 where none is given. ``returns`` begin with 1 and never rise: (1.0,) counts only the
    best, (1.0, 0.3) adds three tenths of the second-best. ``cooperation`` is added for each pair of members that did
    a project together before (a minus favours new ties), ``complementarity`` for each pair of members' regions
    times how much they complement each other (the most complementary pair of the pool is 1).
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    returns: tuple[float, ...] = (1.0,)
    cooperation: float = 0.0
    complementarity: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", dict(self.weights))
        if not self.returns or self.returns[0] != 1 or self.returns[-1] < 0:
            raise UsageError(f"returns are {self.returns}, expected them to begin with 1 and not to be negative")
        if any(after > before for before, after in pairwise(self.returns)):
            raise UsageError(f"returns are {self.returns}, expected them never to rise")
        for capacity, weight in self.weights.items():
            if not 0 <= weight < float("inf"):
                raise UsageError(f"the weight of {capacity!r} is {weight}, expected a finite number of at least 0")
        if not (abs(self.cooperation) < float("inf") and 0 <= self.complementarity < float("inf")):
            raise UsageError("cooperation is finite, complementarity finite and at least 0")


@dataclass(frozen=True)
class Effort:
    """How much is searched, in steps and not in seconds, so that the same call gives the same result anywhere.

    ``rounds`` perturbations of the first good consortium, then at most ``nodes`` nodes of the proof, which ends
    early once the bound is within ``gap`` (a share of the value; 0: proven best).
    """

    rounds: int = 150
    nodes: int = 1000
    gap: float = 0.0

    def __post_init__(self) -> None:
        if self.rounds < 0 or self.nodes < 0 or not 0 <= self.gap < 1:
            raise UsageError(f"{self}: expected rounds and nodes of at least 0 and a gap from 0 to below 1")


def wished(candidate: str) -> Rule:
    """Return the wish that a candidate takes part."""
    return Rule(
        f"must {candidate}", f"{candidate} takes part", "partners", min=1, who={"id": (candidate,)}, source=WISH
    )


def wishes(
    pool: Pool,
    rules: Sequence[Rule],
    must: Sequence[str] = (),
    exclude: Sequence[str] = (),
    max_size: int | None = None,
    budget: float | None = None,
) -> tuple[Rule, ...]:
    """Return the wishes as rules; without any limit to the number of partners, our own of 12 is one of them."""
    known = set(pool.ids)
    for one in (*must, *exclude):
        if one not in known:
            raise UnknownName("candidate", one, pool.ids)
    found = [wished(one) for one in sorted(set(must))]
    found += [
        Rule(f"exclude {one}", f"{one} does not take part", "partners", max=0, who={"id": (one,)}, source=WISH)
        for one in sorted(set(exclude))
    ]
    if max_size is not None:
        if max_size < 1:
            raise UsageError(f"the maximum size is {max_size}, expected at least 1")
        found.append(Rule("wished size", f"At most {max_size} partners", "partners", max=max_size, source=WISH))
    elif not any(one.counts == "partners" and one.max is not None and not one.who and not one.per for one in rules):
        found.append(Rule("wished size", f"At most {SIZE} partners (our own limit)", "partners", max=SIZE, source=WISH))
    if budget is not None:
        if not 0 <= budget < float("inf"):
            raise UsageError(f"the budget is {budget}, expected a finite amount of at least 0")
        found.append(Rule("wished budget", f"At most {budget:,.0f} in all", "cost", max=budget, source=WISH))
    return tuple(found)
