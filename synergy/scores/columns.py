"""The columns of the pair scores and what each says: read by the code, the docs and the tests."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MEANING: Mapping[str, str] = MappingProxyType(
    {
        "region_a": "The pair's first region, by id.",
        "region_b": "The second.",
        "similarity": "Cosine of the fields of the two strategies, rare fields counting more; 0 to 1.",
        "similarity_expected": "The same as lists of that length would have it, given the fields' popularity in the "
        "two countries.",
        "similarity_excess": "Similarity less what is expected; 0 when both only inherit one strategy.",
        "similarity_p": "How probable so much overlap is by chance: lists of the same lengths, drawn with the "
        "popularity of the fields in the two countries.",
        "similarity_q": "The same after Benjamini and Hochberg's correction for the number of pairs tested.",
        "complementarity_a_from_b": "How much nearer the activities that a lacks come through b's; 0 to 100.",
        "complementarity_b_from_a": "The other direction.",
        "cooperation": "Sum of 1/(partners - 1) over joint projects.",
        "joint_projects": "Number of joint projects in the data.",
        "distance_km": "Great-circle distance.",
        "learning": "What the two can learn from one another by the survey, both ways together; 0 to 1.",
        "learning_a_from_b": "What a can: over the areas told for both, the mean of the lessons in which b is surely "
        "ahead where a needs it.",
        "learning_b_from_a": "The other direction.",
        "learning_areas": "In how many areas of the survey both are told.",
        "part_similarity": "Share of pairs with a lower similarity_excess (ties half); 0 to 1.",
        "part_complementarity": "Share of pairs with a lower mean of both complementarities.",
        "part_cooperation": "Share of pairs with less cooperation.",
        "part_proximity": "Share of pairs farther apart.",
        "part_learning": "Share of pairs with less learning.",
        "known_weight": "Share of the weight that the known parts stand for.",
        "total": "Mean of the known parts with the study's weights; unknown when neither similarity nor "
        "complementarity is known.",
        "total_low": "5th percentile of the total when input rows and weights are drawn anew.",
        "total_high": "95th percentile.",
        "rank": "1 is the largest total.",
        "rank_low": "5th percentile of the rank when input rows and weights are drawn anew.",
        "rank_high": "95th percentile.",
        "basis": "How many parts the score rests on, and what of it rests on little data.",
        "note": "Why the similarity is unknown or not tested; statements moved to or from another level.",
    }
)
OF_LEARNING = ("learning", "learning_a_from_b", "learning_b_from_a", "learning_areas", "part_learning")
"""Those of the part that takes part only where the study gives it a weight."""
COLUMNS = tuple(column for column in MEANING if column not in OF_LEARNING)
"""Those of every study."""
