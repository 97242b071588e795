"""How results are shown: tables for people, JSON for tools, progress for terminals."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from synergy.tables.study import Study


def as_json(value: Any) -> None:
    """Print a value as JSON, and nothing else, on stdout."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(value, ensure_ascii=plain, indent=2, allow_nan=False) + "\n")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as plain dicts, missing as None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        {key: value.item() if hasattr(value, "item") else value for key, value in row.items()}
        for row in plain.to_dict("records")
    ]


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], numeric: Sequence[str] = ()) -> None:
    """Print a table on stdout; text from the study is shown as it is, never as markup."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(
        title=Text(title) if title else None, title_justify="left", box=None, pad_edge=False, header_style="bold"
    )
    for column in columns:
        grid.add_column(column, justify="right" if column in numeric else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(Text(shown(cell)) for cell in row))
    width = None if sys.stdout.isatty() else 160
    Console(file=sys.stdout, width=width, highlight=False).print(grid)


def source(study: Study, table: str) -> None:
    """Print where a table comes from, where the study says it."""
    if found := study.settings.sources.get(table):
        print(f"{table}: {found.title}\n")


def shown(value: object, digits: int = 3) -> str:
    """Return a cell for people: 'unknown' for a missing one, and no control characters.

    >>> shown(0.12345), shown(None), shown(float("nan")), shown(7)
    ('0.123', 'unknown', 'unknown', '7')
    """
    if value is None or str(value) == "<NA>" or value != value:
        return "unknown"
    if isinstance(value, float):
        return f"{value:.{digits}f}"
    return "".join(sign if sign.isprintable() else " " for sign in str(value))


def progress(quiet: bool) -> Callable[[str], None]:
    """Return what tells of each stage: on stderr, and only to a terminal."""
    if quiet or not sys.stderr.isatty():
        return lambda _: None
    return lambda stage: print(f"  {stage} …", file=sys.stderr, flush=True)
