"""The numbers that native runs of EconGeo 1.3, py-ecomplexity 0.5.3, econcomplex 1.0.1 and fermi-cref 0.2.0 gave.

Each to 1e-9 where the digits are exact, else to half of the last digit printed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from synergy.economy import (
    complexity,
    entropy,
    hachman_index,
    herfindahl_index,
    krugman_index,
    location_quotient,
    presence,
    relatedness,
)

A = pd.DataFrame([[100, 0, 0, 0, 0], [0, 15, 5, 70, 10], [0, 20, 10, 20, 50], [0, 25, 30, 5, 40], [0, 40, 55, 5, 0]])
A_LQ = [[5, 0, 0, 0, 0], [0, 0.75, 0.25, 3.5, 0.5], [0, 1, 0.5, 1, 2.5], [0, 1.25, 1.5, 0.25, 2], [0, 2, 2.75, 0.25, 0]]
C = pd.DataFrame([[0, 6, 9, 4], [10, 10, 3, 6], [7, 8, 1, 6], [9, 10, 0, 5], [10, 0, 0, 1]])


def cooccurrences() -> pd.DataFrame:
    """E, by its upper triangle."""
    above = [10, 1, 5, 5, 9, 0, 1, 5, 7, 9, 4, 4, 6, 5, 1]
    names = [f"I{n}" for n in range(1, 7)]
    E = pd.DataFrame(0, index=names, columns=names)
    for (i, j), times in zip(itertools.combinations(names, 2), above, strict=True):
        E.loc[i, j] = E.loc[j, i] = times
    return E


@pytest.mark.parametrize(
    ("measure", "expected", "within"),
    [
        (lambda: location_quotient(A), A_LQ, 1e-9),
        (lambda: presence(A), np.array(A_LQ) >= 1, 0),
        (lambda: krugman_index(A), [1.6, 1, 0.6, 0.7, 1.1], 1e-9),
        (lambda: hachman_index(A), [0.2, 0.380952381, 0.588235294, 0.634920635, 0.430107527], 5e-10),
        (lambda: herfindahl_index(A), [1, 0.525, 0.34, 0.315, 0.465], 1e-9),
        (lambda: entropy(A), [0, 1.319, 1.761, 1.766, 1.219], 5e-4),
        (lambda: complexity(C).eci, [1.7365, -0.6474, 0.5033, -0.6474, -0.9450], 5e-5),
        (lambda: complexity(C, scale="eci").pci, [-0.9450, -0.3498, 2.1166, 1.3564], 5e-5),
        (lambda: relatedness(cooccurrences(), "probability").loc["I1", "I2"], 1.7013876041, 5e-11),
        (lambda: relatedness(cooccurrences(), "association").loc["I1", "I2"], 2.0869565217, 5e-11),
        (lambda: relatedness(cooccurrences(), "cosine").loc["I1", "I2"], 0.3806934938, 5e-11),
        (lambda: relatedness(cooccurrences(), "jaccard").loc["I1", "I2"], 0.2325581395, 5e-11),
    ],
    ids=["LQ", "LQ>=1", "Krugman", "Hachman", "Herfindahl", "entropy", "ECI", "PCI", *"PACJ"],
)
def test_as_printed(measure: Callable[[], object], expected: object, within: float) -> None:
    np.testing.assert_allclose(np.asarray(measure(), dtype=float), expected, rtol=0, atol=within)
