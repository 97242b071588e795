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

    The language is the one whose terms and function words cover most of the letters (on a tie: whose terms do, then
    the first of ``LANGUAGES``). What that language does not know is looked up in the others: strategies borrow words.

    >>> read("Nachhaltige Holzbau- und Leichtbauwerkstoffe").concepts
    ('sustainability', 'timber-construction', 'lightweight', 'materials')
    >>> phrase = read("Pametne tovarne").pieces[0]
    >>> phrase.text, phrase.concepts, [part.concepts for part in phrase.within]
    ('pametne tovarne', ('industry-4-0',), [('smart',), ('manufacturing',)])
    """
    given = words(text)
    own = max(_lexicons(), key=lambda lexicon: _covered(lexicon, given))
    order = (own, *(lexicon for lexicon in _lexicons() if lexicon is not own))
    said = [word for word in given if not own.is_function(word)]
    pieces: list[Piece] = []
    at = 0
    while at < len(said):
        for lexicon in order:
            length, concepts = lexicon.phrase(said, at)
            if length:
                phrase = said[at : at + length]
                within = tuple(part for word in phrase for part in _word(word, order) if part.concepts)
                pieces.append(Piece(" ".join(phrase), concepts, within))
                at += length
                break
        else:
            pieces.extend(_word(said[at], order))
            at += 1
    return Reading(own.language, tuple(pieces))


def _covered(lexicon: Lexicon, given: tuple[str, ...]) -> tuple[int, int]:
    """Return how many letters are in words of the language, and how many in its terms."""
    terms = sum(len(word) for word in given if lexicon.parts(word))
    function = sum(len(word) for word in given if lexicon.is_function(word) and not lexicon.parts(word))
    return terms + function, terms


def _word(word: str, order: tuple[Lexicon, ...]) -> tuple[Piece, ...]:
    own, *others = order
    if own.parts(word):
        return own.parts(word)
    for lexicon in others:
        found = lexicon.parts(word)
        if found and len(found[0].text) >= SHORTEST_FOREIGN:
            return found
    return () if any(lexicon.is_function(word) for lexicon in others) else (Piece(word),)
