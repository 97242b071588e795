"""Workshop ideas: which are the same in two languages or regions, which overlap, what they ask of which capacity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from synergy.tables.fields import Fields, split_codes
from synergy.tables.study import Study
from synergy.wording.encoder import Encoder, encoded

SAME = 0.55
"""Two titles are one idea from this cosine on, when the ideas also share a field; our own choice."""
OVERLAP = 0.25
RATINGS = ("capacity_rating", "opportunity_rating", "feasibility_rating")


@dataclass(frozen=True, eq=False)
class Ideas:
    """Merged ideas: ``table`` (the rows, with group), ``pairs`` and the capacities x opportunities ``matrix``."""

    table: pd.DataFrame
    pairs: pd.DataFrame
    matrix: pd.DataFrame

    @property
    def groups(self) -> list[tuple[str, pd.DataFrame]]:
        """The ideas that are one, by the id of the first."""
        return [(str(group), rows) for group, rows in self.table.groupby("group", sort=True)]


def merge_ideas(study: Study, fields: Fields, encoder: Encoder | None = None) -> Ideas:
    """Merge the ideas of a study that are the same, and find those of different regions that overlap.

    Two ideas are the *same* when the cosine of their titles is at least SAME and they share a field (a broadest code of
    their capacities or opportunities); ideas joined by a chain of such pairs are one, named after the lowest id. They
    *overlap* when they come from different regions, share a field and the cosine is at least OVERLAP. ``pairs`` holds
    both: idea_a, idea_b, region_a, region_b, text (cosine), shared (fields), verdict. ``matrix`` is long: capacity,
    opportunity, ideas (merged ones that name both), ids, rating (mean of opportunity_rating, NaN where nobody rated).

    >>> from synergy.tables.read import load
    >>> study = load("data/alpine")
    >>> found = merge_ideas(study, Fields.of(study))
    >>> len(found.table), len(found.groups)
    (24, 16)
    """
    table = study["ideas"].reset_index(names="row").sort_values("idea_id", kind="stable", ignore_index=True)
    vectors = encoded(table["title"].tolist(), encoder) if len(table) else np.zeros((0, 1))
    alike = vectors @ vectors.T
    lists = [_fields_of(fields, *cells) for cells in table[["capacities", "opportunities"]].itertuples(index=False)]
    found = []
    for a, b in zip(*np.triu_indices(len(table), k=1), strict=True):
        shared = sorted(lists[a] & lists[b])
        across = table.at[a, "region_id"] != table.at[b, "region_id"]
        if not shared or alike[a, b] < (OVERLAP if across else SAME):
            continue
        verdict = "same" if alike[a, b] >= SAME else "overlap"
        found.append((a, b, round(float(alike[a, b]), 6), ";".join(shared), verdict))
    same = [(int(a), int(b)) for a, b, *_, verdict in found if verdict == "same"]
    table = table.assign(group=_grouped(table["idea_id"], same))
    pairs = pd.DataFrame(
        [
            (*table.loc[[a, b], "idea_id"], *table.loc[[a, b], "region_id"], text, shared, verdict)
            for a, b, text, shared, verdict in found
        ],
        columns=["idea_a", "idea_b", "region_a", "region_b", "text", "shared", "verdict"],
    ).sort_values(["text", "idea_a", "idea_b"], ascending=[False, True, True], kind="stable", ignore_index=True)
    return Ideas(table, pairs, _matrix(table, fields))


def _fields_of(fields: Fields, *cells: object) -> frozenset[str]:
    codes = [code for cell in cells for code in split_codes(cell)]
    tops = set(fields.tops)
    return frozenset(top for code in codes for top in ({code, *fields.up(code)} & tops or {code}))


def _grouped(ids: pd.Series, same: list[tuple[int, int]]) -> list[str]:
    if not len(ids):
        return []
    a, b = (np.array([pair[side] for pair in same], dtype=int) for side in (0, 1))
    _, labels = connected_components(
        csr_array((np.ones(len(same)), (a, b)), shape=(len(ids), len(ids))), directed=False
    )
    first = pd.Series(ids.to_numpy()).groupby(labels).min()
    return [str(first[label]) for label in labels]


def _matrix(table: pd.DataFrame, fields: Fields) -> pd.DataFrame:
    """Return capacity fields x opportunity fields, long."""
    rows = [
        (capacity, opportunity, group, rating)
        for group, capacities, opportunities, rating in table[
            ["group", "capacities", "opportunities", "opportunity_rating"]
        ].itertuples(index=False)
        for capacity in sorted(_fields_of(fields, capacities))
        for opportunity in sorted(_fields_of(fields, opportunities))
    ]
    long = pd.DataFrame(rows, columns=["capacity", "opportunity", "group", "rating"])
    cells = long.groupby(["capacity", "opportunity"], sort=True)
    return cells.agg(
        ideas=("group", "nunique"), ids=("group", lambda ids: ";".join(sorted(set(ids)))), rating=("rating", "mean")
    ).reset_index()
