"""The questionnaire on paper: a page to print and a Markdown text, in any language the instrument has."""

from __future__ import annotations

from functools import cache
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined

from synergy.errors import UnknownName, UsageError
from synergy.survey.instrument import Instrument, load_instrument

Form = Literal["html", "markdown"]
FORMS = ("html", "markdown")

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "region": "Your region", "stakeholder": "You answer as", "statement": "Statement",
        "important": "And how important is it?", "scale": "Scale", "once": "Mark one number per line.",
        "privacy": "Please write no name: answers are evaluated in groups only.",
    },
    "de": {
        "region": "Ihre Region", "stakeholder": "Sie antworten als", "statement": "Aussage",
        "important": "Und wie wichtig ist es?", "scale": "Skala", "once": "Bitte eine Zahl je Zeile ankreuzen.",
        "privacy": "Bitte keinen Namen angeben: ausgewertet wird nur in Gruppen.",
    },
    "fr": {
        "region": "Votre région", "stakeholder": "Vous répondez en tant que", "statement": "Affirmation",
        "important": "Et quelle en est l'importance ?", "scale": "Échelle", "once": "Cochez un chiffre par ligne.",
        "privacy": "N'indiquez pas votre nom : les réponses sont exploitées par groupes seulement.",
    },
    "it": {
        "region": "La sua regione", "stakeholder": "Risponde come", "statement": "Affermazione",
        "important": "E quanto è importante?", "scale": "Scala", "once": "Segnare un numero per riga.",
        "privacy": "Non indicare il nome: le risposte sono valutate solo per gruppi.",
    },
    "sl": {
        "region": "Vaša regija", "stakeholder": "Odgovarjate kot", "statement": "Trditev",
        "important": "In kako pomembno je to?", "scale": "Lestvica", "once": "V vsaki vrstici označite eno številko.",
        "privacy": "Ne navajajte imena: odgovori se obdelujejo le po skupinah.",
    },
}  # fmt: skip
"""What the page itself says; English where a language is not here."""


def questionnaire(instrument: Instrument | None = None, language: str | None = None, form: Form = "html") -> str:
    """Return the questionnaire to print: a self-contained HTML page, or Markdown.

    Every item is asked under its code, which is the name of its column when the answers are typed in. Texts that are
    not translated into ``language`` stand in the instrument's own, and are marked as such in the page. Raises
    UnknownName for a language that the instrument does not have, UsageError for another form.

    >>> print(questionnaire(form="markdown").splitlines()[0])
    # StressTest: clusters and smart specialisation
    >>> print(questionnaire(language="de", form="markdown").splitlines()[0])
    # StressTest: Cluster und intelligente Spezialisierung
    """
    chosen = instrument or load_instrument()
    language = language or chosen.language
    if language not in chosen.languages:
        raise UnknownName("language of the questionnaire", language, chosen.languages)
    if form not in FORMS:
        raise UsageError(f"a questionnaire is printed as {' or '.join(FORMS)}, not {form!r}")
    template = _environment(form == "html").get_template(f"questionnaire.{'html' if form == 'html' else 'md'}.j2")
    return template.render(i=chosen, language=language, words=WORDS.get(language, WORDS["en"]), blocks=_blocks(chosen))


def _blocks(instrument: Instrument) -> list[dict[str, object]]:
    """Return what is asked, area by area: the items of each direction, then their importance."""
    items = instrument.items
    return [
        {
            "area": title,
            "directions": [
                (instrument.directions[way], [items[code] for code in codes])
                for (home, way), codes in instrument.cells.items()
                if home == area
            ],
            "important": [items[code] for code, _ in instrument.pairs if items[code].area == area],
        }
        for area, title in instrument.areas.items()
    ]


@cache
def _environment(escape: bool) -> Environment:
    return Environment(
        loader=PackageLoader("synergy.survey"), autoescape=escape, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
