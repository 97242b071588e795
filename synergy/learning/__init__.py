"""What regions learn from a survey and from one another: stress test, policy reading, good practices, workshops."""

from synergy.learning.policy import PolicyReading, policy_reading
from synergy.learning.practices import Practices, find_practices
from synergy.learning.stress import StressTest, stress_test
from synergy.learning.taxonomy import Taxonomy, load_taxonomy
from synergy.learning.workshops import Workshop

__all__ = [
    "PolicyReading",
    "Practices",
    "StressTest",
    "Taxonomy",
    "Workshop",
    "find_practices",
    "load_taxonomy",
    "policy_reading",
    "stress_test",
]
