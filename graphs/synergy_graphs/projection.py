"""From actors at events to ties between actors."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from synergy_graphs.errors import GraphError

Weighting = Literal["newman", "count"]


def project(
    incidence: sp.sparray | sp.spmatrix | NDArray[np.float64],
    *,
    weighting: Weighting = "newman",
    sizes: ArrayLike | None = None,
) -> sp.csr_array:
    """Tie actors who meet at events.

    newman: w_ij = sum over the events e of both i and j of 1 / (n_e - 1), so that an event with many
    actors does not drown the rest (Newman 2001); count: w_ij = number of events of both.

    ``incidence`` is actors x events and holds 0 or 1. n_e is the number of actors of event e in it, or
    ``sizes[e]`` where the whole event is larger than what the data show: actors outside the data still dilute
    it. The result is actors x actors, symmetric, with zero diagonal; an event with one actor ties nobody.

    Raises GraphError when an entry is not 0 or 1, when a size is smaller than the actors seen, or when sizes
    are given with ``weighting="count"``, which has no use for them.

    >>> project(np.array([[1, 1], [1, 1], [1, 0]])).toarray().tolist()
    [[0.0, 1.5, 0.5], [1.5, 0.0, 0.5], [0.5, 0.5, 0.0]]
    """
    if weighting not in get_args(Weighting):
        raise GraphError(f"there is no weighting {weighting!r}; there are {', '.join(get_args(Weighting))}")
    matrix = binary_incidence(incidence)
    seen = np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.float64)
    if weighting == "count":
        if sizes is not None:
            raise GraphError("sizes are given, but weighting 'count' does not use them")
        share = np.ones_like(seen)
    else:
        size = seen if sizes is None else _sizes(sizes, seen)
        share = np.divide(1.0, size - 1.0, out=np.zeros_like(size), where=size > 1)
    weighted = sp.csr_array((share[matrix.indices], matrix.indices, matrix.indptr), shape=matrix.shape)
    # The upper half mirrored, not the product itself: exactly symmetric, whatever the order of summation.
    upper = sp.csr_array(sp.triu(sp.csr_array(weighted @ matrix.T), k=1))
    result = sp.csr_array(upper + upper.T)
    result.eliminate_zeros()
    result.sort_indices()
    return result


def binary_incidence(incidence: sp.sparray | sp.spmatrix | NDArray[np.float64]) -> sp.csr_array:
    """Return actors x events as a canonical CSR copy; raises GraphError unless all entries are 0 or 1."""
    matrix = sp.csr_array(incidence, dtype=np.float64, copy=True)
    if matrix.ndim != 2:
        raise GraphError(f"the incidence has shape {matrix.shape}, expected actors x events")
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    matrix.sort_indices()
    wrong = matrix.data != 1
    if wrong.any():
        at = int(wrong.argmax())
        row = int(np.searchsorted(matrix.indptr, at, side="right") - 1)
        raise GraphError(f"the incidence at ({row}, {int(matrix.indices[at])}) is {matrix.data[at]}, expected 0 or 1")
    return matrix


def _sizes(sizes: ArrayLike, seen: NDArray[np.float64]) -> NDArray[np.float64]:
    size = np.asarray(sizes, dtype=np.float64).ravel()
    if size.size != seen.size:
        raise GraphError(f"there are {size.size} sizes for {seen.size} events")
    wrong = ~(np.isfinite(size) & (size >= seen))
    if wrong.any():
        event = int(wrong.argmax())
        raise GraphError(
            f"event {event} has size {size[event]:g}, expected at least the {seen[event]:g} actors seen at it"
        )
    return size
