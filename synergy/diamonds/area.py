"""What the signs of every field need of a study, each worked out once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.economy import presence, proximity
from synergy.network import FAR_KM, REACH_KM
from synergy.tables.kinds import kind_by_name
from synergy.tables.located import Located
from synergy_graphs import MultilayerGraph

KNOWLEDGE_KINDS = ("research", "university")


@dataclass(frozen=True, eq=False)
class Listed:
    """Things that a table lists: ``rows`` of region (its place), item and the key by which it may be in a field.

    ``size`` counts the different items of each region.
    """

    rows: list[tuple[int, str, object]]
    size: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Area:
    """The analysed regions of a study, in the order of their ids; every array of this class follows it."""

    located: Located
    graph: MultilayerGraph

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The analysed regions."""
        return self.located.places.regions

    @cached_property
    def position(self) -> dict[str, int]:
        """Region id -> its place in every array."""
        return {region: at for at, region in enumerate(self.ids)}

    @cached_property
    def country(self) -> NDArray[Any]:
        """Country of each region."""
        return np.array(self.located.places.countries, dtype=object)

    @cached_property
    def near(self) -> NDArray[np.float64]:
        """``exp(-d/100 km)`` up to 250 km, regions x regions; 0 farther, for a region itself and without a place."""
        distance = np.nan_to_num(self.located.places.distance_km, nan=np.inf)
        close: NDArray[np.float64] = np.where(distance <= FAR_KM, np.exp(-distance / REACH_KM), 0.0)
        np.fill_diagonal(close, 0.0)
        return close

    @cached_property
    def activity(self) -> pd.DataFrame:
        """Regions x activities; a region without data is a row of unknowns."""
        return self.located.activity.reindex(list(self.ids))

    @cached_property
    def before(self) -> Located | None:
        """The study with the activity of the earliest year of the same unit instead; None when there is one year."""
        rows, table = self.located.activity_rows, self.located.study["activity"]
        if rows.empty:
            return None
        earlier = table[(table["unit"] == rows["unit"].iloc[0]) & (table["year"] < rows["year"].max()).fillna(False)]
        if earlier.empty:
            return None
        first = earlier[earlier["year"] == earlier["year"].min()]
        study = self.located.study
        return replace(study, tables={**study.tables, "activity": first}).located

    @cached_property
    def activity_rows(self) -> pd.DataFrame:
        """The rows that ``activity`` is made of: region_id (the analysed one), table, row, id (the code), what."""
        return _told(self.located)

    @cached_property
    def earlier_rows(self) -> pd.DataFrame:
        """The same of the earliest year; none when the table holds one year."""
        return _told(self.before) if self.before else self.activity_rows.iloc[:0]

    @cached_property
    def present(self) -> pd.DataFrame:
        """1 where a region's location quotient in an activity is at least 1, NaN where that is unknown."""
        held = presence(self.located.activity, missing="available") if len(self.located.activity) else pd.DataFrame()
        return held.reindex(list(self.ids))

    @cached_property
    def related(self) -> NDArray[np.float64]:
        """Hidalgo proximity of the activities, 0 to themselves and where no region knows both."""
        if self.located.activity.empty:
            return np.zeros((0, 0))
        held = self.present.dropna(how="all")
        phi = np.nan_to_num(proximity(held, binary=True, missing="available"))
        np.fill_diagonal(phi, 0.0)
        return np.asarray(phi, dtype=np.float64)

    @cached_property
    def strategies(self) -> pd.DataFrame:
        """Who declares what: region_id, unit (the region whose strategy it is), node (of the priority), row."""
        declared = self.located.declared
        named = declared[declared["fields"].map(len) > 0]
        nodes = [f"priority:{key}" for key in named["priority_id"]]
        return named[["region_id", "row"]].assign(unit=named["declared_by"], node=nodes).reset_index(drop=True)

    @cached_property
    def organisations(self) -> pd.DataFrame:
        """The organisations that lie in an analysed region: with their graph node, and their kind.

        The kind of one that no table lists is read from its name where that says university or research (``by_name``).
        """
        placed = self.located.organisations.dropna(subset=["region_id"]).reset_index(drop=True)
        unlisted = placed["table"] != "firms"
        named = placed["name"].where(unlisted, "").map(kind_by_name)
        kind = placed["kind"].where(named.isna(), named)
        return placed.assign(node="firm:" + placed["org_id"], kind=kind, by_name=named.notna())

    @cached_property
    def clusters(self) -> Listed:
        """The clusters, by their graph node."""
        placed = self.located.clusters.dropna(subset=["region_id"])
        return self._listed(placed["region_id"], placed["cluster_id"], "cluster:" + placed["cluster_id"])

    @cached_property
    def firms(self) -> Listed:
        """The organisations that are firms, by their graph node."""
        kept = self.organisations[self.organisations["kind"] == "firm"]
        return self._listed(kept["region_id"], kept["org_id"], kept["node"])

    @cached_property
    def bodies(self) -> Listed:
        """The universities and research organisations, by their graph node."""
        kept = self.organisations[self.organisations["kind"].isin(KNOWLEDGE_KINDS)]
        return self._listed(kept["region_id"], kept["org_id"], kept["node"])

    @cached_property
    def projects(self) -> Listed:
        """The projects of universities and research organisations, by the row of the participation."""
        return self._listed(self.research["region_id"], self.research["project_id"], self.research["row"])

    def _listed(self, regions: pd.Series, items: pd.Series, keys: pd.Series) -> Listed:
        rows = list(zip(regions.map(self.position).tolist(), items.tolist(), keys.tolist(), strict=True))
        size = np.bincount([at for at, _ in {row[:2] for row in rows}], minlength=len(self.ids))
        return Listed(rows, size.astype(np.float64))

    @cached_property
    def research(self) -> pd.DataFrame:
        """The participations of universities and research organisations: located ones, with their row."""
        kinds = self.organisations.set_index("org_id")["kind"]
        parts = self.located.participations.dropna(subset=["region_id"])
        return parts[parts["org_id"].map(kinds).isin(KNOWLEDGE_KINDS)]


def _told(located: Located) -> pd.DataFrame:
    """Return activity rows with what they say; an amount that is not known says so."""
    rows = located.activity_rows
    columns = zip(*(rows[name].tolist() for name in ("code", "region_id", "value", "unit", "year")), strict=True)
    what = [
        f"{located.fields.name(code)} ({code}) in {region}: {'unknown' if pd.isna(value) else f'{value:g}'} {unit}"
        f"{'' if pd.isna(year) else f', {year}'}"
        for code, region, value, unit, year in columns
    ]
    told = {"region_id": rows["home"], "table": "activity", "row": rows["row"], "id": rows["code"], "what": what}
    return pd.DataFrame(told).astype({"what": object})
