"""What complexity lies within a region's reach: complexity outlook index and gain."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from synergy.economy.complexity import EVERY_PRESENCE, complexity_of
from synergy.economy.density import Diagonal, densities, related_to
from synergy.economy.holdings import Holdings, holdings
from synergy.errors import UsageError

Gain = Literal["net", "gross"]


@dataclass(frozen=True, eq=False)
class Outlook:
    """``coi`` per region, ``cog`` regions x activities, both in units of PCI, and what there is to tell."""

    coi: pd.Series = field(repr=False)
    cog: pd.DataFrame = field(repr=False)
    diagonal: Diagonal
    gain: Gain
    notes: tuple[str, ...]


def complexity_outlook(
    X: pd.DataFrame,
    *,
    binary: bool = False,
    pci: pd.Series | None = None,
    phi: pd.DataFrame | None = None,
    diagonal: Diagonal = "include",
    gain: Gain = "net",
) -> Outlook:
    """Return the complexity outlook index of regions and the gain that each missing activity would bring.

    ``COI_r = sum_i d_ri (1 - M_ri) PCI_i`` with d the ``density`` as a share (0..1), and
    ``COG_ri = sum_j phi_ji / sum_k phi_jk (1 - M_rj) PCI_j - d_ri PCI_i`` for i absent from r, 0 for i present
    (Hausmann et al. 2014). Conventions by name: ``diagonal`` as in ``density`` (the book, as py-ecomplexity,
    includes it); ``gain="gross"`` leaves out the last term (what i itself gave to COI while it was absent), as
    py-ecomplexity does. With ``diagonal="exclude"`` and ``gain="net"``, COG_ri is exactly what
    COI_r gains when r takes up i.

    ``pci`` and ``phi`` default to ``complexity(X)`` (on ECI's scale) and ``proximity``. An activity without a
    PCI contributes nothing, and is told.

    Raises UsageError for a pci that lacks an activity, and as ``complexity`` and ``density`` do.

    >>> M = pd.DataFrame([[1, 1, 1], [1, 1, 0], [1, 0, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])
    >>> complexity_outlook(M, binary=True).coi.round(3).to_dict()
    {'r': 0.0, 's': 1.67, 't': 1.045}
    """
    if gain not in ("net", "gross"):
        raise UsageError(f"gain is {gain!r}, expected 'net' or 'gross'")
    H = holdings(X, binary=binary, missing="refuse", remedy=EVERY_PRESENCE)
    levels, notes = _levels(H, pci)
    related = related_to(H, phi, "refuse")
    share, absent = densities(H, related, diagonal) / 100, (~H.held).astype(np.float64)
    own = related.diagonal() if diagonal == "exclude" else np.zeros(len(related))
    whole = related.sum(axis=1) - own
    worth = np.divide(levels, whole, out=np.zeros_like(levels), where=whole > 0)
    reach = (absent * worth) @ related - absent * worth * own
    if gain == "net":
        reach -= share * levels
    coi = pd.Series((share * absent) @ levels, index=X.index, name="coi")
    return Outlook(coi, pd.DataFrame(absent * reach, index=X.index, columns=X.columns), diagonal, gain, notes)


def _levels(H: Holdings, pci: pd.Series | None) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return PCI in the order of the activities, unknown as 0, and what to tell."""
    notes: tuple[str, ...] = ()
    if pci is None:
        found = complexity_of(H, "eci")
        pci, notes = found.pci, found.notes
    absent = H.activities.difference(pci.index)
    if len(absent):
        raise UsageError(f"pci has no activity {absent[0]!r} ({len(absent)} absent), expected the table's columns")
    levels = pci.reindex(H.activities)
    unknown = int(levels.isna().sum())
    if unknown:
        notes += (f"{unknown} of {len(levels)} activities have no PCI and contribute nothing to COI and COG",)
    return levels.fillna(0.0).to_numpy(dtype=float), notes
