"""Which end of a singular vector is up, and in which unit it is told."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.economy.spectrum import Second

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Scale = Literal["eci", "own", "none"]


def sign(found: Second, diversity: Counts, ubiquity: Counts, regions: pd.Index) -> tuple[float, str]:
    """Return +1 or -1 for both ECI and PCI of a component, and a note where the data do not decide.

    ECI rises with diversity. Where the two are uncorrelated (as when all regions hold equally many), PCI falls
    with ubiquity; where that says nothing either, the first region by name that has a score is put up: a convention,
    told.
    """
    by_diversity = _correlation(found.eci, diversity)
    if by_diversity:
        return by_diversity, ""
    by_ubiquity = -_correlation(found.pci, ubiquity)
    if by_ubiquity:
        return by_ubiquity, "diversity does not say which end of ECI is up; ubiquity does (PCI falls with it)"
    # A score of 0 within rounding has no side: the first region that has one decides.
    sided = np.abs(found.eci) > 1e-9 * np.abs(found.eci).max()
    order = np.argsort(regions.astype(str).to_numpy(), kind="stable")
    first = int(order[sided[order]][0]) if sided.any() else int(order[0])
    up = 1.0 if found.eci[first] >= 0 else -1.0
    return up, f"nothing says which end of ECI is up; by convention that of {regions[first]!r}"


def scaled(eci: Floats, pci: Floats, scale: Scale) -> tuple[Floats, Floats]:
    """Return both in the unit named by ``scale`` (see ``complexity``); the deviation is the population's."""
    if scale == "none":
        return eci, pci
    reference = eci if scale == "eci" else pci
    return (eci - eci.mean()) / eci.std(), (pci - reference.mean()) / reference.std()


def _correlation(scores: Floats, degrees: Counts) -> float:
    """Return the sign of the correlation, 0 within rounding."""
    a, b = scores - scores.mean(), degrees - degrees.mean()
    covariance = float(a @ b)
    limit = 1e-9 * float(np.linalg.norm(a) * np.linalg.norm(b))
    return 0.0 if abs(covariance) <= limit else float(np.sign(covariance))
