"""The regions of a study in whose ``survey.csv`` the answers shall stand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from synergy.errors import DataError, UnknownName
from synergy.tables.check import examine
from synergy.tables.problems import Problems

FILE = "regions.csv"


def study_regions(study: str | Path, labels: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return region_id and name of a study's regions, for ``read_responses(regions=…)``.

    Only regions.csv has to be sound: the survey.csv that is there may be what is to be replaced. ``labels`` are further
    names with their ids; they come before a region's own name. Raises UsageError when there is no such folder,
    DataError with every problem of the regions, UnknownName for a label of a region that the study does not have.
    """
    examined = examine(study, only=["regions"])
    if problems := tuple(problem for problem in examined.problems if problem.file == FILE):
        raise DataError(Problems(problems))
    frame = examined.raw["regions"].data.select(["region_id", "name"]).to_pandas()
    given = labels or {}
    for region in given.values():
        if region not in set(frame["region_id"]):
            raise UnknownName("region", region, frame["region_id"])
    own = frame.assign(name=frame["name"].where(~frame["name"].isin(list(given))))
    return pd.concat([own, pd.DataFrame({"region_id": list(given.values()), "name": list(given)})], ignore_index=True)
