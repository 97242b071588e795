"""Cooperation of two regions: the projects both took part in."""

from __future__ import annotations


import numpy as np
import pandas as pd
import scipy.sparse as sp

from synergy.network import Participation, node_id, participation
from synergy.scores.pairs import Floats, Pairs
from synergy.scores.part import Draw, Part, row_weights
from synergy.tables.located import Located
from synergy_graphs import MultilayerGraph


def cooperation_part(located: Located, pairs: Pairs, graph: MultilayerGraph | None = None) -> Part:
    """Return cooperation, the sum of 1/(partners - 1) over joint projects, which is ranked, and their number.

    Unknown for a region in a country without any participation: not covered, so never zero. With ``graph`` the
    weights are those of its layer works-with, without it the layer's are made here.
    """
    found = participation(located, "region_id")
    country = np.array(located.places.countries, dtype=object)
    covered = np.isin(country, country[pairs.positions(pd.Index(found.actors))])
    known = covered[pairs.a] & covered[pairs.b]
    weight, _ = pairs.pick(_works_with(found, pairs, graph))
    counts = (found.incidence @ found.incidence.T).toarray()
    count, _ = pairs.pick(pd.DataFrame(counts, index=found.actors, columns=found.actors))
    columns = pd.DataFrame(
        {
            "cooperation": np.where(known, np.nan_to_num(weight), np.nan).round(9),
            "joint_projects": pd.Series(np.nan_to_num(count)).where(known).astype("Int64"),
        }
    )
    value = columns["cooperation"].to_numpy()
    return Part("cooperation", columns, value, "participations", lambda: _redraw(found, pairs, known))


def _works_with(found: Participation, pairs: Pairs, graph: MultilayerGraph | None) -> pd.DataFrame:
    if graph is None:
        return pd.DataFrame(found.joint.toarray(), index=found.actors, columns=found.actors)
    ids = list(pairs.regions)
    at = np.array([graph.nodes.position(node_id("region", region)) for region in ids], dtype=np.int64)
    return pd.DataFrame(graph["works-with"].matrix[at][:, at].toarray(), index=ids, columns=ids)


def _redraw(found: Participation, pairs: Pairs, known: np.ndarray) -> Draw:
    """Prepare cooperation under weighted projects: ``sum_p t_p / (partners_p - 1)`` over those of both regions.

    Two regions without a joint project have 0 in every draw: what was not seen cannot be drawn.
    """
    n = len(pairs.regions)
    number = np.full((n, n), -1, dtype=np.int64)
    number[pairs.a, pairs.b] = np.arange(len(pairs))
    at = pairs.positions(pd.Index(found.actors))
    by_project = found.incidence.tocsc()
    ties: list[np.ndarray] = []
    for project in range(len(found.projects)):
        regions = np.sort(at[by_project.indices[by_project.indptr[project] : by_project.indptr[project + 1]]])
        first, second = np.triu_indices(len(regions), k=1)
        pair = number[regions[first], regions[second]]
        ties.append(np.column_stack([pair, np.full(len(pair), project)]))
    of, project_of = np.concatenate(ties).T if ties else np.empty((2, 0), dtype=np.int64)
    share = found.share
    worth = sp.csr_array((share[project_of], (of, project_of)), shape=(len(pairs), len(share)))

    def draw(rng: np.random.Generator) -> Floats:
        return np.where(known, worth @ row_weights(rng, len(share)), np.nan)

    return draw
