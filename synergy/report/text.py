"""Values as text for people: one clean line, 'unknown' for what is missing, inert in Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sized

# Signs that would turn the text around them: explicit embeddings, overrides and isolates.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MARKUP = re.compile(r"[\\`*_\[\]|#!~$@{}]|(?<=:)//|(?i:(?<=\bwww)\.)")


def harmless(text: str) -> str:
    r"""Return text without control signs, lone surrogates and signs that turn what follows; white space becomes spaces.

    >>> harmless(" Salz\nburg\x01\u202e")
    ' Salz burg'
    """
    if text.isascii() and text.isprintable():
        return text
    spaced = (" " if sign.isspace() else sign for sign in text)
    return "".join(sign for sign in spaced if sign not in TURNING and unicodedata.category(sign) not in ("Cc", "Cs"))


def one_line(value: object) -> str:
    r"""Return harmless text in one line, with single spaces.

    >>> one_line("Salz\n  burg ")
    'Salz burg'
    """
    return " ".join(harmless(str(value)).split())


def number(value: float | None, digits: int = 2) -> str:
    """Return a number for people, 'unknown' when it is missing.

    >>> number(0.5), number(-0.001), number(-1.5), number(None)
    ('0.50', '0.00', '−1.50', 'unknown')
    """
    return "unknown" if value is None else f"{value:z.{digits}f}".replace("-", "−")


def whole(value: float | None) -> str:
    """Return a count for people, 'unknown' when it is missing.

    >>> whole(1200), whole(None)
    ('1,200', 'unknown')
    """
    return "unknown" if value is None else f"{int(value):,}"


def figure(value: float | None) -> str:
    """Return a number with the decimals it needs, at most two; 'unknown' when it is missing.

    >>> figure(1200.0), figure(0.5), figure(None)
    ('1,200', '0.5', 'unknown')
    """
    return "unknown" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")


def signed(value: float, digits: int | None = None) -> str:
    """Return a change with its sign, with so many decimals or those it needs.

    >>> signed(3), signed(-0.5), signed(0), signed(1.6, 2)
    ('+3', '−0.5', '0', '+1.60')
    """
    size = figure(abs(value)) if digits is None else number(abs(value), digits)
    return size if value == 0 else ("+" if value > 0 else "−") + size


def counted(value: Sized | int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    >>> counted(1, "region"), counted(["a", "b"], "country", "countries")
    ('1 region', '2 countries')
    """
    count = value if isinstance(value, int) else len(value)
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def markdown_text(value: object) -> str:
    r"""Return text in which nothing is Markdown, HTML or a formula.

    >>> print(markdown_text("<b>*x*|y</b>\n$z$ http://a"))
    &lt;b&gt;\*x\*\|y&lt;/b&gt; \$z\$ http:\//a
    """
    text = one_line(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return MARKUP.sub(lambda found: "\\" + found.group(), text)
