"""Good practices: services matched to needs, and the workshops in which they are learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from synergy.errors import UsageError
from synergy.learning.lessons import lessons_of
from synergy.learning.needs import BAR, needs_of
from synergy.learning.offers import offers_of
from synergy.learning.places import Grounds
from synergy.learning.taxonomy import Taxonomy, check_categories, load_taxonomy
from synergy.learning.workshops import Workshop, workshops_of
from synergy.survey.opinions import opinions_of
from synergy.tables.study import Study
from synergy.topics import Topics, find_topics

TEACH = 3
"""Lessons that one region is asked to teach at most."""
LEARN = 3
"""Lessons that one region is asked to learn at most."""


@dataclass(frozen=True, repr=False, eq=False)
class Practices:
    """Good practices of a study.

    ``offers`` are the services, ``needs`` one row per region and category, ``lessons`` who learns which service from
    whom, ``unmet`` the needs without a teacher, ``workshops`` the proposed ones.
    """

    offers: pd.DataFrame
    needs: pd.DataFrame
    lessons: pd.DataFrame
    unmet: pd.DataFrame
    workshops: tuple[Workshop, ...]
    taxonomy: Taxonomy
    params: Mapping[str, object]

    def to_frame(self) -> pd.DataFrame:
        """Return a copy of the lessons, the most valuable first."""
        return self.lessons.copy()

    def __len__(self) -> int:
        return len(self.lessons)

    def __repr__(self) -> str:
        return f"Practices({len(self.offers)} services, {len(self)} lessons, {len(self.workshops)} workshops)"


def find_practices(
    study: Study,
    topics: Topics | None = None,
    *,
    taxonomy: str | Path | Taxonomy | None = None,
    teach: int = TEACH,
    learn: int = LEARN,
) -> Practices:
    """Match the services of a study to what its regions need, and propose workshops.

    Needs come from the survey and from what the cooperation topics lack (``needs_of``), services from the table of
    that name, lessons from an exact assignment in which nobody teaches more than ``teach`` nor learns more than
    ``learn`` lessons (``lessons_of``), workshops from lessons of one kind (``workshops_of``).

    Raises UsageError when the study holds no service, DataError (S591) for a category that the taxonomy lacks.
    """
    if study["services"].empty:
        raise UsageError(f"the study {study.settings.name!r} holds no services: fill {study.file_of('services')}")
    kinds = taxonomy if isinstance(taxonomy, Taxonomy) else load_taxonomy(taxonomy)
    check_categories(study, kinds)
    topics = find_topics(study) if topics is None else topics
    grounds = Grounds(study.located)
    offers = offers_of(grounds)
    needs = needs_of(grounds, topics, kinds, opinions_of(study).areas)
    lessons, unmet = lessons_of(grounds, topics, needs, offers, teach=teach, learn=learn)
    workshops = workshops_of(grounds, topics, kinds, lessons)
    params = {"teach": teach, "learn": learn, "bar": BAR, "taxonomy": kinds.source}
    return Practices(offers, needs, lessons, unmet, workshops, kinds, params)
