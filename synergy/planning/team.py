"""The consortium of an activity under the rules of a scheme: who would apply, and what has to be confirmed before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from synergy.consortia import RuleSet, Value
from synergy.errors import UsageError
from synergy.partners import Proposal, Register, Subject, propose
from synergy.partners.find import RETURNS
from synergy.planning.facts import Actor
from synergy.planning.gaps import Gap
from synergy.planning.steps import Step

BEFORE = "match-funding"
"""The step that needs the confirmations first, where the template has it."""


@dataclass(frozen=True)
class Team:
    """A scheme and the consortium proposed under it; without one, ``why_none`` says why.

    ``rules`` are (what a rule or wish says, its verdict, why it is open).
    """

    scheme: str
    date: str
    source: str
    members: tuple[Actor, ...] = ()
    rules: tuple[tuple[str, str, str], ...] = ()
    proven: bool = False
    gap: float | None = None
    unheld: tuple[str, ...] = ()
    why_none: str = ""

    @property
    def to_confirm(self) -> tuple[str, ...]:
        """What the rules say that the data cannot judge."""
        return tuple(says for says, status, _ in self.rules if status == "to be confirmed")


def team_of(register: Register, subject: Subject, rules: RuleSet) -> Team:
    """Return the consortium that holds most of an activity's capacities under the rules, or why there is none."""
    try:
        found = propose(register, subject, rules, Value(returns=RETURNS))
    except UsageError as error:  # Infeasible, or nobody named
        return Team(rules.title, rules.date, rules.source, why_none=str(error))
    names = subject.capacities.set_index("capacity")["name"]
    best = found.consortia.best
    return Team(
        rules.title, rules.date, rules.source, tuple(_members(found)),
        tuple((one.rule.says, one.status, one.because) for one in best.verdicts),
        best.proven, best.gap, tuple(names.loc[list(found.partners.missing)]),
    )  # fmt: skip


def _members(found: Proposal) -> Iterator[Actor]:
    frame = found.to_frame()
    for row in frame[frame["consortium"] == 1].itertuples(index=False):
        brings = tuple(code for code in row.covers.split(";") if code)
        yield Actor(row.candidate_id, row.kind or "unknown", row.name, row.region, brings, f"{row.table}.csv:{row.row}")


def team_gaps(team: Team, who: str, steps: Iterable[Step]) -> tuple[Gap, ...]:
    """Return what people have to confirm of a consortium: its open rules, that its members want to, or that none is."""
    before = next((step.number for step in steps if step.key == BEFORE), None)
    if team.why_none:
        return (Gap(f"A consortium under {team.scheme}: {team.why_none}", who, before),)
    consent = f"That each of the {len(team.members)} proposed under {team.scheme} wants to apply, with a budget"
    told = [Gap(f"{team.scheme}: {says} (the data cannot judge it)", who, before) for says in team.to_confirm]
    return (*told, Gap(consent, who, before))
