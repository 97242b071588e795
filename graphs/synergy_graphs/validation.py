"""Which actors meet more often than their degrees alone would have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.stats import hypergeom

from synergy_graphs.bicm import model_of
from synergy_graphs.errors import GraphError
from synergy_graphs.fdr import Correction, check_correction, check_level, cutoff
from synergy_graphs.poisson_binomial import upper_tails
from synergy_graphs.projection import binary_incidence

Null = Literal["bicm", "hypergeometric"]


@dataclass(frozen=True, repr=False, eq=False)
class ValidatedProjection:
    """The pairs of actors that meet significantly often, and how sure that is.

    ``matrix`` holds the number of events of both for the significant pairs alone; ``p_values`` the raw p-value of every
    pair that met at all (a pair that never met has p = 1 and is not stored; a stored 0 is a p-value below the smallest
    number). Both are actors x actors and symmetric with empty diagonal. A pair is significant when its p-value is at
    most ``threshold``; ``n_tests`` is the number of pairs of actors. The rest is what it was made with.
    """

    matrix: sp.csr_array
    p_values: sp.csr_array
    n_tests: int
    threshold: float
    null: Null
    alpha: float
    correction: Correction | None

    def __post_init__(self) -> None:
        for matrix in (self.matrix, self.p_values):
            for part in (matrix.data, matrix.indices, matrix.indptr):
                part.flags.writeable = False

    @property
    def n_significant(self) -> int:
        """Number of significant pairs."""
        return int(self.matrix.nnz) // 2

    @property
    def params(self) -> dict[str, object]:
        """What the projection was made with."""
        return {"null": self.null, "alpha": self.alpha, "correction": self.correction}

    def __repr__(self) -> str:
        return (
            f"ValidatedProjection({self.n_significant} of {self.p_values.nnz // 2} pairs that met are significant, "
            f"p <= {self.threshold:.3g} in {self.n_tests} tests; {self.null}, alpha {self.alpha}, {self.correction})"
        )


def validated_projection(
    incidence: sp.sparray | sp.spmatrix | NDArray[np.float64],
    *,
    null: Null = "bicm",
    alpha: float = 0.05,
    correction: Correction | None = "bh",
) -> ValidatedProjection:
    """Tie actors who meet at more events than chance would bring them to, given how active they are.

    V_ij, the number of events of both, is held against a null model; p_ij = P(V >= V_ij) under it, exactly:

    bicm (Saracco et al. 2017): expected degrees of actors and of events are those seen (``bipartite_model``), so V is
    a sum of independent trials with q_a = p_ia p_ja, a Poisson-binomial number. Pairs with the same two degrees have
    the same distribution, which is computed once. (The package ``bicm`` calls this method "poibin"; its own default is
    the Poisson approximation.)
    hypergeometric (Tumminello et al. 2011): the degrees k_i and k_j are fixed and events are all alike, so
    P(V = v) = C(k_i, v) C(N - k_i, k_j - v) / C(N, k_j) over all N events; it takes no notice of crowded events.

    ``incidence`` is actors x events and holds 0 or 1. Tests are all n (n - 1) / 2 pairs, also those that never met;
    ``correction`` is bh, bonferroni or None (``adjust``).

    Raises GraphError when an entry is not 0 or 1 and for an unknown or impossible option.

    >>> events = np.kron(np.eye(2), np.ones((2, 20)))
    >>> found = validated_projection(events, alpha=0.01)
    >>> found
    ValidatedProjection(2 of 2 pairs that met are significant, p <= 0.00333 in 6 tests; bicm, alpha 0.01, bh)
    >>> found.matrix.toarray().tolist()
    [[0.0, 20.0, 0.0, 0.0], [20.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 20.0], [0.0, 0.0, 20.0, 0.0]]
    """
    if null not in get_args(Null):
        raise GraphError(f"there is no null model {null!r}; there are {', '.join(get_args(Null))}")
    check_level(alpha)
    if correction is not None:
        check_correction(correction)
    matrix = binary_incidence(incidence)
    n = int(matrix.shape[0])
    met = sp.csr_array(sp.triu(sp.csr_array(matrix @ matrix.T), k=1)).tocoo()
    i, j = (np.asarray(part, dtype=np.int64) for part in met.coords)
    counts = met.data.astype(np.int64)
    p = _bicm(matrix, i, j, counts) if null == "bicm" else _hypergeometric(matrix, i, j, counts)
    n_tests = n * (n - 1) // 2
    threshold = cutoff(p, alpha, correction, n_tests)
    kept = p <= threshold
    return ValidatedProjection(
        _mirrored(i[kept], j[kept], met.data[kept], n),
        _mirrored(i, j, p, n),
        n_tests,
        threshold,
        null,
        alpha,
        correction,
    )


def _bicm(
    matrix: sp.csr_array, i: NDArray[np.int64], j: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.float64]:
    if not i.size:
        return np.empty(0)
    model = model_of(matrix)
    n_classes, n_columns = model.classes.shape
    low, high = (part(model.row_class[i], model.row_class[j]) for part in (np.minimum, np.maximum))
    pairs, which = np.unique(low * n_classes + high, return_inverse=True)
    tops = np.zeros(pairs.size, dtype=np.int64)
    np.maximum.at(tops, which, counts)
    columns = np.bincount(model.column_class, minlength=n_columns)
    tails = upper_tails(model.classes, (pairs // n_classes, pairs % n_classes), columns, tops)
    start = np.concatenate([[0], np.cumsum(tops + 1)[:-1]])
    return np.asarray(np.concatenate(tails)[start[which] + counts])


def _hypergeometric(
    matrix: sp.csr_array, i: NDArray[np.int64], j: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.float64]:
    degree = np.diff(matrix.indptr).astype(np.int64)
    low, high = np.minimum(degree[i], degree[j]), np.maximum(degree[i], degree[j])
    cases, which = np.unique(np.column_stack([counts, low, high]), axis=0, return_inverse=True)
    met, less, more = cases.T
    return np.asarray(hypergeom.sf(met - 1, int(matrix.shape[1]), more, less)[which.ravel()])


def _mirrored(i: NDArray[np.int64], j: NDArray[np.int64], values: NDArray[np.float64], n: int) -> sp.csr_array:
    # Through coordinates: a p-value that is 0 to rounding must stay stored.
    both = np.concatenate([values, values]), (np.concatenate([i, j]), np.concatenate([j, i]))
    result = sp.csr_array(sp.coo_array(both, shape=(n, n)))
    result.sort_indices()
    return result
