"""The input rows behind every corner of the regions in a field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from synergy.diamonds.area import KNOWLEDGE_KINDS, Area
from synergy.diamonds.field import Field
from synergy.diamonds.measures import (
    BODIES,
    CLUSTERS,
    EMPLOYMENT,
    FIRMS,
    PROJECTS,
    RELATED,
    field_rows,
    relatedness,
)
from synergy.diamonds.pull import ASKED, CORNER, GROWTH, MARKET

COLUMNS = ("region_id", "corner", "sign", "table", "row", "id", "what")


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the tables say of some regions in one field: region_id, corner, sign, table, row, id, what."""

    area: Area
    field: Field
    regions: tuple[str, ...]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows behind the signs of all the regions; a row around a region stands under that region."""
        return pd.concat([*self._own(), *self._around()], ignore_index=True)

    @cached_property
    def projects(self) -> pd.DataFrame:
        """The participations of all regions in projects on the field: region_id, row, id."""
        return field_rows(self.area, self.field)

    @cached_property
    def funded(self) -> list[tuple[str, str, str, int | None]]:
        """The same as plain values, with what is known of each: region, project, programme, year."""
        details = self.area.located.participations.set_index("row")[["programme", "year"]]
        rows = self.projects.join(details, on="row")
        year = rows["year"].astype(object).where(rows["year"].notna(), None)
        columns = (rows["region_id"], rows["id"], rows["programme"].fillna("not named"), year)
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def of(self, regions: Sequence[str]) -> pd.DataFrame:
        """Return the rows of some of the regions."""
        return self.rows[self.rows["region_id"].isin(regions)]

    def together(self, regions: Sequence[str]) -> pd.DataFrame:
        """Return the participations in projects on the field that two of the regions or more do together."""
        inside = self.projects[self.projects["region_id"].isin(regions)]
        joint = inside.groupby("id")["region_id"].nunique()
        rows = inside.loc[inside["id"].isin(joint.index[joint >= 2]), "row"]
        mentions = self.area.located.mentions
        said = mentions[(mentions["table"] == "participations") & mentions["row"].isin(rows)]
        return _rows(said.drop_duplicates(["region_id", "row"]), "funding", "joint projects")

    def _own(self) -> Iterator[pd.DataFrame]:
        area, field = self.area, self.field
        mentions = area.located.mentions
        named = mentions[mentions["region_id"].isin(self.regions) & mentions["node"].isin(field.nodes)]
        activity = area.activity_rows[area.activity_rows["region_id"].isin(self.regions)]
        bodies = _bodies(area, field, self.regions)
        projects = named[(named["table"] == "participations") & named["row"].isin(area.research["row"])]
        weight = relatedness(area, field)
        yield _rows(named[named["table"] == "priorities"], "strategy", "priorities")
        yield _rows(activity[activity["id"].isin(field.activities)], "industry", EMPLOYMENT)
        yield _rows(named[named["table"] == "clusters"], "industry", CLUSTERS)
        yield _rows(bodies[bodies["kind"] == "firm"], "industry", FIRMS)
        yield _rows(bodies[bodies["kind"].isin(KNOWLEDGE_KINDS)], "knowledge", BODIES)
        yield _rows(projects.drop_duplicates(["region_id", "row"]), "knowledge", PROJECTS)
        yield _rows(activity[activity["id"].isin(weight.index[weight > 0])], "knowledge", RELATED)

    def _around(self) -> Iterator[pd.DataFrame]:
        area, field = self.area, self.field
        rows = pd.concat([area.earlier_rows, area.activity_rows]) if len(area.earlier_rows) else area.earlier_rows
        yield _rows(rows[rows["region_id"].isin(self.regions) & rows["id"].isin(field.activities)], CORNER, GROWTH)
        market = area.activity_rows[area.activity_rows["id"].isin(field.activities)]
        yield _rows(self._seen_from(market), CORNER, MARKET)
        mentions, stated = area.located.mentions, area.strategies[["region_id", "row", "unit"]]
        named = mentions[(mentions["table"] == "priorities") & mentions["node"].isin(field.nodes)]
        named = named.assign(what=named["what"] + ", " + named["region_id"]).merge(stated, on=["region_id", "row"])
        asks = self._seen_from(named)
        own = pd.MultiIndex.from_frame(stated[["region_id", "unit"]])
        others = ~pd.MultiIndex.from_frame(asks[["region_id", "unit"]]).isin(own)
        yield _rows(asks[others].drop_duplicates(["region_id", "row"]), CORNER, ASKED)

    def _seen_from(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return rows of other regions within 250 km under the region they are seen from."""
        places = [self.area.position[region] for region in self.regions]
        near = [(region, self.area.ids[j]) for region, i in zip(self.regions, places, strict=True)
                for j in self.area.near[i].nonzero()[0]]  # fmt: skip
        close = pd.DataFrame(near, columns=["seen_from", "region_id"])
        return close.merge(rows, on="region_id").drop(columns="region_id").rename(columns={"seen_from": "region_id"})


def _bodies(area: Area, field: Field, regions: Sequence[str]) -> pd.DataFrame:
    """Return the organisations of regions in a field, each with the row that lists it or mentions it first."""
    inside = area.organisations
    chosen = inside[inside["region_id"].isin(regions) & inside["node"].isin(field.nodes)]
    read = chosen["by_name"].map({True: ", by its name)", False: ")"})
    return chosen.assign(id=chosen["org_id"], what=chosen["name"] + " (" + chosen["kind"] + read)


def _rows(frame: pd.DataFrame, corner: str, sign: str) -> pd.DataFrame:
    return frame.assign(corner=corner, sign=sign)[list(COLUMNS)]
