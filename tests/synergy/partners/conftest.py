import pytest

from synergy.activities.ground import Ground
from synergy.partners import Partners, Register, of_topic, partners_for
from synergy.tables.located import Located


@pytest.fixture(scope="session")
def partners_of():
    """Return the partners for a topic of a study's results."""

    def make(results, topic: str, also=()) -> Partners:
        register = Register(Ground(Located(results.study)), results.scores)
        return partners_for(register, of_topic(register.ground, results.topics, topic), also)

    return make
