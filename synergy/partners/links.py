"""Who holds which capacity, how surely, and the input rows that say so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from synergy.activities.ground import Ground
from synergy.tables.fields import split_codes

ROW_COLUMNS = ("candidate_id", "capacity", "table", "row", "what", "counts")
BY_NAME = 0.5
"""What a field counts that was read from the name of a cluster organisation."""


def rows_of(ground: Ground) -> pd.DataFrame:
    """Return every row that says that somebody holds a capacity: ROW_COLUMNS, by candidate.

    A field (kind *clusters*) is held by cluster organisations in it, narrower codes included, and by organisations
    whose own row names the field itself; an activity or a theme of projects by whoever names it, or a narrower code, in
    its own row or takes part in a project on it. ``counts`` is 1, or 0.5 for a field read from a name.
    """
    kind, up = ground.kind_of, ground.located.fields.up
    wider = {code: frozenset((code, *up(code))) & kind.keys() for code in _codes(ground)}
    rows = [*_clusters(ground, wider), *_own(ground, wider, kind), *_projects(ground, wider, kind)]
    frame = pd.DataFrame(rows, columns=list(ROW_COLUMNS))
    return frame.sort_values(["candidate_id", "capacity", "table", "row"], kind="stable", ignore_index=True)


def links_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return candidate_id, capacity, quality = 1 - 2^-n, n the projects on it or, where there is none, its own row.

    An own row adds nothing to projects, because it may have been made from them. The quality is a floor: what is in no
    table does not count.

    >>> rows = [("a", "x", "participations", 4, "p1", 1.0), ("a", "x", "participations", 5, "p2", 1.0),
    ...         ("a", "x", "firms", 2, "A", 1.0), ("b", "x", "clusters", 3, "B", 0.5)]
    >>> links_of(pd.DataFrame(rows, columns=list(ROW_COLUMNS)))["quality"].round(4).tolist()
    [0.75, 0.2929]
    """
    if rows.empty:
        return pd.DataFrame(columns=["candidate_id", "capacity", "quality"])
    # A project counts once, however many rows of one candidate name it.
    once = rows.drop_duplicates(["candidate_id", "capacity", "table", "what"])
    projects = once["table"] == "participations"
    keys = [once["candidate_id"], once["capacity"]]
    n = np.maximum(
        once["counts"].where(projects, 0.0).groupby(keys).sum(),
        once["counts"].where(~projects, 0.0).groupby(keys).max(),
    )
    return (1 - 2.0**-n).rename("quality").reset_index()


def _codes(ground: Ground) -> set[str]:
    study = ground.located.study
    cells = [*study["clusters"]["codes"], *study["firms"]["codes"], *study["participations"]["theme"]]
    return {code for cell in dict.fromkeys(cells) for code in split_codes(cell)}


def _clusters(ground: Ground, wider: dict[str, frozenset[str]]) -> Iterator[tuple[object, ...]]:
    placed = ground.located.clusters.dropna(subset=["region_id"])
    columns = ["cluster_id", "name", "codes", "codes_basis", "row"]
    for cluster, name, codes, basis, row in placed[columns].itertuples(index=False):
        counts = BY_NAME if basis == "name" else 1.0
        said = f"{name}: field read from the name" if basis == "name" else str(name)
        for code in sorted({each for one in split_codes(codes) for each in wider[one]}):
            yield f"cluster:{cluster}", code, "clusters", row, said, counts


def _own(ground: Ground, wider: dict[str, frozenset[str]], kind: dict[str, str]) -> Iterator[tuple[object, ...]]:
    listed = ground.located.organisations.dropna(subset=["region_id"])
    listed = listed[listed["table"] == "firms"]
    for org, name, codes, row in listed[["org_id", "name", "codes", "row"]].itertuples(index=False):
        named = split_codes(codes)
        for code in sorted({each for one in named for each in wider[one]}):
            if kind[code] != "clusters" or code in named:
                yield f"firm:{org}", code, "firms", row, str(name), 1.0


def _projects(ground: Ground, wider: dict[str, frozenset[str]], kind: dict[str, str]) -> Iterator[tuple[object, ...]]:
    work = ground.theme_rows.dropna(subset=["org_id"])
    for org, project, theme, row in work[["org_id", "project_id", "code", "row"]].itertuples(index=False):
        for code in sorted(wider[theme]):
            if kind[code] != "clusters":
                yield f"firm:{org}", code, "participations", row, str(project), 1.0
