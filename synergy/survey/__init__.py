"""The survey of the StressTest: the questionnaire as data, answers read and scored, gaps between those who answered."""

from synergy.survey.agreeing import Agreement, Icc, agreement, icc, rwg
from synergy.survey.answers import ALL
from synergy.survey.comparing import Gaps, gaps
from synergy.survey.consistency import Alpha, cronbach_alpha, reliability
from synergy.survey.instrument import Instrument, Item, Text, load_instrument
from synergy.survey.printing import questionnaire
from synergy.survey.quality import flag_respondents, item_diagnostics
from synergy.survey.reading import Responses, read_responses, study_regions, summarise_responses
from synergy.survey.scoring import Scores, score

__all__ = [
    "ALL",
    "Agreement",
    "Alpha",
    "Gaps",
    "Icc",
    "Instrument",
    "Item",
    "Responses",
    "Scores",
    "Text",
    "agreement",
    "cronbach_alpha",
    "flag_respondents",
    "gaps",
    "icc",
    "item_diagnostics",
    "load_instrument",
    "questionnaire",
    "read_responses",
    "reliability",
    "rwg",
    "score",
    "study_regions",
    "summarise_responses",
]
