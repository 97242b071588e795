"""From a pool, rules and what is valued to the problem that is solved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from synergy.consortia.pool import Pool
from synergy.consortia.rules.form import Rule
from synergy.consortia.rules.translate import constraints
from synergy.consortia.solving.constraints import TOLERANCE, Linear
from synergy.consortia.solving.model import Model
from synergy.consortia.solving.terms import Mix, Term, Ties
from synergy.consortia.wish import Value
from synergy.errors import UnknownName, UsageError


def compiled(pool: Pool, rules: Sequence[Rule], value: Value) -> Model:
    """Return the model: worths by weight and return, constraints by rule, and who can or must be a member at all."""
    worth, depth = _worth(pool, value)
    found = tuple(one for rule in rules for one in constraints(pool, rule))
    allowed, most = np.ones(len(pool), dtype=bool), len(pool)
    must: set[int] = set()
    for one in found:
        if not isinstance(one, Linear):
            continue
        if (one.a >= 0).all():
            allowed &= one.a <= one.b + TOLERANCE
        if (one.a == 1).all():
            most = min(most, int(one.b))
        helps = np.flatnonzero(one.a < 0)
        if len(helps) == 1 and one.b < 0:
            must.add(int(helps[0]))
    return Model(worth, depth, found, allowed, most, tuple(sorted(must)), tuple(_terms(pool, value)))


def _worth(pool: Pool, value: Value) -> tuple[sparse.csr_array, np.ndarray]:
    """Return (worths, depths): each fall of the returns is a row that counts so many of the best qualities."""
    for capacity in value.weights:
        if capacity not in pool.capacities:
            raise UnknownName("capacity", capacity, pool.capacities)
    weight = np.array([value.weights.get(capacity, 1.0) for capacity in pool.capacities])
    falls = [before - after for before, after in pairwise((*value.returns, 0.0))]
    steps = [(depth, fall) for depth, fall in enumerate(falls, start=1) if fall > 0]
    parts = [pool.quality.multiply(fall * weight) for _, fall in steps]
    worth = sparse.csr_array(sparse.hstack(parts, format="csr"))
    worth.eliminate_zeros()
    worth.sort_indices()
    return worth, np.repeat([depth for depth, _ in steps], len(weight))


def _terms(pool: Pool, value: Value) -> list[Term]:
    terms: list[Term] = []
    if value.cooperation:
        if pool.ties is None:
            raise UsageError("cooperation has a price, but the pool knows no ties between candidates")
        together = sparse.csr_array(pool.ties > 0).astype(np.float64) * value.cooperation
        together.setdiag(0)
        together.eliminate_zeros()
        terms.append(Ties(together))
    if value.complementarity:
        if pool.complementarity is None:
            raise UsageError("complementarity has a price, but the pool knows none between regions")
        terms.append(_mix(pool, pool.complementarity, value.complementarity))
    return terms


def _mix(pool: Pool, known: pd.DataFrame, price: float) -> Mix:
    regions = sorted(pool.candidates["region"].dropna().unique())
    table = known.reindex(index=regions, columns=regions).to_numpy(np.float64, copy=True)
    table = (table + table.T) / 2
    # What two regions add to each other is not known for every pair; such a pair adds nothing to the value.
    table = np.nan_to_num(table)
    np.fill_diagonal(table, 0.0)
    return Mix(pool.labels["region"], price * table / (table.max(initial=0.0) or 1.0))
