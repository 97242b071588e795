"""What a region holds in a theme: the rows, the figures and the role that follow from them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.tables.located import Located

EVIDENCE_COLUMNS = ("region_id", "table", "row", "id", "what")
CORNERS = ("specialisation", "clusters", "organisations", "projects")
TOP_QUARTER = 0.75
ROLES = ("leader", "complement", "follower")
DECLARES_ONLY = "declares only"


def evidence_of(located: Located, nodes: tuple[str, ...]) -> pd.DataFrame:
    """Return the input rows that place regions in a theme: region_id, table, row, id, what.

    A priority or cluster counts when it is itself a node of the theme, an organisation likewise (its row in
    ``firms``), a participation when one of its themes is. A row that an inherited or rolled-up statement brings
    says so in ``what``. The activity rows behind a specialisation are in ``Located.activity_rows``.
    """
    chosen = located.mentions[located.mentions["node"].isin(nodes)]
    return chosen.drop_duplicates(["region_id", "table", "row"])[list(EVIDENCE_COLUMNS)].reset_index(drop=True)


def holdings(located: Located, nodes: tuple[str, ...], evidence: pd.DataFrame) -> pd.DataFrame:
    """Return, for every analysed region, its figures in a theme, its strong corners and its role.

    ``strategy`` is declared, silent or unknown. ``specialisation`` is the location quotient of the theme's
    activities taken together over the cells known for the region (missing when none is, or the region has no
    activity data). ``clusters``, ``organisations`` and ``projects`` are counts; a count is unknown in a country
    for which the table has no row at all, and everywhere when no row of the whole table is in the theme: its codes
    may not reach it, which is not the same as nobody having any. A corner is strong when the region holds more of
    it than its size in that table would give it (quotient >= 1), or is in the top quarter of those that hold any.
    """
    frame = located.regions[["region_id", "name", "country"]].copy()
    ids = frame["region_id"]
    declaring = set(evidence.loc[evidence["table"] == "priorities", "region_id"])
    known = located.strategy_known
    frame["strategy"] = [
        "declared" if region in declaring else "silent" if known[region] else "unknown" for region in ids
    ]
    frame["specialisation"] = theme_quotient(located, nodes).reindex(ids).to_numpy()
    organisations = {node.removeprefix("firm:") for node in nodes if node.startswith("firm:")}
    orgs = located.organisations
    held = {
        "clusters": evidence[evidence["table"] == "clusters"].groupby("region_id")["id"].nunique(),
        "organisations": orgs[orgs["org_id"].isin(organisations)].groupby("region_id")["org_id"].nunique(),
        "projects": evidence[evidence["table"] == "participations"].groupby("region_id")["id"].nunique(),
    }
    quotient = frame["specialisation"]
    strong = {"specialisation": (quotient >= 1).astype(float).where(quotient.notna())}
    for corner, count in held.items():
        frame[corner], strong[corner] = _corner(frame, count, located.sizes[corner])
    marks = pd.DataFrame(strong)
    frame["strong"] = [";".join(np.array(CORNERS)[row == 1]) for row in marks.to_numpy()]
    known_corners, strong_corners = marks.notna().sum(axis=1), marks.sum(axis=1)
    frame["known_corners"] = known_corners
    half, most = strong_corners >= known_corners / 2, strong_corners > known_corners / 2
    # Nobody is a member without a row to show for it.
    holds_any = ids.isin(evidence.loc[evidence["table"] != "priorities", "region_id"])
    declares, somewhere = frame["strategy"] == "declared", strong_corners > 0
    frame["role"] = np.select(
        [declares & most, declares & somewhere, declares, somewhere & half & holds_any],
        ["leader", "follower", DECLARES_ONLY, "complement"],
        default="",
    )
    order = frame.assign(at=frame["role"].map({role: i for i, role in enumerate(ROLES)}), strength=-strong_corners)
    return order.sort_values(["at", "strength", "region_id"], kind="stable").drop(columns=["at", "strength"])


def _corner(frame: pd.DataFrame, held: pd.Series, whole: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return (count, strong) of one table over all regions, missing where its country or the theme is not covered."""
    ids = frame["region_id"]
    count = held.reindex(ids).fillna(0).to_numpy(dtype=float)
    size = whole.reindex(ids).to_numpy(dtype=float)
    known = covered(frame["country"].to_numpy(), count, size)
    quotient, bar = compared(count, size)
    strong = (count > 0) & ((quotient >= 1) | (count >= bar))
    return (
        pd.Series(count, index=frame.index).where(known).astype("Int64"),
        pd.Series(strong.astype(float), index=frame.index).where(known),
    )


def covered(country: np.ndarray, count: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Say for each region whether a table tells of it: it has rows of its country, and some of the theme anywhere.

    >>> covered(np.array(["AT", "AT", "CH"]), np.array([2, 0, 0]), np.array([4, 0, 0])).tolist()
    [True, True, False]
    """
    return np.isin(country, country[size > 0]) & bool(count.any())


def compared(count: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the quotients ``(count / size) / (sum count / sum size)``, NaN at size 0, and the top quarter's bar.

    The bar is what the top quarter of those that hold any begins with; infinite when nobody does.

    >>> quotient, bar = compared(np.array([3.0, 1, 0]), np.array([6.0, 4, 2]))
    >>> quotient.round(2).tolist(), bar
    ([1.5, 0.75, 0.0], 2.5)
    """
    some = count[count > 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        quotient = (count / size) / (count.sum() / size.sum())
    return quotient, float(np.quantile(some, TOP_QUARTER)) if some.size else np.inf


def theme_quotient(located: Located, nodes: tuple[str, ...]) -> pd.Series:
    """Return the location quotient of the theme's activities taken together, NaN where less than half is known."""
    X = located.activity
    inside = set(nodes)
    codes = [code for code in X.columns if f"code:{code}" in inside]
    if X.empty or not codes:
        return pd.Series(dtype=float)
    values, whole = X[codes].to_numpy(), np.nansum(X.to_numpy(), axis=1)
    known = ~np.isnan(values)
    reference = _over(np.nansum(values, axis=0), (known * whole[:, None]).sum(axis=0))
    quotient = _over(_over(np.nansum(values, axis=1), whole), (known * reference).sum(axis=1))
    return pd.Series(np.where(known.mean(axis=1) >= 0.5, quotient, np.nan).round(6), index=X.index)


def _over(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Divide with 0 where the divisor is 0, as ``location_quotient`` does."""
    ratio: np.ndarray = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return ratio
