"""Region pairs: who begins to work together, who goes on, against what anybody could have guessed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.backtesting.evaluate import Cases, Scorer
from synergy.backtesting.regression import fit
from synergy.backtesting.sides import Sides, aligned
from synergy.economy import presence
from synergy.economy.profiles import idf, weighted_cosine

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
OURS = ("similarity", "complementarity")
PARTS = ("similarity", "complementarity", "cooperation", "proximity")


def pair_cases(sides: Sides, earlier: Sides | None) -> Iterator[Cases]:
    """Yield the levels of region pairs; ``earlier`` (a cut within what is known) is what the regressions learn from."""
    a, b = sides.candidates
    scorers = pair_scorers(sides, a, b)
    scorers += _regressions(scorers, earlier)
    joint, later = sides.past.joint[a, b], sides.future.joint[a, b] > 0
    shared = _shared_programmes(sides, a, b) > 0
    missed = int((np.triu(sides.future.joint, k=1) > 0).sum() - later.sum())
    notes = (f"{missed} pairs that cooperate later have a region without a known project and are no candidates",)
    for level, question, chosen in (
        ("region pairs", "Which two regions begin a joint project after the cut?", np.ones(len(a), dtype=bool)),
        ("new region pairs", "Of those without a known joint project, which begin one?", joint == 0),
        ("repeated region pairs", "Of those with a known joint project, which begin another?", joint > 0),
        ("new region pairs in one programme", "Of those new ones that a programme known to both could fund?",
         (joint == 0) & shared),
    ):  # fmt: skip
        at = np.flatnonzero(chosen)
        taken = tuple(Scorer(s.name, s.kind, s.values[at]) for s in scorers)
        yield Cases(level, question, a[at], b[at], later[at], taken, notes=notes if level == "region pairs" else ())


def pair_scorers(sides: Sides, a: Ints, b: Ints) -> list[Scorer]:
    """Return our total and its parts, and the baselines, for these pairs."""
    frame = aligned(sides.pair_scores, sides.past.regions, a, b)
    joint, total = sides.past.joint[a, b], sides.past.joint.diagonal()
    linked = sides.past.joint > 0
    np.fill_diagonal(linked, False)
    common = linked.astype(np.float64)
    country = np.array(sides.known.places.countries, dtype=object)
    degree = common.sum(axis=1)
    allocation = common * (1 / np.maximum(degree, 1))[None, :]
    distance = sides.known.places.distance_km[a, b]
    return [
        Scorer("total", "score", _floats(frame["total"])),
        *(Scorer(f"part: {part}", "part", _floats(frame[f"part_{part}"])) for part in PARTS),
        Scorer("shared priorities, uncorrected", "baseline", _floats(frame["similarity"])),
        Scorer("like activity profiles", "baseline", _profiles(sides)[a, b]),
        Scorer("distance", "baseline", -distance),
        Scorer("same country", "baseline", (country[a] == country[b]).astype(np.float64)),
        Scorer("size (preferential attachment)", "baseline", total[a] * total[b]),
        Scorer("past cooperation", "baseline", joint),
        Scorer("common neighbours", "baseline", (common @ common)[a, b]),
        Scorer("resource allocation", "baseline", (allocation @ common)[a, b]),
        Scorer("shared programmes", "baseline", _shared_programmes(sides, a, b)),
    ]


def _regressions(now: list[Scorer], earlier: Sides | None) -> list[Scorer]:
    """Return a regression on everything, and one without our own terms, learned at the earlier cut."""
    if earlier is None:
        return []
    i, j = earlier.candidates
    before, found = pair_scorers(earlier, i, j), []
    came_true = earlier.future.joint[i, j] > 0
    ours = {"total", *(f"part: {part}" for part in OURS)}
    for name, kept in (
        ("regression on all", lambda s: s.name != "total"),
        ("regression without our terms", lambda s: s.name not in ours),
    ):
        model = fit(_design([s.values for s in before if kept(s)]), came_true)
        if model is not None:
            predicted = model.predict(_design([s.values for s in now if kept(s)]))
            found.append(Scorer(name, "regression", predicted))
    return found


def _design(columns: list[Floats]) -> Floats:
    """Stack features; a count or distance is taken as the share of cases below it, as its tail would rule the fit."""
    ranked = [pd.Series(column).rank(pct=True).to_numpy() for column in columns]
    return np.column_stack([*ranked, *(np.log1p(np.abs(column)) for column in columns)])


def _profiles(sides: Sides) -> Floats:
    """Return the cosine of the activities regions are strong in (LQ >= 1), each weighing its rarity."""
    located, ids = sides.known, list(sides.past.regions)
    if located.activity.empty:
        return np.full((len(ids), len(ids)), np.nan)
    strong = presence(located.activity, missing="available").fillna(0.0)
    return np.asarray(weighted_cosine(strong, idf(strong)).reindex(index=ids, columns=ids).to_numpy(dtype=float))


def _shared_programmes(sides: Sides, a: Ints, b: Ints) -> Floats:
    names = sides.programmes()
    takes = np.asarray(((sides.past.incidence @ sides.past.programmes(names)).toarray() > 0).astype(np.float64))
    return np.asarray((takes @ takes.T)[a, b])


def _floats(column: pd.Series) -> Floats:
    return np.asarray(column.astype(float).to_numpy())
