"""Words that alignment, scheme and call share."""

from __future__ import annotations

from collections.abc import Sequence

UNKNOWN = "unknown"
CENTS = 100


def days_words(days: float) -> str:
    """Return a number of days for people.

    >>> days_words(28), days_words(1), days_words(27.71)
    ('28 days', '1 day', '27.7 days')
    """
    text = f"{days:.1f}".removesuffix(".0")
    return f"{text} {'day' if text == '1' else 'days'}"


def listing(names: Sequence[str], most: int = 4) -> str:
    """Return names as a sentence has them, a long list cut.

    >>> listing(["a", "b", "c"]), listing(list("abcdef"))
    ('a, b and c', 'a, b, c, d and 2 more')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def rough(amount: float) -> str:
    """Return an amount to three digits, for what is not known better.

    >>> rough(2186388.02), rough(0.36083), rough(0)
    ('2,190,000', '0.36', '0')
    """
    return f"{float(f'{amount:.3g}'):,.2f}".removesuffix(".00")


def euro(cents: int | None) -> str:
    """Return an amount for people, in whole euro where it has no cents.

    >>> euro(123456789), euro(50000000), euro(None)
    ('1,234,567.89', '500,000', 'unknown')
    """
    return UNKNOWN if cents is None else f"{cents / CENTS:,.2f}".removesuffix(".00")
