"""Words as they are compared: without case, accents and punctuation, and spelled as their cognates are."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
# Greek and Latin roots are spelled alike once these are gone: photonics Photonik fotonica, mechatronics meccatronica.
_COGNATES = (
    ("ph", "f"), ("th", "t"), ("ch", "h"), ("qu", "k"), ("ck", "k"), ("x", "ks"), ("y", "i"), ("c", "k"), ("j", "i"),
    ("w", "v"), ("z", "s"),
)  # fmt: skip


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in their order, folded.

    >>> words("L'énergie & Weißwein, CO₂-arm: Čebelarstvo 4.0")
    ('l', 'energie', 'weisswein', 'co2', 'arm', 'cebelarstvo', '4', '0')
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_LIGATURES))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(re.findall(r"[^\W_]+", bare.casefold()))


def cognate(word: str) -> str:
    """Return a folded word in one spelling for the roots that European languages share.

    >>> {cognate(word) for word in ("photonik", "fotonik")}, cognate("meccatronica"), cognate("technique")
    ({'fotonik'}, 'mekatronika', 'tehnike')
    """
    for given, plain in _COGNATES:
        word = word.replace(given, plain)
    return re.sub(r"(.)\1", r"\1", word)
