"""Cluster workshops: lessons of one kind gathered in one place, with a host, teachers, learners and an agenda."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from synergy.learning.matching import match
from synergy.learning.places import Grounds
from synergy.learning.taxonomy import Session, Taxonomy
from synergy.topics import Topics

REACH_KM = 300.0
"""Distance at which the nearness of a host counts 1/e."""
LEARNERS = 2
"""A workshop has at least so many learners: fewer are a visit."""


@dataclass(frozen=True)
class Workshop:
    """One proposed workshop; ``field`` is the topic most of its regions are in, empty when they share none."""

    workshop_id: str
    category: str
    title: str
    topic_id: str
    field: str
    host: str
    why_host: str
    teachers: tuple[str, ...]
    learners: tuple[str, ...]
    language: str
    interpret: tuple[str, ...]
    value: float
    agenda: tuple[Session, ...]

    @property
    def regions(self) -> tuple[str, ...]:
        """Everybody who takes part."""
        return tuple(sorted({self.host, *self.teachers, *self.learners}))


def workshops_of(grounds: Grounds, topics: Topics, taxonomy: Taxonomy, lessons: pd.DataFrame) -> tuple[Workshop, ...]:
    """Return the workshops that the lessons make, the most valuable first.

    Lessons of one category make a workshop when at least LEARNERS regions learn. Hosts are assigned over all
    workshops at once (``match``), so that no region hosts twice: the value of a host is the mean over the others of
    exp(-km / 300), halved where it only learns, since a practice is seen best where it runs. The language is
    the one of the teachers' that most regions use; among equals the one that fewer workshops so far have. Regions not
    known to use it are listed in ``interpret``. All of it is our own proposal.
    """
    groups = {
        category: rows
        for category, rows in lessons.groupby("category", sort=True)
        if rows["region_id"].nunique() >= LEARNERS
    }
    ranked = sorted(groups.items(), key=lambda item: (-float(item[1]["value"].sum()), item[0]))
    regions = sorted({r for _, rows in ranked for r in (*rows["region_id"], *rows["teacher"])})
    worth = pd.DataFrame(
        [[_hosting(grounds, rows, region) for region in regions] for _, rows in ranked], columns=regions, dtype=float
    )
    hosts = match(worth, 1)
    used: Counter[str] = Counter()
    found: list[Workshop] = []
    for at, (category, rows) in enumerate(ranked):
        host = hosts.iloc[at]
        if host is None:
            continue
        found.append(_workshop(grounds, topics, taxonomy, f"W{len(found) + 1:02d}", str(category), rows, host, used))
    return tuple(found)


def _hosting(grounds: Grounds, lessons: pd.DataFrame, region: str) -> float:
    """Return the value of a region as the host of these lessons, missing when it takes no part in them."""
    everyone = sorted({*lessons["region_id"], *lessons["teacher"]})
    if region not in everyone:
        return np.nan
    near = [np.exp(-distance(grounds, region, other) / REACH_KM) for other in everyone if other != region]
    # a place that is not known is neither near nor far
    known = [value for value in near if not np.isnan(value)]
    share = float(np.mean(known)) if known else float(np.exp(-1.0))
    return round(share if region in set(lessons["teacher"]) else share / 2, 6)


def distance(grounds: Grounds, a: str, b: str) -> float:
    """Return the mean great-circle distance in km of what two regions are seen through; NaN when not known."""
    places = grounds.located.places
    index = {region: at for at, region in enumerate(places.regions)}
    ends = [[index[each] for each in grounds.analysed(region)] for region in (a, b)]
    if not all(ends):
        return float("nan")
    return float(places.distance_km[np.ix_(*ends)].mean())


def _workshop(
    grounds: Grounds, topics: Topics, taxonomy: Taxonomy, key: str, category: str, rows: pd.DataFrame, host: str,
    used: Counter[str],
) -> Workshop:  # fmt: skip
    teachers, learners = tuple(sorted(set(rows["teacher"]))), tuple(sorted(set(rows["region_id"])))
    everyone = sorted({host, *teachers, *learners})
    topic, field = _field(grounds, topics, everyone)
    language, interpret = _language(grounds, everyone, teachers, used)
    teaches = host in teachers
    others = [distance(grounds, host, other) for other in everyone if other != host]
    km = f"{np.mean(others):.0f} km from the others on average" if not np.isnan(others).any() else "distance unknown"
    kind = taxonomy.categories[category].title
    words = {
        "kind": kind.lower() if not kind[:2].isupper() else kind,
        "field": field or "their fields",
        "host": _named(grounds, (host,)),
        "teachers": _named(grounds, teachers),
        "learners": _named(grounds, learners),
    }
    return Workshop(
        key, category, kind, topic, field, host,
        f"{'its practice is seen where it runs' if teaches else 'it learns here: every teacher hosts elsewhere'}; {km}",
        teachers, learners, language, interpret, round(float(rows["value"].sum()), 6), _agenda(taxonomy, words),
    )  # fmt: skip


def _agenda(taxonomy: Taxonomy, words: Mapping[str, str]) -> tuple[Session, ...]:
    return tuple(Session(s.key, s.title, s.minutes, s.text.format(**words)) for s in taxonomy.sessions)


def _field(grounds: Grounds, topics: Topics, regions: list[str]) -> tuple[str, str]:
    """Return the topic in which most of the regions are, the better one of equals; empty when no two share one."""
    counts = {
        topic: sum(bool(set(grounds.analysed(region)) & set(rows["region_id"])) for region in regions)
        for topic, rows in topics.members.groupby("topic_id", sort=True)
    }
    best = max(sorted(counts), key=lambda topic: counts[topic], default="")
    if not best or counts[best] < 2:
        return "", ""
    return best, str(topics.frame.set_index("topic_id").at[best, "name"])


def _language(
    grounds: Grounds, regions: list[str], teachers: tuple[str, ...], used: Counter[str]
) -> tuple[str, tuple[str, ...]]:
    """Return the language of a workshop, one that a teacher uses where any is known, and who needs an interpreter."""
    speak = {region: grounds.languages(region) for region in regions}
    count = Counter(language for spoken in speak.values() for language in spoken)
    taught = {language for teacher in teachers for language in speak[teacher]} or set(count)
    if not taught:
        return "", tuple(regions)
    language = min(taught, key=lambda each: (-count[each], used[each], each))
    used[language] += 1
    return language, tuple(region for region in regions if language not in speak[region])


def _named(grounds: Grounds, regions: tuple[str, ...]) -> str:
    names = [grounds.names[region] for region in regions]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
