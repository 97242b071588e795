"""Answers in long form to a respondents x items matrix, and each respondent's score per area and direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.errors import DataError, UsageError, closest
from synergy.survey.instrument import SCALE, Instrument, load_instrument
from synergy.tables.problems import Problem, Problems

Floats = NDArray[np.float64]
Column = tuple[str, str]
"""An area and a direction; ALL stands for all of them."""

ALL = "*"
"""All regions, all areas, both directions or all stakeholder types together."""

TABLE = "survey"
FILE = f"{TABLE}.csv"
COLUMNS = ("respondent_id", "region_id", "stakeholder", "item", "answer")


@dataclass(frozen=True, eq=False)
class Answers:
    """Who answered what: ``values`` is respondents x items, 1 to 5, NaN where there is no information.

    ``region`` and ``stakeholder`` number each respondent's place in ``regions`` and ``stakeholders``; respondents and
    regions are sorted, items and stakeholder types stand in the instrument's order.
    """

    instrument: Instrument
    respondents: tuple[str, ...]
    regions: tuple[str, ...]
    region: NDArray[np.int64]
    stakeholder: NDArray[np.int64]
    values: Floats

    @property
    def stakeholders(self) -> tuple[str, ...]:
        """The stakeholder types, in the instrument's order."""
        return tuple(self.instrument.stakeholders)

    def items(self, codes: tuple[str, ...]) -> Floats:
        """Return the answers to these items: respondents x items."""
        order = {code: at for at, code in enumerate(self.instrument.items)}
        return self.values[:, [order[code] for code in codes]]

    @cached_property
    def scores(self) -> dict[Column, Floats]:
        """Each respondent's score per area and direction, and over all of either: NaN where there is none.

        The score of an area and direction is the mean of the answered items, when at least half of them were answered;
        a score over several is the mean of those the respondent has, so that each counts once.
        """
        base = {cell: _mean_of(self.items(codes), at_least=0.5) for cell, codes in self.instrument.cells.items()}
        return base | {margin: _mean_of(np.column_stack([base[c] for c in parts])) for margin, parts in self.margins}

    @cached_property
    def margins(self) -> tuple[tuple[Column, tuple[Column, ...]], ...]:
        """Every area over its directions, every direction over its areas, and all, each with its parts."""
        cells = tuple(self.instrument.cells)
        areas = [((area, ALL), tuple(c for c in cells if c[0] == area)) for area in self.instrument.areas]
        ways = [((ALL, way), tuple(c for c in cells if c[1] == way)) for way in self.instrument.directions]
        return (*areas, *ways, ((ALL, ALL), cells))


def _mean_of(values: Floats, at_least: float = 0.0) -> Floats:
    there = ~np.isnan(values)
    count = there.sum(axis=1)
    enough = count >= np.maximum(1, at_least * values.shape[1])
    total = np.where(there, values, 0.0).sum(axis=1)
    mean: Floats = np.divide(total, count, out=np.full(len(values), np.nan), where=enough)
    return mean


def answers_of(survey: pd.DataFrame, instrument: Instrument | None = None) -> Answers:
    """Return the matrix of a ``survey`` table (respondent_id, region_id, stakeholder, item, answer), checked.

    A row without answer, or with 0, is no information. Raises UsageError when a column is missing, DataError with every
    problem at once: items and stakeholder types that the instrument does not have, answers off its scale, an item
    answered twice, a respondent in two regions or of two types. Rows are those of the frame's index when it is named
    ``row`` (as in a study), else counted from 2.
    """
    instrument = instrument or load_instrument()
    if missing := [column for column in COLUMNS if column not in survey.columns]:
        raise UsageError(f"the survey has no column {missing[0]!r}; it needs {', '.join(COLUMNS)}")
    rows = survey.index if survey.index.name == "row" else pd.RangeIndex(2, len(survey) + 2)
    frame = survey[list(COLUMNS)].set_axis(rows)
    if problems := tuple(_problems(frame, instrument)):
        raise DataError(Problems(problems))
    return _matrix(frame, instrument)


def _matrix(frame: pd.DataFrame, instrument: Instrument) -> Answers:
    people = frame.drop_duplicates("respondent_id").sort_values("respondent_id", kind="stable")
    respondents = pd.Index(people["respondent_id"])
    regions = tuple(sorted(set(people["region_id"])))
    codes = pd.Index(instrument.items)
    values = np.full((len(respondents), len(codes)), np.nan)
    given = pd.to_numeric(frame["answer"]).to_numpy(dtype=float, na_value=np.nan)
    at = respondents.get_indexer(frame["respondent_id"]), codes.get_indexer(frame["item"])
    values[at] = np.where(given == 0, np.nan, given)
    return Answers(
        instrument=instrument,
        respondents=tuple(respondents),
        regions=regions,
        region=pd.Index(regions).get_indexer(people["region_id"]).astype(np.int64),
        stakeholder=pd.Index(list(instrument.stakeholders)).get_indexer(people["stakeholder"]).astype(np.int64),
        values=values,
    )


def _problems(frame: pd.DataFrame, instrument: Instrument) -> Iterator[Problem]:
    answers = pd.to_numeric(frame["answer"], errors="coerce")
    off = frame["answer"].notna() & ~answers.isin(SCALE)
    for row, value in frame.loc[off, "answer"].items():
        yield _told(row, "answer", "S583", repr(value), f"a whole number from {SCALE[0]} to {SCALE[-1]}")
    for column, names, code in (
        ("item", instrument.items, "S581"),
        ("stakeholder", instrument.stakeholders, "S582"),
    ):
        for row, name in frame.loc[~frame[column].isin(list(names)), column].items():
            near = closest(str(name), names)
            hint = f"did you mean {near!r}?" if near else None
            yield _told(row, column, code, repr(name), f"one of {', '.join(list(names)[:12])}", hint)
    for column in ("respondent_id", "region_id"):
        for row in frame.index[frame[column].isna()]:
            yield _told(row, column, "S201", "an empty cell", f"a {column}")
    twice = frame[frame.duplicated(["respondent_id", "item"])]
    for row, who, item in zip(twice.index, twice["respondent_id"], twice["item"], strict=True):
        yield _told(row, "item", "S585", f"{item} of respondent {who} again", "one answer per respondent and item")
    known = frame[frame["respondent_id"].notna()]
    for column in ("region_id", "stakeholder"):
        first = known.groupby("respondent_id")[column].transform("first")
        other = known[known[column].notna() & (known[column] != first)]
        for row, who, name in zip(other.index, other["respondent_id"], other[column], strict=True):
            expected = f"{first[row]!r}, as in the first row of {who}"
            yield _told(row, column, "S584", f"{name!r} of respondent {who}", expected)


def _told(row: object, column: str, code: str, found: str, expected: str, hint: str | None = None) -> Problem:
    return Problem(FILE, int(str(row)), column, code, found, expected, hint)
