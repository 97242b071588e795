"""Proposals that could come: consortia of a topic under the rules that its programmes share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from synergy.activities.ground import Ground
from synergy.consortia import Effort, Pool, Rule, RuleSet, Value, load_rules, search
from synergy.errors import Infeasible
from synergy.funding.alignment import Alignment
from synergy.funding.common_rules import WHO
from synergy.funding.judge import counts, rate_of
from synergy.funding.offer import Offer, Partner, Proposal
from synergy.funding.programmes import SME_SIZES, Programme
from synergy.partners import Partners, Register, of_topic, partners_for
from synergy.partners.find import RETURNS
from synergy.scores import score_pairs
from synergy.tables.study import Study
from synergy.topics import Topics

EFFORT = Effort(rounds=0, nodes=200)
SIZE, APART, LEAST = 6, 3, 3
"""Most partners, how many of them each consortium leaves out of every one before it, and fewest regions."""
OWN = RuleSet(
    "joint call",
    "Joint call",
    "",
    "our own",
    (
        Rule("partners", f"At least {LEAST} partners", "partners", min=LEAST),
        Rule("regions", f"From at least {LEAST} regions", "regions", min=LEAST),
        Rule("countries", "From at least two countries", "countries", min=2),
    ),
)
"""What a consortium keeps where no rule set is named: our own, and no programme's."""


def offer_of_consortia(
    study: Study, alignment: Alignment, topics: Topics, rules: str | Path | None, k: int, cost_said: bool
) -> Offer:
    """Search ``k`` consortia of a topic among the partners whom a programme of the call funds at a known rate.

    They keep a rule set (by default our own: three partners, three regions, two countries) and the partners that any
    programme needs in a project, at most ``SIZE`` partners each. The score is the value of the search. Nobody named has
    been asked; where no table holds costs, they are assumed, and the offer says so.
    """
    scheme = OWN if rules is None else load_rules(rules)
    partners, pool, payers, left_out = _fundable(study, alignment, topics)
    source = f"consortia that Synergy found under the rules '{scheme.name}' and the needs of the programmes"
    if not len(pool):
        return Offer((), source, False, (), (*left_out, ("consortia", "the data name nobody whom a programme funds")))
    asked = replace(scheme, rules=(*scheme.rules, *_needs(payers)))
    try:
        found = search(
            pool, asked, value=Value(returns=RETURNS), max_size=SIZE, k=k, apart=APART, effort=EFFORT,
            seed=study.settings.seed,
        )  # fmt: skip
    except Infeasible as error:
        return Offer((), source, False, (), (*left_out, ("consortia", str(error))))
    people = partners.people.set_index("candidate_id")
    proposals = []
    for number, consortium in enumerate(found, start=1):
        rows = people.loc[list(consortium.members)]
        columns = zip(
            *(rows[name].tolist() for name in ("name", "region", "kind", "size", "table", "row")), strict=True
        )
        members = tuple(
            Partner(str(name), region, _text(kind), _text(size), None, f"{table}.csv:{row}")
            for name, region, kind, size, table, row in columns
        )
        proposals.append(Proposal(f"C{number:02}", round(consortium.value, 4), members))
    return Offer(tuple(proposals), source, False, tuple(_assumptions(cost_said)), tuple(left_out))


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None


def _needs(programmes: Iterable[Programme]) -> Iterator[Rule]:
    """Yield what programmes need in a project, the strictest of each kind, as rules of a consortium."""
    least: dict[str, tuple[int, str]] = {}
    for programme in programmes:
        for need in programme.needs:
            if need.where == "project" and need.minimum > least.get(need.who, (0, ""))[0]:
                least[need.who] = need.minimum, programme.programme_id
    for who, (minimum, programme_id) in sorted(least.items()):
        meant: dict[str, tuple[str, ...]] = {} if who == "any" else {"kind": (who,)}
        if who == "sme":
            meant = {"kind": ("firm",), "size": SME_SIZES}
        says = f"At least {minimum} {WHO[who][minimum > 1]}"
        yield Rule(f"needs-{who}", says, "partners", min=minimum, who=meant, source=programme_id)


def _fundable(
    study: Study, alignment: Alignment, topics: Topics
) -> tuple[Partners, Pool, tuple[Programme, ...], list[tuple[str, str]]]:
    """Return the partners there are, the pool of those who can be funded, their programmes, and who is out and why."""
    serves = {each.region_id: each for each in alignment.regions if each.programme_id is not None}
    whole = tuple(region for region, each in serves.items() if not each.in_part)
    programmes = {programme.programme_id: programme for programme in alignment.programmes}
    ground = Ground(study.located)
    subject = replace(of_topic(ground, topics, alignment.theme.theme_id), core=whole, regions=whole)
    partners = partners_for(Register(ground, score_pairs(study)), subject)
    people = [
        Candidate(programmes[str(serves[region].programme_id)], _text(kind), _text(size))
        for region, kind, size in partners.pool.candidates[["region", "kind", "size"]].itertuples(index=False)
    ]
    rates = [rate_of(one.programme, one.kind, one.size)[0] for one in people]
    left_out = [
        (region, f"its programme is {each.basis}, and the tables do not say who lies there")
        for region, each in serves.items()
        if each.in_part
    ]
    for count, why in (
        (rates.count(None), "what their programme pays them is not known"),
        (rates.count(0.0), "their programme does not fund them"),
    ):
        if count:
            left_out.append((f"{count} candidates", why))
    kept, short = _able([one for one, rate in zip(people, rates, strict=True) if rate])
    keep = np.array([bool(rate) and one.programme in kept for one, rate in zip(people, rates, strict=True)], bool)
    return partners, _part(partners.pool, keep), kept, [*left_out, *short]


@dataclass(frozen=True)
class Candidate:
    """Somebody who could take part: the programme that would pay, and what is known of kind and size."""

    programme: Programme
    kind: str | None
    size: str | None


def _able(people: Sequence[Candidate]) -> tuple[tuple[Programme, ...], list[tuple[str, str]]]:
    """Return the programmes whose needs the candidates can meet at all, and why others are left out.

    A programme that needs more SMEs than anybody names would refuse every consortium: its partners are left out first.
    """
    kept = {one.programme.programme_id: one.programme for one in people}
    short: list[tuple[str, str]] = []
    while True:
        lost = next((pair for programme in kept.values() if (pair := _lacks(programme, people, kept))), None)
        if lost is None:
            return tuple(kept.values()), short
        short.append(lost)
        del kept[lost[0]]


def _lacks(programme: Programme, people: Sequence[Candidate], kept: Mapping[str, Programme]) -> tuple[str, str] | None:
    for need in programme.needs:
        near = [
            one
            for one in people
            if one.programme.programme_id in kept and (need.where == "project" or one.programme is programme)
        ]
        possible = sum(counts(one.kind, one.size, need) is not False for one in near)
        if possible < need.minimum:
            many = WHO[need.who][need.minimum > 1]
            home = " of its own region" if need.where == "home" else ""
            return programme.programme_id, f"it needs {need.minimum} {many}{home}, and the data name {possible}"
    return None


def _part(pool: Pool, keep: np.ndarray) -> Pool:
    """Return the candidates that are kept, with what they hold and whom they know."""
    at = np.flatnonzero(keep)
    return replace(
        pool,
        candidates=pool.candidates.iloc[at].reset_index(drop=True),
        quality=pool.quality[at],
        ties=None if pool.ties is None else pool.ties[at][:, at],
        evidence=None,
    )


def _assumptions(cost_said: bool) -> Iterator[str]:
    yield "Consortia are examples of what could be proposed: nobody named in them has been asked."
    yield "The score is what a consortium covers of the topic's capacities; it is no evaluation."
    if cost_said:
        yield "No table holds costs: every partner's part is taken at the amount given with --partner-cost."
    else:
        yield "No table holds costs: every partner's part is taken at the typical cost that its programme names."
    yield "A firm whose size is not known counts at the highest rate, a cluster organisation as another organisation."
