"""The fifth reading, apart from the corners: what programmes already pay for in a field among its regions."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from synergy.diamonds.evidence import Evidence

COLUMNS = ("programme", "regions", "projects", "projects_together", "first_year", "last_year")


def funding_of(evidence: Evidence, regions: Sequence[str]) -> pd.DataFrame | None:
    """Return the programmes in which two of the regions or more took part on the field; None where that is unknown.

    Columns: programme, regions that took part, their projects on the field, those of two of them or more together,
    first and last year of a start. It is unknown when no project theme reaches the field, or when the tables hold no
    participation of the country of one of them.
    """
    area, rows = evidence.area, evidence.projects
    sizes = area.located.sizes["projects"].reindex(list(area.ids)).to_numpy()
    told = set(area.country[sizes > 0])
    if rows.empty or not {area.country[area.position[region]] for region in regions} <= told:
        return None
    inside = rows[rows["region_id"].isin(regions)]
    details = area.located.participations.set_index("row")[["programme", "year"]]
    parts = inside.join(details, on="row").assign(programme=lambda frame: frame["programme"].fillna("not named"))
    found = []
    for programme, part in parts.groupby("programme", sort=True):
        together = part.groupby("id")["region_id"].nunique() >= 2
        who = sorted(set(part["region_id"]))
        if len(who) >= 2:
            years = part["year"].dropna()
            span = (years.min(), years.max()) if len(years) else (pd.NA, pd.NA)
            found.append((programme, ";".join(who), part["id"].nunique(), int(together.sum()), *span))
    frame = pd.DataFrame(found, columns=list(COLUMNS)).astype({"first_year": "Int64", "last_year": "Int64"})
    return frame.sort_values(["projects_together", "projects", "programme"], ascending=[False, False, True])
