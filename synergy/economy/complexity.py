"""How sophisticated regions and activities are: ECI, PCI and fitness, oriented right and per component."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from synergy.economy.components import Components, Positions, components
from synergy.economy.fitness import fitness_quality
from synergy.economy.gaps import counted, listed
from synergy.economy.holdings import Holdings, holdings
from synergy.economy.orientation import Scale, scaled, sign
from synergy.economy.spectrum import second
from synergy.errors import UsageError

Floats = NDArray[np.float64]
EVERY_PRESENCE = "a value (complexity needs every presence)"


@dataclass(frozen=True, eq=False)
class Complexity:
    """ECI, PCI, fitness and quality of one table, with the components they hold for and what there is to tell.

    ``eci``, ``fitness``, ``diversity``, ``components`` are per region; ``pci``, ``quality``, ``ubiquity``,
    ``activity_components`` per activity. Components count from 1, the largest first; who holds nothing is in
    none (<NA>). ``notes`` says in sentences what a reader of the numbers must know.
    """

    eci: pd.Series = field(repr=False)
    pci: pd.Series = field(repr=False)
    fitness: pd.Series = field(repr=False)
    quality: pd.Series = field(repr=False)
    diversity: pd.Series = field(repr=False)
    ubiquity: pd.Series = field(repr=False)
    components: pd.Series = field(repr=False)
    activity_components: pd.Series = field(repr=False)
    n_components: int
    scale: Scale
    notes: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return the regions' numbers as one table."""
        return pd.concat([self.eci, self.fitness, self.diversity, self.components], axis=1)

    def activities(self) -> pd.DataFrame:
        """Return the activities' numbers as one table."""
        return pd.concat([self.pci, self.quality, self.ubiquity, self.activity_components], axis=1)


def complexity(X: pd.DataFrame, *, binary: bool = False, scale: Scale = "eci") -> Complexity:
    """Return the economic complexity of regions (ECI) and activities (PCI), and their fitness.

    ``M`` is where LQ >= 1, or X itself when ``binary``. PCI is the second right singular vector of
    ``D_r^-1/2 M D_i^-1/2`` over ``D_i^1/2``; ECI_r is the mean PCI of what r holds. Equal to the second
    eigenvectors of Hidalgo and Hausmann (2009), without a non-symmetric eigenproblem. The sign makes ECI rise with
    diversity (correlation over the component's regions), and PCI follows ECI. Conventions by name:

    - ``scale="eci"``: both less ECI's mean, over ECI's standard deviation, so that ECI_r stays the mean PCI
      (py-ecomplexity)
    - ``scale="own"``: each less its own mean, over its own standard deviation (econcomplex, fermi-cref)
    - ``scale="none"``: ``sum_i k_i PCI_i^2 = 1`` (k ubiquity), ECI_r the mean PCI

    Standard deviations are those of the population. A table that falls apart has a component indicator for its
    second vector; ECI and PCI are therefore computed in each component alone, and told. A region or activity
    that has no order in its component (alone, all alike, or holding nothing) is unknown (NaN), and told.
    Fitness (``fitness_quality``, 19 updates) runs over all that hold something; holding nothing is fitness 0.

    Raises UsageError for an unknown cell (a presence that is unknown has no eigenvector), and as
    ``location_quotient``.

    >>> M = pd.DataFrame([[1, 1, 1], [1, 1, 0], [1, 0, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])
    >>> complexity(M, binary=True).eci.round(3).to_dict()
    {'r': 1.225, 's': 0.0, 't': -1.225}
    """
    if scale not in get_args(Scale):
        raise UsageError(f"scale is {scale!r}, expected one of {', '.join(map(repr, get_args(Scale)))}")
    return complexity_of(holdings(X, binary=binary, missing="refuse", remedy=EVERY_PRESENCE), scale)


def complexity_of(H: Holdings, scale: Scale) -> Complexity:
    """Return the ``complexity`` of what is held."""
    M = H.sparse()
    parts = components(M, H.regions)
    eci, pci, notes = _by_component(M, parts, H.regions, scale)
    fitness, quality = _fitness(M, parts)
    regions = {"eci": eci, "fitness": fitness, "diversity": parts.diversity}
    activities = {"pci": pci, "quality": quality, "ubiquity": parts.ubiquity}
    return Complexity(
        **{name: pd.Series(values, index=H.regions, name=name) for name, values in regions.items()},
        **{name: pd.Series(values, index=H.activities, name=name) for name, values in activities.items()},
        components=pd.Series(parts.of_rows(), index=H.regions, name="component", dtype="Int64"),
        activity_components=pd.Series(parts.of_columns(), index=H.activities, name="component", dtype="Int64"),
        n_components=len(parts.members),
        scale=scale,
        notes=(*_outside(parts, H), *notes),
    )


def _by_component(
    M: sparse.csr_array, parts: Components, regions: pd.Index, scale: Scale
) -> tuple[Floats, Floats, list[str]]:
    """Return ECI, PCI and what to tell, each component solved and scaled alone."""
    eci, pci, notes = np.full(M.shape[0], np.nan), np.full(M.shape[1], np.nan), []
    for number, (rows, columns) in enumerate(parts.members, start=1):
        found = second(_within(M, rows, columns))
        where = f"component {number} ({listed(tuple(sorted(map(str, regions[rows]))), 3)})"
        if found is None:
            notes.append(f"{where} has no order: its regions cannot be told apart, so they have no ECI")
            continue
        if found.tied:
            notes.append(f"{where} has no single ECI: its second and third singular values are equal")
        up, doubt = sign(found, parts.diversity[rows], parts.ubiquity[columns], regions[rows])
        if doubt:
            notes.append(f"{where}: {doubt}")
        eci[rows], pci[columns] = scaled(up * found.eci, up * found.pci, scale)
    return eci, pci, notes


def _fitness(M: sparse.csr_array, parts: Components) -> tuple[Floats, Floats]:
    """Return fitness (0 for a region that holds nothing) and quality (NaN for an activity nobody holds)."""
    fitness, quality = np.zeros(M.shape[0]), np.full(M.shape[1], np.nan)
    if len(parts.held):
        found = fitness_quality(_within(M, parts.held, parts.holding))
        fitness[parts.held], quality[parts.holding] = found
    return fitness, quality


def _within(M: sparse.csr_array, rows: Positions, columns: Positions) -> sparse.csr_array:
    """Return these rows and columns of M; all of M without a copy."""
    return M if (len(rows), len(columns)) == M.shape else sparse.csr_array(M[rows][:, columns])


def _outside(parts: Components, H: Holdings) -> list[str]:
    """Tell what is in no component, and that there is more than one."""
    regions, activities = tuple(H.regions[parts.diversity == 0]), tuple(H.activities[parts.ubiquity == 0])
    notes = []
    if regions:
        notes.append(f"{counted(regions, 'region')} holding nothing: {listed(regions)}; no ECI")
    if activities:
        notes.append(f"{counted(activities, 'activity')} held by nobody: {listed(activities)}; no PCI")
    if len(parts.members) > 1:
        sizes = ", ".join(str(len(rows)) for rows, _ in parts.members[:5]) + (", …" if len(parts.members) > 5 else "")
        notes.append(
            f"the table falls into {len(parts.members)} components ({sizes} regions) that share no activity:"
            " ECI and PCI are computed in each alone and do not compare across them"
        )
    return notes
