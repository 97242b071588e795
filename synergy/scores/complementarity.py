"""Complementarity of two regions: what each would gain in related capabilities from the other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.economy import complementarity, presence, proximity
from synergy.scores.pairs import Floats, Pairs
from synergy.scores.part import Draw, Part, row_weights

COLUMNS = ("complementarity_a_from_b", "complementarity_b_from_a")


def complementarity_part(activity: pd.DataFrame, pairs: Pairs) -> Part:
    """Return the gain of either region (``synergy.economy.complementarity``, 0 to 100); their mean is ranked."""
    if activity.empty:
        unknown = pd.DataFrame(np.nan, index=range(len(pairs)), columns=list(COLUMNS))
        return Part("complementarity", unknown, np.full(len(pairs), np.nan))
    gain = complementarity(activity, missing="available")
    columns = pd.DataFrame(dict(zip(COLUMNS, (each.round(9) for each in pairs.pick(gain)), strict=True)))
    value = columns.to_numpy().mean(axis=1)
    return Part("complementarity", columns, value, "activity", lambda: _redraw(activity, gain, pairs))


def _redraw(activity: pd.DataFrame, gain: pd.DataFrame, pairs: Pairs) -> Draw:
    """Prepare the mean gain under weighted activities (the columns of the table).

    With u_j the weight of activity j, and presence M and proximity phi held at what the whole table says,
    ``gain(r<-s) = 100 sum_i u_i A_ri (sum_j u_j phi_ij N_rj M_sj / sum_j u_j phi_ij K_rj) / sum_i u_i A_ri``,
    A what r is known to lack, N = (1 - M_r) K_r, K what is known of r: three matrix products instead of a sum over
    regions x regions x activities x activities. The cells unknown in s, which the gain itself leaves out of the
    inner divisor, are made up for by the ratio of the gain to this formula at equal weights.
    """
    M = presence(activity, missing="available")
    phi = np.nan_to_num(proximity(M, binary=True, missing="available"))  # unknown: in neither sum
    np.fill_diagonal(phi, 0.0)
    present, known = M.fillna(0.0).to_numpy(), M.notna().to_numpy(dtype=np.float64)
    lacks = known * (1 - present)

    def gains(u: Floats) -> Floats:
        around, weighed = (known * u[:, None]) @ phi, lacks * u[:, None]
        each = np.divide(weighed, around, out=np.zeros_like(around), where=around > 0) @ phi
        gained = (each * weighed) @ present.T
        missing = weighed.sum(axis=2, keepdims=True)
        return np.asarray(np.divide(100 * gained, missing, out=np.zeros_like(gained), where=missing > 0))

    plain = gains(np.ones((1, len(phi))))[0]
    factor = np.divide(gain.to_numpy(), plain, out=np.where(gain.isna(), np.nan, 0.0), where=plain > 0)
    at = gain.index.get_indexer(list(pairs.regions))
    a, b = at[pairs.a], at[pairs.b]
    unknown = (a < 0) | (b < 0)

    def draw(rng: np.random.Generator, draws: int) -> Floats:
        drawn = factor * gains(row_weights(rng, draws, len(phi)))
        return np.where(unknown, np.nan, (drawn[:, a, b] + drawn[:, b, a]) / 2)

    return draw
