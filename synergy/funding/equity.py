"""How evenly a selection serves the regions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from synergy.funding.selection import Selection

MEASURES = ("success", "used", "return")


@dataclass(frozen=True, repr=False, eq=False)
class Fairness:
    """Measures by region, and how even each is.

    ``frame``, one row per region: success (funded / proposals in which it takes part), used (money granted to its
    applicants / its budget) and return (money granted to its applicants / money that it paid; 1 means juste retour,
    which the virtual pot gives by its nature). Unknown (missing) where nothing was asked, budgeted or paid.
    ``summary``, one row per measure: regions where it is known, lowest, highest, lowest / highest, Gini.
    """

    frame: pd.DataFrame
    summary: pd.DataFrame

    def __repr__(self) -> str:
        told = ", ".join(f"{row.measure} {row.gini:.2f}" for row in self.summary.itertuples())
        return f"Fairness({len(self.frame)} regions, Gini: {told})"


def fairness(selection: Selection) -> Fairness:
    """Measure how evenly a selection serves the regions.

    >>> from synergy.funding import select
    >>> frame = pd.DataFrame({"proposal_id": ["p", "q"], "score": [4, 3], "A": [60, 40], "B": [0, 50]})
    >>> fairness(select(frame, {"A": 120, "B": 40}, "real")).frame
      region_id  success      used    return
    0         A      1.0  0.833333  0.909091
    1         B      1.0  1.250000  1.250000
    """
    told = selection.regions
    frame = pd.DataFrame(
        {
            "region_id": told["region_id"],
            "success": _share(told["funded"], told["proposals"]),
            "used": _share(told["used"], told["budget"]),
            "return": _share(told["used"], told["paid"]),
        }
    )
    rows = []
    for measure in MEASURES:
        known = frame[measure].dropna().to_numpy(dtype=float)
        low, high = (known.min(), known.max()) if len(known) else (np.nan, np.nan)
        rows.append((measure, len(known), low, high, low / high if high > 0 else np.nan, gini(known)))
    return Fairness(frame, pd.DataFrame(rows, columns=["measure", "regions", "lowest", "highest", "ratio", "gini"]))


def gini(values: np.ndarray) -> float:
    """Return the Gini coefficient of values of at least 0: mean difference over twice the mean.

    ``G = sum_ij |x_i - x_j| / (2 n^2 mean)``, 0 where all are alike, at most 1 - 1/n; unknown without any amount.

    >>> float(gini(np.array([1.0, 3.0])))
    0.25
    """
    if not len(values) or values.sum() == 0:
        return float("nan")
    return float(np.abs(values[:, None] - values).sum() / (2 * len(values) * values.sum()))


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part / whole.where(whole > 0).astype(float)
