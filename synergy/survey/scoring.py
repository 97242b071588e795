"""What the survey says per region, area, direction and stakeholder type, and what of it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from synergy.errors import UnknownName, UsageError
from synergy.survey.answers import ALL, Answers, Column, Floats, answers_of
from synergy.survey.instrument import Instrument
from synergy.survey.intervals import DRAWS, check_level, mean_interval
from synergy.survey.suppression import Mask, withhold

MIN_N = 5
SCORE_COLUMNS = (
    "region_id", "area", "direction", "stakeholder", "status", "n", "mean", "median", "sd", "low", "high", "interval",
    "weighted_mean", "weight_share",
)  # fmt: skip
SHOWN, WITHHELD, NOBODY = "shown", "withheld", "no answers"


@dataclass(frozen=True, repr=False, eq=False)
class Scores:
    """Scores of regions, areas, directions and stakeholder types; ``frame`` has a row for each and for all totals.

    ``*`` (``ALL``) in a column stands for all of them together. ``respondents`` and ``regions`` count what was given,
    ``notes`` say in words what was withheld.
    """

    frame: pd.DataFrame
    respondents: int
    regions: tuple[str, ...]
    notes: tuple[str, ...]
    params: Mapping[str, object] = field(default_factory=dict)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per region, area, direction and stakeholder type (SCORE_COLUMNS); what is withheld misses."""
        return self.frame.copy()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; what is withheld or unknown is None."""
        return {
            "respondents": self.respondents,
            "regions": list(self.regions),
            "notes": list(self.notes),
            "params": dict(self.params),
            "scores": plain_rows(self.frame),
        }

    def row(self, region: str = ALL, area: str = ALL, direction: str = ALL, stakeholder: str = ALL) -> pd.Series:
        """Return one row; raise UnknownName for a region, area, direction or stakeholder type that is not there."""
        found = self.frame
        wanted = {"region_id": region, "area": area, "direction": direction, "stakeholder": stakeholder}
        for column, name in wanted.items():
            if name not in set(self.frame[column]):
                raise UnknownName(column.removesuffix("_id"), name, set(self.frame[column]))
            found = found[found[column] == name]
        return found.iloc[0]

    def __repr__(self) -> str:
        shown = int((self.frame["status"] == SHOWN).sum())
        withheld = int((self.frame["status"] == WITHHELD).sum())
        return (
            f"Scores({self.respondents} respondents, {len(self.regions)} regions: {shown} shown, {withheld} withheld)"
        )


def score(
    survey: pd.DataFrame,
    instrument: Instrument | None = None,
    *,
    weights: Mapping[str, float] | None = None,
    min_n: int = MIN_N,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> Scores:
    """Score a ``survey`` table: mean, median, standard deviation, count and interval per cell and for all totals.

    A respondent's score in an area and direction is the mean of the items answered (at least half of them); over
    several areas or directions it is the mean of the respondent's scores there. ``mean`` counts every respondent once.
    ``weighted_mean``, in totals over the stakeholder types, counts every type by ``weights`` (all 1 by default), from
    the types that are shown; ``weight_share`` is their share of the weight of those who answered. The interval is
    exact below 10 answers, else BCa. Cells of fewer than ``min_n`` answers are withheld, and others with them, so that
    no subtraction gives one back (``withhold``).

    Raises UsageError for a setting out of range, UnknownName for a weight of a type that is not there, DataError as
    ``answers_of`` does.

    >>> import pandas as pd
    >>> people = [("ada", "cluster", 4), ("bea", "cluster", 2), ("cem", "policy", 5), ("dee", "policy", 0)]
    >>> survey = pd.DataFrame(
    ...     [(who, "AT32", kind, item, answer) for who, kind, answer in people for item in ("DS1", "DS2", "DS3")],
    ...     columns=["respondent_id", "region_id", "stakeholder", "item", "answer"])
    >>> found = score(survey, min_n=1)
    >>> found
    Scores(4 respondents, 1 regions: 24 shown, 0 withheld)
    >>> total = found.row("AT32", "design", "s3-to-clusters")
    >>> [round(float(total[name]), 3) for name in ("n", "mean", "weighted_mean")]
    [3.0, 3.667, 4.0]
    """
    answers = answers_of(survey, instrument)
    if min_n < 1:
        raise UsageError(f"min_n is at least 1, not {min_n!r}")
    check_level(level)
    chosen = _weights(answers, weights)
    hidden = hidden_cells(answers, min_n)
    rows = [
        row for column in answers.scores for row in _rows(answers, column, hidden[column], chosen, level, draws, seed)
    ]
    frame = pd.DataFrame(rows, columns=list(SCORE_COLUMNS)).astype({"n": "Int64"})
    params = {"min_n": min_n, "level": level, "draws": draws, "seed": seed, "weights": chosen}
    return Scores(frame, len(answers.respondents), answers.regions, _notes(frame, min_n), params)


def hidden_cells(answers: Answers, min_n: int) -> dict[Column, Mask]:
    """Return which cells of each area and direction are withheld: regions x types with totals last.

    Each area and direction is made safe by itself; a table over several of them withholds what any of them does, so
    that it gives none of them back.
    """
    found: dict[Column, Mask] = {}
    for cell in answers.instrument.cells:
        counts, sums = tallied(answers, answers.scores[cell])
        found[cell] = withhold(counts, sums, min_n)
    for margin, parts in answers.margins:
        found[margin] = np.any([found[part] for part in parts], axis=0)
    return found


def tallied(answers: Answers, values: Floats) -> tuple[Floats, Floats]:
    """Return how many have a value and the sum of the values, regions x types."""
    shape = len(answers.regions), len(answers.stakeholders)
    there = ~np.isnan(values)
    flat = answers.region[there] * shape[1] + answers.stakeholder[there]
    count = np.bincount(flat, minlength=shape[0] * shape[1]).reshape(shape)
    total = np.bincount(flat, weights=values[there], minlength=shape[0] * shape[1]).reshape(shape)
    return count.astype(np.float64), total.astype(np.float64)


def _rows(
    answers: Answers, column: Column, hidden: Mask, weights: Mapping[str, float], level: float, draws: int, seed: int
) -> list[tuple[object, ...]]:
    values = answers.scores[column]
    there = ~np.isnan(values)
    rows = []
    for r, region in enumerate((*answers.regions, ALL)):
        here = there if region == ALL else there & (answers.region == r)
        means: dict[str, float] = {}
        present: list[str] = []
        for t, kind in enumerate((*answers.stakeholders, ALL)):
            group = values[here if kind == ALL else here & (answers.stakeholder == t)]
            status = WITHHELD if hidden[r, t] else SHOWN if group.size else NOBODY
            facts = _facts(group, level, draws, seed) if status == SHOWN else (pd.NA, *[np.nan] * 5, None)
            if status == NOBODY:
                facts = (0, *facts[1:])
            weighted: tuple[float, float] = (np.nan, np.nan)
            if kind == ALL:
                weighted = _weighted(means, present, weights) if status == SHOWN else weighted
            elif status != NOBODY:
                present.append(kind)
                means |= {kind: float(group.mean())} if status == SHOWN else {}
            rows.append((region, *column, kind, status, *facts, *weighted))
    return rows


def _facts(group: Floats, level: float, draws: int, seed: int) -> tuple[object, ...]:
    spread = float(group.std(ddof=1)) if len(group) > 1 else np.nan
    low, high, method = mean_interval(group, level, draws, seed)
    return len(group), float(group.mean()), float(np.median(group)), spread, low, high, method


def _weighted(means: Mapping[str, float], present: list[str], weights: Mapping[str, float]) -> tuple[float, float]:
    whole = sum(weights[kind] for kind in present)
    shown = sum(weights[kind] for kind in means)
    if not shown:
        return np.nan, 0.0
    return sum(weights[kind] * mean for kind, mean in means.items()) / shown, shown / whole


def _weights(answers: Answers, weights: Mapping[str, float] | None) -> dict[str, float]:
    given = dict.fromkeys(answers.stakeholders, 1.0)
    for kind, weight in (weights or {}).items():
        if kind not in given:
            raise UnknownName("stakeholder type", kind, given)
        if not 0 <= weight < np.inf:
            raise UsageError(f"the weight of {kind!r} is a finite number of at least 0, not {weight!r}")
        given[kind] = float(weight)
    if not any(given.values()):
        raise UsageError("at least one stakeholder type has a weight above 0")
    return given


def _notes(frame: pd.DataFrame, min_n: int) -> tuple[str, ...]:
    withheld = int((frame["status"] == WITHHELD).sum())
    if not withheld:
        return ()
    cells = "cell is" if withheld == 1 else "cells are"
    return (
        f"{withheld} of {len(frame)} {cells} withheld: fewer than {min_n} answers, or such a cell would follow from it",
    )


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as plain values; what is missing is None."""
    whole = frame.astype(object).where(frame.notna(), None)
    return [{str(name): _plain(value) for name, value in row.items()} for row in whole.to_dict("records")]


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
