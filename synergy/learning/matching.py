"""Who teaches whom: every need at most one teacher, no region asked to teach more than a stated number of times."""

from __future__ import annotations

import numpy as np
import pandas as pd


def match(values: pd.DataFrame, limit: int) -> pd.Series:
    """Return the teacher of each need, missing where it has none: the assignment of the largest total value.

    ``values`` has needs as rows and teachers as columns; a value that is missing or not above 0 is no possible
    lesson. Maximises sum v[n, t] x[n, t] subject to sum_t x[n, t] <= 1 and sum_n x[n, t] <= limit: each teacher
    stands in ``limit`` columns of a rectangular assignment problem, which is solved exactly (the Jonker-Volgenant
    algorithm of scipy).

    >>> values = pd.DataFrame({"a": [0.9, 0.8, 0.7], "b": [0.6, None, 0.1]}, index=["x", "y", "z"])
    >>> match(values, 1).tolist(), match(values, 2).tolist()
    (['b', 'a', None], ['b', 'a', 'a'])
    """
    from scipy.optimize import linear_sum_assignment

    teachers: list[object] = [None] * len(values)
    if values.empty or limit < 1:
        return pd.Series(teachers, index=values.index, dtype=object)
    worth = np.nan_to_num(values.to_numpy(dtype=float), nan=0.0).clip(min=0.0)
    seats = np.repeat(worth, limit, axis=1)
    rows, columns = linear_sum_assignment(seats, maximize=True)
    for row, column in zip(rows, columns, strict=True):
        if seats[row, column] > 0:
            teachers[row] = values.columns[column // limit]
    return pd.Series(teachers, index=values.index, dtype=object)
