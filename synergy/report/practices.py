"""Good practices and workshops as plain values, that their page and their text are made from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from synergy.learning import Practices, Workshop
from synergy.learning.places import Grounds
from synergy.report.values import plain_rows
from synergy.tables.study import Study

OWN = (
    "The seven kinds of service are ESCA-style; what they answer in a survey and build in a topic, needs, fits, "
    "limits and the agenda are Synergy's own proposal. Nobody named here was asked."
)


def summarise_practices(study: Study, found: Practices) -> dict[str, Any]:
    """Return the practices with the study they belong to, as dicts, lists, text, numbers and None."""
    grounds = Grounds(study.located)
    titles = {key: category.title for key, category in found.taxonomy.categories.items()}
    return {
        "title": study.title,
        "study": study.settings.name,
        "seed": study.settings.seed,
        "own": OWN,
        "services_source": source_of(study, "services"),
        "survey_source": source_of(study, "survey") if len(grounds.asked) else "",
        "limits": {key: found.params[key] for key in ("teach", "learn", "bar", "taxonomy")},
        "categories": [
            {"key": key, "title": category.title, "about": category.about}
            for key, category in found.taxonomy.categories.items()
        ],
        "workshops": [_workshop(grounds, found, workshop) for workshop in found.workshops],
        "lessons": _named(grounds, titles, found.lessons, "region_id", "teacher"),
        "load": _load(grounds, found),
        "unmet": _named(grounds, titles, found.unmet, "region_id"),
        "needs": _named(grounds, titles, found.needs, "region_id"),
        "services": _named(grounds, titles, found.offers, "home"),
    }


def source_of(study: Study, table: str) -> str:
    """Return where a table comes from, as study.toml says it; empty when it says nothing."""
    source = study.settings.sources.get(table)
    return source.title if source else ""


def _workshop(grounds: Grounds, found: Practices, one: Workshop) -> dict[str, Any]:
    lessons = found.lessons[found.lessons["category"] == one.category]
    titles = {one.category: one.title}
    return {
        "workshop_id": one.workshop_id,
        "title": one.title,
        "category": one.category,
        "topic_id": one.topic_id,
        "field": one.field,
        "host": _region(grounds, one.host),
        "why_host": one.why_host,
        "teachers": [_region(grounds, region) for region in one.teachers],
        "learners": [_region(grounds, region) for region in one.learners],
        "countries": sorted({grounds.countries[region] for region in one.regions}),
        "language": one.language,
        "interpret": [_region(grounds, region) for region in one.interpret],
        "value": one.value,
        "minutes": sum(session.minutes for session in one.agenda),
        "agenda": [{"title": s.title, "minutes": s.minutes, "text": s.text} for s in one.agenda],
        "lessons": _named(grounds, titles, lessons, "region_id", "teacher"),
    }


def _load(grounds: Grounds, found: Practices) -> list[dict[str, Any]]:
    """Return how often each region teaches, learns and hosts: the balance of the proposal."""
    lessons = found.lessons
    return [
        {
            **_region(grounds, region),
            "country": grounds.countries[region],
            "teaches": int((lessons["teacher"] == region).sum()),
            "learns": int((lessons["region_id"] == region).sum()),
            "hosts": sum(workshop.host == region for workshop in found.workshops),
            "languages": list(grounds.languages(region)),
            "seen_through": grounds.seen_through(region),
        }
        for region in grounds.regions
    ]


def _region(grounds: Grounds, region: str) -> dict[str, str]:
    return {"region_id": region, "name": grounds.names[region]}


def _named(grounds: Grounds, titles: dict[str, str], frame: pd.DataFrame, *places: str) -> list[dict[str, Any]]:
    names = {f"{place}_name": frame[place].map(grounds.names) for place in places}
    return plain_rows(frame.assign(kind=frame["category"].map(titles), **names))
