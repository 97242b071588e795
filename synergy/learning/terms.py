"""Learning pairs and workshops taken apart: their terms, and the rows behind them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from synergy.errors import UnknownName
from synergy.learning.policy import PolicyReading
from synergy.learning.practices import Practices
from synergy.survey.opinions import NO_QUOTES

Terms = list[tuple[str, str, float, str]]
Rows = list[tuple[str, int, str, str]]


def pair_terms(reading: PolicyReading, key: str) -> tuple[str, Terms, Rows]:
    """Return a learning pair in words, its terms and the rows that name its regions' linked clusters and priorities."""
    pairs = reading.pairs.set_index("pair_id")
    if key not in pairs.index:
        raise UnknownName("learning pair", key, pairs.index)
    pair, names = pairs.loc[key], reading.stress.grounds.names
    terms: Terms = [
        (
            side,
            f"{names[pair[side]]} ({pair[side]})",
            round(float(pair[f"{side}_mean"]), 6),
            f"mean answer in {pair['title']}; interval {pair[f'{side}_low']:.2f} to {pair[f'{side}_high']:.2f}",
        )
        for side in ("learner", "teacher")
    ]
    shared = pair["languages"] or "none known"
    terms.append(("value", "difference", round(float(pair["difference"]), 6), "of the means; divided by 4"))
    terms.append(("value", "value", float(pair["value"]), f"with the languages shared: {shared}"))
    rows = reading.stress.linked_rows
    chosen = rows[rows["region_id"].isin([pair["learner"], pair["teacher"]])]
    what = f"{key} {names[pair['learner']]} learns {pair['title']} from {names[pair['teacher']]}"
    summary = f"{what}: {pair['reason']}; {NO_QUOTES}"
    return summary, terms, _cited(chosen)


def workshop_terms(found: Practices, key: str) -> tuple[str, Terms, Rows]:
    """Return a workshop in words, its lessons as terms, and the rows of the services that are taught."""
    workshops = {workshop.workshop_id: workshop for workshop in found.workshops}
    if key not in workshops:
        raise UnknownName("workshop", key, workshops)
    one = workshops[key]
    lessons = found.lessons[found.lessons["category"] == one.category]
    terms: Terms = [
        (
            "lesson",
            f"{lesson.region_id} from {lesson.teacher}",
            float(lesson.value),
            f"need {lesson.need:.2f} ({lesson.why}); tried {lesson.tried:.2f}; field {_shown(lesson.field)}; "
            f"language {_shown(lesson.language)}",
        )
        for lesson in lessons.itertuples(index=False)
    ]
    offers = found.offers[found.offers["service_id"].isin(lessons["service_id"])]
    rows: Rows = [
        ("services", int(offer.row), str(offer.home), f"{offer.title}: {offer.evidence}")
        for offer in offers.itertuples(index=False)
    ]
    summary = (
        f"{key} {one.title} for {one.field or 'no shared topic'}: host {one.host} ({one.why_host}); teach "
        f"{', '.join(one.teachers)}; learn {', '.join(one.learners)}; language {one.language or 'unknown'}"
    )
    return summary, terms, rows


def _shown(value: float) -> str:
    return "unknown" if pd.isna(value) else f"{value:.2f}"


def _cited(rows: pd.DataFrame) -> Rows:
    columns: Any = rows[["table", "row", "region_id", "what"]].itertuples(index=False)
    return [(str(table), int(row), str(region), str(what)) for table, row, region, what in columns]
