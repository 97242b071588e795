"""Tables for a spreadsheet: CSV that shows every sign right, and in which no text becomes a formula."""

from __future__ import annotations

import re

import pandas as pd

from synergy.report.text import one_line

# A cell that begins so is a formula to a spreadsheet; so is what follows a semicolon where semicolons part cells.
FORMULA = re.compile("(^|[;\t][ ]*)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])")
MARK = "\ufeff"
"""Byte order mark: without it a spreadsheet takes UTF-8 for something else."""


def spreadsheet(frame: pd.DataFrame) -> str:
    """Return a frame as CSV text for spreadsheets: byte order mark, LF, missing empty, one line a cell.

    Numbers stay numbers, a negative one too; text that a spreadsheet would take for a formula gets an apostrophe
    before it, as OWASP advises.

    >>> spreadsheet(pd.DataFrame({"what": ["=1+1", None], "change": [-2, 3]})).removeprefix(MARK)
    "what,change\\n'=1+1,-2\\n,3\\n"
    """
    safe = frame.astype(object).map(_cell)
    return MARK + str(safe.to_csv(index=False, lineterminator="\n"))


def _cell(value: object) -> object:
    return FORMULA.sub(r"\1'", one_line(value)) if isinstance(value, str) else value
