"""What a pair's score rests on, in plain words: parts that are unknown, data that are few, statements that moved."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from synergy.scores.lists import Lists
from synergy.scores.pairs import Pairs
from synergy.tables.located import Located
from synergy.tables.study import PARTS

# Our own bars. With three fields one more or less moves a cosine by a third; with fewer than five projects one
# project is more than a fifth of all; below half, what a region lacks is mostly what is not known of it.
FEW_FIELDS = 3
FEW_PROJECTS = 4
ACTIVITIES_KNOWN = 0.5
MOST_NAMED = 3


def basis(
    located: Located, lists: Lists, pairs: Pairs, scored: pd.DataFrame, weights: Mapping[str, float]
) -> list[str]:
    """Return per pair how many of the parts that count are known, and which of them rest on little.

    Said of a region: a strategy of at most ``FEW_FIELDS`` fields, at most ``FEW_PROJECTS`` projects, less than
    ``ACTIVITIES_KNOWN`` of the activities known.
    """
    counted = [part for part in PARTS if weights[part] > 0]
    known = scored[[f"part_{part}" for part in counted]].notna().to_numpy()
    ways, which = np.unique(known, axis=0, return_inverse=True)
    parts = [_parts(counted, way) for way in ways]
    few = _few(located, lists, counted)
    unscored = scored["total"].isna().to_numpy()
    return [
        "; ".join(["too little for a total: " * bool(none) + parts[way], *few.get(a, ()), *few.get(b, ())])
        for way, none, a, b in zip(which.ravel(), unscored, *_ends(pairs), strict=True)
    ]


def notes(located: Located, lists: Lists, pairs: Pairs, similarity: np.ndarray) -> list[str]:
    """Return per pair why its similarity is unknown or not tested, and which statements were moved, from where."""
    ids = list(pairs.regions)
    known = np.isin(ids, lists.profiles.index)
    number = dict(zip(lists.profiles.index, lists.number.tolist(), strict=True))
    shared = pairs.pick(lists.share_a_statement().astype(float))[0] == 1
    moved = _moved(located)
    nowhere = "no strategy known" if lists.profiles.empty else "strategy unknown"
    found = []
    for k, (a, b) in enumerate(zip(*_ends(pairs), strict=True)):
        both = known[pairs.a[k]] and known[pairs.b[k]]
        if np.isnan(similarity[k]):
            why = "the fields named are named by all" if both else nowhere
        elif number[a] == number[b]:
            why = "one strategy, inherited by both"
        else:
            why = "some statements inherited by both" if shared[k] else ""
        found.append("; ".join(filter(None, (why, moved.get(a), moved.get(b)))))
    return found


def _ends(pairs: Pairs) -> tuple[list[str], list[str]]:
    ids = np.array(pairs.regions, dtype=object)
    return ids[pairs.a].tolist(), ids[pairs.b].tolist()


def _parts(counted: list[str], known: np.ndarray) -> str:
    without = [part for part, is_known in zip(counted, known, strict=True) if not is_known]
    if not without:
        return f"rests on all {len(counted)} parts"
    return f"rests on {len(counted) - len(without)} of {len(counted)} parts, without {' and '.join(without)}"


def _few(located: Located, lists: Lists, counted: list[str]) -> dict[str, list[str]]:
    """Return per region what is few of it, for the parts that count."""
    found: dict[str, list[str]] = {}
    length = (lists.profiles > 0).sum(axis=1) if "similarity" in counted else pd.Series(dtype=int)
    for region, fields in length[length <= FEW_FIELDS].items():
        found.setdefault(str(region), []).append(f"{region}: strategy of {_counted(int(fields), 'field')} only")
    projects = located.sizes["projects"] if "cooperation" in counted else pd.Series(dtype=int)
    for region, number in projects[projects.between(1, FEW_PROJECTS)].items():
        found.setdefault(str(region), []).append(f"{region}: {_counted(int(number), 'project')} only")
    share = located.activity.notna().mean(axis=1) if "complementarity" in counted else pd.Series(dtype=float)
    for region, known in share[share < ACTIVITIES_KNOWN].items():
        found.setdefault(str(region), []).append(f"{region}: {known:.0%} of the activities known")
    return found


def _moved(located: Located) -> dict[str, str]:
    """Return per region where its statements come from when they are not its own."""
    rows = located.declared.loc[located.declared["basis"] != "own", ["region_id", "basis", "declared_by"]]
    found = {}
    for region, moved in rows.groupby("region_id", sort=True):
        down = sorted({by for by, how in zip(moved["declared_by"], moved["basis"], strict=True) if how[:9] == "inherited"})
        up = sorted(set(moved["declared_by"]) - set(down))
        ways = [f"{word} {_named(names)}" for word, names in (("inherited from", down), ("rolled up from", up)) if names]
        found[str(region)] = f"{region}: {', '.join(ways)}"
    return found


def _named(regions: list[str]) -> str:
    return " and ".join(regions) if len(regions) <= MOST_NAMED else f"{len(regions)} regions"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
