"""The pieces that a 0/1 table falls into when no activity links them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Positions = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Components:
    """The (rows, columns) positions of each component, the largest first; and everybody's degree."""

    members: tuple[tuple[Positions, Positions], ...]
    diversity: NDArray[np.int64]
    ubiquity: NDArray[np.int64]

    @property
    def held(self) -> Positions:
        """The rows that hold anything."""
        return np.flatnonzero(self.diversity)

    @property
    def holding(self) -> Positions:
        """The columns that anybody holds."""
        return np.flatnonzero(self.ubiquity)

    def of_rows(self) -> list[int | None]:
        """Return each row's component, from 1; None outside all."""
        return _numbers([rows for rows, _ in self.members], len(self.diversity))

    def of_columns(self) -> list[int | None]:
        """Return each column's component, from 1; None outside all."""
        return _numbers([columns for _, columns in self.members], len(self.ubiquity))


def _numbers(members: list[Positions], n: int) -> list[int | None]:
    numbers: list[int | None] = [None] * n
    for number, places in enumerate(members, start=1):
        for place in places.tolist():
            numbers[place] = number
    return numbers


def components(M: sparse.csr_array, regions: pd.Index) -> Components:
    """Return the connected components of the regions-activities graph of a 0/1 matrix.

    Ordered by number of regions, then of activities (most first), then by first region in the alphabet, so
    that the order of the table's rows does not matter. Zero rows and columns are in none.

    >>> parts = components(sparse.csr_array(np.eye(2)), pd.Index(["s", "r"]))
    >>> [rows.tolist() for rows, _ in parts.members]
    [[1], [0]]
    """
    n, m = M.shape
    starts = np.concatenate([M.indptr, np.full(m, M.nnz, dtype=M.indptr.dtype)])
    graph = sparse.csr_array((M.data, M.indices + n, starts), shape=(n + m, n + m))
    _, label = connected_components(graph, directed=False)
    diversity = np.asarray(M.sum(axis=1)).astype(np.int64)
    ubiquity = np.asarray(M.sum(axis=0)).astype(np.int64)
    names = regions.astype(str)
    members = []
    for component in np.unique(label[:n][diversity > 0]):
        rows, columns = np.flatnonzero(label[:n] == component), np.flatnonzero(label[n:] == component)
        members.append(((-len(rows), -len(columns), names[rows].min()), (rows, columns)))
    return Components(tuple(places for _, places in sorted(members, key=lambda one: one[0])), diversity, ubiquity)
