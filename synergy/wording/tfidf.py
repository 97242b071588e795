"""The default encoder: concepts of the thesaurus and TF-IDF of character n-grams, in one vector."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from synergy.wording.lexicon import Piece
from synergy.wording.reading import read
from synergy.wording.thesaurus import Concept, thesaurus
from synergy.wording.words import cognate

Floats = NDArray[np.float64]

GENERAL = 0.5
BROADER = 0.3
SPELLING = 0.35
SIZES = (3, 4, 5)
BUCKETS = 2048


class ThesaurusEncoder:
    """Encode texts by what they say and, for the words that the thesaurus lacks, by how they are spelled.

    A text is a bag of pieces (``read``). A piece in a term puts 1/sqrt(k) on each of its k concepts, BROADER times
    that on the concepts one step up, BROADER² two steps up, and so on, and BROADER times on what the words of a phrase
    mean by themselves; what is met twice counts once, the larger; general concepts count GENERAL times. Every piece
    adds its spelling: the unit vector of log(1 + count) x idf over its word-bounded character n-grams, times SPELLING
    if it has a concept (and GENERAL if a general one), times 1 if it has none. idf = 1 + log((1 + N)/(1 + n)), n of
    the N concepts having the n-gram in a term, so that a text's vector does not depend on the other texts. N-grams
    are hashed to BUCKETS places.

    >>> titles = ["Smart factories", "Pametne tovarne", "Weinbau", "42"]
    >>> unit = ThesaurusEncoder().encode(titles)
    >>> (unit @ unit.T).round(1)[:3, :3]
    array([[1. , 0.9, 0. ],
           [0.9, 1. , 0. ],
           [0. , 0. , 1. ]])
    """

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one unit row per text; a text without any word is a row of zeros."""
        raised = _raised()
        names = {concept.name: at for at, concept in enumerate(_concepts())}
        vectors = np.zeros((len(texts), len(names) + BUCKETS))
        said, spelled = vectors[:, : len(names)], vectors[:, len(names) :]
        for row, text in enumerate(texts):
            for piece in read(text).pieces:
                places, values = _spelling(piece.text)
                spelled[row, places] += values * (SPELLING * _weight(piece) if piece.concepts else 1.0)
                for part, share in ((piece, 1.0), *((word, BROADER) for word in piece.within)):
                    for concept in part.concepts:
                        met = raised[names[concept]] * share / np.sqrt(len(part.concepts))
                        np.maximum(said[row], met, out=said[row])
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0))


@cache
def _concepts() -> tuple[Concept, ...]:
    return tuple(concept for concept in thesaurus() if concept.kind != "function")


@cache
def _general() -> frozenset[str]:
    return frozenset(concept.name for concept in _concepts() if concept.kind == "general")


def _weight(piece: Piece) -> float:
    return GENERAL if all(concept in _general() for concept in piece.concepts) else 1.0


@cache
def _raised() -> Floats:
    """Return concepts x concepts: what each one puts on itself and on the broader ones."""
    listed = _concepts()
    at = {concept.name: place for place, concept in enumerate(listed)}
    raised = np.eye(len(listed))
    for concept in listed:
        share, level = 1.0, concept.broader
        while level and share > BROADER**4:
            share *= BROADER
            for name in level:
                raised[at[concept.name], at[name]] = max(raised[at[concept.name], at[name]], share)
            level = tuple(dict.fromkeys(up for name in level for up in listed[at[name]].broader))
    return np.asarray(raised * [GENERAL if concept.kind == "general" else 1.0 for concept in listed])


def _grams(words: Iterable[str]) -> Iterable[int]:
    return chain.from_iterable(map(_word_grams, words))


@cache
def _word_grams(word: str) -> tuple[int, ...]:
    bounded = f" {cognate(word)} "
    return tuple(
        crc32(bounded[start : start + size].encode()) % BUCKETS
        for size in SIZES
        for start in range(len(bounded) - size + 1)
    )


@cache
def _idf() -> Floats:
    held = np.zeros(BUCKETS)
    for concept in _concepts():
        words = {stem.text for listed in concept.terms.values() for term in listed for stem in term}
        held[sorted(set(_grams(words)))] += 1
    return np.asarray(1 + np.log((1 + len(_concepts())) / (1 + held)))


@cache
def _spelling(text: str) -> tuple[NDArray[np.int64], Floats]:
    """Return the places and values of a piece's unit spelling vector."""
    places, counts = np.unique(np.fromiter(_grams(text.split()), dtype=np.int64), return_counts=True)
    values = np.log1p(counts) * _idf()[places]
    return places, values / max(float(np.linalg.norm(values)), 1e-12)
