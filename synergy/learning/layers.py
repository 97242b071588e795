"""Survey, services and needs as layers of the multilayer graph, where a study says so."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import scipy.sparse as sp

from synergy.learning.places import Grounds
from synergy.learning.taxonomy import Taxonomy, check_categories, load_taxonomy
from synergy.survey.heard import heard
from synergy.survey.opinions import opinions_of
from synergy.tables.study import Study
from synergy_graphs import Layer, MultilayerGraph, Nodes

MEANING = {
    "asked": "how far people of the region say the area is missing: (5 - mean answer) / 4, where it may be shown",
    "offers": "1/n for each of the n analysed regions in the region whose cluster organisation offers the service",
    "of-kind": "1 if the service is of this kind in the taxonomy",
    "answers-to": "1 if services of this kind answer the area, by the taxonomy",
}
Ties = list[tuple[str, str, float]]


def with_learning(graph: MultilayerGraph, study: Study, taxonomy: Taxonomy | None = None) -> MultilayerGraph:
    """Return the graph with the layers of MEANING after its own, when the study's ``[survey] layer`` is true.

    New nodes come after the old ones: area:KEY, service:ID, kind:KEY. An analysed region that was not asked itself
    takes what was asked of the regions in it (their mean), else of the nearest one around it, as far as strategies
    roll down (``heard``). The layers are for looking, searching and exporting: scores and topics name the layers they
    use, and use none of these (``[weights] learning`` reads the survey itself). Without the setting the graph is
    returned as it is.
    """
    if not study.settings.survey.layer:
        return graph
    kinds, grounds = taxonomy or load_taxonomy(), Grounds(study.located)
    check_categories(study, kinds)
    opinions = opinions_of(study)
    services = grounds.services
    labels = {f"area:{key}": str(title) for key, title in opinions.instrument.areas.items()}
    labels |= {f"service:{s}": str(title) for s, title in services[["service_id", "title"]].itertuples(index=False)}
    labels |= {f"kind:{key}": category.title for key, category in kinds.categories.items()}
    ties: dict[str, Ties] = {
        "asked": _asked(grounds, opinions.areas),
        "offers": _offers(grounds, services),
        "of-kind": [
            (f"service:{service}", f"kind:{kind}", 1.0)
            for service, kind in services[["service_id", "category"]].itertuples(index=False)
        ],
        "answers-to": [
            (f"kind:{kind.key}", f"area:{area}", 1.0)
            for kind in kinds.categories.values()
            for area in kind.areas
            if area in opinions.instrument.areas
        ],
    }
    added = sorted(labels, key=lambda node: (node.partition(":")[0], node))
    nodes = Nodes.of(
        [*graph.nodes.ids, *added],
        [*graph.nodes.kinds, *(node.partition(":")[0] for node in added)],
        [*graph.nodes.labels, *(labels[node] for node in added)],
    )
    layers = [_grown(layer, len(nodes)) for layer in graph] + [
        _layer(name, found, nodes) for name, found in ties.items()
    ]
    return MultilayerGraph(nodes, tuple(layers))


def _asked(grounds: Grounds, areas: pd.DataFrame) -> Ties:
    means = areas.set_index(["area", "region_id"])["mean"]
    found: Ties = []
    for area in areas["area"].unique():
        for region in grounds.located.places.regions:
            said = means[area].reindex(list(heard(grounds.located.places, grounds.asked, region))).dropna()
            if len(said):
                found.append((f"region:{region}", f"area:{area}", round((5 - float(said.mean())) / 4, 6)))
    return found


def _offers(grounds: Grounds, services: pd.DataFrame) -> Ties:
    found: Ties = []
    for service, place in services[["service_id", "place"]].itertuples(index=False):
        regions = grounds.analysed(place) if isinstance(place, str) else ()
        found += [(f"region:{region}", f"service:{service}", 1 / len(regions)) for region in regions]
    return found


def _grown(layer: Layer, size: int) -> Layer:
    matrix = sp.csr_array(layer.matrix, copy=True)
    matrix.resize((size, size))
    return Layer(layer.name, matrix, layer.directed, layer.meaning, layer.unit, layer.source)


def _layer(name: str, ties: Iterable[tuple[str, str, float]], nodes: Nodes) -> Layer:
    rows = [(nodes.positions[a], nodes.positions[b], weight) for a, b, weight in ties]
    a, b, weight = (np.array(part) for part in zip(*rows, strict=True)) if rows else (np.zeros(0, np.int64),) * 3
    return Layer.of_edges(
        name, a, b, weight, n_nodes=len(nodes), meaning=MEANING[name], unit="share", source="the study's tables"
    )
