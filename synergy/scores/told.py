"""What the survey tells of the analysed regions, area by area."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp

from synergy.scores.pairs import Floats
from synergy.survey.answers import ALL, Answers
from synergy.survey.heard import heard
from synergy.survey.lesson import lesson
from synergy.survey.opinions import opinions_of
from synergy.tables.located import Located


@dataclass(frozen=True, eq=False, repr=False)
class Told:
    """The areas of the survey in the analysed regions: regions x areas, NaN where it is not told.

    ``mean``, ``low`` and ``high`` are those of both directions and all stakeholders together, ``people`` how many
    answered, ``titles`` the areas in their order. ``speakers`` are the asked regions that are heard for each region;
    several give the mean of their means, and an interval from the lowest low to the highest high. Only what may be
    shown enters: ``shown`` has a row for each region, speaker and area.
    """

    mean: Floats
    low: Floats
    high: Floats
    people: Floats
    titles: dict[str, str]
    speakers: dict[str, tuple[str, ...]]
    shown: pd.DataFrame
    answers: Answers

    @classmethod
    def of(cls, located: Located) -> Told:
        """Score a study's survey (the built-in questionnaire) and hear it for the analysed regions."""
        opinions, voices = opinions_of(located.study), speakers(located)
        titles = {area: str(title) for area, title in opinions.instrument.areas.items()}
        links = [(region, speaker) for region, speaking in voices.items() for speaker in speaking]
        known = opinions.areas[opinions.areas["mean"].notna()].rename(columns={"region_id": "speaker"})
        shown = pd.DataFrame(links, columns=["region_id", "speaker"], dtype=object).merge(known, on="speaker")
        told = shown.groupby(["region_id", "area"]).agg({"mean": "mean", "low": "min", "high": "max", "n": "sum"})
        cells = pd.MultiIndex.from_product([list(voices), list(titles)], names=["region_id", "area"])
        wide = told.reindex(cells).astype(np.float64).to_numpy().T.reshape(4, len(voices), len(titles))
        mean, low, high, people = wide
        links_shown = shown[["region_id", "speaker", "area"]]
        return cls(mean, low, high, people, titles, voices, links_shown, opinions.answers)

    def lessons(self, learners: np.ndarray, teachers: np.ndarray) -> Floats:
        """Return the value of every lesson, pairs x areas, between regions at these positions (``lesson``)."""
        return lesson(self.mean[learners], self.high[learners], self.mean[teachers], self.low[teachers])

    def figures(self, region: str, area: int) -> str:
        """Return a region's mean, interval and people in an area, at this place, in words."""
        at, speaking = list(self.speakers).index(region), self.speakers[region]
        who = region if speaking == (region,) else f"{region} (answers of {', '.join(speaking)})"
        mean, low, high, people = (each[at, area] for each in (self.mean, self.low, self.high, self.people))
        return f"{who} {mean:.2f} ({low:.2f} to {high:.2f}, {people:.0f} people)" if mean == mean else f"{who} not told"

    def means_by_weight(self) -> Callable[[Floats], Floats]:
        """Prepare ``mean`` for weighted people: weights are draws x people, means draws x regions x areas.

        What is not told is 0 here: whoever draws keeps to the cells that are.
        """
        areas, voices = len(self.titles), len(self.answers.regions)
        values = np.column_stack([self.answers.scores[area, ALL] for area in self.titles])
        who, area = np.nonzero(~np.isnan(values))
        asked, said = self.answers.region[who] * areas + area, values[who, area]
        size = (voices * areas, len(values))
        number, total = (sp.csr_array((each, (asked, who)), shape=size) for each in (np.ones(len(who)), said))
        at = pd.Index(self.titles).get_indexer(self.shown["area"])
        cell = pd.Index(self.speakers).get_indexer(self.shown["region_id"]) * areas + at
        voice = pd.Index(self.answers.regions).get_indexer(self.shown["speaker"]) * areas + at
        share = 1 / np.bincount(cell)[cell]
        heard_by = sp.csr_array((share, (cell, voice)), shape=(len(self.speakers) * areas, voices * areas))

        def means(weights: Floats) -> Floats:
            above, below = total @ weights.T, number @ weights.T
            mean = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
            return np.asarray((heard_by @ mean).T.reshape(len(weights), -1, areas))

        return means


def speakers(located: Located) -> dict[str, tuple[str, ...]]:
    """Return the asked regions that are heard for each analysed one (``heard``), none where nobody speaks for it."""
    asked = sorted(set(located.study["survey"]["region_id"].dropna()))
    return {region: heard(located.places, asked, region) for region in located.places.regions}
