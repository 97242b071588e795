"""The Leiden algorithm on one symmetric matrix: the graph is handed to igraph once, then run as often as needed."""

from __future__ import annotations

import igraph
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from synergy_graphs.partition import canonical_labels
from synergy_graphs.randomness import borrowed_generator

_STEPS = 2.0**24


class Kernel:
    """Leiden runs on one symmetric matrix, given by its upper triangle; nodes without ties are labelled -1.

    ``run`` maximises sum_ij (A_ij - resolution k_i k_j / 2m) [c_i = c_j], k_i being the row sums of the matrix and 2m
    their total. With ``stepped`` the weights are rounded to whole steps of 2^-24 of the largest, one at least: sums are
    exact then, and no time is lost on moves that gain no more than the noise of adding up (two fifths were measured).
    A run depends on its arguments alone, whatever the hash seed and the number of threads: igraph's Leiden runs on one.

    >>> upper = sp.csr_array(np.array([[0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]))
    >>> Kernel(upper).run(1.0, np.random.SeedSequence(0)).tolist()
    [0, 0, 1, 1]
    """

    def __init__(self, upper: sp.csr_array, *, stepped: bool = True) -> None:
        self.n_nodes = int(upper.shape[0])
        first, last = (np.asarray(part, dtype=np.int64) for part in upper.tocoo().coords)
        tied = np.zeros(self.n_nodes, dtype=bool)
        tied[first] = tied[last] = True
        self.tied = np.flatnonzero(tied)
        compact = np.cumsum(tied) - 1
        rows, cols = compact[first].tolist(), compact[last].tolist()
        # Tuples, not an array or lists: igraph takes them several times faster.
        self._net = igraph.Graph(n=int(self.tied.size), edges=zip(rows, cols, strict=True))
        self._weights = (_stepped(upper.data) if stepped else upper.data).tolist()

    @classmethod
    def of(cls, matrix: sp.csr_array, *, stepped: bool = True) -> Kernel:
        """Build from a symmetric matrix; its diagonal is left out."""
        return cls(sp.csr_array(sp.triu(matrix, k=1, format="csr")), stepped=stepped)

    def run(
        self,
        resolution: float,
        seed: np.random.SeedSequence,
        *,
        iterations: int = -1,
        start: NDArray[np.int64] | None = None,
    ) -> NDArray[np.int64]:
        """Return labels, numbered by size; -1 iterations go on until nothing improves, from ``start`` if given."""
        labels = np.full(self.n_nodes, -1, dtype=np.int64)
        if not self.tied.size:
            return labels
        with borrowed_generator(igraph.set_random_number_generator, seed):
            found = self._net.community_leiden(
                objective_function="modularity",
                weights=self._weights,
                resolution=resolution,
                n_iterations=iterations,
                initial_membership=None if start is None else start[self.tied].tolist(),
            )
        labels[self.tied] = found.membership
        return canonical_labels(labels)


def _stepped(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    largest = float(weights.max(initial=0.0)) or 1.0
    return np.maximum(np.round(weights / largest * _STEPS), 1.0)
