"""The StressTest: what people of each region say of clusters and strategy, beside what the data hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from synergy.errors import UnknownName, UsageError
from synergy.learning.findings import Finding, all_findings
from synergy.learning.linked import linked_of
from synergy.learning.places import Grounds
from synergy.survey import (
    ALL,
    Agreement,
    Gaps,
    Instrument,
    agreement,
    flag_respondents,
    gaps,
    load_instrument,
    reliability,
)
from synergy.survey.kinds import MEAN
from synergy.survey.opinions import Opinions, opinions_of
from synergy.tables.study import Study


@dataclass(frozen=True, repr=False, eq=False)
class StressTest:
    """A whole StressTest: scores, gaps, reliability, the data's own evidence, findings by region.

    ``agreement`` says whether a region's answers may be averaged, ``doubtful`` how many people drew a straight line or
    repeat another's answers (nobody is left out for it). ``linked`` holds for each region its clusters and priorities
    that name a field in common, ``linked_rows`` the rows behind it; ``frontrunner`` is the region all are compared
    with, None for the mean of the others.
    """

    opinions: Opinions
    gaps: Gaps
    reliability: pd.DataFrame
    agreement: Agreement
    doubtful: Mapping[str, int]
    linked: pd.DataFrame
    linked_rows: pd.DataFrame
    findings: Mapping[str, tuple[Finding, ...]]
    frontrunner: str | None
    grounds: Grounds

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that were asked, sorted."""
        return self.opinions.regions

    def to_frame(self) -> pd.DataFrame:
        """Return one row per region and area: mean, interval and verdict; what is withheld is missing."""
        return self.opinions.areas.copy()

    def compared(self, region: str, area: str, direction: str = ALL) -> float:
        """Return what an area is set beside: the frontrunner's mean or that of the other regions' shown means."""
        means = self.opinions.means(direction)
        if area not in means:
            return float("nan")
        others = [self.frontrunner] if self.frontrunner else [other for other in self.regions if other != region]
        return float("nan") if others == [region] else float(means[area].reindex(others).mean())

    def __len__(self) -> int:
        return len(self.regions)

    def __repr__(self) -> str:
        against = self.frontrunner or "the mean of the others"
        return f"StressTest({len(self)} regions, {self.opinions.scores.respondents} respondents, against {against})"


def stress_test(
    study: Study, *, frontrunner: str | None = None, instrument: str | Path | Instrument | None = None
) -> StressTest:
    """Return the StressTest of every region in the study's ``survey`` table.

    Scores and gaps are those of ``synergy.survey``; ``linked_of`` gives what the data hold. Raises UsageError when
    the study has no answers, UnknownName for a frontrunner that was not asked, DataError with every answer that does
    not fit the instrument.
    """
    if study["survey"].empty:
        file = study.file_of("survey")
        raise UsageError(
            f"the study {study.settings.name!r} holds no answers: fill {file}, by hand or by synergy import"
        )
    chosen = instrument if isinstance(instrument, Instrument) else load_instrument(instrument)
    opinions = opinions_of(study, chosen)
    if frontrunner is not None and frontrunner not in opinions.regions:
        raise UnknownName("region of the survey", frontrunner, opinions.regions)
    found = gaps(study["survey"], chosen, against=frontrunner or MEAN)
    grounds = Grounds(study.located)
    linked, rows = linked_of(grounds)
    rival = grounds.names[frontrunner] if frontrunner else "the mean of the other regions"
    flags = flag_respondents(study["survey"], chosen)
    return StressTest(
        opinions=opinions,
        gaps=found,
        reliability=reliability(study["survey"], chosen),
        agreement=agreement(study["survey"], chosen),
        doubtful={"straight": int(flags["straight_line"].sum()), "same": int(flags["same_as"].notna().sum())},
        linked=linked,
        linked_rows=rows,
        findings=all_findings(opinions, found, linked, rival),
        frontrunner=frontrunner,
        grounds=grounds,
    )
