"""Learning pairs: who is strong where another is weak, with reasons, and nobody asked to teach everyone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.learning.matching import match
from synergy.learning.places import Grounds
from synergy.survey.lesson import lesson
from synergy.survey.opinions import MIDDLE, Opinions

TEACH = 3
"""Pairs in which one region is asked to teach at most."""
LEARN = 2
"""Areas that one region is asked to learn at most: those in which it is lowest."""
SHARED, UNKNOWN, NONE = 1.0, 0.75, 0.5
"""What a lesson is worth where the two share a language, where that is not known, and where they share none."""
COLUMNS = ("pair_id", "learner", "teacher", "area", "title", "learner_mean", "learner_low", "learner_high",
           "teacher_mean", "teacher_low", "teacher_high", "difference", "languages", "value", "reason")  # fmt: skip
LEFT = ("region_id", "area", "title", "mean", "reason")


def learning_pairs(
    opinions: Opinions, grounds: Grounds, *, teach: int = TEACH, learn: int = LEARN
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the learning pairs (COLUMNS, L01 … by value) and the needs left without a teacher (LEFT).

    A region needs an area when its mean there is below the middle of the scale; its ``learn`` lowest count. Another can
    teach it when it is surely ahead (``lesson``). ``value`` is that of the lesson, the difference of the means / 4,
    times 1 where the two share a language, 3/4 where that is not known, 1/2 where they share none. Each need gets at
    most one teacher, each region teaches at most ``teach`` times: the assignment of the largest total value
    (``match``). All of it is our proposal.
    """
    known = opinions.areas[opinions.areas["mean"].notna()]
    low = known[known["mean"] < MIDDLE].sort_values(["region_id", "mean", "area"], kind="stable")
    needs = low.groupby("region_id", sort=True).head(learn).to_dict("records")
    able = {(row["region_id"], row["area"]): row for row in known.to_dict("records")}
    values = pd.DataFrame(
        [[_value(grounds, need, able.get((region, need["area"]))) for region in opinions.regions] for need in needs],
        columns=list(opinions.regions),
        dtype=float,
    )
    rows, left = [], []
    for at, (need, teacher) in enumerate(zip(needs, match(values, teach), strict=True)):
        if teacher is None:
            some = values.iloc[at].notna().any()
            reason = "those who could teach it teach elsewhere" if some else "nobody is surely ahead"
            left.append((need["region_id"], need["area"], need["title"], need["mean"], reason))
        else:
            rows.append(_pair(grounds, need, able[teacher, need["area"]], float(values.at[at, teacher])))
    rows.sort(key=lambda row: (-float(str(row[-2])), str(row[0]), str(row[2])))
    named = [(f"L{number:02d}", *row) for number, row in enumerate(rows, start=1)]
    return pd.DataFrame(named, columns=list(COLUMNS)), pd.DataFrame(left, columns=list(LEFT))


def _value(grounds: Grounds, need: dict[str, object], other: dict[str, object] | None) -> float:
    """Return the value of a lesson, missing where the other is not surely ahead."""
    if other is None:
        return np.nan
    figures = (need["mean"], need["high"], other["mean"], other["low"])
    worth = float(lesson(*(float(str(figure)) for figure in figures)))
    if not worth > 0:
        return np.nan
    mine, theirs = (set(grounds.languages(str(side["region_id"]))) for side in (need, other))
    factor = UNKNOWN if not mine or not theirs else SHARED if mine & theirs else NONE
    return round(worth * factor, 6)


def _pair(grounds: Grounds, need: dict[str, object], other: dict[str, object], value: float) -> tuple[object, ...]:
    learner, teacher = str(need["region_id"]), str(other["region_id"])
    shared = sorted(set(grounds.languages(learner)) & set(grounds.languages(teacher)))
    figures = [[float(str(side[name])) for name in ("mean", "low", "high")] for side in (need, other)]
    told = ["{:.2f} ({:.2f} to {:.2f})".format(*numbers) for numbers in figures]
    reason = f"{grounds.names[teacher]} {told[1]}, {grounds.names[learner]} {told[0]}: the intervals do not meet" + (
        f"; both use {', '.join(shared)}" if shared else ""
    )
    return (
        learner, teacher, need["area"], need["title"], *figures[0], *figures[1], figures[1][0] - figures[0][0],
        ";".join(shared), value, reason,
    )  # fmt: skip
