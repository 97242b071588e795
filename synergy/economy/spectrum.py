"""The second singular vector of one connected 0/1 matrix: what ECI and PCI are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, eigsh

Floats = NDArray[np.float64]
DENSE = 400
"""Up to this many rows or columns the smaller Gram matrix is solved whole."""
NOTHING = 1e-12
"""A squared singular value below this is none: all rows are alike."""


@dataclass(frozen=True)
class Second:
    """The activities' scores (unit ``sum_i k_i pci_i^2``), the regions' (their means), and the squared values."""

    eci: Floats
    pci: Floats
    value: float
    next_value: float

    @property
    def tied(self) -> bool:
        """Whether the third singular value is as large, so that no single direction is the second."""
        return self.value - self.next_value <= 1e-9


def second(M: sparse.csr_array) -> Second | None:
    """Return the second singular pair of ``S = D_r^-1/2 M D_i^-1/2`` as scores, or None where there is none.

    M is 0/1, connected, without zero rows or columns. The first pair is known (``sqrt`` of the degrees, value
    1) and taken off, so the wanted one leads. Its vector v over the activities gives ``pci = D_i^-1/2 v`` and
    ``eci = D_r^-1 M pci``, which makes ECI the mean PCI of what is held, sign and scale included. There is none
    with a single region or activity, or when all regions are alike. The sign is not chosen here.

    >>> second(sparse.csr_array(np.array([[1.0, 1.0], [1.0, 0.0]]))).value.__round__(3)
    0.25
    """
    diversity, ubiquity = np.asarray(M.sum(axis=1)), np.asarray(M.sum(axis=0))
    scaled = sparse.csr_array(M * (1 / np.sqrt(ubiquity))[None, :] * (1 / np.sqrt(diversity))[:, None])
    rows_are_fewer = M.shape[0] <= M.shape[1]
    short = scaled if rows_are_fewer else sparse.csr_array(scaled.T)
    first = np.sqrt(diversity if rows_are_fewer else ubiquity)
    values, vector = _leading(short, first / np.linalg.norm(first))
    if values[0] <= NOTHING:
        return None
    over_activities = short.T @ vector if rows_are_fewer else vector
    over_activities = over_activities / np.linalg.norm(over_activities)
    pci = over_activities / np.sqrt(ubiquity)
    return Second((M @ pci) / diversity, pci, float(values[0]), float(values[1]))


def _leading(short: sparse.csr_array, first: Floats) -> tuple[Floats, Floats]:
    """Return the two largest eigenvalues of ``S S' - first first'`` and the first one's vector."""
    n = short.shape[0]
    if n == 1:
        return np.zeros(2), np.zeros(1)
    if n <= DENSE:
        gram = (short @ short.T).toarray() - np.outer(first, first)
        values, vectors = np.linalg.eigh(gram)
        return values[::-1][:2], vectors[:, -1]
    long = sparse.csr_array(short.T)

    def apply(vector: Floats) -> Floats:
        image: Floats = short @ (long @ vector) - first * (first @ vector)
        return image

    # A start without symmetry or chance in it: the same table gives the same digits.
    start = np.sin(np.arange(1, n + 1, dtype=np.float64))
    values, vectors = eigsh(LinearOperator((n, n), matvec=apply, dtype=np.float64), k=2, which="LA", v0=start)
    return values[::-1], vectors[:, -1]
