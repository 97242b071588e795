"""The survey of the StressTest: the questionnaire as data, answers read and scored, gaps between those who answered."""

from synergy.survey.comparing import Gaps, gaps
from synergy.survey.instrument import Instrument, Item, Text, load_instrument
from synergy.survey.reliability import Alpha, cronbach_alpha, reliability
from synergy.survey.scoring import Scores, score

__all__ = [
    "Alpha",
    "Gaps",
    "Instrument",
    "Item",
    "Scores",
    "Text",
    "cronbach_alpha",
    "gaps",
    "load_instrument",
    "reliability",
    "score",
]
