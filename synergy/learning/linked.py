"""The graph's own evidence beside opinion: how many clusters of a region link to the priorities of its strategy."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.learning.places import Grounds
from synergy.tables.fields import split_codes

COLUMNS = ("region_id", "clusters", "coded", "linked", "share_linked", "priorities", "covered", "share_covered", "why")
EVIDENCE = ("region_id", "table", "row", "id", "what")


def linked_of(grounds: Grounds) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return, for every region of the survey, its clusters and priorities that name a field in common, and the rows.

    A cluster is ``linked`` when one of its codes, or a broader field of them, is also one of a priority that counts
    for the region: its own, one of a region inside it, or one that rolls down to it. ``share_linked`` is of the
    clusters whose fields are known (``coded``), ``share_covered`` of the priorities with codes. Codes that say how and
    not what (horizontal ones) do not link. Counts are unknown in a country of which the table has no row, and for a
    region below the analysed level that has none itself: rows are placed at that level. The evidence lists every linked
    cluster and every covered priority.
    """
    rows, evidence = [], []
    for region in grounds.asked:
        clusters, priorities = _clusters(grounds, region), _priorities(grounds, region)
        ties = [(c, p) for c, mine in clusters.items() for p, theirs in priorities.items() if mine & theirs]
        linked, covered = sorted({c for c, _ in ties}), sorted({p for _, p in ties})
        coded = sum(bool(fields) for fields in clusters.values())
        clusters_known, strategy_known = _known(grounds, "clusters", region, clusters), bool(priorities)
        both = clusters_known and strategy_known
        rows.append((
            region, len(clusters) if clusters_known else pd.NA, coded if clusters_known else pd.NA,
            len(linked) if both else pd.NA, len(linked) / coded if both and coded else np.nan,
            len(priorities) if strategy_known else pd.NA, len(covered) if both else pd.NA,
            len(covered) / len(priorities) if both else np.nan,
            "" if both else "; ".join(
                ([] if clusters_known else ["the data hold no cluster organisation there"])
                + ([] if strategy_known else ["its strategy is unknown"])
            ),
        ))  # fmt: skip
        evidence += [(region, table, *_cited(grounds, table, row)) for table, found in
                     (("clusters", linked), ("priorities", covered)) for row in found]  # fmt: skip
    whole = dict.fromkeys(("clusters", "coded", "linked", "priorities", "covered"), "Int64")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(whole), pd.DataFrame(evidence, columns=list(EVIDENCE))


def _clusters(grounds: Grounds, region: str) -> dict[int, frozenset[str]]:
    table = grounds.located.study["clusters"]
    inside = [grounds.holds(region, each) for each in table["region_id"]]
    return _fields(grounds, table.loc[inside, "codes"])


def _priorities(grounds: Grounds, region: str) -> dict[int, frozenset[str]]:
    table, places = grounds.located.study["priorities"], grounds.located.places
    above = {each for each in places.ancestors(region) if places.levels[each] >= places.inherit_from_level}
    counts = [each in above or grounds.holds(region, each) for each in table["region_id"]]
    return {row: fields for row, fields in _fields(grounds, table.loc[counts, "codes"]).items() if fields}


def _fields(grounds: Grounds, codes: pd.Series) -> dict[int, frozenset[str]]:
    fields = grounds.located.fields
    return {
        int(str(row)): frozenset(fields.with_broader(split_codes(cell))) - fields.horizontal
        for row, cell in codes.items()
    }


def _known(grounds: Grounds, table: str, region: str, found: dict[int, frozenset[str]]) -> bool:
    country, places = grounds.countries[region], grounds.located.places
    listed = {grounds.countries[each] for each in grounds.located.study[table]["region_id"]}
    return bool(found) or (country in listed and places.levels[region] <= places.level)


def _cited(grounds: Grounds, table: str, row: int) -> tuple[int, str, str]:
    key, title = ("cluster_id", "name") if table == "clusters" else ("priority_id", "title")
    line = grounds.located.study[table].loc[row]
    return row, str(line[key]), str(line[title])
