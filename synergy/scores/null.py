"""Is the overlap of two strategies more than their lengths, the fields' popularity and the countries give?"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.economy.profiles import popularity
from synergy.scores.lists import Lists
from synergy.scores.pairs import Floats, Pairs
from synergy_graphs.fdr import adjust

# Squared rarities are rounded to whole numbers of which the largest is this, so that the law is exact on a lattice.
STEPS = 50


def similarity_test(lists: Lists, pairs: Pairs, similarity: Floats) -> pd.DataFrame:
    """Return similarity_p and similarity_q per pair.

    Null: each list keeps its number of fields k_r, and draws them without replacement with the odds of its country,
    ``P(list) ~ prod_{f in list} q_gf / (1 - q_gf)``, q the ``popularity`` of the field over the distinct lists;
    two lists are independent. Statistic: the numerator of the similarity, ``T = sum_f s_f`` over the fields both
    name, s_f the squared rarity rounded to whole steps. ``similarity_p`` is P(T >= what is seen), exactly
    (``overlap_tails``). The popularity is the one seen, the pair's own lists included, so that p is held back
    rather than exaggerated: two regions of a small country cannot be told from its fashion.

    ``similarity_q`` is p after Benjamini and Hochberg (1995), each two distinct lists being one test. Both are
    unknown where the similarity is, and where one row of the priorities stands in both lists by inheritance.
    """
    unknown = pd.DataFrame(np.nan, index=range(len(pairs)), columns=["similarity_p", "similarity_q"])
    if lists.profiles.empty:
        return unknown
    p = _p_values(lists)
    shared, _ = pairs.pick(lists.share_a_statement().astype(float))
    at = lists.profiles.index.get_indexer(list(pairs.regions))
    tested = np.flatnonzero((shared == 0) & ~np.isnan(similarity))
    ends = lists.number[at[pairs.a[tested]]], lists.number[at[pairs.b[tested]]]
    low, high = np.minimum(*ends), np.maximum(*ends)
    tests, which = np.unique(low * len(p) + high, return_inverse=True)
    once = p[tests // len(p), tests % len(p)]
    unknown.loc[tested, "similarity_p"] = once[which]
    unknown.loc[tested, "similarity_q"] = adjust(once)[which]
    return unknown


def _p_values(lists: Lists) -> Floats:
    """Return distinct lists x distinct lists: the p-value of their overlap."""
    own, country = lists.profiles.iloc[lists.first], lists.countries.iloc[lists.first]
    q = popularity(own, country)
    held = own.to_numpy() > 0
    # What every list names is on every list under the null too: it is neither a surprise nor a choice.
    open_ = ~held.all(axis=0)
    held, steps = held[:, open_], lattice(lists.rarity.to_numpy()[open_] ** 2)
    odds = q.to_numpy()[:, open_] / (1 - q.to_numpy()[:, open_])
    length, overlap = held.sum(axis=1), (held * steps) @ held.T
    p = np.full(overlap.shape, np.nan)
    members = [np.flatnonzero(country.to_numpy() == name) for name in q.index]
    for g, first in enumerate(members):
        for h, second in enumerate(members[g:], start=g):
            seen = overlap[np.ix_(first, second)]
            tails = overlap_tails(odds[g], odds[h], steps, (length[first].max(), length[second].max()), seen.max())
            p[np.ix_(first, second)] = tails[length[first][:, None], length[second], seen]
            p[np.ix_(second, first)] = p[np.ix_(first, second)].T
    return p


def lattice(weights: Floats) -> NDArray[np.int64]:
    """Return weights as whole numbers, the largest ``STEPS``.

    >>> lattice(np.array([0.0, 0.5, 2.0])).tolist()
    [0, 12, 50]
    """
    most = weights.max(initial=0.0)
    return np.rint(weights * (STEPS / most if most > 0 else 0.0)).astype(np.int64)


def overlap_tails(
    first: Floats, second: Floats, steps: NDArray[np.int64], longest: tuple[int, int], most: int
) -> Floats:
    """Return ``P(T >= t | the lists have k and l fields)`` for all k, l and t: shape (k + 1, l + 1, most + 1).

    Two independent lists hold field f with odds ``first[f]`` and ``second[f]``; T adds ``steps[f]`` for each field
    in both. The joint law of (k, l, T) is built field by field, everything from ``most`` on gathered in one state:
    only sums of products that are not negative, so small tails are as exact as large ones. Conditioning on k and l
    draws k (and l) fields without replacement with those odds, whatever they sum to (conditional Bernoulli
    sampling, Chen, Dempster and Liu 1994). It costs fields x longest^2 x most. NaN where so many fields there are not.

    >>> tails = overlap_tails(np.ones(3), np.ones(3), np.array([1, 1, 1]), (1, 2), 1)
    >>> tails[1, 2].round(3).tolist()
    [1.0, 0.667]
    """
    law = np.zeros((longest[0] + 1, longest[1] + 1, most + 1))
    law[0, 0, 0] = 1.0
    for a, b, step in zip(first, second, steps, strict=True):
        both = a * b * law[:-1, :-1]
        grown = law.copy()
        grown[1:] += a * law[:-1]
        grown[:, 1:] += b * law[:, :-1]
        under = max(most + 1 - int(step), 0)
        grown[1:, 1:, most + 1 - under :] += both[..., :under]
        grown[1:, 1:, most] += both[..., under:].sum(axis=-1)
        law = grown / ((1 + a) * (1 + b))
    tails = np.cumsum(law[..., ::-1], axis=-1)[..., ::-1]
    with np.errstate(invalid="ignore"):
        return np.asarray(np.minimum(tails / tails[..., :1], 1.0))
