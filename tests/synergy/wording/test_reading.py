"""Words, thesaurus and reading: what a title says, in whatever language and form it says it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synergy.wording import read
from synergy.wording.lexicon import Lexicon
from synergy.wording.thesaurus import KINDS, LANGUAGES, Concept, parse_term, thesaurus
from synergy.wording.words import cognate, words


def test_words_lose_case_accents_and_punctuation():
    assert words("Œnologie: L'EAU, Straße & Žičnice") == ("oenologie", "l", "eau", "strasse", "zicnice")
    assert words("—… ·") == ()


@given(st.text())
def test_folding_twice_changes_nothing(text):
    once = words(text)
    assert words(" ".join(once)) == once


@pytest.mark.parametrize(
    "alike", [("photonik", "fotonik"), ("mechatronik", "mehatronik"), ("cristal", "kristal"), ("energy", "energi")]
)
def test_cognates_are_spelled_alike(alike):
    assert len({cognate(word) for word in alike}) == 1


def test_the_thesaurus_is_whole():
    concepts = thesaurus()
    names = Counter(concept.name for concept in concepts)
    assert names.most_common(1)[0][1] == 1
    for concept in concepts:
        assert concept.kind in KINDS
        assert set(concept.broader) <= set(names)
        for language in LANGUAGES:
            terms = concept.terms[language]
            assert terms, f"{concept.name} has no {language} term"
            assert len(set(terms)) == len(terms), f"{concept.name} says a {language} term twice"
            for stem in (stem for term in terms for stem in term):
                assert words(stem.text) == (stem.text,), f"{concept.name}: {stem.text} is not folded"
    assert sum(concept.kind == "field" for concept in concepts) > 300
    assert sum(len(concept.terms[language]) for concept in concepts for language in LANGUAGES) > 9_000


def test_the_thesaurus_has_no_circle():
    broader = {concept.name: concept.broader for concept in thesaurus()}

    def climb(name, path):
        assert name not in path, f"{name} lies in itself: {path}"
        for above in broader[name]:
            climb(above, (*path, name))

    for name in broader:
        climb(name, ())


@pytest.mark.parametrize(
    ("text", "language", "concepts"),
    [
        ("Wasserstoffwirtschaft", "de", ("hydrogen", "economy")),
        ("Leichtbauwerkstoffe", "de", ("lightweight", "materials")),
        ("Pametne tovarne in gozdno-lesna veriga", "sl", ("industry-4-0", "forestry", "wood", "value-chain")),
        ("Forêts et métiers du bois", "fr", ("forestry", "employment", "wood")),
        ("Gestione delle acque reflue", "it", ("management", "wastewater")),
        ("obnovljivih virov", "sl", ("renewable-energy",)),
        ("Les", "sl", ("wood",)),  # in French an article
    ],
)
def test_inflections_compounds_and_phrases_are_found(text, language, concepts):
    reading = read(text)
    assert reading.concepts == concepts
    assert reading.language == language


def test_a_borrowed_word_is_looked_up_in_the_other_languages():
    assert "blockchain" in read("Sicherheit durch smart contracts und distributed ledger").concepts


def test_what_is_in_no_term_stays_as_it_is():
    assert [(piece.text, piece.concepts) for piece in read("Qwrtz").pieces] == [("qwrtz", ())]
    assert read("").pieces == read("und der die").pieces == ()


CONCEPTS = (
    Concept("stop", "function", (), {"de": (parse_term("und"),)}),
    Concept("wood", "field", (), {"de": (parse_term("holz*"),)}),
    Concept("timber", "field", (), {"de": (parse_term("holzbau*"),)}),
    Concept("sheet", "field", (), {"de": (parse_term("blatt"),)}),
    Concept("wood sheet", "field", (), {"de": (parse_term("holz* und blatt"),)}),
)


def test_the_longest_term_wins_and_whole_words_end_where_they_end():
    lexicon = Lexicon.of(CONCEPTS, "de")
    assert [part.concepts for part in lexicon.parts("holzbauten")] == [("timber",)]
    assert [part.concepts for part in lexicon.parts("holzblatt")] == [("wood",), ("sheet",)]
    assert [part.concepts for part in lexicon.parts("blattholz")] == []  # 'blatt' is no truncation; 'holz' is short
    assert [part.concepts for part in lexicon.parts("urholzbau")] == [("timber",)]
    assert lexicon.phrase(["holzig", "blatt"], 0) == (2, ("wood sheet",))
    assert lexicon.phrase(["blatt", "holz"], 0) == (0, ())
