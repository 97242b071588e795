"""Frames as plain values, for pages and JSON."""

from __future__ import annotations

from typing import Any

import pandas as pd


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows of plain values, floats to six decimals; everything missing becomes None.

    >>> plain_rows(pd.DataFrame({"a": [0.12345678, None], "n": pd.array([1, None], dtype="Int64")}))
    [{'a': 0.123457, 'n': 1}, {'a': None, 'n': None}]
    """
    plain = frame.astype(object).where(frame.notna(), None)
    return [{key: _value(value) for key, value in row.items()} for row in plain.to_dict("records")]


def _value(value: Any) -> Any:
    plain = value.item() if hasattr(value, "item") else value
    return round(plain, 6) if isinstance(plain, float) else plain
