"""A study at three levels, small enough to work by hand: who was asked, what is offered, which topics there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import pytest

import synergy
from synergy.learning.places import Grounds
from synergy.survey import load_instrument
from synergy.tables.located import Located
from synergy.tables.study import Settings
from synergy.topics import Topics

# DE1 was asked as a whole, CH022 below the analysed level, AT31 and AT32 at it.
REGIONS = """
AT AT - 0
AT31 AT AT 2
AT32 AT AT 2
CH CH - 0
CH02 CH CH 2
CH022 CH CH02 3
DE DE - 0
DE1 DE DE 1
DE11 DE DE1 2
DE12 DE DE1 2
"""
HEALTH, ENERGY = "ecosystem:health", "ecosystem:energy"
Answers = Mapping[str, Mapping[str, int]]


def survey_of(answers: Answers, people: int = 12) -> pd.DataFrame:
    """Everybody of a region answers alike in an area but for one in three, who says one more."""
    rows = [
        (f"{region}-{who}", region, "cluster", item.code,
         0 if areas[item.area] == 0 else min(5, areas[item.area] + (who % 3 == 0)))
        for region, areas in answers.items()
        for who in range(people)
        for item in load_instrument().items.values()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["respondent_id", "region_id", "stakeholder", "item", "answer"])


AREAS = tuple(load_instrument().areas)
ASKED: Answers = {
    "AT31": dict.fromkeys(AREAS, 4),
    "AT32": {**dict.fromkeys(AREAS, 3), "coordination": 1, "support": 2},
    "CH022": {**dict.fromkeys(AREAS, 3), "coordination": 1, "portfolio": 0},
    "DE1": {**dict.fromkeys(AREAS, 4), "coordination": 2},
}
SERVICES = [
    ("s1", None, "AT31", "Round tables", "matchmaking", "30 members", "proven", "de;en"),
    ("s2", None, "DE11", "Call radar", "funding", "9 of 10 came back", "running", "de"),
    ("s3", None, "CH022", "Lab days", "research", None, "proven", "fr"),
    ("s4", "c1", None, "Missions", "internationalisation", "twice a year", "pilot", "de"),
    ("s5", "c1", None, "Briefing", "networking", "read by 3 ministries", None, None),
]


def frames() -> dict[str, pd.DataFrame]:
    regions = [line.split() for line in REGIONS.strip().splitlines()]
    columns = ["region_id", "country", "parent_id", "level"]
    table = pd.DataFrame([[r, c, None if up == "-" else up, int(n)] for r, c, up, n in regions], columns=columns)
    return {
        "regions": table.assign(name=[f"Land {r}" for r in table["region_id"]], lat=47.0,
                                lon=[9.0 + at for at in range(len(table))]),
        "priorities": pd.DataFrame(
            [("p1", "AT31", "Health", HEALTH), ("p2", "AT31", "Energy", ENERGY), ("p3", "DE1", "Health", HEALTH),
             ("p4", "AT32", "Energy", ENERGY)],
            columns=["priority_id", "region_id", "title", "codes"],
        ),
        "clusters": pd.DataFrame(
            [("c1", "AT31", "Life", "nace:21"), ("c2", "AT31", "Unknown", None), ("c3", "DE12", "Pharma", HEALTH),
             ("c4", "DE11", "Power", ENERGY)],
            columns=["cluster_id", "region_id", "name", "codes"],
        ),
        "codes": pd.DataFrame(
            [(HEALTH, "Health", None), (ENERGY, "Energy", None), ("nace:21", "Pharma", HEALTH)],
            columns=["code", "name", "broader"],
        ),
        "survey": survey_of(ASKED),
        "services": pd.DataFrame(
            SERVICES,
            columns=["service_id", "cluster_id", "region_id", "title", "category", "evidence", "maturity", "languages"],
        ),
    }  # fmt: skip


@pytest.fixture(scope="session")
def make_study() -> Callable[..., synergy.Study]:
    def make(settings: Settings | None = None, **tables: pd.DataFrame | None) -> synergy.Study:
        chosen = {name: table for name, table in {**frames(), **tables}.items() if table is not None}
        return synergy.load(chosen, settings=settings or Settings(level=2))

    return make


@pytest.fixture(scope="session")
def study(make_study) -> synergy.Study:
    return make_study()


@pytest.fixture(scope="session")
def stress(study) -> synergy.StressTest:
    return synergy.stress_test(study)


@pytest.fixture(scope="session")
def grounds(study) -> Grounds:
    return Grounds(Located(study))


@pytest.fixture(scope="session")
def topics() -> Topics:
    """Two topics: AT31 and DE12 are strong in T01, AT32 and CH02 are not; T02 is AT31's and DE11's."""
    members = pd.DataFrame(
        [("T01", "AT31", "clusters;projects"), ("T01", "DE12", "projects"), ("T01", "AT32", "organisations"),
         ("T01", "CH02", "organisations"), ("T02", "AT31", "clusters"), ("T02", "DE11", "clusters")],
        columns=["topic_id", "region_id", "strong"],
    ).assign(specialisation=float("nan"), clusters=1, organisations=1, projects=1)  # fmt: skip
    frame = pd.DataFrame({"topic_id": ["T01", "T02"], "name": ["Health", "Energy"]})
    empty = pd.DataFrame()
    return Topics(frame, members, empty, empty, {}, empty, None, {})
