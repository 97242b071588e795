"""A study's rows placed on the regions that are analysed: what holds where, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

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
    def homes(self) -> dict[str, str | None]:
        """The analysed region of each organisation; None where that is not known."""
        known = self.organisations
        placed = known["region_id"].astype(object).where(known["region_id"].notna(), None)
        return dict(zip(known["org_id"].tolist(), placed.tolist(), strict=True))

    @cached_property
    def participations(self) -> pd.DataFrame:
        """Participations with org_id, located region_id and row."""
        return self._resolved[1].reset_index(names="row")

    @cached_property
    def activity_rows(self) -> pd.DataFrame:
        """The rows that ``activity`` is made of: … , row; region_id as given, home the analysed region.

        The latest year of the commonest unit. A row that lies in a region with a row of its own for the same
        code is left out, lest an amount counts twice.
        """
        table = self.study["activity"].reset_index(names="row")
        if table.empty:
            return table.assign(home=None)
        unit = table["unit"].value_counts().sort_index().idxmax()
        chosen = table[table["unit"] == unit]
        chosen = chosen[chosen["year"].fillna(0) == chosen["year"].fillna(0).max()]
        placed = chosen.assign(home=chosen["region_id"].map(self.places.locate)).dropna(subset=["home"])
        given = set(zip(placed["region_id"], placed["code"], strict=True))
        counted = [
            any((above, code) in given for above in self.places.ancestors(region))
            for region, code in zip(placed["region_id"], placed["code"], strict=True)
        ]
        return placed[~np.array(counted, dtype=bool)].sort_values(["region_id", "code"]).reset_index(drop=True)

    @cached_property
    def activity(self) -> pd.DataFrame:
        """Regions x activity codes of the latest year of the commonest unit; NaN where not known.

        Only regions with any value are rows. Amounts of deeper regions add up where the region itself has no row,
        and a sum with an unknown part is unknown.
        """
        rows = self.activity_rows
        if rows.empty:
            return pd.DataFrame()
        by_cell = rows.groupby(["home", "code"], sort=True)["value"]
        total = by_cell.sum().where(by_cell.count() == by_cell.size())
        wide = total.rename_axis(["region_id", "code"]).unstack()
        return wide.dropna(how="all").astype(np.float64)

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """Every placed row that can place a region in a theme: node, region_id, table, row, id, what.

        ``node`` is the id of the graph node through which it does: the priority, cluster or listed organisation
        itself, or each of the themes of a participation. Sorted by region, table and row.
        """
        titles = self.study["priorities"]["title"].to_dict()
        found: list[tuple[str, str, str, int, str, str]] = []
        for region, key, basis, row in _plain(self.declared, "region_id", "priority_id", "basis", "row"):
            note = "" if basis == "own" else f" ({basis})"
            found.append((f"priority:{key}", region, "priorities", row, key, f"{titles[row]}{note}"))
        for region, key, name, row in _plain(self.clusters, "region_id", "cluster_id", "name", "row"):
            found.append((f"cluster:{key}", region, "clusters", row, key, name))
        listed = self.organisations[self.organisations["table"] == "firms"]
        for region, key, name, row in _plain(listed, "region_id", "org_id", "name", "row"):
            found.append((f"firm:{key}", region, "firms", row, key, name))
        columns = ("region_id", "project_id", "organisation", "org_id", "theme", "row")
        for region, key, name, org, theme, row in _plain(self.participations, *columns):
            what = f"{key}: {name if isinstance(name, str) else org if isinstance(org, str) else region}"
            found += [(f"code:{code}", region, "participations", row, key, what) for code in split_codes(theme)]
        frame = pd.DataFrame(found, columns=["node", "region_id", "table", "row", "id", "what"], dtype=object)
        return frame.sort_values(["region_id", "table", "row"], kind="stable").reset_index(drop=True)

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """How many clusters, organisations and projects each analysed region has in all; a region with none has 0."""
        counts = {
            "clusters": self.clusters.groupby("region_id")["cluster_id"].nunique(),
            "organisations": self.organisations.groupby("region_id")["org_id"].nunique(),
            "projects": self.participations.groupby("region_id")["project_id"].nunique(),
        }
        ids = list(self.places.regions)
        return pd.DataFrame({name: count.reindex(ids) for name, count in counts.items()}).fillna(0).astype(np.int64)

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


def _plain(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield these columns of the rows that lie in an analysed region, as plain values."""
    placed = frame.loc[frame["region_id"].notna(), list(columns)]
    return zip(*(placed[column].tolist() for column in columns), strict=True)
