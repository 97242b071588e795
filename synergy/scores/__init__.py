"""Pair scores: how well two regions fit, part by part, how sure that is, and what it rests on.

``pairs`` names the pairs; ``part`` says what a part is; ``similarity`` (of the ``lists`` of fields),
``complementarity`` and ``cooperation`` are parts, and ``learning`` (of what is ``told``) where a study gives it a
weight; ``total`` makes a total and a rank of them; ``uncertainty`` draws rows and weights anew; ``null`` tests the
overlap of strategies; ``basis`` says what a score rests on; ``result`` puts all of it in one frame.
"""

from synergy.scores.columns import COLUMNS, MEANING
from synergy.scores.result import PairScores, pair_parts, score_pairs
from synergy.scores.total import mid_rank, totals

__all__ = ["COLUMNS", "MEANING", "PairScores", "mid_rank", "pair_parts", "score_pairs", "totals"]
