"""What a text says in the concepts of the thesaurus, found whatever language it is in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from synergy.wording.lexicon import Lexicon, Piece
from synergy.wording.thesaurus import LANGUAGES, thesaurus
from synergy.wording.words import words

# A shorter term of another language is as likely a word of the text's own.
SHORTEST_FOREIGN = 4


@dataclass(frozen=True)
class Reading:
    """A text cut into pieces: the terms it holds and the words that are in no term, without function words."""

    language: str
    pieces: tuple[Piece, ...]

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts met, each once, in the order of the text."""
        return tuple(dict.fromkeys(concept for piece in self.pieces for concept in piece.concepts))


@cache
def _lexicons() -> tuple[Lexicon, ...]:
    return tuple(Lexicon.of(thesaurus(), language) for language in LANGUAGES)


def read(text: str) -> Reading:
    """Cut a text into terms and other words: phrases first, then words, compounds taken apart.

    The language is the one whose terms and function words cover most of the letters (the first of ``LANGUAGES`` on
    a tie). What that language does not know is looked up in the others: strategies borrow words.

    >>> read("Nachhaltige Holzbau- und Leichtbauwerkstoffe").concepts
    ('sustainability', 'timber-construction', 'lightweight', 'materials')
    >>> read("Pametne tovarne")
    Reading(language='sl', pieces=(Piece(text='pametne tovarne', concepts=('industry-4-0',)),))
    """
    given = words(text)
    own = max(_lexicons(), key=lambda lexicon: sum(len(word) for word in given if _covers(lexicon, word)))
    order = (own, *(lexicon for lexicon in _lexicons() if lexicon is not own))
    said = [word for word in given if not own.is_function(word)]
    pieces: list[Piece] = []
    at = 0
    while at < len(said):
        for lexicon in order:
            length, concepts = lexicon.phrase(said, at)
            if length:
                pieces.append(Piece(" ".join(said[at : at + length]), concepts))
                at += length
                break
        else:
            pieces.extend(_word(said[at], order))
            at += 1
    return Reading(own.language, tuple(pieces))


def _covers(lexicon: Lexicon, word: str) -> bool:
    return lexicon.is_function(word) or bool(lexicon.parts(word))


def _word(word: str, order: tuple[Lexicon, ...]) -> tuple[Piece, ...]:
    own, *others = order
    if own.parts(word):
        return own.parts(word)
    for lexicon in others:
        found = lexicon.parts(word)
        if found and len(found[0].text) >= SHORTEST_FOREIGN:
            return found
    return (Piece(word),)
