"""Alignment and scheme as plain values: dicts, lists, text, numbers and None; money in euro."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from synergy.funding.common_rules import STATES
from synergy.funding.demand import LEVEL
from synergy.funding.equity import fairness
from synergy.funding.joint_call import call_values
from synergy.funding.otherwise import assumptions_said, intervals_said, used_frame
from synergy.funding.words import CENTS

if TYPE_CHECKING:
    from synergy.funding.alignment import Alignment
    from synergy.funding.judge import Judged, Part
    from synergy.funding.scheme import Scheme


def alignment_values(alignment: Alignment) -> dict[str, Any]:
    """Return the whole alignment as plain values."""
    calendar, theme = alignment.calendar, alignment.theme
    return {
        "topic": {
            "id": theme.theme_id, "name": theme.name, "codes": list(theme.codes), "evidence": list(theme.evidence),
        },
        "illustrative": alignment.illustrative,
        "params": dict(alignment.params),
        "programmes": records(alignment.frame),
        "regions": [
            {"region_id": each.region_id, "name": alignment.region_names[each.region_id],
             "programme_id": each.programme_id, "basis": each.basis, "others": list(each.others),
             "in_part": each.in_part}
            for each in alignment.regions
        ],
        "calendar": {
            "clock": calendar.clock, "opens": calendar.opens, "closes": calendar.closes,
            "overlap_days": calendar.overlap_days, "overlap_now": calendar.overlap_now, "days_moved": calendar.total,
            "limit_days": calendar.limit_days, "window_unknown": list(calendar.unknown),
            "missed": list(calendar.missed),
            "entries": [
                {"programme_id": key, "window": entry.window.words(), "days": entry.days, "saved": entry.saved,
                 "longer": entry.longer, "movable": entry.window.movable, "row": entry.window.row,
                 "decision": entry.decision and entry.decision.isoformat(),
                 "start": entry.start and entry.start.isoformat()}
                for key, entry in calendar.entries.items()
            ],
        },
        "rules": [
            {"rule": rule.key, "title": rule.title, "state": rule.state, "meaning": STATES[rule.state],
             "common": rule.common or None, "binds": list(rule.binds), "why": rule.why or None,
             "repair": rule.repair or None, "values": dict(rule.values), "unknown": list(rule.unknown)}
            for rule in alignment.rules
        ],
        "eligibility": records(alignment.eligibility),
        "shared": records(alignment.shared),
    }  # fmt: skip


def scheme_values(scheme: Scheme) -> dict[str, Any]:
    """Return the whole scheme as plain values, the joint call with it."""
    return {
        "study": scheme.study,
        "illustrative": scheme.illustrative,
        "params": dict(scheme.params),
        "alignment": alignment_values(scheme.alignment),
        "offer": {
            "source": scheme.offer.source, "illustrative": scheme.offer.illustrative,
            "assumptions": list(scheme.offer.assumptions),
            "left_out": [{"what": what, "why": why} for what, why in scheme.offer.left_out],
        },
        "proposals": [_judged(scheme, each) for each in scheme.judged],
        "selection": _selection(scheme),
        "demand": _demand(scheme),
        "call": call_values(scheme),
    }  # fmt: skip


def _judged(scheme: Scheme, judged: Judged) -> dict[str, Any]:
    return {
        "proposal_id": judged.proposal.proposal_id,
        "score": judged.proposal.score,
        "funded": judged.proposal.proposal_id in scheme.funded,
        "chance": scheme.chance(judged),
        "allowed": not judged.refused,
        "why": scheme.why(judged) or None,
        "asked": {key: cents / CENTS for key, cents in judged.asked.items()},
        "asked_eur": sum(judged.asked.values()) / CENTS,
        "capped": list(judged.capped),
        "to_confirm": list(judged.to_confirm),
        "partners": [_part(part) for part in judged.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    partner = part.partner
    return {
        "name": partner.name, "region_id": partner.region_id, "kind": partner.kind, "size": partner.size,
        "programme_id": part.programme_id, "cost": None if part.cost is None else part.cost / CENTS,
        "cost_assumed": part.cost_assumed, "rate": part.rate, "rate_assumed": part.rate_assumed,
        "grant": None if part.grant is None else part.grant / CENTS, "row": partner.place,
    }  # fmt: skip


def _selection(scheme: Scheme) -> dict[str, Any] | None:
    chosen = scheme.selection
    if chosen is None:
        return None
    money = ("budget", "asked", "used", "paid", "given", "received", "left")
    regions = chosen.regions.rename(columns={"region_id": "programme_id"})
    budget = int(regions["budget"].sum())
    return {
        "pot": scheme.params["pot"],
        "order": scheme.params["order"],
        "balancing": scheme.params["balancing"],
        "projects": chosen.projects,
        "score": chosen.score,
        "bound": chosen.bound,
        "gap": chosen.gap,
        "proven": chosen.proven,
        "money": chosen.money / CENTS,
        "budget": budget / CENTS,
        "share": chosen.money / budget if budget else None,
        "programmes": records(regions.assign(**{name: regions[name] / CENTS for name in money})),
        "pots": [
            {
                "pot": each.params["pot"],
                "projects": each.projects,
                "money": each.money / CENTS,
                "score": each.score,
                "share": each.money / budget if budget else None,
                "gap": each.gap,
            }
            for each in scheme.pots
        ],
        "prices": [
            {**row, "money": row["money"] / CENTS, "programme_id": row["region_id"]} for row in records(scheme.prices)
        ],
        "fairness": records(fairness(chosen).summary),
    }


def _demand(scheme: Scheme) -> dict[str, Any] | None:
    demand, chosen = scheme.demand, scheme.selection
    if demand is None or chosen is None:
        return None
    cuts, used = demand.intervals(), used_frame(demand, chosen)
    money = ["low", "median", "high", "budget"]
    return {
        "summary": intervals_said(demand),
        "assumptions": list(assumptions_said(demand)),
        "params": dict(demand.params),
        "level": LEVEL,
        "projects": {key: int(value) for key, value in cuts.loc["projects"].items()},
        "money": {key: float(value) / CENTS for key, value in cuts.loc["money"].items()},
        "programmes": records(used.assign(**{name: used[name] / CENTS for name in money})),
    }


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as plain dicts, missing as None."""
    return [{str(key): _plain(value) for key, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
