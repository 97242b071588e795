"""Organisation pairs: who joins whom, among those that have taken part before."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from synergy.backtesting.evaluate import Cases, Scorer
from synergy.backtesting.sides import Sides, aligned
from synergy.tables.fields import split_codes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SAMPLE = 20_000
"""Pairs that come to nothing are this many at most, drawn by chance; each then stands for several."""


def organisation_cases(sides: Sides, seed: np.random.SeedSequence) -> Iterator[Cases]:
    """Yield new pairs of organisations that both took part in a known project, never in one together."""
    rows = sides.past.rows.dropna(subset=["org_id"])
    home = rows.drop_duplicates("org_id").sort_values("org_id").set_index("org_id")["region_id"]
    names = home.index
    takes = _incidence(rows, names)
    later = _incidence(sides.future.rows.dropna(subset=["org_id"]), names)
    joint = sparse.csr_array(takes @ takes.T)
    joint.setdiag(0)
    joint.eliminate_zeros()
    i, j, came_true, weights = _sample(joint, later, np.random.default_rng(seed))
    region = pd.Index(sides.past.regions).get_indexer(home.to_numpy())
    scorers = _scorers(sides, takes, joint, _themes(rows, names), region, i, j)
    question = "Which two organisations with projects, but none together, begin one?"
    yield Cases("new organisation pairs", question, region[i], region[j], came_true, scorers, weights=weights)


def _sample(
    joint: sparse.csr_array, later: sparse.csr_array, rng: np.random.Generator
) -> tuple[Ints, Ints, NDArray[np.bool_], Floats]:
    """Return (i, j, came true, weight) of all new pairs that came true and of a sample of the rest."""
    n = joint.shape[0]
    old = _keys(joint, n)
    hits = np.setdiff1d(_keys(sparse.csr_array(later @ later.T), n), old)
    rest = n * (n - 1) // 2 - len(old) - len(hits)
    if rest <= SAMPLE:
        a, b = np.triu_indices(n, k=1)
        misses = np.setdiff1d(a * n + b, np.union1d(old, hits))
    else:
        a, b = (rng.integers(0, n, size=2 * SAMPLE) for _ in range(2))
        drawn = np.unique((np.minimum(a, b) * n + np.maximum(a, b))[a != b])
        misses = np.sort(rng.permutation(np.setdiff1d(drawn, np.union1d(old, hits)))[:SAMPLE])
    keys = np.concatenate([hits, misses])
    weight = np.r_[np.ones(len(hits)), np.full(len(misses), rest / max(len(misses), 1))]
    return keys // max(n, 1), keys % max(n, 1), np.arange(len(keys)) < len(hits), weight


def _scorers(
    sides: Sides, takes: sparse.csr_array, joint: sparse.csr_array, themes: sparse.csr_array, region: Ints, i: Ints,
    j: Ints,
) -> tuple[Scorer, ...]:  # fmt: skip
    linked = sparse.csr_array((np.ones(joint.nnz), joint.indices, joint.indptr), shape=joint.shape)
    degree = np.diff(linked.indptr).astype(np.float64)
    allocated = sparse.csr_array(linked * (1 / np.maximum(degree, 1))[None, :])
    projects = np.diff(takes.indptr).astype(np.float64)
    country = np.array(sides.known.places.countries, dtype=object)
    a, b = region[i], region[j]
    pairs = aligned(sides.pair_scores, sides.past.regions, a, b)
    return (
        Scorer("themes in common", "part", _dot(themes, themes, i, j)),
        Scorer("total of their regions", "part", pairs["total"].astype(float).to_numpy()),
        Scorer("distance of their regions", "baseline", -sides.known.places.distance_km[a, b]),
        Scorer("same region", "baseline", (a == b).astype(np.float64)),
        Scorer("same country", "baseline", (country[a] == country[b]).astype(np.float64)),
        Scorer("size (preferential attachment)", "baseline", projects[i] * projects[j]),
        Scorer("common neighbours", "baseline", _dot(linked, linked, i, j)),
        Scorer("resource allocation", "baseline", _dot(allocated, linked, i, j)),
        Scorer("past cooperation of their regions", "baseline", np.where(a == b, np.nan, sides.past.joint[a, b])),
    )


def _dot(left: sparse.csr_array, right: sparse.csr_array, i: Ints, j: Ints) -> Floats:
    """Return ``sum_k left_ik right_jk`` for each (i, j)."""
    return np.asarray(left[i].multiply(right[j]).sum(axis=1), dtype=np.float64).ravel()


def _themes(rows: pd.DataFrame, names: pd.Index) -> sparse.csr_array:
    """Return organisations x themes, each weighing log(all / those with it), rows of unit length."""
    pairs = {
        (org, code) for org, cell in rows[["org_id", "theme"]].itertuples(index=False) for code in split_codes(cell)
    }
    frame = pd.DataFrame(sorted(pairs), columns=["org_id", "theme"])
    at, kinds = pd.factorize(frame["theme"], sort=True)
    table = sparse.csr_array((np.ones(len(frame)), (names.get_indexer(frame["org_id"]), at)), (len(names), len(kinds)))
    rare = np.log(len(names) / np.maximum(np.asarray(table.sum(axis=0)), 1))
    weighted = sparse.csr_array(table * rare[None, :])
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1))).ravel()
    return sparse.csr_array(weighted * (1 / np.where(length > 0, length, 1.0))[:, None])


def _incidence(rows: pd.DataFrame, names: pd.Index) -> sparse.csr_array:
    known = rows[rows["org_id"].isin(names)][["org_id", "project_id"]].drop_duplicates()
    at, projects = pd.factorize(known["project_id"], sort=True)
    shape = (len(names), len(projects))
    return sparse.csr_array((np.ones(len(known)), (names.get_indexer(known["org_id"]), at)), shape=shape)


def _keys(table: sparse.csr_array, n: int) -> Ints:
    """Return i * n + j of the pairs i < j that have an entry, sorted."""
    upper = sparse.triu(table, k=1).tocoo()
    return np.sort(upper.coords[0].astype(np.int64) * n + upper.coords[1])
