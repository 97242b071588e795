"""Cluster organisations, and the industrial ecosystems that regional strategies prioritise."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd


def read_clusters(path: Path) -> pd.DataFrame:
    """Read the list of cluster organisations as it is: name, country, ecosystem, city, nuts2_added (empty: unknown)."""
    return pd.read_csv(path, sep="|", dtype=str, keep_default_na=False)


def read_region_ecosystems(path: Path, regions: Collection[str]) -> pd.DataFrame:
    """Read which ecosystems the strategies of the given regions prioritise: region, ecosystem; each pair once.

    Regions are named at the level on which the strategy was declared; nothing is handed down or up.
    """
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    chosen = raw[raw["nuts"].isin(sorted(regions))]
    tidy = pd.DataFrame({"region": chosen["nuts"], "ecosystem": chosen["ecosystem"].str.strip()})
    return tidy.drop_duplicates().sort_values(["region", "ecosystem"], ignore_index=True)
