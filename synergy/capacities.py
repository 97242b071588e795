"""What a region holds in a theme: the rows, the figures and the role that follow from them."""

from __future__ import annotations

from collections import Counter, defaultdict

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
    regions = located.regions[["region_id", "name", "country"]]
    ids, country = regions["region_id"].tolist(), regions["country"].to_numpy()
    told = things(evidence)
    declares = np.array([region in told["priorities"] for region in ids], dtype=bool)
    silent = located.strategy_known.to_numpy()
    quotient = theme_quotient(located, nodes).reindex(ids).to_numpy(dtype=float)
    organisations = Counter(located.homes.get(node.removeprefix("firm:")) for node in nodes if node.startswith("firm:"))
    held = {
        "clusters": [len(told["clusters"].get(region, ())) for region in ids],
        "organisations": [organisations[region] for region in ids],
        "projects": [len(told["participations"].get(region, ())) for region in ids],
    }
    strong = {"specialisation": np.where(np.isnan(quotient), np.nan, quotient >= 1)}
    counts = {}
    for corner, count in held.items():
        counts[corner], strong[corner] = _corner(np.array(count), located.sizes[corner].to_numpy(), country)
    marks = np.column_stack([strong[corner] for corner in CORNERS])
    known_corners, strong_corners = (~np.isnan(marks)).sum(axis=1), np.nansum(marks, axis=1)
    half, most = strong_corners >= known_corners / 2, strong_corners > known_corners / 2
    # Nobody is a member without a row to show for it.
    others = set().union(*(by_region for table, by_region in told.items() if table != "priorities"))
    holds_any = np.array([region in others for region in ids], dtype=bool)
    somewhere = strong_corners > 0
    role = np.select(
        [declares & most, declares & somewhere, declares, somewhere & half & holds_any],
        ["leader", "follower", DECLARES_ONLY, "complement"],
        default="",
    )
    frame = regions.assign(
        strategy=np.where(declares, "declared", np.where(silent, "silent", "unknown")),
        specialisation=quotient,
        **counts,
        strong=[";".join(corner for corner, mark in zip(CORNERS, row, strict=True) if mark == 1) for row in marks],
        known_corners=known_corners,
        role=role,
    )
    place = [ROLES.index(each) if each in ROLES else len(ROLES) for each in role]
    return frame.iloc[np.lexsort((ids, -strong_corners, place))]


def things(evidence: pd.DataFrame) -> dict[str, dict[str, set[str]]]:
    """Return the different ids behind each table and region of some evidence; a region without any is not there."""
    found: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for table, region, each in zip(
        *(evidence[column].tolist() for column in ("table", "region_id", "id")), strict=True
    ):
        found[table].setdefault(region, set()).add(each)
    return found


def _corner(
    count: np.ndarray, size: np.ndarray, country: np.ndarray
) -> tuple[pd.api.extensions.ExtensionArray, np.ndarray]:
    """Return (count, strong) of one table over all regions, missing where its country or the theme is not covered."""
    known = covered(country, count, size)
    quotient, bar = compared(count, size)
    strong = (count > 0) & ((quotient >= 1) | (count >= bar))
    return pd.arrays.IntegerArray(count.astype(np.int64), ~known), np.where(known, strong, np.nan)


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
