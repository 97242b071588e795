"""Cluster organisations, and the industrial ecosystems that regional strategies prioritise."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from synergy.tables.sources.nuts import current_code


def read_clusters(path: Path) -> pd.DataFrame:
    """Read the list of cluster organisations as it is: name, country, ecosystem, city, nuts2_added (empty: unknown)."""
    return pd.read_csv(path, sep="|", dtype=str, keep_default_na=False)


def read_region_ecosystems(path: Path, regions: Collection[str]) -> pd.DataFrame:
    """Read which ecosystems the strategies of the given regions prioritise: region, ecosystem; each pair once.

    Regions stand at the level on which the strategy was declared, under their current code; nothing is handed down
    or up.
    """
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    tidy = pd.DataFrame({"region": raw["nuts"].map(current_code), "ecosystem": raw["ecosystem"].str.strip()})
    tidy = tidy[tidy["region"].isin(sorted(regions))]
    return tidy.drop_duplicates().sort_values(["region", "ecosystem"], ignore_index=True)
