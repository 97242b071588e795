"""A rule becomes constraints over candidates: what it asks for at best, or for sure, as it says itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from synergy.consortia.pool import Pool
from synergy.consortia.rules.form import DIFFERENT, Rule, meant
from synergy.consortia.solving.constraints import AtLeast, AtMost, Constraint, Floats, Integers, Linear, PerGroup

FEW = 12
MANY = 100
"""How often the largest known cost an unknown one outweighs."""


def constraints(pool: Pool, rule: Rule) -> Iterator[Constraint]:
    """Yield the constraints that say: this rule is not broken (``unknown`` = confirm), or surely kept (refuse)."""
    surely, possibly = meant(pool, rule.who)
    sure = rule.unknown == "refuse"
    # A minimum counts whoever may be meant, or only who surely is; a maximum the other way round.
    least, most = (surely, possibly) if sure else (possibly, surely)
    if rule.counts == "people":
        return
    if rule.every:
        yield Linear(rule.id, (~least).astype(np.float64), 0.0)
    elif rule.per is not None:
        rows = _per(pool, rule, most, sure)
        # Few groups are kept as their linear rows, which the search handles fastest.
        yield from rows.rows() if rows.group.max(initial=-1) < FEW else [rows]
        if rule.counts == "share" and not sure and (rule.max or 0.0) < 1:
            # Whoever is alone bears it all, whatever that is.
            yield AtLeast(rule.id, _each(pool.labels[rule.per], np.ones(len(pool), dtype=bool), own=True), 2)
    elif rule.counts == "partners":
        if rule.min is not None:
            yield Linear(rule.id, -least.astype(np.float64), -rule.min)
        if rule.max is not None:
            yield Linear(rule.id, most.astype(np.float64), rule.max)
    elif rule.counts in DIFFERENT:
        label = pool.labels[DIFFERENT[rule.counts]]
        if rule.min == 1:
            yield Linear(rule.id, -least.astype(np.float64), -1.0)
        elif rule.min is not None:
            yield AtLeast(rule.id, _each(label, least, own=not sure), int(np.ceil(rule.min)))
        if rule.max is not None:
            yield AtMost(rule.id, _each(label, most, own=sure), int(rule.max))
    else:
        yield from _money(pool, rule, least, most, sure)


def _each(label: Integers, counted: np.ndarray, *, own: bool) -> Integers:
    """Return the labels of those counted, -1 for others; an unknown one is different from all, or does not count."""
    apart = label.max(initial=-1) + 1 + np.arange(len(label))
    found: Integers = np.where(counted, np.where(label >= 0, label, apart if own else -1), -1)
    return found


def _money(pool: Pool, rule: Rule, least: np.ndarray, most: np.ndarray, sure: bool) -> Iterator[Linear]:
    scale, known, unknown = _costs(pool, rule)
    if rule.counts == "cost":
        if rule.min is not None:
            missing = 0.0 if sure else rule.min
            row = np.where(least, np.where(unknown, missing, known), 0.0)
            yield _row(rule, -row, -rule.min, scale)
        if rule.max is not None:
            missing = rule.max + scale if sure else 0.0
            row = np.where(most, np.where(unknown, missing, known), 0.0)
            yield _row(rule, row, rule.max, scale)
        return
    big = MANY * scale
    if rule.min is not None:
        # Unknown money helps a share at best when its owner counts, and harms it at worst when it does not.
        missing = np.where(least, 0.0, -big) if sure else np.where(least, big, 0.0)
        yield _row(rule, -np.where(unknown, missing, known * (least - rule.min)), 0.0, scale)
        if rule.min > 0 and not sure:
            yield Linear(rule.id, -least.astype(np.float64), -1.0)
    if rule.max is not None:
        missing = np.where(most, big, 0.0) if sure else np.where(most, 0.0, -big)
        yield _row(rule, np.where(unknown, missing, known * (most - rule.max)), 0.0, scale)
        if rule.max < 1 and not sure:
            yield Linear(rule.id, most - 1.0, -1.0)


def _per(pool: Pool, rule: Rule, most: np.ndarray, sure: bool) -> PerGroup:
    """Return the maximum of each group; where it must be sure, who has no known group counts in every one."""
    group = pool.labels[str(rule.per)]
    scale, known, unknown = _costs(pool, rule)
    limit, share, too_much = float(rule.max or 0.0), 0.0, MANY * scale
    if rule.counts == "partners":
        scale, a, unknown = 1.0, most.astype(np.float64), np.zeros(len(pool), dtype=bool)
    else:
        a = np.where(most, known, 0.0)
    if rule.counts == "share":
        limit, share = 0.0, limit
        a[most & unknown] = too_much
    elif sure:
        a[most & unknown] = limit + too_much
    e = -share * known
    if sure:
        lost = group < 0
        e += np.where(lost & ~unknown, a, 0.0)
        # Unknown money of an unknown group is refused by a group of its own.
        group = np.where(lost & unknown, group.max(initial=-1) + 1, group)
    elif share:
        e[unknown] = -too_much
    return PerGroup(rule.id, group, a / scale, e / scale, limit / scale)


def _costs(pool: Pool, rule: Rule) -> tuple[float, Floats, np.ndarray]:
    unknown = np.isnan(pool.cost)
    known = np.nan_to_num(pool.cost)
    limits = (rule.min or 0.0, rule.max or 0.0) if rule.counts == "cost" else ()
    return max(1.0, float(known.max(initial=0.0)), *limits), known, unknown


def _row(rule: Rule, a: Floats, b: float, scale: float) -> Linear:
    return Linear(rule.id, a / scale, b / scale)
