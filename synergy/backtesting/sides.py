"""The two sides of a cut, with who is who resolved once over both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.backtesting.cut import Cut, Split, split
from synergy.cooperation import Cooperation
from synergy.errors import UsageError
from synergy.scores import pair_parts
from synergy.tables.located import Located
from synergy.tables.study import Study


@dataclass(frozen=True, eq=False)
class Sides:
    """The study as known at the cut, what was worked on until then, and what began after it."""

    parts: Split
    known: Located
    past: Cooperation
    future: Cooperation

    @classmethod
    def of(cls, study: Study, cut: Cut, until: Cut | None = None) -> Sides:
        """Cut a study. Organisations are resolved over both sides, so that who is who does not hang on the cut."""
        parts = split(study, cut, until)
        whole = study.located.participations
        past = whole["row"].isin(parts.study["participations"].index)
        later = whole["row"].isin(parts.future.index)
        known = parts.study.located
        return cls(parts, known, Cooperation.of(known, whole[past]), Cooperation.of(known, whole[later]))

    @cached_property
    def pair_scores(self) -> pd.DataFrame:
        """The parts and totals of all pairs of the study as known."""
        return pair_parts(self.parts.study)

    @cached_property
    def lifted(self) -> Sides:
        """The same with themes replaced by the fields they belong to, so that two programmes speak alike."""
        fields = self.known.fields
        return replace(self, past=self.past.lifted(fields), future=self.future.lifted(fields))

    @property
    def candidates(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """All pairs of regions that take part in any known project: the only ones with a record to judge by."""
        active = self.past.active
        i, j = np.triu_indices(len(active), k=1)
        return active[i], active[j]

    def refuse_empty(self) -> None:
        """Raise UsageError when nothing can be learned or nothing can be foreseen."""
        cut, years = self.parts.cut.day, _span(self)
        if not self.past.projects:
            raise UsageError(f"no project is known by {cut}; {years}")
        if not self.future.projects:
            raise UsageError(f"no project to foresee begins after {cut}; {years}")

    def programmes(self) -> tuple[str, ...]:
        """Programmes of the known projects, sorted."""
        return tuple(sorted(set(self.past.rows["programme"].dropna())))


def _span(sides: Sides) -> str:
    rows = pd.concat([sides.past.rows, sides.future.rows])
    days = rows["start"].fillna(rows["year"].astype("string")).dropna()
    return f"they begin from {days.min()} to {days.max()}" if len(days) else "no participation has a year or a start"


def aligned(frame: pd.DataFrame, regions: tuple[str, ...], a: NDArray[np.int64], b: NDArray[np.int64]) -> pd.DataFrame:
    """Return a frame with one row per unordered pair (region_a, region_b) in the order of the positions a, b."""
    at = {region: i for i, region in enumerate(regions)}
    first, second = frame["region_a"].map(at).to_numpy(), frame["region_b"].map(at).to_numpy()
    low, high = np.minimum(first, second), np.maximum(first, second)
    keyed = frame.set_index(pd.Index(low * len(regions) + high))
    return keyed.reindex(np.minimum(a, b) * len(regions) + np.maximum(a, b)).reset_index(drop=True)
