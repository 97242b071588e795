"""The strategies of the regions as lists of fields, and which regions hold one and the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp

from synergy.economy.profiles import idf
from synergy.network import field_profiles, strategies
from synergy.scores.pairs import Floats
from synergy.tables.located import Located


@dataclass(frozen=True, eq=False, repr=False)
class Lists:
    """The known strategies: regions x fields.

    ``profiles`` 0/1, one row per region whose strategy is known; ``rarity`` each field's log(N / n_f) over the N
    strategies; ``countries`` and ``number`` per row: regions that hold the very same statements (all inherited from
    one region above) share a number, because they are one list and not several; ``statements`` the rows that name a
    field: region_id, priority_id, fields, sorted by both ids.
    """

    profiles: pd.DataFrame
    rarity: pd.Series
    countries: pd.Series
    number: np.ndarray
    statements: pd.DataFrame

    @classmethod
    def of(cls, located: Located) -> Lists:
        """Read the lists of a study."""
        profiles = field_profiles(located)
        rarity = idf(strategies(located)).reindex(profiles.columns) if len(profiles) else pd.Series(dtype=float)
        country = located.regions.set_index("region_id")["country"]
        declared = located.declared[["region_id", "priority_id", "fields"]]
        named = declared[declared["fields"].map(len) > 0].sort_values(["region_id", "priority_id"], kind="stable")
        held = named.groupby("region_id", sort=True)["priority_id"].agg(tuple).reindex(profiles.index)
        number = pd.factorize(held)[0]
        return cls(profiles, rarity, country.reindex(profiles.index), number, named.reset_index(drop=True))

    @property
    def first(self) -> np.ndarray:
        """The position of one region for each list, in the order of ``number``."""
        return np.unique(self.number, return_index=True)[1]

    @property
    def norms(self) -> Floats:
        """The length of each region's weighted list: sqrt(sum_f w_f^2 P_rf)."""
        return np.asarray(np.sqrt(self.profiles.to_numpy(dtype=np.float64) @ self.rarity.to_numpy() ** 2))

    def share_a_statement(self) -> pd.DataFrame:
        """Return regions x regions: whether one row of the priorities stands in both lists, by inheritance."""
        rows = self.profiles.index.get_indexer(self.statements["region_id"])
        columns, priorities = pd.factorize(self.statements["priority_id"])
        shape = len(self.profiles), len(priorities)
        taken = sp.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
        both = (taken @ taken.T).toarray() > 0
        return pd.DataFrame(both, index=self.profiles.index, columns=self.profiles.index)
