"""The thesaurus: what smart specialisation speaks of, in five languages; the words were chosen by us.

``thesaurus.csv`` has one row per concept: its kind (``field``, ``general`` for words that say little of a field,
``function`` for articles and the like), the broader concepts, and its terms per language, separated by ``;`` and
written as ``words`` folds them. A term's word that ends in ``*`` is truncated, as in a library catalogue: it stands
for every word that begins so.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

LANGUAGES = ("en", "de", "fr", "it", "sl")
KINDS = ("field", "general", "function")


class Stem(NamedTuple):
    """One word of a term; ``open``: any word that begins so."""

    text: str
    open: bool

    def fits(self, word: str) -> bool:
        """Return whether the stem stands for a folded word."""
        return word.startswith(self.text) if self.open else word == self.text


Term = tuple[Stem, ...]


@dataclass(frozen=True)
class Concept:
    """One concept: its terms per language, its kind and the broader concepts one step up."""

    name: str
    kind: str
    broader: tuple[str, ...]
    terms: Mapping[str, tuple[Term, ...]]


@cache
def thesaurus() -> tuple[Concept, ...]:
    """Return every concept of the thesaurus, in the order of the file.

    >>> hydrogen = next(concept for concept in thesaurus() if concept.name == "hydrogen")
    >>> hydrogen.kind, hydrogen.broader, hydrogen.terms["de"][0]
    ('field', ('energy',), (Stem(text='wasserstoff', open=True),))
    >>> len(thesaurus()) > 400
    True
    """
    text = files(__package__).joinpath("thesaurus.csv").read_text(encoding="utf-8")
    return tuple(
        Concept(
            row["concept"],
            row["kind"],
            tuple(split(row["broader"])),
            {language: tuple(parse_term(term) for term in split(row[language])) for language in LANGUAGES},
        )
        for row in csv.DictReader(text.splitlines())
    )


def split(cell: str) -> list[str]:
    """Return the ``;``-separated parts of a cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def parse_term(term: str) -> Term:
    """Return the stems of a term.

    >>> parse_term("pametn* tovarn*"), parse_term("ski")
    ((Stem(text='pametn', open=True), Stem(text='tovarn', open=True)), (Stem(text='ski', open=False),))
    """
    return tuple(Stem(part.rstrip("*"), part.endswith("*")) for part in re.findall(r"\w+\*?", term))
