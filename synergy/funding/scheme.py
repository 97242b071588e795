"""The synchronised scheme of a topic: aligned programmes, judged proposals, and which of them are funded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from synergy.errors import UnknownName, UsageError
from synergy.funding.alignment import FIT, OVERLAP_DAYS, SHIFT_WEEKS, Alignment, align
from synergy.funding.cents import MOST
from synergy.funding.demand import Demand
from synergy.funding.judge import Judged, judge
from synergy.funding.offer import Offer, offer_of_table
from synergy.funding.orders import ORDERS
from synergy.funding.otherwise import DRAWS, demand_of
from synergy.funding.pots import POTS
from synergy.funding.pricing import COLUMNS, prices
from synergy.funding.selection import Selection, choose, select
from synergy.funding.territory import serve
from synergy.funding.words import CENTS
from synergy.tables.located import Located
from synergy.tables.study import Study
from synergy.topics import Topics, find_topics

if TYPE_CHECKING:
    from typing import Any

CONSORTIA = 12
"""How many consortia are looked for."""
PRICED = 12
"""For how many programmes at most it is looked up what more money there would fund."""
PROPOSAL_COLUMNS = (
    "proposal_id", "score", "partners", "regions", "asked_eur", "funded", "chance", "why", "to_confirm",
    "cost_assumed",
)  # fmt: skip


@dataclass(frozen=True, repr=False, eq=False)
class Scheme:
    """Programmes that act together, proposals judged by their rules, and the selection under the pot.

    ``selection`` is None where there is nothing to select from: no programme with a known budget, or no proposal that
    the rules allow.
    """

    study: str
    alignment: Alignment
    offer: Offer
    judged: tuple[Judged, ...]
    selection: Selection | None
    params: Mapping[str, Any]

    @property
    def illustrative(self) -> bool:
        """Whether any programme or proposal is made up."""
        return self.alignment.illustrative or self.offer.illustrative

    @property
    def funded(self) -> tuple[str, ...]:
        """The proposals that are funded, by rank."""
        if self.selection is None:
            return ()
        frame = self.selection.frame
        return tuple(frame.loc[frame["funded"], "proposal_id"])

    @cached_property
    def pots(self) -> tuple[Selection, ...]:
        """The same proposals under each pot, the order kept; empty where nothing could be selected."""
        if self.selection is None:
            return ()
        params = self.selection.params
        limits = {"gap": params["gap"], "nodes": params["nodes"]}
        return tuple(
            self.selection
            if pot == params["pot"]
            else choose(self.selection.call, pot, params["order"], params["balancing"], **limits)
            for pot in POTS
        )

    @cached_property
    def prices(self) -> pd.DataFrame:
        """What 100,000 EUR more would fund in each programme whose money binds (``prices``), at most ``PRICED``."""
        if self.selection is None:
            return pd.DataFrame(columns=list(COLUMNS))
        regions = self.selection.regions
        binding = regions[regions["binding"]].sort_values("blocks", ascending=False, kind="stable")["region_id"]
        return prices(self.selection, regions=binding.head(PRICED))

    @cached_property
    def demand(self) -> Demand | None:
        """The selection if scores and costs turn out otherwise (``demand_of``); None without draws or a selection."""
        draws, seed = self.params["draws"], self.params["seed"]
        if self.selection is None or not draws:
            return None
        return demand_of(self.selection, self.judged, self.alignment.programmes, draws, seed)

    @cached_property
    def _chances(self) -> dict[str, float]:
        if self.demand is None:
            return {}
        chances = self.demand.chances
        return dict(zip(chances["proposal_id"], map(float, chances["chance"]), strict=True))

    @cached_property
    def _why(self) -> dict[str, str | None]:
        frame = None if self.selection is None else self.selection.frame
        if frame is None:
            return {}
        return {
            key: why if isinstance(why, str) else None
            for key, why in zip(frame["proposal_id"], frame["why"], strict=True)
        }

    def to_frame(self) -> pd.DataFrame:
        """Return one row per proposal: PROPOSAL_COLUMNS, then what it asks of each programme in euro."""
        keys = [programme.programme_id for programme in self.alignment.programmes]
        chosen = set(self.funded)
        rows = [
            (
                each.proposal.proposal_id, each.proposal.score, len(each.parts),
                ";".join(dict.fromkeys(part.partner.region_id for part in each.parts)),
                sum(each.asked.values()) / CENTS, each.proposal.proposal_id in chosen, self.chance(each),
                self.why(each) or None, "; ".join(each.to_confirm) or None,
                any(part.cost_assumed for part in each.parts),
                *(each.asked.get(key, 0) / CENTS for key in keys),
            )
            for each in self.judged
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=[*PROPOSAL_COLUMNS, *keys])

    def why(self, judged: Judged) -> str:
        """Return why a proposal is not funded; nothing where it is."""
        if judged.refused:
            return "; ".join(judged.refused)
        return "" if self.selection is None else self._why.get(judged.proposal.proposal_id) or ""

    def chance(self, judged: Judged) -> float | None:
        """Return in which share of the draws a proposal is funded; None without draws, or where the rules refuse it."""
        return self._chances.get(judged.proposal.proposal_id)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, as ``synergy scheme --json`` prints them; what is unknown is None."""
        from synergy.funding.plain import scheme_values

        return scheme_values(self)

    def __len__(self) -> int:
        return len(self.judged)

    def __repr__(self) -> str:
        return f"Scheme({self.alignment!r}, {len(self.funded)} of {len(self)} proposals funded)"


def make_scheme(
    study: Study,
    topic: str | None = None,
    regions: Iterable[str] | None = None,
    *,
    topics: Topics | None = None,
    pot: str = "virtual",
    order: str = "optimal",
    balancing: float = 0.1,
    shift_weeks: int = SHIFT_WEEKS,
    overlap_days: int = OVERLAP_DAYS,
    fit: float = FIT,
    partner_cost: float | None = None,
    rules: str | Path | None = None,
    consortia: int = CONSORTIA,
    draws: int = DRAWS,
) -> Scheme:
    """Align the programmes of a topic, judge proposals by their rules, and select under a pot.

    ``topic`` is a topic or a code, the best topic where none is named. Proposals are those of the study's table, or
    without one as many ``consortia`` of the topic under a rule set (``offer_of_consortia``). What each asks of each
    programme follows from costs, rates and limits (``judge``); a cost that no table holds is ``partner_cost`` (EUR) or
    the programme's typical one, and is called an assumption wherever it counts. ``pot``, ``order`` and ``balancing``
    are those of ``select``. ``draws`` are those of other scores and costs (``demand_of``), made when they are first
    asked for; 0 leaves them out.

    Raises UnknownName for a topic, code, region, pot or order that is not there, UsageError for a value out of range.

    >>> from synergy.tables.read import load
    >>> make_scheme(load("data/alpine"), "ecosystem:health", ["AT32", "DE1"])
    Scheme(Alignment('Health': 2 programmes, open together as they stand, 0 regions without), 0 of 0 proposals funded)
    """
    check_choices(pot, order, balancing, partner_cost, consortia, draws)
    located = study.located
    if topics is None and topic not in located.fields.names:
        topics = find_topics(study)
    if topic is None:
        topic = best_topic(topics)
    alignment = align(study, topic, regions, topics=topics, shift_weeks=shift_weeks, overlap_days=overlap_days, fit=fit)
    offer = offer_of_table(study, alignment.theme, located.fields, fit)
    if offer is None:
        offer = _searched(study, alignment, topics, rules, consortia, partner_cost is not None)
    judged = judge_all(located, alignment, offer, None if partner_cost is None else round(partner_cost * CENTS))
    params = {
        **alignment.params, "pot": pot, "order": order, "balancing": balancing, "partner_cost": partner_cost,
        "draws": draws, "seed": study.settings.seed,
    }  # fmt: skip
    return Scheme(study.title, alignment, offer, judged, select_from(alignment, judged, pot, order, balancing), params)


def check_choices(
    pot: str, order: str, balancing: float, partner_cost: float | None, consortia: int, draws: int
) -> None:
    """Raise UnknownName or UsageError for a choice that is not there, before any work is done."""
    for what, name, known in (("pot", pot, POTS), ("order", order, ORDERS)):
        if name not in known:
            raise UnknownName(what, name, known)
    if not 0 <= balancing <= 1:
        raise UsageError(f"the balancing share is {balancing}, expected a number from 0 to 1")
    if partner_cost is not None and not 0 <= partner_cost <= MOST / CENTS:
        raise UsageError(f"the cost of a partner is {partner_cost}, expected an amount of at least 0 EUR")
    if consortia < 0:
        raise UsageError(f"{consortia} consortia are asked for, expected 0 or more")
    if draws < 0:
        raise UsageError(f"{draws} draws are asked for, expected 0 or more")


def _searched(
    study: Study, alignment: Alignment, topics: Topics | None, rules: str | Path | None, k: int, cost_said: bool
) -> Offer:
    if topics is None or alignment.theme.theme_id not in set(topics.frame["topic_id"]):
        return Offer((), "none: the study has no table of them, and consortia are looked for a topic only", False)
    if not len(alignment) or not k:
        return Offer((), "none", False)
    from synergy.funding.from_consortia import offer_of_consortia

    return offer_of_consortia(study, alignment, topics, rules, k, cost_said)


def best_topic(topics: Topics | None) -> str:
    """Return the topic with the best score; UsageError where there is none."""
    if topics is None or topics.frame.empty:
        raise UsageError("no topic was found in the study: name a code, such as ecosystem:health")
    return str(topics.frame["topic_id"].iloc[0])


def judge_all(located: Located, alignment: Alignment, offer: Offer, partner_cost: int | None) -> tuple[Judged, ...]:
    """Judge every proposal, highest score first; a region outside the call has no programme there."""
    programmes = {programme.programme_id: programme for programme in alignment.programmes}
    named = {partner.region_id for proposal in offer.proposals for partner in proposal.partners}
    fits = dict.fromkeys(programmes, 1.0)
    own = serve(located.places, sorted(named), programmes.values(), fits, 1.0)
    serves = {each.region_id: None if each.in_part else each.programme_id for each in own}
    ordered = sorted(offer.proposals, key=lambda proposal: (-proposal.score, proposal.proposal_id))
    return tuple(judge(proposal, serves, programmes, partner_cost) for proposal in ordered)


def select_from(
    alignment: Alignment, judged: Iterable[Judged], pot: str, order: str, balancing: float
) -> Selection | None:
    """Select among the proposals that the rules allow; None where there is no budget or no such proposal."""
    budgets = {p.programme_id: p.budget for p in alignment.programmes if p.budget is not None}
    allowed = [each for each in judged if not each.refused]
    if not budgets or not allowed:
        return None
    rows = [
        {"proposal_id": each.proposal.proposal_id, "score": each.proposal.score}
        | {key: each.asked.get(key, 0) for key in budgets}
        for each in allowed
    ]
    return select(pd.DataFrame(rows), budgets, pot, order, balancing)
