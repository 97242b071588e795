"""Which activities are named together: in a strategy, by a firm, in a project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from synergy.errors import UsageError

Counting = Literal["full", "fractional"]


def colisting(lists: Mapping[str, Iterable[str]], *, counting: Counting = "full") -> pd.DataFrame:
    """Return how often each pair of activities stands on the same list: C, activities x activities.

    ``lists`` maps a strategy, firm or project to the activities it names (a name twice counts once). With
    ``counting="full"`` every list adds 1 to each of its pairs; with ``"fractional"`` a list of n activities
    adds ``1 / (n - 1)``, so that each activity on it counts 1 in all and long lists do not decide. The
    diagonal is 0; activities are sorted. Feed the result to ``relatedness``.

    Raises UsageError for an unknown counting or a list given as one string.

    >>> colisting({"AT31": ["nace:28", "nace:62"], "SI0": ["nace:28"]}).loc["nace:28"].to_dict()
    {'nace:28': 0.0, 'nace:62': 1.0}
    """
    pairs = []
    for unit, names in lists.items():
        if isinstance(names, str):
            raise UsageError(f"the list of {unit!r} is the text {names!r}, expected a list of activities")
        pairs += [(unit, name) for name in names]
    return colisting_of(pd.DataFrame(pairs, columns=["unit", "activity"]), "unit", "activity", counting=counting)


def colisting_of(table: pd.DataFrame, unit: str, activity: str, *, counting: Counting = "full") -> pd.DataFrame:
    """Return ``colisting`` of a long table: one row per (firm or project, activity), repeats counted once.

    A row without a unit or an activity is unknown and left out. The incidence stays sparse: as many firms and
    projects as there are.

    Raises UsageError for a column that is not there and an unknown counting.

    >>> rows = pd.DataFrame({"project": [1, 1, 2], "theme": ["water", "wood", "wood"]})
    >>> colisting_of(rows, "project", "theme").loc["water"].to_dict()
    {'water': 0.0, 'wood': 1.0}
    """
    if counting not in ("full", "fractional"):
        raise UsageError(f"counting is {counting!r}, expected 'full' or 'fractional'")
    absent = [column for column in (unit, activity) if column not in table.columns]
    if absent:
        raise UsageError(f"the table has no column {absent[0]!r}; it has {', '.join(map(str, table.columns))}")
    known = table[[unit, activity]].dropna().drop_duplicates()
    rows, _ = pd.factorize(known[unit])
    columns, names = pd.factorize(known[activity], sort=True)
    lengths = np.bincount(rows)
    weight = np.ones(len(lengths)) if counting == "full" else 1.0 / np.maximum(lengths - 1, 1)
    shape = (len(lengths), len(names))
    incidence = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    counts = (incidence.T @ (incidence * weight[:, None])).toarray()
    counts = (counts + counts.T) / 2
    np.fill_diagonal(counts, 0.0)
    return pd.DataFrame(counts, index=pd.Index(names), columns=pd.Index(names))
