"""An activity made by hand, in which everything that a step can ask for occurs, and a small study with a real one."""

from types import SimpleNamespace

import pandas as pd
import pytest

import synergy
from synergy.planning.facts import Actor, Capacity, Criterion, Facts
from synergy.tables.study import Settings, Source, TopicSettings

ACTORS = (
    Actor("cluster:b", "cluster", "Baden Works", "DE13", ("nace:21", "nace:26"), "clusters.csv:4"),
    Actor("cluster:a", "cluster", "Alpha Cluster", "AT31", ("nace:21",), "clusters.csv:2"),
    Actor("firm:f", "firm", "Firm One", "AT31", ("nace:21",), "firms.csv:2"),
    Actor("firm:u", "university", "Uni North", "DE13", ("nace:26",), "firms.csv:3"),
    Actor("firm:p", "public", "Region Agency", "AT31", (), "firms.csv:4"),
    Actor("idea:i", "unknown", "a weaver", "", (), "ideas.csv:2"),
)
CAPACITIES = (
    Capacity("nace:21", "Pharma", "held", ("AT31", "DE13")),
    Capacity("nace:26", "Electronics", "from elsewhere", ("DE13", "ITC4")),
    Capacity("nace:72", "Research", "missing", ()),
    Capacity("nace:86", "Health care", "unknown", ()),
)
CRITERIA = (
    Criterion("capacity", 0.5, "share", "half", True, "holds 1 of 2"),
    Criterion("opportunity", None, "", "growth", None, "no rated idea"),
    Criterion("relatedness", -0.1, "", "above 0", False, "below chance"),
    Criterion("a criterion of ours", None, "", "", None, ""),
)


@pytest.fixture
def make_facts():
    def make(**changes) -> Facts:
        values = {
            "activity_id": "A01",
            "name": "Pharma in Upper Austria",
            "topic_id": "T01",
            "topic": "Health",
            "home": "AT31",
            "about": "nace:21",
            "regions": ("AT31", "DE13"),
            "countries": ("AT", "DE"),
            "direction": "transition",
            "rule": "the rule",
            "stage": "identification",
            "carried": False,
            "note": "",
            "actors": ACTORS,
            "capacities": CAPACITIES,
            "criteria": CRITERIA,
            "actions": (
                ("Build on 2 projects", "project theme", "p1, p2"),
                ("Bring Electronics", "capacity from another region", "LQ 2"),
            ),
            "strategies": {"AT31": "declares it: Life (priorities.csv:2)", "DE13": "its strategy is unknown"},
            "region_names": {"AT31": "Upper Austria", "DE13": "Freiburg", "ITC4": "Lombardy"},
        }
        return Facts(**{**values, **changes})

    return make


@pytest.fixture
def facts(make_facts) -> Facts:
    return make_facts()


def read(tables) -> synergy.Study:
    sources = {"participations": Source("keep", "2021")}
    settings = Settings(name="toy", title="Toyland", seed=7, level=2, topics=TopicSettings(runs=4), sources=sources)
    return synergy.load({table: pd.DataFrame(rows) for table, rows in tables.items()}, settings)


@pytest.fixture(scope="session")
def toy(toy_source) -> SimpleNamespace:
    study = read(toy_source())
    topics = synergy.find_topics(study)
    return SimpleNamespace(study=study, topics=topics, activities=synergy.find_activities(study, topics=topics))


@pytest.fixture(scope="session")
def plan_toy(toy):
    """Plan the toy study, its topics and activities found once."""

    def make(**options) -> synergy.Plan:
        return synergy.make_plan(toy.study, toy.activities, toy.topics, **options)

    return make


@pytest.fixture(scope="session")
def read_study():
    return read
