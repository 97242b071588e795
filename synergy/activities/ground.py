"""What all activities of a study are read from: who holds which capacity, and how capacities are related."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from synergy.activities.direction import PRESENT, Source, Standing
from synergy.economy import density, excess_proximity, location_quotient
from synergy.tables.fields import split_codes
from synergy.tables.located import Located

RELATED = 4
"""How many of an activity's nearest count as related, as in the graph's layer of that name."""
UNITS = {
    "activity": "location quotient of employment or output",
    "projects": "location quotient of projects",
    "clusters": "location quotient of cluster organisations",
}


class Work(NamedTuple):
    """One theme of one participation."""

    project_id: str
    code: str
    row: int


@dataclass(frozen=True, eq=False)
class Ground:
    """Regions x capacities of three kinds, each measured alike: the region's share over the share of all regions.

    A capacity is an activity (``activity`` table), what projects work on (``participations``), or a field in which
    there are cluster organisations (``clusters``). It is held where its location quotient is at least 1, and unknown
    where its table covers nothing of the region's country.
    """

    located: Located

    def name(self, code: str) -> str:
        """Return the name of a code."""
        return self.located.fields.name(code)

    @cached_property
    def kind_of(self) -> dict[str, str]:
        """The table that a capacity is measured in, by code; an activity before projects before clusters."""
        kinds: dict[str, str] = {}
        for kind, amounts in reversed(list(self.amounts.items())):
            kinds |= dict.fromkeys(map(str, amounts.columns), kind)
        return kinds

    @cached_property
    def amounts(self) -> dict[str, pd.DataFrame]:
        """Regions x codes per table: amounts, projects, cluster organisations; NaN where not known."""
        regions = list(self.located.places.regions)
        horizontal = self.located.fields.horizontal
        projects = list(self.theme_rows[["region_id", "code", "project_id"]].itertuples(index=False, name=None))
        placed = self.located.clusters.dropna(subset=["region_id"])
        clusters = [
            (region, code, cluster)
            for region, cluster, codes in placed[["region_id", "cluster_id", "codes"]].itertuples(index=False)
            for code in self.located.fields.with_broader(split_codes(codes))
            if code not in horizontal
        ]
        return {
            "activity": self.located.activity.reindex(regions),
            "projects": self._counts(projects, "projects"),
            "clusters": self._counts(clusters, "clusters"),
        }

    @cached_property
    def theme_rows(self) -> pd.DataFrame:
        """Participations, one row per theme: region_id, project_id, org_id, code, row."""
        parts = self.located.participations.dropna(subset=["region_id"])
        columns = ["region_id", "project_id", "org_id", "theme", "row"]
        rows = [
            (region, project, org, code, row)
            for region, project, org, theme, row in parts[columns].itertuples(index=False)
            for code in split_codes(theme)
            if code not in self.located.fields.horizontal
        ]
        return pd.DataFrame(rows, columns=["region_id", "project_id", "org_id", "code", "row"])

    @cached_property
    def work(self) -> dict[str, list[Work]]:
        """The same by region."""
        found: dict[str, list[Work]] = {}
        columns = ["region_id", "project_id", "code", "row"]
        for region, project, code, row in self.theme_rows[columns].itertuples(index=False, name=None):
            found.setdefault(region, []).append(Work(project, code, row))
        return found

    @cached_property
    def activity_amounts(self) -> dict[str, list[tuple[int, str, float, str]]]:
        """The rows of the activity table by region: row, code, value, unit."""
        found: dict[str, list[tuple[int, str, float, str]]] = {}
        columns = ["home", "row", "code", "value", "unit"]
        for region, *line in self.located.activity_rows[columns].itertuples(index=False, name=None):
            found.setdefault(region, []).append(tuple(line))
        return found

    def _counts(self, rows: list[tuple[str, str, str]], table: str) -> pd.DataFrame:
        """Return regions x codes: how many different things name each; unknown in a country without any row."""
        regions = self.located.regions.set_index("region_id")
        long = pd.DataFrame(rows, columns=["region_id", "code", "what"]).drop_duplicates()
        counts = pd.crosstab(long["region_id"], long["code"]).reindex(regions.index, fill_value=0).astype(float)
        size = self.located.sizes[table]
        covered = set(regions.loc[size[size > 0].index, "country"])
        counts.loc[~regions["country"].isin(covered)] = np.nan
        return counts

    @cached_property
    def mass_unit(self) -> str:
        """What the amounts of the activity table count."""
        units = self.located.activity_rows["unit"]
        return str(units.iloc[0]) if len(units) else ""

    @cached_property
    def strength(self) -> pd.DataFrame:
        """Regions x capacities: location quotients; in counts the region's size is all it has in that table."""
        found: dict[str, pd.Series] = {}
        for kind, amounts in self.amounts.items():
            if amounts.empty:
                continue
            quotients = (
                location_quotient(amounts.dropna(how="all"), missing="available").reindex(amounts.index)
                if kind == "activity"
                else _of_sizes(amounts, self.located.sizes[kind])
            )
            found |= {code: quotients[code] for code in map(str, quotients.columns) if self.kind_of[code] == kind}
        return pd.DataFrame(found, index=pd.Index(list(self.located.places.regions), name="region_id"))

    @cached_property
    def quotients(self) -> dict[tuple[str, str], float]:
        """What is known of ``strength``, by (region, capacity)."""
        return _known(self.strength)

    @cached_property
    def held(self) -> pd.DataFrame:
        """Regions x capacities: 1 held, 0 not, NaN unknown."""
        return (self.strength >= PRESENT).astype(float).where(self.strength.notna())

    @cached_property
    def holders(self) -> dict[str, tuple[str, ...]]:
        """The regions that hold each capacity, the strongest first, ties by id."""
        found = {}
        for code in self.held.columns:
            strengths = self.strength[code][self.held[code] == 1].to_dict()
            found[str(code)] = tuple(sorted(strengths, key=lambda region: (-strengths[region], region)))
        return found

    @cached_property
    def typical(self) -> pd.Series:
        """By activity: the median amount of the regions that hold it."""
        X = self.located.activity
        return X.where(self.held.reindex(index=X.index, columns=X.columns) == 1).median()

    @cached_property
    def relatedness(self) -> pd.DataFrame:
        """Capacities x capacities: proximity beyond chance of being held by the same regions."""
        return excess_proximity(self.held, binary=True, missing="available")

    @cached_property
    def density(self) -> pd.DataFrame:
        """Regions x activities: relatedness density in percent."""
        return density(self.activity_held, binary=True, missing="available")

    @cached_property
    def activity_held(self) -> pd.DataFrame:
        """The part of ``held`` that is economic activity, of the regions where anything of it is known."""
        codes = [code for code, kind in self.kind_of.items() if kind == "activity"]
        return self.held[sorted(codes)].dropna(how="all")

    @cached_property
    def home_field(self) -> dict[str, str]:
        """The field of each activity: the first of its broadest codes, itself where it has none."""
        up = self.located.fields.up
        tops = set(self.located.fields.tops)
        return {code: next(iter(sorted(set(up(code)) & tops)), code) for code in self.activity_held.columns}

    @cached_property
    def field_quotients(self) -> pd.DataFrame:
        """Regions x fields: location quotient of a field's activities together, over the cells known in the region."""
        X = self.located.activity
        values, whole = X.to_numpy(dtype=float), np.nansum(X.to_numpy(dtype=float), axis=1)
        known = ~np.isnan(values)
        reference = np.nansum(values, axis=0) / (known * whole[:, None]).sum(axis=0)
        found = {}
        for field in sorted(set(self.home_field.values())):
            inside = [at for at, code in enumerate(X.columns) if self.home_field.get(code) == field]
            expected = (known[:, inside] * reference[inside]).sum(axis=1) * whole
            held = np.nansum(values[:, inside], axis=1)
            found[field] = np.divide(held, expected, out=np.full(len(X), np.nan), where=expected > 0)
        return pd.DataFrame(found, index=X.index)

    @cached_property
    def field_growth(self) -> pd.DataFrame:
        """Regions x fields: relative change from the first to the last year; empty where there is one year only."""
        table = self.located.study["activity"].dropna(subset=["year", "value"])
        if table["year"].nunique() < 2:
            return pd.DataFrame()
        table = table.assign(field=table["code"].map(self.home_field.get)).dropna(subset=["field"])
        wide = table.pivot_table(index=["region_id", "field", "code", "unit"], columns="year", values="value")
        first, last = min(wide.columns), max(wide.columns)
        sums = wide[[first, last]].dropna().groupby(level=["region_id", "field"]).sum()
        return (sums[last] / sums[first].where(sums[first] > 0) - 1).unstack()

    @cached_property
    def _field_figures(self) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
        """Quotient and growth by (region, field), where known."""
        return _known(self.field_quotients), _known(self.field_growth)

    @cached_property
    def _known_density(self) -> dict[tuple[str, str], float]:
        return _known(self.density)

    @cached_property
    def neighbours(self) -> pd.DataFrame:
        """Activities x activities: relatedness where one is among the RELATED nearest of the other, else 0."""
        codes = self.activity_held.columns
        values = self.relatedness.loc[codes, codes].to_numpy(copy=True)
        np.fill_diagonal(values, 0.0)
        values = np.clip(np.nan_to_num(values), 0.0, None)
        nearest = np.zeros(values.shape, dtype=bool)
        for i, row in enumerate(values):
            nearest[i, np.argsort(-row, kind="stable")[:RELATED]] = True
        return pd.DataFrame(np.where(nearest | nearest.T, values, 0.0), index=codes, columns=codes)

    def standing(self, region: str, target: str, projects: int | None) -> Standing:
        """Return where a region stands towards a target activity."""
        if target not in self.activity_held.columns or region not in self.activity_held.index:
            return Standing(self.name(target) if target else "its target", None, projects)
        at, i = self.activity_held.index.get_loc(region), self.activity_held.columns.get_loc(target)
        have = self.activity_held.to_numpy()[at]
        near = self.neighbours.to_numpy()[i]
        others = np.delete(have, i)
        sources = []
        for j in np.flatnonzero((have == 1) & (near > 0)):
            code = str(self.activity_held.columns[j])
            field = self.home_field[code]
            figures = (self._field_figures[0].get((region, field)), self._field_figures[1].get((region, field)))
            sources.append(Source(self.name(code), self.name(field), float(near[j]), *figures))
        return Standing(
            self.name(target),
            self.quotients.get((region, target)),
            projects,
            self._known_density.get((region, target)),
            100 * float(np.nanmean(others)) if not np.isnan(others).all() else None,
            tuple(sources),
        )

    def capacity_name(self, code: str) -> str:
        """Return what a capacity is called: an activity by its name, the others with what was counted."""
        kind = self.kind_of[code]
        return {"activity": "", "projects": "projects on ", "clusters": "cluster organisations in "}[kind] + self.name(
            code
        )


def _known(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return the cells that are known by (row, column)."""
    return {key: float(value) for key, value in frame.stack().dropna().items()} if frame.size else {}


def _of_sizes(counts: pd.DataFrame, sizes: pd.Series) -> pd.DataFrame:
    """Return (count / size) over the same of all regions where it is known; 0 where a region has none."""
    known = counts.notna()
    size = sizes.reindex(counts.index).to_numpy(dtype=float)[:, None] * np.ones(counts.shape[1])
    whole = counts.sum().to_numpy() / np.where(known, size, 0.0).sum(axis=0)
    share = np.divide(counts.to_numpy(), size, out=np.zeros(counts.shape), where=size > 0)
    return pd.DataFrame(share / whole, index=counts.index, columns=counts.columns).where(known)
