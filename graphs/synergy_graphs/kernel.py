"""The Leiden algorithm on one symmetric matrix: the graph is handed to igraph once, then run as often as needed."""

from __future__ import annotations

import igraph
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from synergy_graphs.partition import canonical_labels
from synergy_graphs.randomness import borrowed_generator

_STEPS = 2.0**24
# igraph's own "until nothing improves" can swap two labels for ever when both moves tie within rounding: so go on in
# rounds of a few iterations until one changes nothing, and no longer than this.
_ITERATIONS, _ROUNDS = 4, 12


class Kernel:
    """Leiden runs on one symmetric matrix, given by its upper triangle; nodes without ties are labelled -1.

    ``run`` maximises sum_ij (A_ij - resolution k_i k_j / 2m) [c_i = c_j], k_i being the row sums of the matrix and 2m
    their total. The weights are rounded to whole steps of 2^-24 of the largest, one at least: sums are exact then, and
    no time is lost on moves that gain no more than the noise of adding up (two fifths were measured).
    A run depends on its arguments alone, whatever the hash seed and the number of threads: igraph's Leiden runs on one.

    >>> upper = sp.csr_array(np.array([[0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]))
    >>> Kernel(upper).run(1.0, np.random.SeedSequence(0)).tolist()
    [0, 0, 1, 1]
    """

    def __init__(self, upper: sp.csr_array) -> None:
        self.n_nodes = int(upper.shape[0])
        first, last = (np.asarray(part, dtype=np.int64) for part in upper.tocoo().coords)
        tied = np.zeros(self.n_nodes, dtype=bool)
        tied[first] = tied[last] = True
        self.tied = np.flatnonzero(tied)
        compact = np.cumsum(tied) - 1
        rows, cols = compact[first].tolist(), compact[last].tolist()
        # Tuples, not an array or lists: igraph takes them several times faster.
        self._net = igraph.Graph(n=int(self.tied.size), edges=zip(rows, cols, strict=True))
        self._weights = _stepped(upper.data).tolist()

    @classmethod
    def of(cls, matrix: sp.csr_array) -> Kernel:
        """Build from a symmetric matrix; its diagonal is left out."""
        return cls(sp.csr_array(sp.triu(matrix, k=1, format="csr")))

    def run(
        self,
        resolution: float,
        seed: np.random.SeedSequence,
        *,
        iterations: int | None = None,
        start: NDArray[np.int64] | None = None,
    ) -> NDArray[np.int64]:
        """Return labels, numbered by size, after so many iterations (None: until nothing changes) from ``start``."""
        labels = np.full(self.n_nodes, -1, dtype=np.int64)
        if not self.tied.size:
            return labels
        now: list[int] | None = None if start is None else start[self.tied].tolist()
        with borrowed_generator(igraph.set_random_number_generator, seed):
            for _ in range(_ROUNDS if iterations is None else 1):
                before, now = now, self._leiden(resolution, iterations or _ITERATIONS, now)
                if before == now:
                    break
        labels[self.tied] = np.array(now, dtype=np.int64)
        return canonical_labels(labels)

    def _leiden(self, resolution: float, iterations: int, start: list[int] | None) -> list[int]:
        found = self._net.community_leiden(
            objective_function="modularity",
            weights=self._weights,
            resolution=resolution,
            n_iterations=iterations,
            initial_membership=start,
        )
        labels: list[int] = canonical_labels(np.array(found.membership, dtype=np.int64)).tolist()
        return labels


def _stepped(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    largest = float(weights.max(initial=0.0)) or 1.0
    return np.maximum(np.round(weights / largest * _STEPS), 1.0)
