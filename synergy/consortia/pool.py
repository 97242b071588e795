"""The candidates for a consortium and what each is able to do; usable without a study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from synergy.errors import DataError, UnknownName, closest
from synergy.tables.problems import Problem, Problems

TEXTS = ("candidate_id", "name", "region", "country", "kind", "size", "region_kind", "owner")
COLUMNS = (*TEXTS, "cost")
LINKS = ("candidate_id", "capacity", "quality")


@dataclass(frozen=True, eq=False, repr=False)
class Pool:
    """Candidates, and candidates x capacities with a quality in (0, 1] where one is held.

    ``candidates`` has one row each, sorted by id: candidate_id, name, region, country, kind (firm, research,
    university, public, cluster, other, or own words), size, region_kind (e.g. less-developed), owner (who controls
    it: two of one owner are not independent), cost (its budget, in the currency of the rules). Whatever is not known
    is missing, and stays so. ``capacity_names`` says what a capacity is called, ``evidence`` which rows a link rests
    on (candidate_id, capacity, quality, table, row, what), ``ties`` how many projects two candidates did together,
    ``complementarity`` what two regions add to each other (a square frame by region).
    """

    candidates: pd.DataFrame
    capacities: tuple[str, ...]
    quality: sparse.csr_array
    capacity_names: Mapping[str, str] = field(default_factory=dict)
    evidence: pd.DataFrame | None = None
    ties: sparse.csr_array | None = None
    complementarity: pd.DataFrame | None = None

    @classmethod
    def from_frames(cls, candidates: pd.DataFrame, links: pd.DataFrame) -> Pool:
        """Make a pool of two tables: candidates (``candidate_id`` and any of the columns above) and links.

        ``links`` has candidate_id, capacity and quality; a pair that is not there, or has quality 0, is not held.
        Raises `DataError` with every problem of both at once.

        >>> pool = Pool.from_frames(
        ...     pd.DataFrame({"candidate_id": ["b", "a"], "country": ["AT", "IT"], "cost": [90_000, None]}),
        ...     pd.DataFrame({"candidate_id": ["a", "b"], "capacity": ["wood", "wood"], "quality": [0.5, 1.0]}),
        ... )
        >>> pool, pool.quality.toarray().tolist()
        (Pool(2 candidates, 1 capacities, 2 links), [[0.5], [1.0]])
        """
        problems = Problems(tuple(_problems(candidates, links)))
        if problems:
            raise DataError(problems)
        table = candidates.reindex(columns=list(COLUMNS)).copy()
        for column in TEXTS:
            table[column] = table[column].astype(object).where(table[column].notna(), None)
        table["name"] = table["name"].where(table["name"].notna(), table["candidate_id"])
        table["cost"] = table["cost"].astype(np.float64)
        table = table.sort_values("candidate_id", kind="stable").reset_index(drop=True)
        capacities = tuple(sorted(set(links["capacity"])))
        rows = pd.Index(table["candidate_id"]).get_indexer(links["candidate_id"])
        columns = pd.Index(capacities, dtype=object).get_indexer(links["capacity"])
        shape = (len(table), len(capacities))
        quality = sparse.csr_array((links["quality"].to_numpy(np.float64), (rows, columns)), shape=shape)
        quality.eliminate_zeros()
        quality.sort_indices()
        return cls(table, capacities, quality)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the candidates, in their order."""
        return tuple(self.candidates["candidate_id"])

    @cached_property
    def cost(self) -> NDArray[np.float64]:
        """What each candidate costs, NaN where that is not known."""
        return np.asarray(self.candidates["cost"].to_numpy(np.float64))

    @cached_property
    def values(self) -> Mapping[str, tuple[str | None, ...]]:
        """Each attribute of all candidates, None where it is not known; ``id`` and ``partner`` are the candidate."""
        found = {column: tuple(self.candidates[column]) for column in TEXTS}
        return {**found, "id": self.ids, "partner": self.ids}

    @cached_property
    def labels(self) -> Mapping[str, NDArray[np.int64]]:
        """Each attribute as numbers in the order of its values, -1 where it is not known."""
        found = {}
        for attribute, values in self.values.items():
            number = {value: k for k, value in enumerate(sorted({value for value in values if value is not None}))}
            found[attribute] = np.array([-1 if value is None else number[value] for value in values], dtype=np.int64)
        return found

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.ids)}

    def place(self, candidate: str) -> int:
        """Return the position of a candidate; raise `UnknownName` when there is none."""
        if candidate not in self._places:
            raise UnknownName("candidate", candidate, self.ids)
        return self._places[candidate]

    def capacity_name(self, capacity: str) -> str:
        """Return what a capacity is called; its id when no name is known."""
        return self.capacity_names.get(capacity, capacity)

    def __len__(self) -> int:
        return len(self.candidates)

    def __repr__(self) -> str:
        return f"Pool({len(self)} candidates, {len(self.capacities)} capacities, {self.quality.nnz} links)"


def _problems(candidates: pd.DataFrame, links: pd.DataFrame) -> Iterator[Problem]:
    missing = False
    for name, frame, needed in (("candidates", candidates, ("candidate_id",)), ("links", links, LINKS)):
        for column in needed:
            if column not in frame.columns:
                missing = True
                near = closest(column, [str(one) for one in frame.columns])
                hint = f"is it {near!r}?" if near else None
                yield Problem(name, None, column, "S511", "no such column", f"a column {column!r}", hint)
    if missing:
        return
    yield from _candidate_problems(candidates)
    yield from _link_problems(links, candidates["candidate_id"])


def _candidate_problems(candidates: pd.DataFrame) -> Iterator[Problem]:
    known = set(COLUMNS)
    for column in candidates.columns:
        if column not in known and not str(column).startswith("x_"):
            near = closest(str(column), known)
            hint = f"did you mean {near!r}?" if near else "own columns begin with x_"
            yield Problem("candidates", None, str(column), "S511", "an unknown column", ", ".join(COLUMNS), hint)
    ids = candidates["candidate_id"]
    for number, (one, again) in enumerate(zip(ids, ids.duplicated(), strict=True), start=1):
        if not isinstance(one, str) or not one:
            yield Problem("candidates", number, "candidate_id", "S512", repr(one), "a text that is not empty")
        elif again:
            yield Problem("candidates", number, "candidate_id", "S513", f"{one!r} again", "every id once")
    if "cost" in candidates.columns:
        for number, cost in enumerate(candidates["cost"], start=1):
            if pd.isna(cost):
                continue
            if isinstance(cost, bool | np.bool_ | str) or not 0 <= float(cost) < np.inf:
                yield Problem("candidates", number, "cost", "S514", repr(cost), "a number of at least 0, or empty")
    for column in set(TEXTS[1:]) & set(candidates.columns):
        for number, value in enumerate(candidates[column], start=1):
            if not (pd.isna(value) or isinstance(value, str)):
                yield Problem("candidates", number, column, "S512", repr(value), "a text, or empty")


def _link_problems(links: pd.DataFrame, ids: pd.Series[str]) -> Iterator[Problem]:
    known = {one for one in ids if isinstance(one, str)}
    again = links.duplicated(["candidate_id", "capacity"])
    cells = zip(links["candidate_id"], links["capacity"], links["quality"], again, strict=True)
    for number, (candidate, capacity, quality, twice) in enumerate(cells, start=1):
        if candidate not in known:
            near = closest(str(candidate), known)
            hint = f"did you mean {near!r}?" if near else None
            yield Problem("links", number, "candidate_id", "S515", repr(candidate), "the id of a candidate", hint)
        if not isinstance(capacity, str) or not capacity:
            yield Problem("links", number, "capacity", "S512", repr(capacity), "a text that is not empty")
        if isinstance(quality, bool | np.bool_ | str) or pd.isna(quality) or not 0 <= float(quality) <= 1:
            yield Problem("links", number, "quality", "S514", repr(quality), "a number from 0 to 1")
        if twice:
            yield Problem("links", number, None, "S513", f"{candidate!r} with {capacity!r} again", "every pair once")
