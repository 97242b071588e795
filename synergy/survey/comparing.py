"""Gaps: between stakeholder types or directions, against a frontrunner or the mean, importance and performance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from synergy.errors import UnknownName, UsageError
from synergy.survey.answers import answers_of
from synergy.survey.contrasts import GAP, NO_GAP, UNKNOWN, Contrast, difference_of_means, verdicts
from synergy.survey.instrument import Instrument
from synergy.survey.intervals import check_level
from synergy.survey.kinds import KINDS, MEAN, Part, parts_of
from synergy.survey.scoring import MIN_N, hidden_cells, plain_rows

MATTERS = 0.5
GAP_COLUMNS = (
    "kind", "region_id", "area", "direction", "item", "a", "b", "n_a", "n_b", "mean_a", "mean_b", "difference", "low",
    "high", "effect", "p", "q", "q_small", "detectable", "verdict",
)  # fmt: skip


@dataclass(frozen=True, repr=False, eq=False)
class Gaps:
    """Differences of shown means, one row each, with a verdict: 'gap', 'no gap that matters' or 'cannot tell'."""

    frame: pd.DataFrame
    notes: tuple[str, ...]
    params: Mapping[str, object] = field(default_factory=dict)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per comparison: GAP_COLUMNS; the difference is a minus b."""
        return self.frame.copy()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; what is unknown is None."""
        return {"notes": list(self.notes), "params": dict(self.params), "gaps": plain_rows(self.frame)}

    def of(self, kind: str, region: str | None = None) -> pd.DataFrame:
        """Return the comparisons of a kind, and of a region (``*``: all together); UnknownName for another kind."""
        if kind not in KINDS:
            raise UnknownName("kind of gap", kind, KINDS)
        chosen = self.frame[self.frame["kind"] == kind]
        return chosen if region is None else chosen[chosen["region_id"] == region]

    def __len__(self) -> int:
        return len(self.frame)

    def __repr__(self) -> str:
        count = self.frame["verdict"].value_counts()
        said = ", ".join(f"{int(count.get(word, 0))} {word}" for word in (GAP, NO_GAP, UNKNOWN))
        return f"Gaps({len(self)} comparisons: {said})"


def gaps(
    survey: pd.DataFrame,
    instrument: Instrument | None = None,
    *,
    against: str = MEAN,
    matters: float = MATTERS,
    fdr: float = 0.05,
    level: float = 0.95,
    min_n: int = MIN_N,
) -> Gaps:
    """Compare means of a ``survey`` table; say of each difference whether it is a gap, none that matters, or unknown.

    Kinds: ``stakeholders``, each two types within a region and over all; ``directions``, the two directions of an area;
    ``benchmark``, a region against the mean of the others or against the region named by ``against``; ``importance``,
    how important an item is against how far it is true, where the instrument asks. Only means that `score` shows are
    compared (`withhold`), so that a gap gives nothing away.

    The test is Welch's, or where the same people answered both that of Derrick et al. (2017), both in
    ``difference_of_means``; ``q`` is adjusted within a kind and region (Benjamini and Hochberg), so that of the gaps
    told at most ``fdr`` are expected to be none. A difference below ``matters`` (points of the scale) is one that does
    not matter; ``q_small`` tests that. ``detectable`` is the true difference that is found in 80 of 100 surveys like
    this even if it is the only one. A group in which all answer alike is given the variance of the whole survey.

    Raises UnknownName for a region that is not there, UsageError for a setting out of range, DataError as
    ``answers_of`` does.

    >>> import pandas as pd
    >>> kinds = (("cluster", 4), ("policy", 1))
    >>> people = [(f"{kind}{n}", kind, high + n % 2) for kind, high in kinds for n in range(6)]
    >>> survey = pd.DataFrame(
    ...     [(who, "AT32", kind, item, answer) for who, kind, answer in people for item in ("DS1", "DS2", "DS3")],
    ...     columns=["respondent_id", "region_id", "stakeholder", "item", "answer"])
    >>> found = gaps(survey)
    >>> found.of("stakeholders", "AT32")[["a", "b", "difference", "verdict"]].values.tolist()
    [['cluster', 'policy', 3.0, 'gap']]
    """
    given = answers_of(survey, instrument)
    _check(matters, fdr, min_n)
    check_level(level)
    if against != MEAN and against not in given.regions:
        raise UnknownName("region", against, given.regions)
    hidden = hidden_cells(given, min_n)
    frame = _judged(parts_of(given, hidden, against, min_n), matters, fdr, level)
    params = {"against": against, "matters": matters, "fdr": fdr, "level": level, "min_n": min_n}
    withheld = sum(int(mask.sum()) for mask in hidden.values())
    notes = (f"{withheld} means are withheld and not compared",) if withheld else ()
    return Gaps(frame, notes, params)


def _judged(parts: list[Part], matters: float, fdr: float, level: float) -> pd.DataFrame:
    keys = pd.DataFrame([key for key, _ in parts], columns=list(GAP_COLUMNS[:7]))
    facts = np.array([numbers for _, numbers in parts], dtype=np.float64).reshape(len(parts), 9)
    found: Contrast = difference_of_means(*facts.T[:8])
    family = keys.groupby(["kind", "region_id"], sort=True).ngroup().to_numpy()
    p, p_small = found.p_values(), found.p_small(matters)
    q, q_small, words = verdicts(p, p_small, family, fdr)
    low, high = found.interval(level)
    size = np.bincount(family, minlength=1)[family] if len(parts) else np.ones(0)
    values = {
        "n_a": facts[:, 0], "n_b": facts[:, 8], "mean_a": facts[:, 1], "mean_b": facts[:, 4],
        "difference": found.difference, "low": low, "high": high, "effect": found.effect, "p": p, "q": q,
        "q_small": q_small, "detectable": found.detectable(fdr / np.maximum(size, 1)), "verdict": words,
    }  # fmt: skip
    return keys.assign(**values).astype({"n_a": "Int64", "n_b": "Int64"})[list(GAP_COLUMNS)]


def _check(matters: float, fdr: float, min_n: int) -> None:
    if not 0 < matters < np.inf:
        raise UsageError(f"the smallest difference that matters is a finite number above 0, not {matters!r}")
    if not 0 < fdr < 1:
        raise UsageError(f"the share of false gaps lies between 0 and 1, not {fdr!r}")
    if min_n < 1:
        raise UsageError(f"min_n is at least 1, not {min_n!r}")
