"""A rule becomes constraints over candidates: what it asks for at best, or for sure, as it says itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from synergy.consortia.pool import Pool
from synergy.consortia.rules.form import DIFFERENT, Mask, Rule, meant
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
    elif rule.counts == "share":
        yield from _share(pool, rule, least, most, sure)
    elif rule.per is not None:
        yield from _per(pool, rule, most, sure)
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
        yield from _cost(pool, rule, least, most, sure)


def _each(label: Integers, counted: Mask, *, own: bool) -> Integers:
    """Return the labels of those counted, -1 for others; an unknown one is different from all, or does not count."""
    apart = label.max(initial=-1) + 1 + np.arange(len(label))
    found: Integers = np.where(counted, np.where(label >= 0, label, apart if own else -1), -1)
    return found


def _cost(pool: Pool, rule: Rule, least: Mask, most: Mask, sure: bool) -> Iterator[Linear]:
    scale, known, unknown = _costs(pool, rule)
    if rule.min is not None:
        missing = 0.0 if sure else rule.min
        yield _row(rule, -np.where(least, np.where(unknown, missing, known), 0.0), -rule.min, scale)
    if rule.max is not None:
        missing = rule.max + scale if sure else 0.0
        yield _row(rule, np.where(most, np.where(unknown, missing, known), 0.0), rule.max, scale)


def _share(pool: Pool, rule: Rule, least: Mask, most: Mask, sure: bool) -> Iterator[Constraint]:
    """Yield what a share asks for; what nobody costs has no shares, which is not sure, and nobody bears none at all."""
    scale, known, unknown = _costs(pool, rule)
    big = MANY * scale
    free = ~unknown & (known == 0)
    if rule.min:
        # Unknown money helps a share at best when its owner counts, and harms it at worst when it does not.
        missing = np.where(least, 0.0, -big) if sure else np.where(least, big, 0.0)
        yield _row(rule, -np.where(unknown, missing, known * (least - rule.min)), 0.0, scale)
        yield Linear(rule.id, -least.astype(np.float64), -1.0)
        if sure:
            yield _paid(rule, free & ~least, known)
    if rule.max is None or rule.max >= 1:
        return
    if sure:
        yield _paid(rule, free & most, known)
    if rule.per is not None:
        yield from _per(pool, rule, most, sure)
        # Whoever is alone, or in one group, bears it all, whatever that is: somebody must not be in it.
        others = most & (not sure)
        rows = PerGroup(rule.id, pool.labels[rule.per], others.astype(np.float64), np.full(len(pool), -1.0), -1.0)
        yield from _split(rows)
    else:
        missing = np.where(most, big, 0.0) if sure else np.where(most, 0.0, -big)
        yield _row(rule, np.where(unknown, missing, known * (most - rule.max)), 0.0, scale)
        yield Linear(rule.id, -(~most).astype(np.float64), -1.0)


def _paid(rule: Rule, free: Mask, known: Floats) -> Linear:
    """Return: somebody who costs nothing needs another one who does, or there are no shares."""
    return Linear(rule.id, free - len(known) * (known > 0).astype(np.float64), 0.0)


def _per(pool: Pool, rule: Rule, most: Mask, sure: bool) -> Iterator[Constraint]:
    """Yield the maximum of each group; where it must be sure, who has no known group counts in every one."""
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
    yield from _split(PerGroup(rule.id, group, a / scale, e / scale, limit / scale))


def _split(rows: PerGroup) -> Iterator[Constraint]:
    """Yield few groups as their linear rows, which the search handles fastest."""
    yield from rows.rows() if rows.group.max(initial=-1) < FEW else [rows]


def _costs(pool: Pool, rule: Rule) -> tuple[float, Floats, Mask]:
    unknown = np.isnan(pool.cost)
    known = np.nan_to_num(pool.cost)
    limits = (rule.min or 0.0, rule.max or 0.0) if rule.counts == "cost" else ()
    return max(1.0, float(known.max(initial=0.0)), *limits), known, unknown


def _row(rule: Rule, a: Floats, b: float, scale: float) -> Linear:
    return Linear(rule.id, a / scale, b / scale)
