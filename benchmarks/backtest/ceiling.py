"""How much there is to foresee: what knowing the programme, or the popularity to come, would give."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from synergy.backtesting.cut import Cut
from synergy.backtesting.metrics import Ranking, auc, average_precision
from synergy.backtesting.sides import Sides
from synergy.backtesting.themes import cooperating
from synergy.tables.study import Study

PRIOR = 10.0


def ceilings(study: Study, cut: str, until: str) -> dict[str, tuple[float, float]]:
    """Return (AUC, average precision) at (pair, theme) of guesses that look at what came after the cut."""
    sides = Sides.of(study, Cut.of(cut), Cut.of(until))
    found, came_true, _ = cooperating(sides)
    names = tuple(sorted(set(sides.past.rows["programme"].dropna()) | set(sides.future.rows["programme"].dropna())))
    of, on = sides.past.programmes(names), sides.past.themes(found.themes)
    popular = (np.asarray(on.sum(axis=0)) + 0.5) / (on.shape[0] + 1)
    in_programme = (of.T @ on).toarray() + PRIOR * popular
    in_programme /= (np.asarray(of.sum(axis=0)) + PRIOR)[:, None]
    joint = sparse.csr_array(sides.future.incidence[found.a].multiply(sides.future.incidence[found.b]))
    through = (joint @ sides.future.programmes(names)).toarray() > 0
    guesses = {
        "the programme of each joint project known": through @ in_programme,
        "the popularity to come known": np.broadcast_to(came_true.mean(axis=0), came_true.shape),
    }
    return {name: _measured(guess, came_true) for name, guess in guesses.items()}


def _measured(guess: np.ndarray, came_true: np.ndarray) -> tuple[float, float]:
    ranking = Ranking.of(guess.ravel(), came_true.ravel(), np.ones((1, came_true.size)))
    return float(auc(ranking)[0]), float(average_precision(ranking)[0])
