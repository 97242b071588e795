"""A lesson: what one region can learn in an area from another that is surely ahead (*own*)."""

from __future__ import annotations

import numpy as np

from synergy.survey.answers import Floats
from synergy.survey.instrument import POINTS
from synergy.survey.opinions import MIDDLE

RANGE = POINTS[-1] - POINTS[0]


def lesson(mean: Floats | float, high: Floats | float, other_mean: Floats | float, other_low: Floats | float) -> Floats:
    """Return what the lesson is worth, 0 to 1; 0 where there is none, NaN where one of the two is not told.

    A region needs an area where its ``mean`` is below the middle of the scale, 3. Another can teach it when its whole
    interval lies above the middle and above the learner's: ``other_low > max(3, high)``, which asks for more than a
    difference that is sure at the same level. The value is ``(other_mean - mean) / 4``: the difference over the range
    of the scale. Arrays of one shape, or that broadcast.

    >>> lesson([1.5, 1.5, 3.5, np.nan], [2.0, 2.0, 3.8, np.nan], [4.5, 3.2, 4.5, 4.5], [4.1, 2.9, 4.1, 4.1]).tolist()
    [0.75, 0.0, 0.0, nan]
    """
    sides = (np.asarray(side, dtype=np.float64) for side in (mean, high, other_mean, other_low))
    mine, upto, theirs, above = np.broadcast_arrays(*sides)
    unknown = np.isnan(mine) | np.isnan(upto) | np.isnan(theirs) | np.isnan(above)
    taught = (mine < MIDDLE) & (above > np.maximum(MIDDLE, upto))
    return np.where(unknown, np.nan, np.where(taught, (theirs - mine) / RANGE, 0.0))
