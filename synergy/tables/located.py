"""A study's rows placed on the regions that are analysed: what holds where, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from synergy.tables.fields import Fields, split_codes
from synergy.tables.organisations import organisations
from synergy.tables.places import Places
from synergy.tables.study import Study


@dataclass(frozen=True, eq=False)
class Located:
    """A study as seen from its analysed regions; every frame keeps the row it came from.

    Rules, each marked in the result: a row of a deeper region is rolled up to the analysed region it lies in; a
    strategy declared above the analysed level, at ``inherit_from_level`` or deeper, is rolled down to each
    region below it (``basis`` = 'inherited from DE1'); any other row of a shallower region cannot be placed and
    is counted in ``unplaced``.
    """

    study: Study

    @cached_property
    def places(self) -> Places:
        """The hierarchy of regions and the analysed level."""
        settings = self.study.settings
        return Places.of(self.study["regions"], settings.level, settings.inherit_from_level)

    @cached_property
    def fields(self) -> Fields:
        """Names and broader fields of the codes."""
        return Fields.of(self.study)

    @cached_property
    def regions(self) -> pd.DataFrame:
        """The analysed regions, sorted by id: region_id, name, country, lat, lon, row."""
        table = self.study["regions"].reset_index(names="row").set_index("region_id", drop=False)
        chosen = table.loc[list(self.places.regions)]
        return chosen[["region_id", "name", "country", "lat", "lon", "row"]].reset_index(drop=True)

    @cached_property
    def declared(self) -> pd.DataFrame:
        """Who declares what: region_id, priority_id, declared_by, basis, fields, row; sorted by region and row.

        ``fields`` are the row's codes without those that stand beside their own broader field.
        """
        table = self.study["priorities"].reset_index(names="row")
        by_region = dict(iter(table.groupby("region_id", sort=True)))
        found = []
        for region, rows in by_region.items():
            home = self.places.locate(region)
            if home:
                found.append((rows, region, home, "own" if home == region else f"rolled up from {region}"))
        for region in self.places.regions:
            for above in self.places.inherits(region):
                if above in by_region:
                    found.append((by_region[above], above, region, f"inherited from {above}"))
        columns = ["region_id", "priority_id", "declared_by", "basis", "fields", "row"]
        lines = [
            (target, priority, by, basis, self.fields.broadest(split_codes(codes)), row)
            for rows, by, target, basis in found
            for priority, codes, row in zip(rows["priority_id"], rows["codes"], rows["row"], strict=True)
        ]
        frame = pd.DataFrame(lines, columns=columns)
        return frame.sort_values(["region_id", "row"], kind="stable").reset_index(drop=True)

    @cached_property
    def clusters(self) -> pd.DataFrame:
        """The clusters with the analysed region they lie in (missing if that is not known): … , row."""
        table = self.study["clusters"].reset_index(names="row")
        return table.assign(region_id=[self.places.locate(region) for region in table["region_id"]])

    @cached_property
    def _resolved(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return organisations(self.study, self.places)

    @property
    def organisations(self) -> pd.DataFrame:
        """Every organisation, listed as a firm or met in a project, each once."""
        return self._resolved[0]

    @cached_property
    def participations(self) -> pd.DataFrame:
        """Participations with org_id, located region_id and row."""
        return self._resolved[1].reset_index(names="row")

    @cached_property
    def activity(self) -> pd.DataFrame:
        """Regions x activity codes of the latest year of the commonest unit; NaN where not known.

        Only regions with any value are rows. Amounts of deeper regions add up where the region itself has no row,
        and a sum with an unknown part is unknown.
        """
        table = self.study["activity"]
        if table.empty:
            return pd.DataFrame()
        unit = table["unit"].value_counts().sort_index().idxmax()
        chosen = table[table["unit"] == unit]
        chosen = chosen[chosen["year"].fillna(0) == chosen["year"].fillna(0).max()]
        home = [self.places.locate(region) for region in chosen["region_id"]]
        placed = chosen.assign(region_id=home, own=chosen["region_id"] == home).dropna(subset=["region_id"])
        has_own = placed.groupby(["region_id", "code"], sort=True)["own"].transform("any")
        placed = placed[placed["own"] | ~has_own]
        wide = placed.groupby(["region_id", "code"], sort=True)["value"].agg(lambda v: v.sum(skipna=False)).unstack()
        return wide.dropna(how="all").astype(np.float64)

    @cached_property
    def unplaced(self) -> pd.DataFrame:
        """Rows that lie in no analysed region: table, row, id."""
        parts = [
            ("clusters", self.clusters, "cluster_id"),
            ("organisations", self.organisations, "org_id"),
        ]
        rows = [
            (name, int(row), key)
            for name, frame, column in parts
            for row, key in frame.loc[frame["region_id"].isna(), ["row", column]].itertuples(index=False)
        ]
        return pd.DataFrame(rows, columns=["table", "row", "id"])

    @cached_property
    def strategy_known(self) -> pd.Series:
        """Whether anything is known of each analysed region's strategy; unknown is never 'has none'."""
        declaring = set(self.declared.loc[self.declared["fields"].map(len) > 0, "region_id"])
        ids = list(self.places.regions)
        return pd.Series([region in declaring for region in ids], index=ids, name="strategy_known")
