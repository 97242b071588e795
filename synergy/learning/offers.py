"""What a region can show: its services, and which of them are practices that others may learn from."""

from __future__ import annotations

import pandas as pd

from synergy.learning.places import Grounds
from synergy.tables.schema import MATURITIES

TRIED = {maturity: (at + 1) / len(MATURITIES) for at, maturity in enumerate(MATURITIES)}
COLUMNS = ("service_id", "home", "place", "cluster", "title", "category", "tried", "evidence", "target", "languages",
           "year", "row", "refused")  # fmt: skip


def offers_of(grounds: Grounds) -> pd.DataFrame:
    """Return every service with the region it counts to and, in ``refused``, why it is no practice to teach.

    ``tried`` is 1/3 for a pilot, 2/3 for a running service, 1 for a proven one. A practice is a service beyond the
    pilot that says what shows that it works; what is unknown about a service keeps it from being one.
    """
    services = grounds.services
    tried = services["maturity"].map(TRIED)
    refused = [
        "no region" if pd.isna(home)
        else "maturity unknown" if pd.isna(maturity)
        else "a pilot only" if maturity == MATURITIES[0]
        else "nothing shows that it works" if pd.isna(evidence)
        else ""
        for home, maturity, evidence in services[["home", "maturity", "evidence"]].itertuples(index=False)
    ]  # fmt: skip
    frame = services.assign(tried=tried.astype(float), refused=refused)
    return frame.sort_values(["home", "category", "service_id"], kind="stable")[list(COLUMNS)].reset_index(drop=True)


def best_offers(offers: pd.DataFrame) -> pd.DataFrame:
    """Return the best practice of each region and category: most tried, then the latest, then by id."""
    practices = offers[offers["refused"] == ""]
    order = practices.sort_values(["tried", "year", "service_id"], ascending=[False, False, True], kind="stable")
    return order.drop_duplicates(["home", "category"]).sort_values(["home", "category"]).reset_index(drop=True)
