"""Similarity of hierarchical codes and of lists of them, corrected for how finely a list is coded."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from synergy.tables.fields import Fields
from synergy.wording.sets import set_similarity

Floats = NDArray[np.float64]

DISCOUNT = 0.5


def code_similarity(codes: Sequence[str], fields: Fields) -> Floats:
    """Return codes x codes: 1 where one code is the other or lies in it, else ``1 - DISCOUNT**d``.

    d is the depth of the deepest field that both lie in: 1 for a top field, 1 more each step down, 0 for none. So two
    codes are compared at the coarser of their levels, since what a coarse code leaves open is not a difference, and
    it matters where they part, not how much further down they were coded.

    >>> up = {"n:10": (), "n:10.1": ("n:10",), "n:10.2": ("n:10",), "n:10.11": ("n:10.1",), "n:10.12": ("n:10.1",)}
    >>> code_similarity(["n:10", "n:10.2", "n:10.11", "n:10.12", "n:62"], Fields({}, up)).tolist()[2]
    [1.0, 0.5, 1.0, 0.75, 0.0]
    """
    own = [_own(code, fields) for code in codes]
    every = sorted(set[str]().union(*own))
    depth = _depths(every, fields)
    lies_in = np.array([[field in held for field in every] for held in own], dtype=bool).reshape(len(codes), len(every))
    shared = np.zeros((len(codes), len(codes)))
    for at, field in enumerate(every):
        both = np.ix_(lies_in[:, at], lies_in[:, at])
        shared[both] = np.maximum(shared[both], depth[field])
    within = lies_in[:, np.searchsorted(every, codes)] if every else np.zeros((0, 0), dtype=bool)
    return np.where(within | within.T, 1.0, 1 - DISCOUNT**shared)


def code_shares(codes: Collection[str], fields: Fields) -> dict[str, float]:
    """Return what each code of a list counts, in all 1: top fields alike, and within a field what is said there alike.

    So a field that is named by ten fine codes counts as much as one named by itself. A code under several fields
    gets a share of each. A code that stands beside its own narrower ones is one more voice among them.

    >>> up = {"n:10.1": ("n:10",), "n:10.2": ("n:10",)}
    >>> code_shares(["n:10.1", "n:10.2", "n:62"], Fields({}, up))
    {'n:10.1': 0.25, 'n:10.2': 0.25, 'n:62': 0.5}
    """
    listed = sorted(set(codes))
    every = sorted(set[str]().union(*(_own(code, fields) for code in listed)))
    depth = _depths(every, fields)
    below: dict[str, list[str]] = {field: [] for field in every}
    for field in every:
        for parent in _parents(field, fields):
            below[parent].append(field)
    tops = sum(depth[field] == 1 for field in every)
    share = {field: (1 / tops if depth[field] == 1 else 0.0) for field in every}
    for field in sorted(every, key=lambda field: (depth[field], field)):
        voices = len(below[field]) + (field in listed)
        for narrower in below[field]:
            share[narrower] += share[field] / voices
        share[field] /= voices
    return {code: share[code] for code in listed}


def code_list_similarity(lists: Sequence[Collection[str]], fields: Fields) -> Floats:
    """Return lists x lists: ``set_similarity`` of their codes, weighted by ``code_shares``; NaN for an empty one.

    Coding one list or both more finely, each code replaced by the same narrower ones wherever it stands, does not
    lower it: in a hierarchy where a code has one broader field, as long as no list names a field beside what lies in
    it and the other list says nothing finer within the code that is replaced.

    >>> up = {"n:10.1": ("n:10",), "n:10.2": ("n:10",)}
    >>> fields = Fields({}, up)
    >>> code_list_similarity([["n:10", "n:26"], ["n:10", "n:62"]], fields)[0, 1].item()
    0.5
    >>> code_list_similarity([["n:10.1", "n:10.2", "n:26"], ["n:10", "n:62"]], fields)[0, 1].item()
    0.5
    """
    codes = sorted(set[str]().union(*lists))
    at = {code: place for place, code in enumerate(codes)}
    shares = [(row, at[code], share) for row, held in enumerate(lists) for code, share in _shares(held, fields)]
    rows, places, values = zip(*shares, strict=True) if shares else ((), (), ())
    table = sp.csr_array((values, (rows, places)), shape=(len(lists), len(codes)), dtype=np.float64)
    similar = code_similarity(codes, fields)
    return set_similarity(table, lambda asked: similar[asked])


def _shares(codes: Collection[str], fields: Fields) -> list[tuple[str, float]]:
    return list(code_shares(codes, fields).items()) if codes else []


def _parents(code: str, fields: Fields) -> tuple[str, ...]:
    """Return the fields one step up; one that in turn lies in the code (a circle in the list) is none."""
    return tuple(up for up in fields.broader.get(code, ()) if up != code and code not in fields.up(up))


def _own(code: str, fields: Fields) -> frozenset[str]:
    """Return the code and every field it lies in."""
    return frozenset((code,)).union(*(_own(up, fields) for up in _parents(code, fields)))


def _depths(every: Collection[str], fields: Fields) -> dict[str, int]:
    """Return how deep each field lies, tops at 1; with several broader fields, below the deepest."""
    depth: dict[str, int] = {}

    def climb(field: str) -> int:
        if field not in depth:
            depth[field] = 1 + max((climb(up) for up in _parents(field, fields)), default=0)
        return depth[field]

    for field in every:
        climb(field)
    return depth
