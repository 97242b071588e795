"""What people said, region by region and area by area, as the scores of the survey give it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from synergy.survey.answers import ALL, Answers, answers_of
from synergy.survey.instrument import Instrument, load_instrument
from synergy.survey.scoring import Scores, score
from synergy.tables.study import Study

MIDDLE = 3.0
WEAK, STRONG, UNSURE, UNKNOWN = "weak", "strong", "near the middle", "cannot tell"
NO_QUOTES = "answers are not cited one by one: people were asked for their judgement, not for their name"
AREA_COLUMNS = ("region_id", "area", "title", "status", "n", "mean", "median", "sd", "low", "high", "verdict")


@dataclass(frozen=True, eq=False)
class Opinions:
    """The answers of a study with their scores; totals stand under ``*`` (ALL)."""

    answers: Answers
    scores: Scores

    @property
    def instrument(self) -> Instrument:
        """The questionnaire they answered."""
        return self.answers.instrument

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that were asked, sorted."""
        return self.answers.regions

    @cached_property
    def areas(self) -> pd.DataFrame:
        """One row per region and area, both directions and all stakeholders together: AREA_COLUMNS.

        ``verdict``: weak when the interval lies wholly below the middle of the scale, strong when above, near the
        middle when it holds it, cannot tell when the cell is withheld or empty.
        """
        return self.read(direction=ALL)

    def read(self, *, direction: str, stakeholder: str = ALL) -> pd.DataFrame:
        """Return AREA_COLUMNS of one direction and one stakeholder type."""
        return self._cells.get((direction, stakeholder), self._cells[ALL, ALL].head(0))

    @cached_property
    def _cells(self) -> dict[tuple[str, str], pd.DataFrame]:
        """AREA_COLUMNS by direction and stakeholder type."""
        frame = self.scores.frame
        chosen = frame[(frame["area"] != ALL) & (frame["region_id"] != ALL)]
        titles = {area: str(text) for area, text in self.instrument.areas.items()}
        verdicts = [verdict(low, high) for low, high in zip(chosen["low"], chosen["high"], strict=True)]
        told = chosen.assign(title=chosen["area"].map(titles), verdict=verdicts)
        parts = told.groupby(["direction", "stakeholder"], sort=False)
        found = {key: rows[list(AREA_COLUMNS)].reset_index(drop=True) for key, rows in parts}
        return {(ALL, ALL): told[list(AREA_COLUMNS)].head(0), **found}

    def means(self, direction: str = ALL) -> pd.DataFrame:
        """Return regions x areas: the means of a direction, missing where they are withheld."""
        return self._means[direction]

    @cached_property
    def _means(self) -> dict[str, pd.DataFrame]:
        ways = (ALL, *self.instrument.directions)
        return {way: self.read(direction=way).pivot(index="region_id", columns="area", values="mean") for way in ways}

    @cached_property
    def respondents(self) -> pd.DataFrame:
        """One row per respondent: region_id and the score in each area that is shown for every region.

        Areas that are withheld anywhere are left out, so that nothing withheld enters what is made of this.
        """
        shown = self.areas.groupby("area", sort=False)["status"].apply(lambda status: (status == "shown").all())
        frame = pd.DataFrame({area: self.answers.scores[(area, ALL)] for area, all_shown in shown.items() if all_shown})
        return frame.assign(region_id=[self.regions[at] for at in self.answers.region])


def verdict(low: float, high: float) -> str:
    """Return on which side of the middle an interval lies.

    >>> verdict(1.2, 2.8), verdict(3.1, 4.0), verdict(2.5, 3.5), verdict(float("nan"), float("nan"))
    ('weak', 'strong', 'near the middle', 'cannot tell')
    """
    if pd.isna(low) or pd.isna(high):
        return UNKNOWN
    return WEAK if high < MIDDLE else STRONG if low > MIDDLE else UNSURE


def opinions_of(study: Study, instrument: Instrument | None = None) -> Opinions:
    """Return the scored answers of a study's ``survey`` table; an empty one gives no region and no row."""
    chosen = instrument or load_instrument()
    return Opinions(answers_of(study["survey"], chosen), score(study["survey"], chosen, seed=study.settings.seed))
