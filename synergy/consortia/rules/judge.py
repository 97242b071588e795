"""Whether a consortium keeps a rule: yes, no, or not to be said from the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from synergy.consortia.pool import Pool
from synergy.consortia.rules.form import DIFFERENT, Mask, Rule, meant

KEPT, BROKEN, OPEN = "kept", "broken", "to be confirmed"
ROUNDING = 1e-9


@dataclass(frozen=True)
class Verdict:
    """What was found for one rule: the least and the most it can be, and what follows.

    ``short`` is by how much the limit is missed at best (0 unless broken), in the rule's own unit.
    """

    rule: Rule
    status: str
    low: float | None
    high: float | None
    short: float = 0.0
    because: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the rule lets it be: kept, or not decided by the data where the rule confirms what is not known."""
        return self.status == KEPT or (self.status == OPEN and self.rule.unknown == "confirm")

    def to_dict(self) -> dict[str, object]:
        """Return it in plain types; None where there is no limit or nothing is known of it."""
        rule, high = self.rule, self.high
        return {
            "rule": rule.id, "says": rule.says, "status": self.status, "low": self.low,
            "high": None if high is None or np.isinf(high) else high, "min": rule.min, "max": rule.max,
            "short": self.short, "because": self.because, "source": rule.source, "date": rule.date, "mark": rule.mark,
        }  # fmt: skip


def judge(pool: Pool, rule: Rule, members: Sequence[int]) -> Verdict:
    """Judge one rule for the members at these positions of the pool.

    What is counted lies between ``low`` and ``high``, which differ where an attribute or a cost is not known; a
    limit is kept when the whole interval keeps it, broken when none of it does.
    """
    if rule.counts == "people":
        return Verdict(rule, OPEN, None, None, because="not in the data")
    at = np.asarray(members, dtype=np.int64)
    surely, possibly = meant(pool, rule.who, at)
    if rule.every:
        low, high = float((~possibly).sum()), float((~surely).sum())
        return _verdict(rule, low, high, None, 0.0)
    if rule.per is None:
        low, high = _count(pool, rule, at, surely, possibly)
        return _verdict(rule, low, high, rule.min, rule.max)
    group = pool.labels[rule.per][at]
    found = []
    # -2 stands for a group that no member is known to be in.
    for one in (-2, *np.unique(group[group >= 0])):
        inside = group == one
        open_ = inside | (group < 0)
        found.append(_count(pool, rule, at, surely & inside, possibly & open_))
    low, high = max(low for low, _ in found), max(high for _, high in found)
    return _verdict(rule, low, high, rule.min, rule.max)


def _count(pool: Pool, rule: Rule, at: np.ndarray, surely: Mask, possibly: Mask) -> tuple[float, float]:
    cost = pool.cost[at]
    if rule.counts == "partners":
        return float(surely.sum()), float(possibly.sum())
    if rule.counts in DIFFERENT:
        label = pool.labels[DIFFERENT[rule.counts]][at]
        known = len(set(label[surely & (label >= 0)].tolist()))
        most = len(set(label[possibly & (label >= 0)].tolist())) + int((possibly & (label < 0)).sum())
        return float(max(known, int(surely.any()))), float(most)
    if rule.counts == "cost":
        high = np.inf if np.isnan(cost[possibly]).any() else float(cost[possibly].sum())
        return float(np.nansum(cost[surely])), high
    return _share(cost, surely, possibly)


def _share(cost: np.ndarray, surely: Mask, possibly: Mask) -> tuple[float, float]:
    """Return the least and the most share of the whole cost that those meant can bear."""
    known = np.nan_to_num(cost)
    unknown = np.isnan(cost)
    whole = float(known.sum())
    low = 0.0 if whole == 0 or (unknown & ~surely).any() else float(known[surely].sum()) / whole
    high = 1.0 if whole == 0 or (unknown & possibly).any() else float(known[possibly].sum()) / whole
    return 1.0 if surely.all() else low, high if possibly.any() else 0.0


def _verdict(rule: Rule, low: float, high: float, least: float | None, most: float | None) -> Verdict:
    slack = ROUNDING * max(1.0, abs(least or 0.0), abs(most or 0.0))
    short = max(0.0 if least is None else least - high, 0.0 if most is None else low - most)
    if short > slack:
        return Verdict(rule, BROKEN, low, high, short)
    kept = (least is None or low >= least - slack) and (most is None or high <= most + slack)
    return Verdict(rule, KEPT if kept else OPEN, low, high, because="" if kept else "not known of every partner")
