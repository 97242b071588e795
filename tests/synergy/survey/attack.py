"""A reader who knows every published table of a survey, how many answered each cell, and how totals are made.

Loaded by the tests and by ``python -m benchmarks.survey attack``. Cells are numbered table by table, regions before
stakeholder types, totals last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

from synergy.survey.scoring import hidden_cells, tallied
from synergy.survey.suppression import with_totals

if TYPE_CHECKING:
    from synergy.survey.answers import Answers


def counts_of(answers: Answers) -> np.ndarray:
    """How many answered each cell of each table; the reader knows it, shown or not."""
    return np.concatenate([with_totals(tallied(answers, each)[0]).ravel() for each in answers.scores.values()])


def sums_of(answers: Answers) -> np.ndarray:
    return np.concatenate([with_totals(tallied(answers, each)[1]).ravel() for each in answers.scores.values()])


def hidden_of(answers: Answers, min_n: int) -> np.ndarray:
    """Which cells are withheld."""
    masks = hidden_cells(answers, min_n)
    return np.concatenate([masks[column].ravel() for column in answers.scores])


def equations(answers: Answers, counts: np.ndarray) -> np.ndarray:
    """Everything that the sums of scores satisfy: totals over types, over regions, and over areas and directions.

    A total over areas or directions is the mean of its parts for sure where all of them have the same count: then
    everybody has every part.
    """
    height, width = len(answers.regions) + 1, len(answers.stakeholders) + 1
    place = np.arange(len(answers.scores) * height * width).reshape(-1, height, width)
    order = {column: at for at, column in enumerate(answers.scores)}
    rows = []

    def equal(total: int, parts: np.ndarray, share: float = 1.0) -> None:
        row = np.zeros(place.size)
        row[total], row[parts] = -1, share
        rows.append(row)

    for table in place:
        for line in (*table, *table.T):
            equal(line[-1], line[:-1])
    for margin, parts in answers.margins:
        tables = place[[order[part] for part in parts]]
        for total, cells in zip(place[order[margin]].ravel(), tables.reshape(len(parts), -1).T, strict=True):
            if len({*counts[cells], counts[total]}) == 1:
                equal(total, cells, 1 / len(parts))
    return np.array(rows)


def recovered(answers: Answers, hidden: np.ndarray) -> list[int]:
    """The withheld cells whose sums follow from the shown ones: no vector of the null space touches them."""
    counts = counts_of(answers)
    unknown = np.flatnonzero(hidden & (counts > 0))
    system = equations(answers, counts)[:, unknown]
    values, vectors = np.linalg.eigh(system.T @ system)
    free = np.abs(vectors[:, values < 1e-9]).max(axis=1, initial=0)
    return [int(at) for at in unknown[free < 1e-7]]


def solved_ranges(answers: Answers, hidden: np.ndarray, min_n: int, most: int | None = None) -> list[float]:
    """The range of each withheld mean of fewer than ``min_n``, by linear programming over all tables."""
    counts, sums = counts_of(answers), sums_of(answers)
    unknown = np.flatnonzero(hidden & (counts > 0))
    shown = ~hidden
    system = equations(answers, counts)
    left, right = system[:, unknown], -system[:, shown] @ sums[shown]
    bounds = np.column_stack([counts[unknown], 5 * counts[unknown]])
    few = np.flatnonzero(counts[unknown] < min_n)
    found = []
    for at in few[:: max(1, len(few) // most)] if most else few:
        aim = np.zeros(len(unknown))
        aim[at] = 1 / counts[unknown[at]]
        ends = [linprog(way * aim, A_eq=left, b_eq=right, bounds=bounds) for way in (1, -1)]
        assert [each.status for each in ends] == [0, 0]
        found.append(float(-ends[1].fun - ends[0].fun))
    return found
