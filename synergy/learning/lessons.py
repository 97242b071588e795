"""Lessons: which region learns which service from whom, within limits to teaching and learning."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.learning.matching import match
from synergy.learning.needs import BAR
from synergy.learning.offers import best_offers
from synergy.learning.places import Grounds, listed
from synergy.topics import Topics

FITS = ("tried", "field", "language")
COLUMNS = (
    "region_id", "category", "teacher", "service_id", "title", "value", "need", *FITS, "field_topics", "languages",
    "why",
)  # fmt: skip


def lessons_of(
    grounds: Grounds, topics: Topics, needs: pd.DataFrame, offers: pd.DataFrame, *, teach: int, learn: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the lessons (COLUMNS) and the needs that found no teacher, with the reason.

    The ``learn`` largest needs of each region from BAR on are placed; each gets at most one teacher and each region
    teaches at most ``teach`` lessons (``match``). The value of a lesson is need x mean of its known fits: ``tried``
    of the teacher's best practice, ``field`` the share of the learner's topics that the teacher is in too,
    ``language`` 1 where it can be shown in a language of the learner, else 0. A region does not teach what it needs.
    """
    chosen = needs[needs["need"] >= BAR].sort_values(
        ["region_id", "need", "category"], ascending=[True, False, True], kind="stable"
    )
    wished = chosen.groupby("region_id", sort=True).head(learn).reset_index(drop=True)
    best = best_offers(offers).set_index(["home", "category"], drop=False)
    inside = {region: _topics(grounds, topics, region) for region in grounds.regions}
    needy = set(zip(chosen["region_id"], chosen["category"], strict=True))
    fits = [
        {
            teacher: _fit(grounds, inside, best.loc[(teacher, need.category)], need.region_id)
            for teacher in sorted(best.loc[best["category"] == need.category, "home"])
            if teacher != need.region_id and (teacher, need.category) not in needy
        }
        for need in wished.itertuples(index=False)
    ]
    teachers = sorted({teacher for each in fits for teacher in each})
    worth = [
        [round(need * float(np.nanmean(list(each[t].values()))), 6) if t in each else np.nan for t in teachers]
        for need, each in zip(wished["need"], fits, strict=True)
    ]
    values = pd.DataFrame(worth, columns=teachers, dtype=float)
    matched = match(values, teach)
    rows, left = [], []
    for at, need in enumerate(wished.itertuples(index=False)):
        teacher = matched.iloc[at]
        if teacher is None:
            reason = "those who could teach it teach elsewhere" if fits[at] else "nobody shows a practice of this kind"
            left.append((need.region_id, need.category, need.need, need.why, reason))
            continue
        offer, fit = best.loc[(teacher, need.category)], fits[at][teacher]
        shared = sorted(inside[need.region_id] & inside[teacher])
        spoken = sorted(set(grounds.languages(need.region_id)) & set(listed([offer["languages"]])))
        rows.append((
            need.region_id, need.category, teacher, offer["service_id"], offer["title"], values.at[at, teacher],
            need.need, *(fit[name] for name in FITS), ";".join(shared), ";".join(spoken), need.why,
        ))  # fmt: skip
    lessons = pd.DataFrame(rows, columns=list(COLUMNS)).sort_values(
        ["value", "region_id", "category"], ascending=[False, True, True], kind="stable"
    )
    return lessons.reset_index(drop=True), pd.DataFrame(
        left, columns=["region_id", "category", "need", "why", "reason"]
    )


def _topics(grounds: Grounds, topics: Topics, region: str) -> frozenset[str]:
    here = topics.members["region_id"].isin(grounds.analysed(region))
    return frozenset(topics.members.loc[here, "topic_id"])


def _fit(grounds: Grounds, inside: dict[str, frozenset[str]], offer: pd.Series, learner: str) -> dict[str, float]:
    mine, spoken, shown = inside[learner], set(grounds.languages(learner)), set(listed([offer["languages"]]))
    return {
        "tried": float(offer["tried"]),
        "field": len(mine & inside[offer["home"]]) / len(mine) if mine else np.nan,
        "language": float(bool(spoken & shown)) if spoken and shown else np.nan,
    }
