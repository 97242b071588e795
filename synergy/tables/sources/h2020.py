"""Horizon 2020 dashboard: participations of one call year, from the comma-separated export."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from synergy.tables.sources.nuts import nuts2_of

_GREEN_DEAL = re.compile(r"^LC-GD-(\d{1,2})-")
_DAY = re.compile(r"^(\d{2})/(\d{2})/(\d{4})$")
KIND = {"PRC": "firm", "HES": "university", "REC": "research", "PUB": "public", "OTH": "other"}


def read_h2020(path: Path, nuts2: Collection[str]) -> pd.DataFrame:
    """Read the participations in the given NUTS 2 regions, one row per project and organisation.

    Columns: project, pic, organisation, region, kind, sme, role (lead or partner), year and start (of the
    project, year and day), priority (thematic priority of the programme), green_deal (area 1 to 10 of the Green Deal
    call, missing elsewhere), partners (organisations of the whole project, those elsewhere included).
    """
    return tidy_h2020(pd.read_csv(path, dtype=str, keep_default_na=False), nuts2)


def tidy_h2020(export: pd.DataFrame, nuts2: Collection[str]) -> pd.DataFrame:
    """Return what `read_h2020` returns, from the export as it is."""
    known = frozenset(nuts2)
    size = export.groupby("project_id")["pic"].nunique()
    regions = [nuts2_of("", code, known) for code in export["nuts_3_code"]]
    rows = export.assign(region=regions)
    rows = rows[rows["region"] != ""]
    tidy = pd.DataFrame(
        {
            "project": rows["project_id"],
            "pic": rows["pic"],
            "organisation": rows["legal_name"].str.split().str.join(" "),
            "region": rows["region"],
            "kind": rows["legal_entity_type"].map(KIND),
            "sme": rows["sme_flag"] == "Yes",
            "role": rows["partner_role"].map({"COORDINATOR": "lead", "PARTICIPANT": "partner"}),
            "year": rows["project_start_date"].str[-4:].astype(int),
            "start": rows["project_start_date"].str.replace(_DAY, r"\3-\2-\1", regex=True),
            "priority": rows["thematic_priority_abbr"],
            "green_deal": rows["topic_code"].map(green_deal_area).astype("Int64"),
            "partners": rows["project_id"].map(size),
        }
    )
    # One organisation may stand in a project twice, as beneficiary and as third party: "lead" sorts first and stays.
    tidy = tidy.sort_values(["project", "pic", "role"]).drop_duplicates(["project", "pic"])
    return tidy.reset_index(drop=True)


def green_deal_area(topic: str) -> int | None:
    """Return the area of the European Green Deal call that a topic code belongs to, or None.

    >>> green_deal_area("LC-GD-4-1-2020"), green_deal_area("MSCA-NIGHT-2020bis")
    (4, None)
    """
    found = _GREEN_DEAL.match(topic)
    return int(found[1]) if found else None
