"""From what a survey tool exports to the ``survey`` table: files, headers, cells, every problem by row and column."""

from synergy.survey.reading.responses import Responses, read_responses

__all__ = ["Responses", "read_responses"]
