"""Pairs for people: the best, how sure their order is, and what chance alone would give."""

from __future__ import annotations

from typing import Any

import pandas as pd

from synergy.report.text import counted
from synergy.scores import PairScores
from synergy.tables.study import LEARNING

TOP_PAIRS = 15
LEVEL = 0.05
SOURCES = {
    "priorities": "which priorities are stated",
    "weights": "the weights of the parts",
    "activity": "the figures of activities",
    "participations": "the projects",
    "survey": "who answered the survey",
}


def chance_words(p: float | None, q: float | None) -> str:
    """Say what a test of the overlap of two strategies comes to, among all that were made.

    >>> chance_words(0.001, 0.02), chance_words(0.03, 0.4), chance_words(0.3, 1.0), chance_words(None, None)
    ('yes', 'by itself, not among so many', 'no', 'unknown')
    """
    if p is None or q is None:
        return "unknown"
    return "yes" if q <= LEVEL else "by itself, not among so many" if p <= LEVEL else "no"


def caution(basis: str, note: str) -> str:
    """Return what is to be said beside a pair: nothing when it rests on all parts and its own statements.

    >>> caution("rests on all 4 parts; AT33: strategy of 3 fields only", "DE11: inherited from DE1")
    'AT33: strategy of 3 fields only; DE11: inherited from DE1'
    """
    said = [word for word in basis.split("; ") if not word.startswith("rests on all ")]
    return "; ".join(filter(None, [*said, note]))


def certainty(scores: PairScores, survey: str = "") -> list[str]:
    """Return in whole sentences how sure the order of the pairs is and whether strategies overlap beyond chance.

    Where learning takes part, also what it is and that it rests on the ``survey``, named by its source.
    """
    said = (_range(scores), _sources(scores), _chance(scores.frame), _learning(scores, survey))
    return [sentence for sentence in said if sentence]


def _range(scores: PairScores) -> str:
    frame = scores.frame.dropna(subset=["rank"])
    if frame.empty:
        return ""
    first = frame.iloc[0]
    return (
        f"The range of a rank is where it lies in 90 of 100 draws when the rows of the tables and the weights are drawn"
        f" anew together ({scores.params['draws']} draws): the first of {len(frame):,} pairs may stand anywhere from"
        f" {int(first['rank_low']):,} to {int(first['rank_high']):,}, so read the top as a group and not as an order."
    )


def _sources(scores: PairScores) -> str:
    shares: Any = scores.params["rank_variance"]
    if not shares:
        return ""
    alone = sorted(((found["first"], source) for source, found in shares.items()), reverse=True)
    said = [f"{SOURCES[source]} ({share:.0%})" for share, source in alone]
    rest = max(1 - sum(share for share, _ in alone), 0.0)
    return f"What moves the ranks: {', '.join(said)}; {rest:.0%} comes from several together."


def _learning(scores: PairScores, survey: str) -> str:
    if LEARNING not in scores.frame:
        return ""
    weights: Any = scores.params["weights"]
    known = int(scores.frame["learning"].notna().sum())
    source = f" The survey: {survey}." if survey else ""
    return (
        f"The study gives the survey a weight of {weights[LEARNING]:g}, which no backtest supports: learning, from 0 to"
        " 1, is how far one region is surely ahead in the areas in which people rate the other low, as a mean over the"
        f" areas told for both; it is known for {counted(known, 'pair')}.{source}"
    )


def _chance(frame: pd.DataFrame) -> str:
    tested = int(frame["similarity_p"].notna().sum())
    if not tested:
        return "No two strategies could be tested against chance."
    found, alone = int((frame["similarity_q"] <= LEVEL).sum()), int((frame["similarity_p"] <= LEVEL).sum())
    said = "none names" if not found else f"{found:,} {'names' if found == 1 else 'name'}"
    return (
        f"Of {counted(tested, 'pair')} whose strategies could be tested, {said} more of the same fields than lists of"
        " that length would, given how popular each field is in the two countries, once the number of tests is counted"
        f" ({LEVEL:.0%} false finds); {alone:,} would pass if tested alone, where chance gives up to"
        f" {tested * LEVEL:,.0f}."
    )
