"""The bipartite configuration model: as random as the degrees allow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.special import expit

from synergy_graphs.errors import GraphError
from synergy_graphs.projection import binary_incidence

# Degrees that the model may miss, in units of ties; p-values then agree to far more digits than anyone reads.
_MISSED = 1e-9
_ROUNDS = 500


@dataclass(frozen=True, repr=False, eq=False)
class BipartiteModel:
    """Tie probabilities of the bipartite configuration model, kept once per distinct degree.

    ``row_class[i]`` and ``column_class[a]`` number the distinct degrees; ``classes[row_class[i], column_class[a]]`` is
    the probability of the tie i-a. Arrays are read-only.
    """

    row_class: NDArray[np.intp]
    column_class: NDArray[np.intp]
    classes: NDArray[np.float64]

    def __post_init__(self) -> None:
        for part in (self.row_class, self.column_class, self.classes):
            part.flags.writeable = False

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.row_class.size, self.column_class.size

    def probabilities(self) -> NDArray[np.float64]:
        """Return the dense rows x columns matrix of tie probabilities."""
        return np.asarray(self.classes[np.ix_(self.row_class, self.column_class)])

    def __repr__(self) -> str:
        rows, columns = self.classes.shape
        return f"BipartiteModel({self.shape[0]} x {self.shape[1]}; {rows} x {columns} distinct degrees)"


def bipartite_model(incidence: sp.sparray | sp.spmatrix | NDArray[np.float64]) -> BipartiteModel:
    """Fit the bipartite configuration model (BiCM) to a 0/1 matrix.

    The random bipartite graph of largest entropy whose expected degrees are those seen (Squartini & Garlaschelli
    2011; Saracco et al. 2015): ties are independent with p_ia = x_i y_a / (1 + x_i y_a), where x and y solve
    sum_a p_ia = k_i and sum_i p_ia = k_a, that is, maximise the likelihood sum_i k_i log x_i + sum_a k_a log y_a -
    sum_ia log(1 + x_i y_a). Nodes of equal degree share their parameter, so Newton's method runs on the distinct
    degrees. A node tied to nothing, or to all that is left, has probabilities 0 or 1 and is set aside first.

    ``incidence`` is rows x columns of 0 and 1. Raises GraphError for another entry, and in the rare case that the
    degrees cannot be met to 1e-9.

    >>> bipartite_model(np.array([[1, 1, 0], [1, 0, 0]])).probabilities().tolist()
    [[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]]
    >>> bipartite_model(np.eye(2)).probabilities().round(9).tolist()
    [[0.5, 0.5], [0.5, 0.5]]
    """
    return model_of(binary_incidence(incidence))


def model_of(matrix: sp.csr_array) -> BipartiteModel:
    """Return the model of a canonical 0/1 CSR matrix, see ``bipartite_model``."""
    row_degrees, row_class, n_rows = _distinct(np.diff(matrix.indptr))
    column_degrees, column_class, n_columns = _distinct(np.bincount(matrix.indices, minlength=matrix.shape[1]))
    classes = np.zeros((row_degrees.size, column_degrees.size))
    left, right = row_degrees.astype(np.float64), column_degrees.astype(np.float64)
    rows, columns = _set_aside(classes, left, right, n_rows, n_columns)
    if rows.any() and columns.any():
        inner = _solve(left[rows], right[columns], n_rows[rows], n_columns[columns])
        classes[np.ix_(rows, columns)] = inner
    return BipartiteModel(row_class, column_class, classes)


def _distinct(degrees: NDArray[np.integer]) -> tuple[NDArray[np.integer], NDArray[np.intp], NDArray[np.int64]]:
    values, which, counts = np.unique(degrees, return_inverse=True, return_counts=True)
    return values, which.ravel(), counts


def _set_aside(
    classes: NDArray[np.float64],
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    n_rows: NDArray[np.int64],
    n_columns: NDArray[np.int64],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Take out nodes tied to nothing or to all others, lowering the other side's degrees, until none is left."""
    rows, columns = np.ones(left.size, dtype=bool), np.ones(right.size, dtype=bool)
    while True:
        full_rows = rows & (left == n_columns[columns].sum())
        empty_rows = rows & (left == 0)
        classes[np.ix_(full_rows & ~empty_rows, columns)] = 1.0
        right[columns] -= n_rows[full_rows & ~empty_rows].sum()
        rows &= ~(full_rows | empty_rows)
        full_columns = columns & (right == n_rows[rows].sum())
        empty_columns = columns & (right == 0)
        classes[np.ix_(rows, full_columns & ~empty_columns)] = 1.0
        left[rows] -= n_columns[full_columns & ~empty_columns].sum()
        columns &= ~(full_columns | empty_columns)
        if not (full_rows | empty_rows).any() and not (full_columns | empty_columns).any():
            return rows, columns


def _solve(
    left: NDArray[np.float64], right: NDArray[np.float64], n_rows: NDArray[np.int64], n_columns: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the probabilities between classes, by Newton's method on the logarithms of x and y."""
    ties = float(n_rows @ left)
    theta, eta = np.log(left / np.sqrt(ties)), np.log(right / np.sqrt(ties))
    best = _dual(theta, eta, left, right, n_rows, n_columns)
    for _ in range(_ROUNDS):
        p = expit(theta[:, None] + eta)
        miss_left, miss_right = left - p @ n_columns, right - n_rows @ p
        if max(np.abs(miss_left).max(), np.abs(miss_right).max()) < _MISSED:
            return np.asarray(p)
        step = _newton(p, miss_left, miss_right, n_rows, n_columns)
        size = 1.0
        while True:
            tried = theta + size * step[: left.size], eta + size * step[left.size :]
            value = _dual(*tried, left, right, n_rows, n_columns)
            # Near the optimum the likelihood is flat to rounding; there the full step is the right one.
            if value >= best - 1e-12 * abs(best) or size < 1e-6:
                break
            size /= 2
        (theta, eta), best = tried, value
    raise GraphError(f"the degrees could not be met: after {_ROUNDS} rounds one is missed by {np.abs(miss_left).max()}")


def _dual(
    theta: NDArray[np.float64],
    eta: NDArray[np.float64],
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    n_rows: NDArray[np.int64],
    n_columns: NDArray[np.int64],
) -> float:
    return float(
        n_rows @ (left * theta)
        + n_columns @ (right * eta)
        - n_rows @ np.logaddexp(0.0, theta[:, None] + eta) @ n_columns
    )


def _newton(
    p: NDArray[np.float64],
    miss_left: NDArray[np.float64],
    miss_right: NDArray[np.float64],
    n_rows: NDArray[np.int64],
    n_columns: NDArray[np.int64],
) -> NDArray[np.float64]:
    spread = n_rows[:, None] * (p * (1.0 - p)) * n_columns
    size = n_rows.size
    hessian = np.zeros((p.shape[0] + p.shape[1],) * 2)
    hessian[:size, size:], hessian[size:, :size] = spread, spread.T
    diagonal = np.concatenate([spread.sum(axis=1), spread.sum(axis=0)])
    # x and y are known up to a factor that moves from one to the other: the direction (1, -1) is pinned.
    sign = np.concatenate([np.ones(size), -np.ones(p.shape[1])])
    hessian += np.outer(sign, sign) * (diagonal.mean() / diagonal.size)
    hessian[np.diag_indices_from(hessian)] += diagonal * (1 + 1e-12) + 1e-12 * diagonal.max()
    return np.asarray(np.linalg.solve(hessian, np.concatenate([n_rows * miss_left, n_columns * miss_right])))
