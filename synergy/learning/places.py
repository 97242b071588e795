"""The regions that learn, at whatever level they were asked, and what the study holds in each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from synergy.tables.located import Located


@dataclass(frozen=True, eq=False)
class Grounds:
    """Learning regions: those of the survey and, for services elsewhere, their own region; sorted by id.

    A region that was asked as a whole (NUTS 1) holds the analysed regions inside it; one that was asked below the
    analysed level (NUTS 3) is seen through the analysed region it lies in, and that is said.
    """

    located: Located

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The regions of the survey."""
        return tuple(sorted(set(self.located.study["survey"]["region_id"].dropna())))

    @cached_property
    def services(self) -> pd.DataFrame:
        """The services with ``place``, the region they are in, and ``home``, the learning region; and row."""
        study = self.located.study
        table = study["services"].reset_index(names="row")
        seats = study["clusters"].set_index("cluster_id")["region_id"]
        place = table["cluster_id"].map(seats).fillna(table["region_id"])
        names = table["cluster_id"].map(study["clusters"].set_index("cluster_id")["name"])
        return table.assign(place=place, home=[self.home(each) for each in place], cluster=names)

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """All learning regions."""
        return tuple(sorted({*self.asked, *self.services["home"].dropna()}))

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of every region of the study by id."""
        return dict(self.located.study["regions"][["region_id", "name"]].itertuples(index=False, name=None))

    @cached_property
    def countries(self) -> dict[str, str]:
        """Country of every region of the study by id."""
        return dict(self.located.study["regions"][["region_id", "country"]].itertuples(index=False, name=None))

    def home(self, region: str) -> str:
        """Return the region of the survey that a region is or lies in, else the region itself."""
        above = (region, *self.located.places.ancestors(region))
        return next((each for each in above if each in self.asked), region)

    def holds(self, region: str, other: str) -> bool:
        """Whether ``other`` is the region or lies in it."""
        return region == other or region in self.located.places.ancestors(other)

    def analysed(self, region: str) -> tuple[str, ...]:
        """Return the analysed regions in a learning region, else the one it lies in; none when there is neither."""
        places = self.located.places
        inside = tuple(each for each in places.regions if self.holds(region, each))
        around = places.locate(region)
        return inside or (() if around is None else (around,))

    def seen_through(self, region: str) -> str:
        """Return how a learning region is seen in the other tables, in words; empty when it is analysed itself."""
        analysed = self.analysed(region)
        if analysed == (region,):
            return ""
        if not analysed:
            return "no analysed region"
        if self.holds(region, analysed[0]):
            return f"its {len(analysed)} analysed regions: {', '.join(analysed)}"
        return f"{analysed[0]}, in which it lies"

    def languages(self, region: str) -> tuple[str, ...]:
        """Return the languages that the services and ideas of a region are written or shown in; none when unknown."""
        ideas = self.located.study["ideas"]
        spoken = set(ideas.loc[[self.home(each) == region for each in ideas["region_id"]], "language"].dropna())
        here = self.services["home"] == region
        return tuple(sorted(spoken | set(listed(self.services.loc[here, "languages"]))))


def listed(cells: Iterable[object]) -> tuple[str, ...]:
    """Return the parts of cells that hold several with ``;`` between, sorted, each once.

    >>> listed(["de;en", None, "fr"])
    ('de', 'en', 'fr')
    """
    return tuple(
        sorted({part.strip() for cell in cells if isinstance(cell, str) for part in cell.split(";") if part.strip()})
    )
