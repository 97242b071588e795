"""What every part of a pair's score is: what it shows, what is ranked, and how its evidence is drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from synergy.scores.pairs import Floats

Draw = Callable[[np.random.Generator, int], Floats]


@dataclass(frozen=True, eq=False, repr=False)
class Part:
    """One part over all pairs.

    ``columns`` are shown; ``value`` is what pairs are ranked by, larger is better, NaN where unknown; ``redraw``
    prepares a function that gives ``value`` anew, draws x pairs, from weighted rows of ``table`` (the same pairs NaN);
    both are None where nothing was sampled.
    """

    name: str
    columns: pd.DataFrame
    value: Floats
    table: str | None = None
    redraw: Callable[[], Draw] | None = None


def row_weights(rng: np.random.Generator, draws: int, rows: int) -> Floats:
    """Return random weights of a table's rows, draws x rows, of mean 1 in each draw: the Bayesian bootstrap.

    ``v_k = n e_k / sum e`` with e_k ~ Exp(1), so v/n is uniform on the simplex, Dirichlet(1, …, 1) (Rubin 1981).
    Other than in a bootstrap that draws rows with replacement no row is ever left out (there e^-1 = 37 % are): a
    list keeps its length, and what was seen once stays seen.

    >>> weights = row_weights(np.random.default_rng(1), 2, 5)
    >>> bool((weights > 0).all()), weights.mean(axis=1).round(9).tolist()
    (True, [1.0, 1.0])
    """
    drawn = rng.standard_exponential((draws, rows))
    return np.asarray(drawn / drawn.mean(axis=1, keepdims=True) if rows else drawn)
