"""From what a survey tool exports to the ``survey`` table: files, headers, cells, every problem by row and column."""

from synergy.survey.reading.responses import Responses, read_responses
from synergy.survey.reading.study import study_regions
from synergy.survey.reading.summary import summarise_responses

__all__ = ["Responses", "read_responses", "study_regions", "summarise_responses"]
