"""Wording and codes: how alike two priorities are by what they are called, in any language, and by their codes.

Every name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synergy.wording.codes import code_list_similarity, code_similarity
    from synergy.wording.encoder import Encoder, JoinedEncoder, default_encoder
    from synergy.wording.priorities import best_matches, priority_similarity
    from synergy.wording.reading import read
    from synergy.wording.sentence import SentenceEncoder, multilingual_encoder
    from synergy.wording.sets import set_similarity
    from synergy.wording.tfidf import ThesaurusEncoder

_HOME = {
    "Encoder": "encoder",
    "JoinedEncoder": "encoder",
    "SentenceEncoder": "sentence",
    "ThesaurusEncoder": "tfidf",
    "best_matches": "priorities",
    "code_list_similarity": "codes",
    "code_similarity": "codes",
    "default_encoder": "encoder",
    "multilingual_encoder": "sentence",
    "priority_similarity": "priorities",
    "read": "reading",
    "set_similarity": "sets",
}

__all__ = [
    "Encoder",
    "JoinedEncoder",
    "SentenceEncoder",
    "ThesaurusEncoder",
    "best_matches",
    "code_list_similarity",
    "code_similarity",
    "default_encoder",
    "multilingual_encoder",
    "priority_similarity",
    "read",
    "set_similarity",
]


def __getattr__(name: str) -> Any:
    try:
        home = _HOME[name]
    except KeyError:
        raise AttributeError(f"module 'synergy.wording' has no attribute {name!r}") from None
    return getattr(import_module(f"synergy.wording.{home}"), name)
