"""The hierarchy of regions: which are analysed, what lies in what, what rolls up and what rolls down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the WGS 84 ellipsoid, (2a + b) / 3."""


@dataclass(frozen=True, eq=False, repr=False)
class Places:
    """Regions and their levels, seen from the level that is analysed.

    ``regions`` are the analysed ones, sorted by id; every array of this class follows that order. ``levels`` and
    ``parents`` cover all regions of the study.
    """

    regions: tuple[str, ...]
    countries: tuple[str, ...]
    level: int
    inherit_from_level: int
    levels: Mapping[str, int]
    parents: Mapping[str, str]
    points: NDArray[np.float64]

    @classmethod
    def of(cls, regions: pd.DataFrame, level: int | None = None, inherit_from_level: int = 1) -> Places:
        """Read the hierarchy from a study's ``regions`` table.

        Without ``level`` the level with the most regions is analysed, the deeper of two that tie. Statements of
        regions at ``inherit_from_level`` or deeper roll down to the analysed regions below them.

        >>> places = Places.of(pd.DataFrame({
        ...     "region_id": ["IT", "ITH", "ITH2", "ITH3", "ITH31"], "level": [0, 1, 2, 2, 3],
        ...     "parent_id": [None, "IT", "ITH", "ITH", "ITH3"], "country": "IT", "lat": 46.0, "lon": 11.0,
        ... }))
        >>> places
        Places(2 regions at level 2)
        >>> places.locate("ITH31"), places.locate("ITH"), places.inherits("ITH2")
        ('ITH3', None, ('ITH',))
        """
        ids = regions["region_id"].astype(str).tolist()
        levels = dict(zip(ids, regions["level"].astype(int).tolist(), strict=True))
        parents = {
            region: str(parent)
            for region, parent in zip(ids, regions["parent_id"].tolist(), strict=True)
            if pd.notna(parent)
        }
        chosen = _most_common(levels) if level is None else level
        analysed = regions[regions["level"] == chosen].sort_values("region_id")
        points = analysed[["lat", "lon"]].to_numpy(np.float64, copy=True)
        points.flags.writeable = False
        return cls(
            tuple(analysed["region_id"].astype(str)),
            tuple(analysed["country"].astype(str)),
            chosen,
            inherit_from_level,
            MappingProxyType(levels),
            MappingProxyType(parents),
            points,
        )

    def parent(self, region: str) -> str | None:
        """Return the region one step up, None at the top."""
        return self.parents.get(region)

    def ancestors(self, region: str) -> tuple[str, ...]:
        """Return all regions that hold this one, the nearest first."""
        found: list[str] = []
        above = self.parents.get(region)
        while above is not None and above not in found:
            found.append(above)
            above = self.parents.get(above)
        return tuple(found)

    def locate(self, region: object) -> str | None:
        """Return the analysed region that a region is or lies in; None when it lies above them or is not known."""
        if not isinstance(region, str) or region not in self.levels:
            return None
        return next(
            (place for place in (region, *self.ancestors(region)) if self.levels.get(place) == self.level), None
        )

    def inherits(self, region: str) -> tuple[str, ...]:
        """Return the regions above whose statements roll down to an analysed region, the nearest first."""
        steps = range(self.inherit_from_level, self.level)
        return tuple(above for above in self.ancestors(region) if self.levels.get(above) in steps)

    @cached_property
    def distance_km(self) -> NDArray[np.float64]:
        """Great-circle distances in km between the representative points, NaN where one is not known.

        2 R asin sqrt( sin²(Δlat/2) + cos lat_a cos lat_b sin²(Δlon/2) ), R = 6371.0088 km; read-only.
        """
        lat, lon = np.radians(self.points).T
        half = np.sin((lat[:, None] - lat) / 2) ** 2
        half += np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
        # rounding may carry opposite points a hair beyond 1
        distance: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
        distance.flags.writeable = False
        return distance

    def __repr__(self) -> str:
        return f"Places({len(self.regions)} regions at level {self.level})"


def _most_common(levels: Mapping[str, int]) -> int:
    found = list(levels.values())
    return max(set(found), key=lambda level: (found.count(level), level))
