"""What turns texts into vectors whose cosines are their similarity: one protocol, and the encoder used by default."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from synergy.errors import UsageError

# A float32 model's unit is not exactly one.
TOLERANCE = 1e-3


class Encoder(Protocol):
    """Anything that encodes texts: ``ThesaurusEncoder``, ``SentenceEncoder``, or one of your own."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return one row per text, of unit length; zeros for a text that says nothing."""
        ...


@cache
def default_encoder() -> Encoder:
    """Return the encoder that needs nothing installed: thesaurus and character TF-IDF."""
    from synergy.wording.tfidf import ThesaurusEncoder

    return ThesaurusEncoder()


class JoinedEncoder:
    """Several encoders as one: the cosine of two texts is the mean of their cosines in each.

    >>> joined = JoinedEncoder(default_encoder(), default_encoder())
    >>> joined.encode(["Hydrogen", "…"]).any(axis=1).tolist()
    [True, False]
    """

    def __init__(self, *encoders: Encoder) -> None:
        self._encoders = encoders

    def encode(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return the encoders' rows side by side, of unit length."""
        side_by_side = np.hstack([encoded(texts, encoder) for encoder in self._encoders])
        length = np.linalg.norm(side_by_side, axis=1, keepdims=True)
        return np.asarray(np.divide(side_by_side, length, out=np.zeros_like(side_by_side), where=length > 0))


def encoded(texts: Sequence[str], encoder: Encoder | None = None) -> NDArray[np.float64]:
    """Return the vectors of texts, checked: one finite row each, of length one or zero.

    Raises ``UsageError`` when an encoder does not keep to that.

    >>> encoded(["Hydrogen", "Wasserstoff", "…"]).any(axis=1).tolist()
    [True, True, False]
    """
    vectors = np.asarray((encoder or default_encoder()).encode(texts), dtype=np.float64)
    if vectors.ndim != 2 or len(vectors) != len(texts):
        raise UsageError(f"the encoder gave an array of shape {vectors.shape} for {len(texts)} texts: one row each")
    length = np.linalg.norm(vectors, axis=1)
    wrong = ~((np.abs(length - 1) < TOLERANCE) | (length == 0))
    if wrong.any():
        at = int(np.argmax(wrong))
        raise UsageError(f"the encoder gave {texts[at]!r} a vector of length {length[at]:g}: 1 or 0 expected")
    return vectors
