"""What a file's bytes look like when they are not UTF-8."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def wide_encoding(head: bytes) -> str | None:
    """Return UTF-16 or UTF-32 when the first bytes look like it, by their mark or by every other byte being 0.

    >>> wide_encoding("name".encode("utf-16")), wide_encoding(b"name")
    ('UTF-16', None)
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    sample = head[:400]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    return "UTF-16" if min(even, odd) == 0 and max(even, odd) > 0.7 * half else None


def narrow_encoding(record: bytes) -> str:
    """Name what a record that is not UTF-8 looks like.

    >>> narrow_encoding("Kärnten".encode("latin-1")), narrow_encoding("50 €".encode("cp1252"))
    ('Latin-1 (ISO 8859-1) or Windows-1252', 'Windows-1252')
    """
    high = {byte for byte in record if byte >= 0x80}
    if all(byte >= 0xA0 for byte in high):
        return "Latin-1 (ISO 8859-1) or Windows-1252"
    if high & {0x81, 0x8D, 0x8F, 0x90, 0x9D}:
        return "neither UTF-8 nor Windows-1252"
    return "Windows-1252"
