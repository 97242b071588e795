"""A proposal against the rules of the programmes that would pay for it: what it asks of each, and what forbids it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from synergy.funding.common_rules import WHO
from synergy.funding.offer import Partner, Proposal
from synergy.funding.programmes import SME_SIZES, Need, Programme
from synergy.funding.words import euro

SIZES = ("micro", "small", "medium", "large")
CLUSTER = "cluster"


@dataclass(frozen=True)
class Part:
    """A partner's money: who funds it at which rate; ``grant`` in whole cents, before the programme's limits.

    ``cost_assumed`` and ``rate_assumed`` say what was taken though no table says it.
    """

    partner: Partner
    programme_id: str | None
    cost: int | None
    rate: float | None
    grant: int | None
    cost_assumed: bool = False
    rate_assumed: bool = False


@dataclass(frozen=True)
class Judged:
    """A proposal with its money: ``asked`` of each programme in whole cents, within its limits.

    ``refused`` says why it cannot be funded, ``to_confirm`` what the data leave open; ``capped`` are programmes whose
    highest grant is below what the rates would give.
    """

    proposal: Proposal
    parts: tuple[Part, ...]
    asked: Mapping[str, int]
    refused: tuple[str, ...]
    to_confirm: tuple[str, ...]
    capped: tuple[str, ...]


def judge(
    proposal: Proposal,
    serves: Mapping[str, str | None],
    programmes: Mapping[str, Programme],
    partner_cost: int | None = None,
) -> Judged:
    """Return what a proposal asks of each programme, and why it may be refused.

    ``serves`` names the programme of each region. The grant of a partner is its cost x the rate of its kind and size,
    rounded down to the cent; a programme's part of a proposal is the sum over its partners, at most ``max_grant``, and
    refused below ``min_grant``. A cost that is not known is ``partner_cost`` (cents), else the programme's typical one:
    an assumption. Of a firm whose size is not known the highest rate counts, so that no budget is overdrawn.
    """
    parts = tuple(_part(partner, serves, programmes, partner_cost) for partner in proposal.partners)
    refused = [reason for part in parts for reason in _unknown(part, programmes)]
    to_confirm: list[str] = []
    asked: dict[str, int] = {}
    capped = []
    for key in sorted({part.programme_id for part in parts if part.programme_id and part.grant}):
        programme = programmes[key]
        money = sum(part.grant or 0 for part in parts if part.programme_id == key)
        if programme.budget is None:
            refused.append(f"the budget of {programme.name} is not known")
        if programme.min_grant is not None and money < programme.min_grant:
            refused.append(
                f"{programme.name} gives {euro(programme.min_grant)} EUR or more, and {euro(money)} EUR are asked of it"
            )
        if programme.max_grant is not None and money > programme.max_grant:
            capped.append(key)
            money = programme.max_grant
        asked[key] = money
        broken, open_ = _conditions(programme, parts)
        refused += broken
        to_confirm += open_
    to_confirm += [
        f"the size of {part.partner.name}: {programmes[part.programme_id].name} pays by it"
        for part in parts
        if part.rate_assumed and part.programme_id
    ]
    if not asked and not refused:
        refused.append("it asks for no money")
    return Judged(
        proposal, parts, asked, tuple(dict.fromkeys(refused)), tuple(dict.fromkeys(to_confirm)), tuple(capped)
    )


def _part(
    partner: Partner, serves: Mapping[str, str | None], programmes: Mapping[str, Programme], partner_cost: int | None
) -> Part:
    key = serves.get(partner.region_id)
    if key is None:
        return Part(partner, None, partner.cost, None, None)
    programme = programmes[key]
    cost = (
        partner.cost
        if partner.cost is not None
        else partner_cost
        if partner_cost is not None
        else programme.partner_cost
    )
    rate, assumed = rate_of(programme, partner.kind, partner.size)
    grant = None if rate is None or cost is None else int(Fraction(str(rate)) * cost)
    return Part(partner, key, cost, rate, grant, partner.cost is None and cost is not None, assumed)


def rate_of(programme: Programme, kind: str | None, size: str | None) -> tuple[float | None, bool]:
    """Return the rate for a kind and size, and whether it was assumed because the size is not known exactly.

    A cluster organisation counts as another organisation. None where the programme, or the data, do not say.
    """
    if kind is None:
        return None, False
    known = "other" if kind == CLUSTER else kind
    sizes: Iterable[str | None] = (
        (None,) if known != "firm" else SIZES if size is None else SIZES[:3] if size == "sme" else (size,)
    )
    said = [programme.rate(known, each) for each in sizes]
    rates = [None if each is None else each.rate for each in said]
    sure = [rate for rate in rates if rate is not None]
    return (max(sure), len(set(rates)) > 1) if sure else (None, False)


def _unknown(part: Part, programmes: Mapping[str, Programme]) -> Iterator[str]:
    if part.programme_id is None or part.rate == 0:
        return
    name, who = programmes[part.programme_id].name, part.partner.name
    if part.partner.kind is None:
        yield f"the kind of {who} is not known, and so is what {name} pays"
    elif part.rate is None:
        yield f"what {name} pays a {part.partner.kind} such as {who} is not known"
    elif part.cost is None:
        yield f"the cost of {who} is not known"


def _conditions(programme: Programme, parts: Sequence[Part]) -> tuple[list[str], list[str]]:
    """Return what of a programme's conditions is broken, and what is open."""
    broken, open_ = [], []
    for need in programme.needs:
        home = [
            part.partner for part in parts if need.where == "project" or part.programme_id == programme.programme_id
        ]
        surely = sum(counts(partner.kind, partner.size, need) is True for partner in home)
        possibly = sum(counts(partner.kind, partner.size, need) is not False for partner in home)
        many = WHO[need.who][need.minimum > 1]
        place = "" if need.where == "project" else " of its own region"
        if possibly < need.minimum:
            broken.append(f"{programme.name} needs {need.minimum} {many}{place}, and there are {possibly}")
        elif surely < need.minimum:
            open_.append(f"that there are {need.minimum} {many}{place}: {surely} are known ({programme.name})")
    if any(part.programme_id is None for part in parts) and programme.unfunded_partner is not True:
        who = ", ".join(part.partner.name for part in parts if part.programme_id is None)
        if programme.unfunded_partner is False:
            broken.append(f"{programme.name} allows no partner whom nobody funds: {who}")
        else:
            open_.append(f"that {programme.name} allows a partner whom nobody funds: {who}")
    return broken, open_


def counts(kind: str | None, size: str | None, need: Need) -> bool | None:
    """Return whether a partner of a kind and size counts for a need; None where the data do not say.

    >>> sme = Need("sme", "project", 3, 2)
    >>> counts("firm", None, sme), counts("university", None, sme), counts("firm", "sme", sme)
    (None, False, True)
    """
    if need.who == "any":
        return True
    known = "other" if kind == CLUSTER else kind
    if known is None:
        return None
    if need.who != "sme":
        return known == need.who
    return known == "firm" and (None if size is None else size in SME_SIZES)
