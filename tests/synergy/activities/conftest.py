import pytest

import synergy


@pytest.fixture(scope="session")
def alpine_activities(alpine):
    return synergy.find_activities(alpine.study, alpine.graph, alpine.topics)


@pytest.fixture(scope="session")
def toy_activities(toy_results):
    return synergy.find_activities(toy_results.study, toy_results.graph, toy_results.topics)
