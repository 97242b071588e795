"""Which quote characters open and close fields, and which stand where none may stand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int64]

_COMMA, _LF, _CR, _QUOTE = 44, 10, 13, 34


def sort_quotes(data: bytes) -> tuple[Positions, Positions]:
    """Return the positions of the quotes that count, and of the stray ones.

    Those that count come in turns: opening, closing (a doubled quote closes and opens again), so that a
    position is inside a field exactly when an odd number of them stands before it. ``data`` begins outside.

    >>> [found.tolist() for found in sort_quotes(b'a,"b ""c",d"e')]
    [[2, 5, 6, 8], [11]]
    """
    raw = np.frombuffer(data, np.uint8)
    quotes: Positions = np.flatnonzero(raw == _QUOTE)
    if not quotes.size or _regular(raw, quotes):
        return quotes, quotes[:0]
    return _one_by_one(data, quotes.tolist())


def _regular(raw: NDArray[np.uint8], quotes: Positions) -> bool:
    """Whether simply taking turns is right: each opens after a delimiter and closes before one."""
    around = (_COMMA, _LF, _CR, _QUOTE)
    opening, closing = quotes[0::2], quotes[1::2]
    before = raw[opening[opening > 0] - 1]
    after = raw[closing[closing < raw.size - 1] + 1]
    return bool(np.isin(before, around).all() and np.isin(after, around).all())


def _one_by_one(data: bytes, quotes: list[int]) -> tuple[Positions, Positions]:
    kept: list[int] = []
    stray: list[int] = []
    inside = False
    skip = -1
    for at in quotes:
        if at == skip:
            continue
        if not inside:
            if at == 0 or data[at - 1] in b",\n\r":
                kept.append(at)
                inside = True
            else:
                stray.append(at)
            continue
        after = data[at + 1] if at + 1 < len(data) else _LF
        if after == _QUOTE:
            kept += [at, at + 1]
            skip = at + 1
            continue
        # A quote followed by text ends the field here: the damage then stays within one record.
        kept.append(at)
        inside = False
        if after not in b",\n\r":
            stray.append(at)
    return np.array(kept, np.int64), np.array(stray, np.int64)
