"""Everybody whom the tables name, as candidates: where they are, what they are, whom they worked with."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse

from synergy.errors import UnknownName, UsageError
from synergy.tables.kinds import kind_by_name
from synergy.tables.located import Located

COLUMNS = ("candidate_id", "name", "region", "country", "kind", "size", "by_name", "table", "row")


def everybody(located: Located) -> pd.DataFrame:
    """Return every cluster organisation and organisation that lies in an analysed region: COLUMNS, by candidate_id.

    ``kind`` is that of ``firms``, *cluster*, or for a participant that no table lists what its name says (``by_name``),
    else missing; ``size`` is missing where the table has none. Ids are those of the graph: cluster:… and firm:….
    """
    country = located.regions.set_index("region_id")["country"]
    clusters = located.clusters.dropna(subset=["region_id"])
    organisations = located.organisations.dropna(subset=["region_id"])
    listed = organisations["table"] == "firms"
    read = organisations["name"].where(~listed, "").map(kind_by_name)
    size = located.study["firms"].set_index("firm_id")["size"]
    whole = pd.concat(
        [
            pd.DataFrame(
                {
                    "candidate_id": "cluster:" + clusters["cluster_id"].astype(str), "name": clusters["name"],
                    "region": clusters["region_id"], "kind": "cluster", "size": None, "by_name": False,
                    "table": "clusters", "row": clusters["row"],
                }
            ),
            pd.DataFrame(
                {
                    "candidate_id": "firm:" + organisations["org_id"].astype(str), "name": organisations["name"],
                    "region": organisations["region_id"], "kind": organisations["kind"].where(listed, read),
                    "size": organisations["org_id"].map(size).where(listed), "by_name": read.notna(),
                    "table": organisations["table"], "row": organisations["row"],
                }
            ),
        ],
        ignore_index=True,
    ).astype({"kind": object, "size": object})  # fmt: skip
    whole["country"] = whole["region"].map(country)
    return whole[list(COLUMNS)].sort_values("candidate_id", kind="stable", ignore_index=True)


def ties_of(located: Located, candidates: Iterable[str]) -> sparse.csr_array:
    """Return candidates x candidates: how many projects two of them took part in together; the diagonal is 0.

    Cluster organisations are in no table of participations unless a row of ``firms`` or a name there is their own: what
    they did together is not known, and no tie is told for them.
    """
    place = {one: at for at, one in enumerate(candidates)}
    parts = located.participations.dropna(subset=["org_id"])
    who = ("firm:" + parts["org_id"].astype(str)).map(place)
    inside = parts.assign(who=who).dropna(subset=["who"]).drop_duplicates(["who", "project_id"])
    project = pd.factorize(inside["project_id"], sort=True)[0]
    shape = (len(place), int(project.max(initial=-1)) + 1)
    took = sparse.csr_array((np.ones(len(inside)), (inside["who"].to_numpy(np.int64), project)), shape=shape)
    together = sparse.csr_array(took @ took.T)
    together.setdiag(0)
    together.eliminate_zeros()
    return together


def resolved(wanted: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return candidates by their id, or by the id that their table gives them where that is one candidate's alone.

    >>> resolved(["firm:f1", "c1"], ["cluster:c1", "firm:f1"])
    ('firm:f1', 'cluster:c1')
    """
    ids = list(known)
    bare: dict[str, list[str]] = {}
    for one in ids:
        bare.setdefault(one.partition(":")[2], []).append(one)
    found = []
    for name in wanted:
        meant = [name] if name in set(ids) else bare.get(name, [])
        if not meant:
            raise UnknownName("candidate", name, [*ids, *bare] if ":" not in name else ids)
        if len(meant) > 1:
            raise UsageError(f"{name!r} can be read as {' or '.join(meant)}; write one of these")
        found.append(meant[0])
    return tuple(dict.fromkeys(found))
