"""The thesaurus in one language, arranged for finding: which terms a text holds, whole phrases before single words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from synergy.wording.thesaurus import Concept, Stem, Term

# Within a word a part may begin right after another one or after these many linking letters (Produktion-s-technik),
# and in a language of compounds anywhere, if it is long enough not to be met by chance.
LINK = 2
SHORTEST_NEXT = 3
SHORTEST_WITHIN = 5


@dataclass(frozen=True)
class Piece:
    """A part of a text and the concepts whose term it is; no concept: it is in no term.

    ``within``: the terms that the words of a phrase are by themselves.
    """

    text: str
    concepts: tuple[str, ...] = ()
    within: tuple[Piece, ...] = ()


@dataclass(eq=False)
class Lexicon:
    """The terms of one language; ``compounds``: words are written together, as in German."""

    language: str
    compounds: bool
    _function: tuple[Stem, ...] = ()
    _open: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _closed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _phrases: dict[str, list[tuple[Term, str]]] = field(default_factory=dict)
    _parts: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    _is_function: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, concepts: Iterable[Concept], language: str) -> Lexicon:
        """Arrange the terms of one language."""
        listed = tuple(concepts)
        function = tuple(term[0] for c in listed if c.kind == "function" for term in c.terms[language])
        lexicon = cls(language, language == "de", function)
        for concept in listed:
            if concept.kind != "function":
                for term in concept.terms[language]:
                    lexicon._add(term, concept.name)
        return lexicon

    def _add(self, term: Term, concept: str) -> None:
        # Function words are left out of texts before phrases are looked for, so they are left out of terms too.
        said = tuple(stem for stem in term if stem.open or not self.is_function(stem.text)) or term
        if len(said) > 1:
            self._phrases.setdefault(said[0].text, []).append((said, concept))
            return
        held = self._open if said[0].open else self._closed
        held[said[0].text] = tuple(sorted({*held.get(said[0].text, ()), concept}))

    def is_function(self, word: str) -> bool:
        """Return whether a folded word is an article, a preposition or the like."""
        known = self._is_function.get(word)
        if known is None:
            known = self._is_function[word] = any(stem.fits(word) for stem in self._function)
        return known

    def phrase(self, words: Sequence[str], at: int) -> tuple[int, tuple[str, ...]]:
        """Return the length in words of the longest phrase that begins at a word, and its concepts; 0 if none does."""
        best, concepts = (0, 0), set[str]()
        first = words[at]
        for end in range(len(first), 0, -1):
            for term, concept in self._phrases.get(first[:end], ()):
                here = words[at : at + len(term)]
                if len(here) == len(term) and all(stem.fits(word) for stem, word in zip(term, here, strict=True)):
                    size = (len(term), sum(len(stem.text) for stem in term))
                    if size > best:
                        best, concepts = size, {concept}
                    elif size == best:
                        concepts.add(concept)
        return best[0], tuple(sorted(concepts))

    def parts(self, word: str) -> tuple[Piece, ...]:
        """Return the terms that a folded word is made of, from left to right, the longest first.

        >>> from synergy.wording.thesaurus import thesaurus
        >>> [part.text for part in Lexicon.of(thesaurus(), "de").parts("brettsperrholzindustrie")]
        ['brettsperrholz', 'industri']
        >>> Lexicon.of(thesaurus(), "sl").parts("vodikovo")
        (Piece(text='vodikov', concepts=('hydrogen',), within=()),)
        """
        found = self._parts.get(word)
        if found is None:
            found = self._parts[word] = tuple(self._cut(word))
        return found

    def _cut(self, word: str) -> list[Piece]:
        found: list[Piece] = []
        at = end = 0
        while at < len(word):
            piece = self._longest(word, at)
            adjoins = bool(found) and at - end <= LINK
            shortest = 1 if at == 0 else SHORTEST_NEXT if adjoins else SHORTEST_WITHIN
            if piece and len(piece.text) >= shortest and (at == 0 or adjoins or self.compounds):
                found.append(piece)
                at = end = at + len(piece.text)
            elif not found and not self.compounds:
                break
            else:
                at += 1
        return found

    def _longest(self, word: str, at: int) -> Piece | None:
        """Return the longest term that begins here: a truncated one, or a whole one that also ends the word."""
        for end in range(len(word), at + 1, -1):
            text = word[at:end]
            concepts = {*self._open.get(text, ()), *(self._closed.get(text, ()) if end == len(word) else ())}
            if concepts:
                return Piece(text, tuple(sorted(concepts)))
        return None
