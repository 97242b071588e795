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
    position. It is not symmetric in general. A row without features is similar to nobody. Equal rows are computed once
    (``structural_classes``; for cosine also proportional rows that come out equal), so that cost grows with the
    distinct profiles. Memory is bounded: at most ``block_rows`` of them, and a few million similarities, are held at a
    time, besides the result.

    Raises GraphError for a negative, NaN or infinite weight, and for an impossible option.

    >>> top_k_similar(np.array([[1, 1, 0], [1, 1, 1], [0, 0, 1]]), 1, measure="jaccard").toarray().round(3).tolist()
    [[0.0, 0.667, 0.0], [0.667, 0.0, 0.0], [0.0, 0.333, 0.0]]
    """
    matrix = _checked(profiles, k, measure, threshold, block_rows)
    n = int(matrix.shape[0])
    ready = _unit_rows(matrix) if measure == "cosine" else _presence(matrix)
    which, first = _classes(ready)
    # One more than asked for: a row's own class, and in it the row itself, is among them.
    i, j, near = _nearest_classes(ready[first], k + 1 if k else 0, measure, threshold, block_rows)
    i, j, near = _spread(i, j, near, which, k)
    return _as_rows(i, j, near, which, k, n)


def structural_classes(profiles: sp.sparray | sp.spmatrix | NDArray[np.float64]) -> NDArray[np.intp]:
    """Number the rows so that equal rows, and only they, share a number: structural equivalence, exactly.

    ``profiles`` is n rows x features, non-negative. Numbers follow the first row of each class: 0, 1, 2, … Two nodes of
    a layer are structurally equivalent (Lorrain & White 1971) when their rows of ties are equal.

    Raises GraphError for a negative, NaN or infinite weight.

    >>> structural_classes(np.array([[1, 0, 2], [0, 3, 0], [1, 0, 2]])).tolist()
    [0, 1, 0]
    """
    return _classes(_checked(profiles, 0, "cosine", 0.0, 1))[0]


def _classes(matrix: sp.csr_array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the class of each row of a canonical matrix, and the first row of each class."""
    known: dict[tuple[bytes, bytes], int] = {}
    which = np.empty(matrix.shape[0], dtype=np.intp)
    indices, data = memoryview(matrix.indices).cast("B"), memoryview(matrix.data).cast("B")
    wide, ends = matrix.indices.itemsize, matrix.indptr.tolist()
    for row in range(which.size):
        start, stop = ends[row], ends[row + 1]
        # The bytes themselves are the key: a dict hashes them and then compares them in full.
        key = bytes(indices[start * wide : stop * wide]), bytes(data[start * 8 : stop * 8])
        which[row] = known.setdefault(key, len(known))
    return which, np.unique(which, return_index=True)[1]


def _nearest_classes(
    ready: sp.csr_array, k: int, measure: Measure, threshold: float, block_rows: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Return for each distinct profile its k nearest, itself included, as (class, class, similarity), sorted."""
    degree = np.diff(ready.indptr).astype(np.float64)
    across = sp.csr_array(ready.T)
    found = [(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp), np.empty(0))]
    for start, stop in _blocks(ready, block_rows):
        block = sp.csr_array(ready[start:stop] @ across)
        i, j = np.repeat(np.arange(start, stop), np.diff(block.indptr)), block.indices.astype(np.intp)
        near = _similarity(block.data, degree[i], degree[j], measure)
        near[~(near > threshold)] = 0.0
        hopeful = _hopeful(near, block.indptr, k)
        found.append(_best(i[hopeful], j[hopeful], near[hopeful], k))
    i, j, near = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return i, j, near


def _spread(
    i: NDArray[np.intp], j: NDArray[np.intp], near: NDArray[np.float64], which: NDArray[np.intp], k: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Return for each distinct profile the k + 1 nearest rows, as (class, row, similarity), sorted.

    The rows are members of the k + 1 nearest classes, ties to the class that starts first: a row of a later class
    comes after the first rows of all of those.
    """
    order = np.argsort(which, kind="stable")
    size = np.bincount(which)
    start = np.cumsum(size) - size
    # Members stand in their order; of a large class the first k + 1 are enough.
    taken = np.minimum(size, k + 1)[j]
    at = np.arange(taken.sum()) - np.repeat(np.cumsum(taken) - taken, taken) + np.repeat(start[j], taken)
    return _best(np.repeat(i, taken), order[at], np.repeat(near, taken), k + 1)


def _as_rows(
    i: NDArray[np.intp], j: NDArray[np.intp], near: NDArray[np.float64], which: NDArray[np.intp], k: int, n: int
) -> sp.csr_array:
    """Give each row the neighbours of its class, without itself, the k best of them."""
    count = np.bincount(i, minlength=int(which.max(initial=-1)) + 1)
    start = np.cumsum(count) - count
    mine = count[which]
    row = np.repeat(np.arange(n), mine)
    at = np.arange(row.size) - np.repeat(np.cumsum(mine) - mine, mine) + np.repeat(start[which], mine)
    other = j[at] != row
    row, at = row[other], at[other]
    rank = np.arange(row.size) - np.searchsorted(row, row, side="left")
    row, at = row[rank < k], at[rank < k]
    result = sp.csr_array((near[at], (row, j[at])), shape=(n, n))
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
    i: NDArray[np.intp], j: NDArray[np.intp], near: NDArray[np.float64], k: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    order = np.lexsort((j, -np.round(near, _TIE_DECIMALS), i))
    i, j, near = i[order], j[order], near[order]
    first = np.searchsorted(i, i, side="left")
    keep = np.arange(i.size) - first < k
    return i[keep], j[keep], near[keep]
