"""Exact nearest neighbours between sparse profiles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from synergy_graphs.errors import GraphError

Measure = Literal["cosine", "jaccard", "overlap"]

# Most similarities held at once: bounds the memory of a block whatever the profiles look like.
_BLOCK_ENTRIES = 4_000_000
# Similarities that agree to this many decimals tie; summation order must not decide who is nearer.
_TIE_DECIMALS = 12


def top_k_similar(
    profiles: sp.sparray | sp.spmatrix | NDArray[np.float64],
    k: int,
    *,
    measure: Measure = "cosine",
    threshold: float = 0.0,
    block_rows: int = 2048,
) -> sp.csr_array:
    """Find for each row of ``profiles`` its ``k`` most similar other rows, exactly.

    With x, y two rows and X, Y the sets of their non-zero features:
    cosine = x·y / (|x| |y|) on the weights; jaccard = |X∩Y| / |X∪Y| and overlap = |X∩Y| / min(|X|, |Y|)
    on presence alone.

    ``profiles`` is n rows x features, non-negative. The result is n x n: row i holds the similarities of
    its at most ``k`` nearest rows j != i, all above ``threshold``; ties (equal to 12 decimals) go to the lower
    position. It is not symmetric in general. A row without features is similar to nobody. Memory is bounded: at most
    ``block_rows`` rows, and a few million similarities, are held at a time.

    Raises GraphError for a negative, NaN or infinite weight, and for an impossible option.

    >>> top_k_similar(np.array([[1, 1, 0], [1, 1, 1], [0, 0, 1]]), 1, measure="jaccard").toarray().round(3).tolist()
    [[0.0, 0.667, 0.0], [0.667, 0.0, 0.0], [0.0, 0.333, 0.0]]
    """
    matrix = _checked(profiles, k, measure, threshold, block_rows)
    n = int(matrix.shape[0])
    ready = _unit_rows(matrix) if measure == "cosine" else _presence(matrix)
    degree = np.diff(ready.indptr).astype(np.float64)
    across = sp.csr_array(ready.T)
    rows, cols, values = [], [], []
    for start, stop in _blocks(ready, block_rows):
        block = sp.csr_array(ready[start:stop] @ across)
        i, j = np.repeat(np.arange(start, stop), np.diff(block.indptr)), block.indices
        near = _similarity(block.data, degree[i], degree[j], measure)
        near[(i == j) | ~(near > threshold)] = 0.0
        hopeful = _hopeful(near, block.indptr, k)
        i, j, near = _best(i[hopeful], j[hopeful], near[hopeful], k)
        rows.append(i)
        cols.append(j)
        values.append(near)
    if not rows:
        return sp.csr_array((n, n), dtype=np.float64)
    ends = (np.concatenate(rows), np.concatenate(cols))
    result = sp.csr_array((np.concatenate(values), ends), shape=(n, n))
    result.sort_indices()
    return result


def _checked(
    profiles: sp.sparray | sp.spmatrix | NDArray[np.float64], k: int, measure: str, threshold: float, block_rows: int
) -> sp.csr_array:
    if measure not in get_args(Measure):
        raise GraphError(f"there is no similarity measure {measure!r}; there are {', '.join(get_args(Measure))}")
    if k < 0:
        raise GraphError(f"k is {k}, expected 0 or more neighbours")
    if not threshold >= 0:
        raise GraphError(f"threshold is {threshold}, expected 0 or more")
    if block_rows < 1:
        raise GraphError(f"block_rows is {block_rows}, expected 1 or more")
    matrix = sp.csr_array(profiles, dtype=np.float64, copy=True)
    if matrix.ndim != 2:
        raise GraphError(f"profiles have shape {matrix.shape}, expected rows x features")
    matrix.sum_duplicates()
    wrong = ~(np.isfinite(matrix.data) & (matrix.data >= 0))
    if wrong.any():
        at = int(wrong.argmax())
        row = int(np.searchsorted(matrix.indptr, at, side="right") - 1)
        raise GraphError(
            f"the profile at ({row}, {int(matrix.indices[at])}) is {matrix.data[at]}, expected finite and not negative"
        )
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix


def _presence(matrix: sp.csr_array) -> sp.csr_array:
    return sp.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)


def _unit_rows(matrix: sp.csr_array) -> sp.csr_array:
    # Dividing by the largest weight first keeps the squares from over- and underflowing.
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    largest = np.zeros(matrix.shape[0])
    np.maximum.at(largest, row, matrix.data)
    scaled = matrix.data / largest[row]
    length = np.sqrt(np.bincount(row, weights=scaled * scaled, minlength=matrix.shape[0]))
    return sp.csr_array((scaled / length[row], matrix.indices, matrix.indptr), shape=matrix.shape)


def _blocks(matrix: sp.csr_array, block_rows: int) -> Iterator[tuple[int, int]]:
    n = int(matrix.shape[0])
    shared = np.bincount(matrix.indices, minlength=matrix.shape[1])
    reach = np.concatenate([[0], np.cumsum(shared[matrix.indices])])
    cost = np.minimum(reach[matrix.indptr[1:]] - reach[matrix.indptr[:-1]], n)
    total = np.concatenate([[0], np.cumsum(cost)])
    start = 0
    while start < n:
        fits = int(np.searchsorted(total, total[start] + _BLOCK_ENTRIES, side="right")) - 1
        stop = max(start + 1, min(start + block_rows, fits, n))
        yield start, stop
        start = stop


def _similarity(
    product: NDArray[np.float64], left: NDArray[np.float64], right: NDArray[np.float64], measure: Measure
) -> NDArray[np.float64]:
    if measure == "cosine":
        return np.minimum(product, 1.0)
    if measure == "jaccard":
        return product / (left + right - product)
    return product / np.minimum(left, right)


def _hopeful(near: NDArray[np.float64], indptr: NDArray[np.int32], k: int) -> NDArray[np.intp]:
    """Return the places of all that can be among the k best of their row, ties and a few more included."""
    if k == 0:
        return np.empty(0, dtype=np.intp)
    floor = np.zeros(indptr.size - 1)
    for row in np.flatnonzero(np.diff(indptr) > k):
        mine = near[indptr[row] : indptr[row + 1]]
        floor[row] = np.partition(mine, mine.size - k)[mine.size - k]
    # Below the k-th by more than rounding for ties can move it: out.
    enough = np.repeat(floor - 10.0 ** (1 - _TIE_DECIMALS), np.diff(indptr))
    return np.flatnonzero((near > 0) & (near >= enough))


def _best(
    i: NDArray[np.intp], j: NDArray[np.int32], near: NDArray[np.float64], k: int
) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.float64]]:
    order = np.lexsort((j, -np.round(near, _TIE_DECIMALS), i))
    i, j, near = i[order], j[order], near[order]
    first = np.searchsorted(i, i, side="left")
    keep = np.arange(i.size) - first < k
    return i[keep], j[keep], near[keep]
