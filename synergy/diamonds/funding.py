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
    area = evidence.area
    sizes = area.located.sizes["projects"].reindex(list(area.ids)).to_numpy()
    told = set(area.country[sizes > 0])
    if evidence.projects.empty or not {area.country[area.position[region]] for region in regions} <= told:
        return None
    takers: dict[str, dict[str, set[str]]] = {}
    years: dict[str, list[int]] = {}
    for region, project, programme, year in evidence.funded:
        if region in regions:
            takers.setdefault(programme, {}).setdefault(project, set()).add(region)
            years.setdefault(programme, []).extend([] if year is None else [year])
    found = []
    for programme, projects in takers.items():
        who = set().union(*projects.values())
        if len(who) >= 2:
            together = sum(len(regions) >= 2 for regions in projects.values())
            span = (min(years[programme]), max(years[programme])) if years[programme] else (None, None)
            found.append((programme, ";".join(sorted(who)), len(projects), together, *span))
    found.sort(key=lambda line: (-line[3], -line[2], line[0]))
    return pd.DataFrame(found, columns=list(COLUMNS)).astype({"first_year": "Int64", "last_year": "Int64"})
