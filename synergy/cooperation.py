"""Who took part in what, as sparse tables over the analysed regions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from synergy.tables.fields import Fields, split_codes
from synergy.tables.located import Located

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Cooperation:
    """Placed participations: regions x projects, projects x themes, projects x programmes, all 0/1 and sparse."""

    regions: tuple[str, ...]
    rows: pd.DataFrame
    projects: tuple[str, ...]

    @classmethod
    def of(cls, located: Located, rows: pd.DataFrame | None = None) -> Cooperation:
        """Take a study's participations, or these rows of them (as ``Located.participations`` has them)."""
        placed = (located.participations if rows is None else rows).dropna(subset=["region_id"])
        return cls(located.places.regions, placed, tuple(sorted(set(placed["project_id"]))))

    @cached_property
    def incidence(self) -> sparse.csr_array:
        """Regions x projects."""
        region = pd.Index(self.regions).get_indexer(self.rows["region_id"])
        project = pd.Index(self.projects).get_indexer(self.rows["project_id"])
        return _binary(region, project, (len(self.regions), len(self.projects)))

    @cached_property
    def joint(self) -> NDArray[np.float64]:
        """Joint projects of each two regions; the diagonal counts a region's own projects."""
        return np.asarray((self.incidence @ self.incidence.T).toarray())

    @cached_property
    def active(self) -> Ints:
        """Positions of the regions that take part in any project."""
        return np.flatnonzero(np.diff(self.incidence.indptr) > 0)

    def theme_names(self, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return the themes that the projects name, sorted, less those given."""
        named = {code for cell in self.rows["theme"] for code in split_codes(cell)}
        return tuple(sorted(named - without))

    def lifted(self, fields: Fields) -> Cooperation:
        """Return the same with each project's themes replaced by the broadest fields they belong to."""
        tops = set(fields.tops)
        broad = {
            cell: ";".join(sorted({up for code in split_codes(cell) for up in (code, *fields.up(code))} & tops))
            for cell in self.rows["theme"].dropna().unique()
        }
        return replace(self, rows=self.rows.assign(theme=self.rows["theme"].map(broad)))

    def themes(self, names: tuple[str, ...]) -> sparse.csr_array:
        """Return projects x these themes."""
        pairs = {
            (project, code)
            for project, cell in self.rows[["project_id", "theme"]].itertuples(index=False)
            for code in split_codes(cell)
        }
        return self._of_projects(sorted(pairs), names)

    def programmes(self, names: tuple[str, ...]) -> sparse.csr_array:
        """Return projects x these programmes."""
        known = self.rows.dropna(subset=["programme"])[["project_id", "programme"]].drop_duplicates()
        return self._of_projects(list(known.itertuples(index=False, name=None)), names)

    def _of_projects(self, pairs: list[tuple[str, str]], names: tuple[str, ...]) -> sparse.csr_array:
        column = {name: i for i, name in enumerate(names)}
        kept = [(project, column[name]) for project, name in pairs if name in column]
        rows = pd.Index(self.projects).get_indexer([project for project, _ in kept])
        columns = np.array([at for _, at in kept], dtype=np.int64)
        return _binary(rows, columns, (len(self.projects), len(names)))


def _binary(rows: Ints, columns: Ints, shape: tuple[int, int]) -> sparse.csr_array:
    table = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    table.data[:] = 1.0
    return table
