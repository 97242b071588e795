"""One relation over the nodes of a graph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from synergy_graphs.errors import GraphError
from synergy_graphs.nodes import check_text


@dataclass(frozen=True, repr=False, eq=False)
class Layer:
    """One relation as a square sparse matrix, with what its weights mean.

    ``matrix[i, j] > 0`` is the weight of the tie from i to j. An undirected layer is symmetric: a tie
    between i and j is stored as (i, j) and (j, i) and counts once; a self-loop of weight w is stored once
    as ``matrix[i, i] = w``. Absent means no tie was observed, never a tie of weight zero.

    The constructor is the contract: it takes any scipy sparse matrix and keeps a private, canonical CSR
    copy (sorted, no duplicates, no explicit zeros, read-only). Raises GraphError when the matrix is not
    square, a weight is negative, NaN or infinite, or an undirected layer is not symmetric.

    >>> layer = Layer.of_edges("works-with", [0, 1], [1, 2], [2.0, 1.0], n_nodes=3, meaning="joint projects")
    >>> layer.n_edges, layer.strength().tolist()
    (2, [2.0, 3.0, 1.0])
    """

    name: str
    matrix: sp.csr_array
    directed: bool = False
    meaning: str = ""
    unit: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if not self.name or not isinstance(self.name, str):
            raise GraphError(f"a layer needs a name, found {self.name!r}")
        for what in ("name", "meaning", "unit", "source"):
            check_text(f"layer {self.name!r}: its {what}", getattr(self, what))
        object.__setattr__(self, "directed", bool(self.directed))
        matrix = sp.csr_array(self.matrix, dtype=np.float64, copy=True)
        if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
            raise GraphError(f"layer {self.name!r}: its matrix is {matrix.shape}, expected square")
        matrix.sum_duplicates()
        if not np.isfinite(matrix.data).all():
            raise GraphError(f"layer {self.name!r}: {_place(matrix, ~np.isfinite(matrix.data))}, expected finite")
        if (matrix.data < 0).any():
            raise GraphError(f"layer {self.name!r}: {_place(matrix, matrix.data < 0)}, expected a positive weight")
        matrix.eliminate_zeros()
        matrix.sort_indices()
        if not self.directed and not _symmetric(matrix):
            raise GraphError(f"layer {self.name!r} is undirected but its matrix is not symmetric")
        for part in (matrix.data, matrix.indices, matrix.indptr):
            part.flags.writeable = False
        object.__setattr__(self, "matrix", matrix)

    @classmethod
    def of_edges(
        cls,
        name: str,
        rows: ArrayLike,
        cols: ArrayLike,
        weights: ArrayLike | None = None,
        *,
        n_nodes: int,
        directed: bool = False,
        meaning: str = "",
        unit: str = "",
        source: str = "",
    ) -> Layer:
        """Build from an edge list of positions; repeated ties add up, weights default to one.

        An undirected tie is given once, in either direction.
        """
        i, j = _positions(name, "rows", rows, n_nodes), _positions(name, "cols", cols, n_nodes)
        w = np.ones(i.size) if weights is None else np.asarray(weights, dtype=np.float64).ravel()
        if not i.size == j.size == w.size:
            raise GraphError(f"layer {name!r}: rows, cols and weights differ in length: {i.size}, {j.size}, {w.size}")
        if not directed:
            i, j = np.minimum(i, j), np.maximum(i, j)
        matrix = sp.csr_array(sp.coo_array((w, (i, j)), shape=(n_nodes, n_nodes)))
        if not directed:
            # Mirrored after adding up: repeated ties must give the very same sum on both sides.
            matrix = sp.csr_array(matrix + sp.triu(matrix, k=1).T)
        return cls(name, matrix, directed, meaning, unit, source)

    @property
    def n_nodes(self) -> int:
        """Number of nodes, isolated ones included."""
        return int(self.matrix.shape[0])

    @cached_property
    def n_edges(self) -> int:
        """Number of ties; an undirected tie counts once."""
        if self.directed:
            return int(self.matrix.nnz)
        loops = int(np.count_nonzero(self.matrix.diagonal()))
        return (int(self.matrix.nnz) - loops) // 2 + loops

    def edges(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Return (rows, cols, weights) sorted by row then column; undirected ties once, with row <= col."""
        coo = self.matrix.tocoo()
        rows, cols = (np.asarray(part, dtype=np.int64) for part in coo.coords)
        weights = np.asarray(coo.data, dtype=np.float64)
        if not self.directed:
            once = rows <= cols
            rows, cols, weights = rows[once], cols[once], weights[once]
        return rows, cols, weights

    def strength(self) -> NDArray[np.float64]:
        """Return the sum of weights at each node (out-going if directed); a self-loop counts twice undirected."""
        total = np.asarray(self.matrix.sum(axis=1), dtype=np.float64).ravel()
        return total if self.directed else total + self.matrix.diagonal()

    @property
    def total_weight(self) -> float:
        """Sum of the weights of all ties, each once."""
        return float(self.edges()[2].sum())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Layer):
            return NotImplemented
        mine, theirs = self.matrix, other.matrix
        words = ("name", "directed", "meaning", "unit", "source")
        return (
            all(getattr(self, word) == getattr(other, word) for word in words)
            and mine.shape == theirs.shape
            and np.array_equal(mine.indptr, theirs.indptr)
            and np.array_equal(mine.indices, theirs.indices)
            and np.array_equal(mine.data, theirs.data)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        arrow = "directed" if self.directed else "undirected"
        return f"Layer({self.name!r}: {self.n_edges} {arrow} ties over {self.n_nodes} nodes)"


def _positions(name: str, what: str, values: ArrayLike, n_nodes: int) -> NDArray[np.int64]:
    raw = np.asarray(values).ravel()
    if raw.size and not np.issubdtype(raw.dtype, np.integer):
        raise GraphError(f"layer {name!r}: {what} hold {raw.dtype}, expected whole positions")
    positions = raw.astype(np.int64)
    outside = (positions < 0) | (positions >= n_nodes)
    if outside.any():
        raise GraphError(
            f"layer {name!r}: {what}[{int(outside.argmax())}] is {positions[outside.argmax()]}, "
            f"expected a position from 0 to {n_nodes - 1}"
        )
    return positions


def _place(matrix: sp.csr_array, wrong: NDArray[np.bool_]) -> str:
    at = int(wrong.argmax())
    row = int(np.searchsorted(matrix.indptr, at, side="right") - 1)
    return f"the weight at ({row}, {int(matrix.indices[at])}) is {matrix.data[at]}"


def _symmetric(matrix: sp.csr_array) -> bool:
    mirror = sp.csr_array(matrix.T)
    mirror.sort_indices()
    return (
        np.array_equal(matrix.indptr, mirror.indptr)
        and np.array_equal(matrix.indices, mirror.indices)
        and np.array_equal(matrix.data, mirror.data)
    )
