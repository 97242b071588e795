"""The signs of strategy, industry capacity and knowledge capacity: what the tables say of a field in each region."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.capacities import theme_quotient
from synergy.diamonds.area import Area, Listed
from synergy.diamonds.field import Field
from synergy.diamonds.sign import HALF, Floats, Sign, sign_of, unknown_sign

EMPLOYMENT, RELATED = "field's activities", "related activities"
CLUSTERS, FIRMS, BODIES, PROJECTS = "clusters", "firms", "research bodies", "research projects"
LISTED = (CLUSTERS, FIRMS, BODIES, PROJECTS)
"""The signs that count what a list holds; a list may be short where a statistic is not."""
DOUBLE = 2.0
"""Employment is counted for every region alike; the lists of clusters and firms are not, so it weighs as both."""
LEAST = 2.0


def strategy(area: Area, field: Field) -> list[Sign]:
    """The share of a strategy's statements that name the field; naming it once is over the line.

    Unknown for a region without any known statement, and everywhere when no statement of the study names the field:
    its codes may not reach it.
    """
    stated = area.strategies
    naming = stated[stated["node"].isin(field.nodes)]
    if naming.empty:
        return [unknown_sign("strategy", "priorities", "1 if declared", len(area.ids))]
    said, of_all = (_counts(area, frame["region_id"]) for frame in (naming, stated))
    known = area.located.strategy_known.reindex(list(area.ids)).to_numpy(dtype=bool)
    sign = sign_of("strategy", "priorities", "1 if declared", known, own=said, size=of_all)
    # Two half strategies make no whole one: a statement is there or not, one is enough, and it is one for all of them.
    declared, nobody = (said > 0).astype(float)[:, None], np.zeros(len(said))
    return [replace(sign, own=nobody, shared=declared, quotient=np.where(said > 0, sign.quotient, 0.0), bar=1.0)]


def industry(area: Area, field: Field) -> list[Sign]:
    """What is employed in the field's activities, its clusters, and its firms."""
    return [
        _employment(area, field),
        _counted(area, "industry", CLUSTERS, "clusters", area.clusters, field.nodes),
        _counted(area, "industry", FIRMS, "firms", area.firms, field.nodes),
    ]


def knowledge(area: Area, field: Field) -> list[Sign]:
    """Its universities and research organisations, the projects they do on the field, and the related activities."""
    on_field = set(field_rows(area, field)["row"])
    return [
        _counted(area, "knowledge", BODIES, "bodies", area.bodies, field.nodes),
        _counted(area, "knowledge", PROJECTS, "projects", area.projects, on_field),
        _related(area, field),
    ]


def field_rows(area: Area, field: Field) -> pd.DataFrame:
    """Return the participations whose theme is in the field: region_id, row, id (the project)."""
    mentions = area.located.mentions
    rows = mentions[(mentions["table"] == "participations") & mentions["node"].isin(field.nodes)]
    return rows.drop_duplicates(["region_id", "row"])[["region_id", "row", "id"]]


def employed(area: Area, field: Field, activity: pd.DataFrame) -> tuple[Floats, NDArray[np.bool_]]:
    """Return what each region has in the field's activities, and where at least half of them are known."""
    values = activity.reindex(columns=list(field.activities)).to_numpy(dtype=float)
    if not field.activities:
        return np.zeros(len(area.ids)), np.zeros(len(area.ids), dtype=bool)
    return np.nansum(values, axis=1), (~np.isnan(values)).mean(axis=1) >= HALF


def unit_of(area: Area) -> str:
    """Return what the activity table counts."""
    rows = area.located.activity_rows
    return str(rows["unit"].iloc[0]) if len(rows) else "activity"


def _employment(area: Area, field: Field) -> Sign:
    amount, known = employed(area, field, area.activity)
    if not known.any():
        return unknown_sign("industry", EMPLOYMENT, unit_of(area), len(area.ids), DOUBLE)
    whole = np.nansum(area.activity.to_numpy(dtype=float), axis=1)
    sign = sign_of("industry", EMPLOYMENT, unit_of(area), known, own=amount, size=whole)
    quotient = theme_quotient(area.located, tuple(field.nodes)).reindex(list(area.ids)).to_numpy(dtype=float)
    return replace(sign, quotient=quotient, weight=DOUBLE)


def relatedness(area: Area, field: Field) -> pd.Series:
    """Return how related each activity is to the field as one: ``phi_jF = sum_{i in F} phi_ij``, 0 inside the field."""
    inside = area.present.columns.isin(field.activities)
    return pd.Series(np.where(inside, 0.0, area.related[inside].sum(axis=0)), index=area.present.columns, dtype=float)


def _related(area: Area, field: Field) -> Sign:
    """The share of the activities related to the field, each weighted by how much, that a region is strong in.

    ``RD_rF = 100 sum_{j not in F} phi_jF M_rj / sum_{j not in F} phi_jF``: the relatedness density around the field as
    one, over what is known of the region; the quotient is to the mean of the regions.
    """
    weights = relatedness(area, field).to_numpy()
    if not weights.any():
        return unknown_sign("knowledge", RELATED, "% of what is related", len(area.ids))
    held, told = area.present.fillna(0.0).to_numpy(dtype=float), area.present.notna().to_numpy()
    whole = told @ weights
    known = whole >= HALF * weights.sum()
    density = 100 * np.divide(held @ weights, whole, out=np.zeros_like(whole), where=known)
    mean = density[known].mean() if known.any() else np.nan
    # A share does not add up: together they are as dense as the densest, and no bar makes mass of it.
    sign = sign_of("knowledge", RELATED, "% of what is related", known, shared=density[:, None])
    return replace(sign, quotient=np.where(known, density / mean, np.nan), bar=np.inf)


def _counted(area: Area, corner: str, name: str, unit: str, listed: Listed, inside: Set[object]) -> Sign:
    """Return a sign of things counted: of all that is listed, what is in the field by one of the keys ``inside``.

    A region without a single one of all is one that the table does not tell of, and so are all regions where nobody
    holds any of the field. One of anything is no mass: the bar is two at the least.
    """
    holders: dict[str, set[int]] = {}
    for region, item, key in listed.rows:
        if key in inside:
            holders.setdefault(item, set()).add(region)
    several = [sorted(holders[item]) for item in sorted(holders) if len(holders[item]) > 1]
    own, shared = np.zeros(len(area.ids)), np.zeros((len(area.ids), len(several)))
    for regions in holders.values():
        own[list(regions)] += len(regions) == 1
    for column, held_by in enumerate(several):
        shared[held_by, column] = 1.0
    return sign_of(corner, name, unit, (listed.size > 0) & bool(holders), own=own, shared=shared, least=LEAST)


def _counts(area: Area, regions: pd.Series) -> Floats:
    counts: Floats = regions.value_counts().reindex(list(area.ids)).fillna(0).to_numpy(dtype=np.float64)
    return counts
