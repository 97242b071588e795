"""What a pair's score rests on, in plain words: parts that are unknown, data that are few, statements that moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from synergy.scores.lists import Lists
from synergy.scores.pairs import Pairs
from synergy.scores.told import speakers
from synergy.tables.located import Located
from synergy.tables.study import LEARNING

# Our own bars. With three fields one more or less moves a cosine by a third; with four projects one of them is a
# quarter of all; below half, what a region lacks is mostly what is not known of it.
FEW_FIELDS = 3
FEW_PROJECTS = 4
ACTIVITIES_KNOWN = 0.5
MOST_NAMED = 3

Words = dict[str, list[str]]


def basis(
    located: Located, lists: Lists, pairs: Pairs, scored: pd.DataFrame, weights: Mapping[str, float]
) -> list[str]:
    """Return per pair how many of the parts that count are known, and which of them rest on little.

    Said of a region: a strategy of at most ``FEW_FIELDS`` fields, at most ``FEW_PROJECTS`` projects, less than
    ``ACTIVITIES_KNOWN`` of the activities known. Parts of weight 0 do not count.
    """
    counted = [part for part, weight in weights.items() if weight > 0]
    known = scored[[f"part_{part}" for part in counted]].notna().to_numpy()
    scored_at_all = scored["total"].notna().to_numpy()
    cases, case = np.unique(np.column_stack([scored_at_all, known]), axis=0, return_inverse=True)
    said = [_parts(counted, each[1:], total=bool(each[0])) for each in cases]
    few = _few(located, lists, counted)
    ends = zip(case.ravel(), *_ends(pairs), strict=True)
    return ["; ".join([said[k], *few.get(a, ()), *few.get(b, ())]) for k, a, b in ends]


def notes(
    located: Located, lists: Lists, pairs: Pairs, similarity: np.ndarray, weights: Mapping[str, float]
) -> list[str]:
    """Return per pair why its similarity is unknown or not tested, and what of it was moved, from where.

    Whose answers stand for a region is said where learning counts.
    """
    known = dict(zip(lists.profiles.index, lists.number.tolist(), strict=True))
    shared = pairs.pick(lists.share_a_statement().astype(float))[0] == 1
    moved = _moved(located)
    for region, speaking in speakers(located).items() if LEARNING in weights else ():
        if speaking and speaking != (region,):
            moved.setdefault(region, []).append(f"answers of {_named(list(speaking))}")
    nowhere = "strategy unknown" if known else "no strategy known"
    found = []
    for a, b, similar, both in zip(*_ends(pairs), similarity.tolist(), shared.tolist(), strict=True):
        if similar != similar:
            why = "the fields named are named by all" if a in known and b in known else nowhere
        elif known[a] == known[b]:
            why = "one strategy, inherited by both"
        else:
            why = "some statements inherited by both, so not tested" if both else ""
        found.append("; ".join([*filter(None, [why]), *_both(a, b, moved.get(a, ()), moved.get(b, ()))]))
    return found


def _both(a: str, b: str, of_a: Sequence[str], of_b: Sequence[str]) -> list[str]:
    """Say what moved of either region, once where it is the same of both."""
    alike = [f"{a} and {b}: {words}" for words in of_a if words in of_b]
    apart = [
        f"{r}: {words}" for r, own, other in ((a, of_a, of_b), (b, of_b, of_a)) for words in own if words not in other
    ]
    return alike + apart


def _ends(pairs: Pairs) -> tuple[list[str], list[str]]:
    names = pairs.names()
    return names["region_a"].tolist(), names["region_b"].tolist()


def _parts(counted: list[str], known: np.ndarray, *, total: bool) -> str:
    without = [part for part, is_known in zip(counted, known, strict=True) if not is_known]
    of = f"{len(counted) - len(without)} of {len(counted)} parts"
    if not total:
        return f"too little for a total: {of} known, without {' and '.join(without)}"
    return f"rests on {of}, without {' and '.join(without)}" if without else f"rests on all {len(counted)} parts"


def _few(located: Located, lists: Lists, counted: list[str]) -> Words:
    """Return per region what is few of it, for the parts that count."""
    fields, projects = (lists.profiles > 0).sum(axis=1), located.sizes["projects"]
    share = located.activity.notna().mean(axis=1)
    told = (
        ("similarity", fields[fields <= FEW_FIELDS].map(lambda n: f"strategy of {_counted(n, 'field')} only")),
        ("cooperation", projects[projects.between(1, FEW_PROJECTS)].map(lambda n: f"{_counted(n, 'project')} only")),
        ("complementarity", share[share < ACTIVITIES_KNOWN].map(lambda s: f"{s:.0%} of the activities known")),
    )
    found: Words = {}
    for part, words in told:
        for region, what in words.items() if part in counted else ():
            found.setdefault(str(region), []).append(f"{region}: {what}")
    return found


def _moved(located: Located) -> Words:
    """Return per region what of it was stated of another level: statements inherited or rolled up, sums of activity."""
    declared, activity = located.declared, located.activity_rows
    down = declared[declared["basis"].str.startswith("inherited")]
    up = declared[declared["basis"].str.startswith("rolled up")]
    sums = activity[activity["region_id"] != activity["home"]]
    found: Words = {}
    for words, rows, region, origin in (
        ("inherited from", down, "region_id", "declared_by"),
        ("rolled up from", up, "region_id", "declared_by"),
        ("activities added up from", sums, "home", "region_id"),
    ):
        for name, origins in rows.groupby(region, sort=True)[origin].unique().items():
            found.setdefault(str(name), []).append(f"{words} {_named(sorted(origins))}")
    return found


def _named(regions: list[str]) -> str:
    if len(regions) > MOST_NAMED:
        return f"{len(regions)} regions"
    return " and ".join(filter(None, (", ".join(regions[:-1]), regions[-1])))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
