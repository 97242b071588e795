"""How alike the priorities of two regions are, by their titles and by their codes, and which title met which."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy.sparse as sp

from synergy.errors import UnknownName
from synergy.tables.located import Located
from synergy.wording.codes import code_list_similarity
from synergy.wording.encoder import Encoder, encoded
from synergy.wording.sets import set_similarity

DIGITS = 6


def priority_similarity(located: Located, encoder: Encoder | None = None) -> pd.DataFrame:
    """Return one row per unordered pair of analysed regions: region_a, region_b, text, codes.

    ``text``: similarity of the two lists of titles, ``1/2 [mean_a max_b cos + mean_b max_a cos]``, every row of
    ``Located.declared`` counting once, so an inherited strategy counts as the region's own, with the default encoder
    (thesaurus and character TF-IDF) or the one given. ``codes``: ``code_list_similarity`` of the fields declared,
    horizontal ones left out. Both 0 to 1 (``text`` may fall below 0 with a centred sentence encoder), and NaN where a
    strategy is unknown or has no words or codes. Two regions that inherit one strategy have 1.

    >>> from synergy.tables.read import load
    >>> pairs = priority_similarity(Located(load("data/alpine")))
    >>> len(pairs), pairs.columns.tolist()
    (861, ['region_a', 'region_b', 'text', 'codes'])
    """
    ids = list(located.places.regions)
    a, b = np.triu_indices(len(ids), k=1)
    region = np.array(ids, dtype=object)
    return pd.DataFrame(
        {
            "region_a": region[a],
            "region_b": region[b],
            "text": _text(located, ids, encoder)[a, b].round(DIGITS),
            "codes": _codes(located, ids)[a, b].round(DIGITS),
        }
    )


def best_matches(located: Located, region_a: str, region_b: str, encoder: Encoder | None = None) -> pd.DataFrame:
    """Return for each title of either region the one of the other that it is nearest to: the terms of ``text``.

    Columns: region_id, priority_id, title, basis, row, match_region_id, match_priority_id, match_title, match_row,
    similarity; ``row`` is the row of the priorities table, ``basis`` says whether it is the region's own or inherited.
    First the titles of ``region_a``, each side by falling similarity. ``text`` of the pair is the mean of the two
    sides' means. Empty when either side has no title with words. Raises ``UnknownName``.

    >>> from synergy.tables.read import load
    >>> matches = best_matches(Located(load("data/alpine")), "AT31", "DE11")
    >>> matches[["title", "match_title", "similarity"]].head(1).values.tolist()
    [['Digital', 'Digital', 1.0]]
    """
    for region in (region_a, region_b):
        if region not in located.places.regions:
            raise UnknownName("analysed region", region, located.places.regions)
    titles = _titles(located)
    sides = [titles[titles["region_id"] == region].reset_index(drop=True) for region in (region_a, region_b)]
    vectors = [encoded(side["title"].tolist(), encoder) for side in sides]
    told = [(side != 0).any(axis=1) for side in vectors]
    sides = [side[has_words].reset_index(drop=True) for side, has_words in zip(sides, told, strict=True)]
    near = vectors[0][told[0]] @ vectors[1][told[1]].T
    if not near.size:
        return _matched(sides[0][:0], sides[1][:0], np.empty(0))
    ways = ((sides[0], sides[1], near), (sides[1], sides[0], near.T))
    return pd.concat(
        [_matched(own, other.iloc[n.argmax(axis=1)], n.max(axis=1)) for own, other, n in ways], ignore_index=True
    )


def _matched(own: pd.DataFrame, other: pd.DataFrame, similarity: np.ndarray) -> pd.DataFrame:
    there = ["region_id", "priority_id", "title", "row"]
    counterpart = other[there].add_prefix("match_").reset_index(drop=True)
    frame = pd.concat([own[["region_id", "priority_id", "title", "basis", "row"]], counterpart], axis=1)
    frame["similarity"] = np.asarray(similarity, dtype=float).round(DIGITS)
    return frame.sort_values(["similarity", "row"], ascending=[False, True], kind="stable").reset_index(drop=True)


def _titles(located: Located) -> pd.DataFrame:
    return located.declared.assign(title=located.declared["row"].map(located.study["priorities"]["title"]))


def _text(located: Located, ids: list[str], encoder: Encoder | None) -> np.ndarray:
    rows = _titles(located)
    texts = sorted(set(rows["title"]))
    vectors = encoded(texts, encoder)
    rows = rows[(vectors != 0).any(axis=1)[pd.Index(texts).get_indexer(rows["title"])]]
    each = 1 / rows.groupby("region_id")["title"].transform("size").to_numpy(dtype=float)
    at = (pd.Index(ids).get_indexer(rows["region_id"]), pd.Index(texts).get_indexer(rows["title"]))
    shares = sp.csr_array((each, at), shape=(len(ids), len(texts)))
    return set_similarity(shares, lambda asked: vectors[asked] @ vectors.T)


def _codes(located: Located, ids: list[str]) -> np.ndarray:
    declared = located.declared.groupby("region_id")["fields"].sum().to_dict()
    horizontal = located.fields.horizontal
    lists = [[code for code in declared.get(region, ()) if code not in horizontal] for region in ids]
    return code_list_similarity(lists, located.fields)
