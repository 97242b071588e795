"""What a search returns: consortia with their value, bound, judged rules and who contributes what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

import pandas as pd

from synergy.consortia.question import Question
from synergy.consortia.rules.judge import OPEN, Verdict


@dataclass(frozen=True)
class Contribution:
    """One capacity: who of the members holds it (best first, with their qualities) and what that adds to the value."""

    capacity: str
    name: str
    weight: float
    members: tuple[str, ...]
    qualities: tuple[float, ...]
    value: float

    @property
    def best(self) -> str | None:
        """Who holds it best; None when no member holds it."""
        return self.members[0] if self.members else None

    @property
    def quality(self) -> float:
        """The best quality, 0 when no member holds it."""
        return self.qualities[0] if self.qualities else 0.0


@dataclass(frozen=True, repr=False)
class Consortium:
    """Members, what they are worth, and that no feasible choice is worth more than ``bound``.

    ``gap`` = (bound - value) / |value|; ``proven`` only when the bound is the value (but for rounding). ``parts`` add
    up to the value. ``losses``: how much value leaves with each member. ``cost`` is the sum of the known costs;
    ``cost_unknown`` are the members whose cost is not known.
    """

    members: tuple[str, ...]
    value: float
    bound: float
    gap: float
    proven: bool
    parts: Mapping[str, float]
    verdicts: tuple[Verdict, ...]
    contributions: tuple[Contribution, ...]
    losses: Mapping[str, float]
    cost: float
    cost_unknown: tuple[str, ...]

    @property
    def uncovered(self) -> tuple[str, ...]:
        """The capacities with a weight that no member holds."""
        return tuple(one.capacity for one in self.contributions if one.weight > 0 and not one.members)

    @property
    def to_confirm(self) -> tuple[Verdict, ...]:
        """The rules that data cannot decide: people have to."""
        return tuple(one for one in self.verdicts if one.status == OPEN)

    @property
    def broken(self) -> tuple[Verdict, ...]:
        """The rules that are broken or not surely kept though they have to be; none in what a search returns."""
        return tuple(one for one in self.verdicts if not one.accepted)

    def to_dict(self) -> dict[str, object]:
        """Return all of it in plain types, as JSON takes them; None where something is not known."""
        return {
            "members": list(self.members),
            "value": self.value,
            "bound": self.bound,
            "gap": self.gap,
            "proven": self.proven,
            "parts": dict(self.parts),
            "losses": dict(self.losses),
            "cost": self.cost,
            "cost_unknown": list(self.cost_unknown),
            "uncovered": list(self.uncovered),
            "contributions": [asdict(one) | {"best": one.best, "quality": one.quality} for one in self.contributions],
            "rules": [one.to_dict() for one in self.verdicts],
        }

    def __repr__(self) -> str:
        proof = "proven best" if self.proven else f"within {self.gap:.2%} of the bound"
        return f"Consortium({len(self.members)} members, value {self.value:.4g}, {proof})"


@dataclass(frozen=True, eq=False, repr=False)
class Consortia:
    """The best consortium found, then alternatives in the order in which they were looked for.

    Each alternative leaves out at least ``params["apart"]`` members of every one before it; its bound holds for all
    that do. Fewer than asked for are returned when there are no more.
    """

    question: Question
    consortia: tuple[Consortium, ...]
    params: Mapping[str, object]

    @property
    def best(self) -> Consortium:
        """The first one."""
        return self.consortia[0]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per consortium and member.

        Columns: consortium (1, 2, …), candidate_id, name, region, country, kind, cost, best_for (how many capacities
        the member holds best), loss (the value that leaves with it), value, bound, gap, proven.
        """
        table = self.question.pool.candidates.set_index("candidate_id", drop=False)
        frames = []
        for number, one in enumerate(self.consortia, start=1):
            part = table.loc[list(one.members), ["candidate_id", "name", "region", "country", "kind", "cost"]]
            best = [sum(each.best == member for each in one.contributions) for member in one.members]
            part = part.assign(
                best_for=best, loss=list(one.losses.values()), value=one.value, bound=one.bound, gap=one.gap,
                proven=one.proven,
            )  # fmt: skip
            part.insert(0, "consortium", number)
            frames.append(part)
        return pd.concat(frames, ignore_index=True)

    def to_dict(self) -> dict[str, object]:
        """Return all of it in plain types; each consortium tells what it loses against the first."""
        best = self.best.value
        found = [one.to_dict() | {"less_than_best": best - one.value} for one in self.consortia]
        return {"params": dict(self.params), "consortia": found}

    def __len__(self) -> int:
        return len(self.consortia)

    def __iter__(self) -> Iterator[Consortium]:
        return iter(self.consortia)

    def __getitem__(self, number: int) -> Consortium:
        return self.consortia[number]

    def __repr__(self) -> str:
        return f"Consortia({len(self)} under {self.question.name!r}, the first: {self.best!r})"
