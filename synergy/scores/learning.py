"""Learning of two regions (*own*): how far one is surely ahead, by the survey, where the other has a need."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.scores.columns import OF_LEARNING
from synergy.scores.pairs import Floats, Pairs
from synergy.scores.part import Draw, Part, row_weights
from synergy.scores.told import Told
from synergy.survey.lesson import RANGE
from synergy.tables.located import Located
from synergy.tables.study import LEARNING


def learning_part(located: Located, pairs: Pairs) -> Part:
    """Return what the two can learn from one another, which is ranked, each direction, and the areas told for both.

    With lesson(r <- s, k) what r can learn from s in area k (``synergy.survey.lesson``, as in the learning pairs) and A
    the areas told for both, ``learning_a_from_b = sum_{k in A} lesson(a <- b, k) / |A|`` and ``learning`` the sum of
    both directions. In an area at most one of the two can learn, so it lies in [0, 1]. Other than in the learning pairs
    every area counts, nobody's teaching is limited and languages do not matter: it is what there is to learn, not who
    is to teach it. Unknown, never zero, where one of the two was not asked or all is withheld, and where the same
    answers stand for both, which cannot tell them apart. Drawn anew are the people: see ``_redraw``.
    """
    told = Told.of(located)
    ways = [told.lessons(*ends) for ends in ((pairs.a, pairs.b), (pairs.b, pairs.a))]
    voices = [told.speakers[region] for region in pairs.regions]
    apart = np.array([voices[a] != voices[b] for a, b in zip(pairs.a, pairs.b, strict=True)], dtype=bool)
    areas = np.where(apart, (~np.isnan(ways[0])).sum(axis=1), 0)
    share = np.divide(1.0, areas, out=np.full(len(pairs), np.nan), where=areas > 0)
    gains = [np.nansum(way, axis=1) * share for way in ways]
    value = (gains[0] + gains[1]).round(9)
    number = pd.Series(areas).where(areas > 0).astype("Int64")
    columns = pd.DataFrame(dict(zip(OF_LEARNING, (value, *(gain.round(9) for gain in gains), number), strict=False)))
    if not (areas > 0).any():
        return Part(LEARNING, columns, value)
    return Part(LEARNING, columns, value, "survey", lambda: _redraw(told, pairs, ways, share))


def _redraw(told: Told, pairs: Pairs, ways: list[Floats], share: Floats) -> Draw:
    """Prepare learning under weighted people: the means become weighted means of who answered.

    Which lessons there are (who is low, who is surely ahead) is held, and one that falls below 0 in a draw counts 0:
    two regions without a lesson have none in any draw.
    """
    mean_of = told.means_by_weight()
    taught = [np.nan_to_num(way) > 0 for way in ways]

    def draw(rng: np.random.Generator, draws: int) -> Floats:
        mean = mean_of(row_weights(rng, draws, len(told.answers.respondents)))
        ahead = (mean[:, pairs.b] - mean[:, pairs.a]) / RANGE
        gained = np.where(taught[0], ahead, np.where(taught[1], -ahead, 0.0)).clip(min=0.0)
        return np.asarray(gained.sum(axis=2) * share)

    return draw
