"""From a folder or a mapping of frames to raw tables, with every problem of the files on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from synergy.errors import UsageError, closest
from synergy.tables.check.header import check_columns
from synergy.tables.check.raw import RawTable, from_csv, from_frame
from synergy.tables.check.scan import scan
from synergy.tables.check.tally import Tally
from synergy.tables.problems import Problem
from synergy.tables.schema import BY_NAME, TABLES, Table

SETTINGS_FILE = "study.toml"


@dataclass(frozen=True)
class Gathered:
    """Raw tables by name, the hash of each input file, and the tables that are there but cannot be read."""

    raw: dict[str, RawTable] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    settings_bytes: bytes | None = None


def gather(source: str | Path | Mapping[str, pd.DataFrame], tally: Tally) -> Gathered:
    """Read all there is; raise `UsageError` when ``source`` is no folder."""
    if isinstance(source, str | Path):
        return _folder(Path(source), tally)
    if isinstance(source, Mapping):
        return _frames(source, tally)
    raise UsageError(f"a study is a folder or a mapping of data frames, not {type(source).__name__}")


def _folder(path: Path, tally: Tally) -> Gathered:
    names = sorted(_listing(path))
    result = Gathered()
    settings = path / SETTINGS_FILE
    if SETTINGS_FILE in names:
        data = _read_settings(settings, tally)
        if data is not None:
            result.hashes[SETTINGS_FILE] = hashlib.sha256(data).hexdigest()
        result = Gathered(result.raw, result.hashes, result.broken, data)
    for name in names:
        if name.casefold().endswith(".csv") and not name.startswith(".") and name[:-4] not in BY_NAME:
            _no_table(name, [f"{table.name}.csv" for table in TABLES], tally)
    for table in TABLES:
        file = f"{table.name}.csv"
        if file in names:
            _csv(path / file, table, result, tally)
        elif table.required:
            tally.add(Problem(file, None, None, "S101", "no such file", f"a file {file}", _misspelt(file, names)))
    return result


def _listing(path: Path) -> list[str]:
    try:
        if not path.is_dir():
            if path.exists():
                raise UsageError(f"{str(path)!r} is a file; a study is a folder of CSV files")
            raise UsageError(f"there is no study {str(path)!r}.{_near_folder(path)}")
        return [entry.name for entry in path.iterdir()]
    except (OSError, ValueError) as error:
        if isinstance(error, UsageError):
            raise
        raise UsageError(f"{str(path)!r} cannot be read: {error}") from error


def _near_folder(path: Path) -> str:
    try:
        siblings = [entry.name for entry in path.parent.iterdir() if entry.is_dir()]
    except OSError:
        return ""
    near = closest(path.name, siblings)
    return f" Did you mean {str(path.parent / near)!r}?" if near else ""


def _misspelt(file: str, names: list[str]) -> str | None:
    near = closest(file, [name for name in names if name.casefold().endswith(".csv") and name[:-4] not in BY_NAME])
    return f"is it {near!r}?" if near else None


def _no_table(name: str, known: list[str], tally: Tally) -> None:
    near = closest(name, known)
    hint = f"did you mean {near!r}?" if near else None
    tally.add(Problem(name, None, None, "S102", f"a table {name!r}", f"one of {', '.join(known)}", hint))


def _read_settings(path: Path, tally: Tally) -> bytes | None:
    expected = "a file of settings that can be read"
    if not path.is_file():
        tally.add(Problem(path.name, None, None, "S103", "no regular file", expected))
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        tally.add(Problem(path.name, None, None, "S103", str(error.strerror), expected))
        return None


def _csv(path: Path, table: Table, result: Gathered, tally: Tally) -> None:
    result.broken.add(table.name)
    # Opening a pipe or a device would wait or never end.
    if not path.is_file():
        tally.add(Problem(path.name, None, None, "S103", "no regular file", "a CSV file that can be read"))
        return
    try:
        seen = scan(path, table, tally)
    except OSError as error:
        tally.add(Problem(path.name, None, None, "S103", str(error.strerror), "a CSV file that can be read"))
        return
    result.hashes[path.name] = seen.sha256
    columns_clear = check_columns(seen.header, table, path.name, seen.header_row, tally) if seen.header else False
    if seen.sound and columns_clear and (raw := from_csv(path, table, seen, tally)):
        result.raw[table.name] = raw
        result.broken.discard(table.name)


def _frames(frames: Mapping[str, pd.DataFrame], tally: Tally) -> Gathered:
    result = Gathered()
    for name in frames:
        if name not in BY_NAME:
            _no_table(str(name), [table.name for table in TABLES], tally)
    for table in TABLES:
        frame = frames.get(table.name)
        if frame is None:
            if table.required:
                tally.add(Problem(table.name, None, None, "S101", "no such table", f"a table {table.name!r}"))
            continue
        if not isinstance(frame, pd.DataFrame):
            raise UsageError(f"table {table.name!r} is no data frame but {type(frame).__name__}")
        _frame(frame, table, result, tally)
    return result


def _frame(frame: pd.DataFrame, table: Table, result: Gathered, tally: Tally) -> None:
    result.broken.add(table.name)
    clear = check_columns([str(name) for name in frame.columns], table, table.name, None, tally)
    if not len(frame):
        hint = "leave the table out if you have no such data"
        tally.add(Problem(table.name, None, None, "S105", "a header and no row", "at least one row", hint))
        return
    if not clear:
        return
    raw, digest = from_frame(frame, table, tally)
    result.hashes[table.name] = digest
    if raw:
        result.raw[table.name] = raw
        result.broken.discard(table.name)
