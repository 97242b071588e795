"""What every part of a pair's score is: what it shows, what is ranked, and how its evidence is drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from synergy.scores.pairs import Floats

Draw = Callable[[np.random.Generator], Floats]


@dataclass(frozen=True, eq=False, repr=False)
class Part:
    """One part over all pairs.

    ``columns`` are shown; ``value`` is what pairs are ranked by, larger is better, NaN where unknown; ``redraw``
    prepares a function that gives ``value`` anew from resampled rows of ``table`` (the same pairs NaN), or is None
    where nothing was sampled.
    """

    name: str
    columns: pd.DataFrame
    value: Floats
    table: str | None = None
    redraw: Callable[[], Draw] | None = None


def row_weights(rng: np.random.Generator, rows: int) -> Floats:
    """Return random weights of a table's rows, of mean 1: the Bayesian bootstrap (Rubin 1981).

    ``v_k = n e_k / sum e`` with e_k ~ Exp(1), so v/n is uniform on the simplex (Dirichlet(1, …, 1)). Other than in
    a bootstrap that draws rows with replacement no row is ever left out (there e^-1 = 37 % are): a list
    keeps its length, and what was seen once stays seen.

    >>> weights = row_weights(np.random.default_rng(1), 5)
    >>> bool((weights > 0).all()), round(float(weights.mean()), 9)
    (True, 1.0)
    """
    drawn = rng.standard_exponential(rows)
    return np.asarray(drawn / max(float(drawn.mean()), np.finfo(float).tiny) if rows else drawn)
