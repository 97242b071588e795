"""The pairs of analysed regions, and how what is known of regions is read pair by pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.tables.located import Located

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Pairs:
    """Every unordered pair of ``regions`` (sorted by id), as positions: a[k] < b[k].

    >>> pairs = Pairs.of_regions(("AT31", "AT32", "DE11"))
    >>> pairs, pairs.a.tolist(), pairs.b.tolist()
    (Pairs(3 of 3 regions), [0, 0, 1], [1, 2, 2])
    """

    regions: tuple[str, ...]
    a: NDArray[np.intp]
    b: NDArray[np.intp]

    @classmethod
    def of(cls, located: Located) -> Pairs:
        """Return the pairs of a study's analysed regions."""
        return cls.of_regions(located.places.regions)

    @classmethod
    def of_regions(cls, regions: tuple[str, ...]) -> Pairs:
        """Return the pairs of these regions."""
        return cls(regions, *np.triu_indices(len(regions), k=1))

    def __len__(self) -> int:
        return len(self.a)

    def __repr__(self) -> str:
        return f"Pairs({len(self)} of {len(self.regions)} regions)"

    def names(self) -> pd.DataFrame:
        """Return region_a and region_b."""
        ids = np.array(self.regions, dtype=object)
        return pd.DataFrame({"region_a": ids[self.a], "region_b": ids[self.b]})

    def positions(self, regions: pd.Index) -> NDArray[np.intp]:
        """Return the place of each of ``regions`` among the analysed ones."""
        return np.asarray(pd.Index(self.regions).get_indexer(regions), dtype=np.intp)

    def pick(self, square: pd.DataFrame) -> tuple[Floats, Floats]:
        """Return (value at row a, column b; value at row b, column a) per pair, NaN for a region that is no row."""
        ids = list(self.regions)
        whole = square.reindex(index=ids, columns=ids).to_numpy(dtype=np.float64)
        return whole[self.a, self.b], whole[self.b, self.a]
