"""Cooperation of two regions: the projects both took part in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy.sparse as sp

from synergy.cooperation import Cooperation
from synergy.network import node_id, partners
from synergy.scores.pairs import Floats, Pairs
from synergy.scores.part import Draw, Part, row_weights
from synergy.tables.located import Located
from synergy_graphs import MultilayerGraph
from synergy_graphs.projection import project


def cooperation_part(located: Located, pairs: Pairs, graph: MultilayerGraph | None = None) -> Part:
    """Return cooperation, the sum of 1/(partners - 1) over joint projects, which is ranked, and their number.

    Unknown for a region in a country without any participation: not covered, so never zero. With ``graph`` the
    weights are those of its layer works-with, without it that layer's are made here.
    """
    found = Cooperation.of(located)
    sizes = partners(located).reindex(found.projects).to_numpy()
    country = np.array(located.places.countries, dtype=object)
    covered = np.isin(country, country[found.active])
    known = covered[pairs.a] & covered[pairs.b]
    if graph is None:
        weight = project(found.incidence, weighting="newman", sizes=sizes)
    else:
        at = np.array([graph.nodes.position(node_id("region", region)) for region in pairs.regions], dtype=np.int64)
        weight = graph["works-with"].matrix[at][:, at]
    columns = pd.DataFrame(
        {
            "cooperation": np.where(known, weight.toarray()[pairs.a, pairs.b], np.nan).round(9),
            "joint_projects": pd.Series(found.joint[pairs.a, pairs.b]).where(known).astype("Int64"),
        }
    )
    value = columns["cooperation"].to_numpy()
    if not known.any():
        return Part("cooperation", columns, value)
    return Part("cooperation", columns, value, "participations", lambda: _redraw(found.incidence, sizes, pairs, known))


def _redraw(incidence: sp.csr_array, sizes: Floats, pairs: Pairs, known: np.ndarray) -> Draw:
    """Prepare cooperation under weighted projects: ``sum_p t_p / (partners_p - 1)`` over those of both regions.

    Two regions without a joint project have 0 in every draw: what was not seen cannot be drawn.
    """
    number = np.full((len(pairs.regions),) * 2, -1, dtype=np.int64)
    number[pairs.a, pairs.b] = np.arange(len(pairs))
    by_project = sp.csc_array(incidence)
    ties = [np.empty((2, 0), dtype=np.int64)]
    for each in range(len(sizes)):
        regions = np.sort(by_project.indices[by_project.indptr[each] : by_project.indptr[each + 1]])
        first, second = np.triu_indices(len(regions), k=1)
        ties.append(np.stack([number[regions[first], regions[second]], np.full(len(first), each)]))
    pair, of = np.concatenate(ties, axis=1)
    worth = sp.csr_array((1 / (sizes[of] - 1), (pair, of)), shape=(len(pairs), len(sizes)))

    def draw(rng: np.random.Generator, draws: int) -> Floats:
        return np.where(known, (worth @ row_weights(rng, draws, len(sizes)).T).T, np.nan)

    return draw
