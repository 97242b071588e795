"""Eurostat structural business statistics: persons employed by region and NACE division."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from synergy.tables.sources.nuts import nuts2_of

# The export gives these regions under no code or under that of a larger, older region of the same name. That they are
# the current ones shows in the sums: with Länsi-Suomi and Åland they add up to Finland.
BY_LABEL = {"Helsinki-Uusimaa": "FI1B", "Etelä-Suomi": "FI1C", "Pohjois- ja Itä-Suomi": "FI1D"}


def read_sbs(path: Path, nuts2: Collection[str]) -> pd.DataFrame:
    """Read persons employed in the given NUTS 2 regions (current codes): region, division, persons.

    A suppressed cell is missing, never zero. Regions that the export has only under a code that was split since are
    not returned.
    """
    known = frozenset(nuts2)
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    tidy = pd.DataFrame(
        {
            "region": [
                nuts2_of(BY_LABEL.get(label, code), "", known)
                for code, label in zip(raw["nuts2_2013"], raw["geo_label"], strict=True)
            ],
            "division": raw["nace_r2_division"],
            "persons": pd.to_numeric(raw["persons_employed"].where(raw["suppressed"] != "True")),
        }
    )
    return tidy[tidy["region"] != ""].sort_values(["region", "division"], ignore_index=True)
