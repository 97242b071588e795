"""Partners of a study: who could take part in a topic or an activity, and consortia of them under real rules."""

from synergy.partners.candidates import Partners, Register, partners_for
from synergy.partners.find import find_consortia, propose, rules_of
from synergy.partners.overview import Overview, consortia_of_topics
from synergy.partners.proposal import Proposal
from synergy.partners.subject import Subject, of_activity, of_topic
from synergy.partners.why import Absence, absence

__all__ = [
    "Absence",
    "Overview",
    "Partners",
    "Proposal",
    "Register",
    "Subject",
    "absence",
    "consortia_of_topics",
    "find_consortia",
    "of_activity",
    "of_topic",
    "partners_for",
    "propose",
    "rules_of",
]
