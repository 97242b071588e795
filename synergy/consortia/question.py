"""What is asked for: a pool, the rules and wishes of a consortium, and what is valued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from synergy.consortia.pool import Pool
from synergy.consortia.rules.form import Rule, RuleSet
from synergy.consortia.rules.read import load_rules
from synergy.consortia.solving.compile import compiled
from synergy.consortia.solving.model import Model
from synergy.consortia.wish import Value, wishes


@dataclass(frozen=True, eq=False, repr=False)
class Question:
    """A pool, a scheme's name, its rules followed by the wishes in the same form, and what is valued."""

    pool: Pool
    name: str
    rules: tuple[Rule, ...]
    value: Value

    @cached_property
    def model(self) -> Model:
        """The same as a problem in numbers."""
        return compiled(self.pool, self.rules, self.value)

    def under(self, rules: Sequence[Rule]) -> Question:
        """Return the same question under other rules and wishes."""
        return Question(self.pool, self.name, tuple(rules), self.value)

    def __repr__(self) -> str:
        return f"Question({self.pool!r} under {self.name!r})"


def asked(
    pool: Pool,
    rules: RuleSet | str | Path,
    value: Value,
    *,
    must: Sequence[str] = (),
    exclude: Sequence[str] = (),
    budget: float | None = None,
    max_size: int | None = None,
) -> Question:
    """Return the question; raise `UnknownName` or `DataError` when the rules or the candidates are not there."""
    scheme = rules if isinstance(rules, RuleSet) else load_rules(rules)
    wished = wishes(pool, scheme.rules, must, exclude, max_size, budget)
    return Question(pool, scheme.name, (*scheme.rules, *wished), value)
