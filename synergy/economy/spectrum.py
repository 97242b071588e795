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
    rows_are_fewer = M.shape[0] <= M.shape[1]
    values, vector = _leading(M, diversity, ubiquity) if rows_are_fewer else _leading(M.T, ubiquity, diversity)
    if values[0] <= NOTHING:
        return None
    over_activities = (M.T @ (vector / np.sqrt(diversity))) / np.sqrt(ubiquity) if rows_are_fewer else vector
    pci = over_activities / np.linalg.norm(over_activities) / np.sqrt(ubiquity)
    return Second((M @ pci) / diversity, pci, float(values[0]), float(values[1]))


def _leading(M: sparse.sparray, diversity: Floats, ubiquity: Floats) -> tuple[Floats, Floats]:
    """Return the two largest eigenvalues of ``S S'`` less its first one, and the larger's vector over the rows."""
    n = M.shape[0]
    if n == 1:
        return np.zeros(2), np.zeros(1)
    scale = 1 / np.sqrt(diversity)
    first = np.sqrt(diversity / diversity.sum())
    if n <= DENSE:
        S = M.toarray() * scale[:, None] / np.sqrt(ubiquity)
        values, vectors = np.linalg.eigh(S @ S.T - np.outer(first, first))
        return values[::-1][:2], vectors[:, -1]
    back = M.T

    def apply(vector: Floats) -> Floats:
        image: Floats = scale * (M @ ((back @ (scale * vector)) / ubiquity)) - first * (first @ vector)
        return image

    # A start without symmetry or chance in it: the same table gives the same digits.
    start = np.sin(np.arange(1, n + 1, dtype=np.float64))
    values, vectors = eigsh(LinearOperator((n, n), matvec=apply, dtype=np.float64), k=2, which="LA", v0=start)
    return values[::-1], vectors[:, -1]
