"""What every door passes on: layers as records, ties as arcs, and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp

from synergy_graphs.errors import GraphError
from synergy_graphs.layer import Layer
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes

DEFAULT_LAYER = "ties"
_WORDS = ("name", "directed", "meaning", "unit", "source")


class Arc(NamedTuple):
    """One tie as the other side sees it: layer name, positions of its ends, weight."""

    layer: str
    source: int
    target: int
    weight: float


def is_directed(graph: MultilayerGraph) -> bool:
    """Tell whether the other side has to be directed: whether any layer is."""
    return any(layer.directed for layer in graph)


def arcs(graph: MultilayerGraph) -> Iterator[Arc]:
    """Yield every tie, in layer order, then by position; an undirected tie both ways if the other side is directed."""
    both_ways = is_directed(graph)
    for layer in graph:
        if both_ways:
            coo = layer.matrix.tocoo()
            parts = (*coo.coords, coo.data)
        else:
            parts = layer.edges()
        for source, target, weight in zip(*(part.tolist() for part in parts), strict=True):
            yield Arc(layer.name, source, target, weight)


def layer_records(graph: MultilayerGraph) -> list[dict[str, Any]]:
    """Return name, directed, meaning, unit and source of each layer, as plain dicts."""
    return [{word: getattr(layer, word) for word in _WORDS} for layer in graph]


def layers_as_text(graph: MultilayerGraph) -> str:
    """Return the layer records as one line of JSON, for formats that hold only text."""
    return json.dumps(layer_records(graph), ensure_ascii=False)


def layers_from_text(text: str | None) -> list[dict[str, Any]]:
    """Return the layer records in a text, or none when it is something else."""
    try:
        found = json.loads(text or "")
    except json.JSONDecodeError:
        return []
    return found if _are_records(found) else []


def assemble(
    nodes: Nodes, ties: Iterable[Arc], directed: bool, records: Sequence[dict[str, Any]] | object = ()
) -> MultilayerGraph:
    """Build the graph from arcs; layers without a record come after those with one, as directed as the whole.

    Repeated arcs of a layer add up. An undirected tie in a directed whole may stand in one direction or in both
    with one weight; raises GraphError when the two differ, or when a directed layer comes in an undirected whole.
    """
    known: dict[str, dict[str, Any]] = {}
    if isinstance(records, Sequence) and _are_records(records):
        known = {record["name"]: dict(record) for record in records}
    by_layer: dict[str, list[Arc]] = {name: [] for name in known}
    for tie in ties:
        by_layer.setdefault(tie.layer, []).append(tie)
    layers = []
    for name, mine in by_layer.items():
        words = {word: str(known.get(name, {}).get(word, "")) for word in _WORDS[2:]}
        one_way = bool(known.get(name, {}).get("directed", directed))
        if one_way and not directed and mine:
            raise GraphError(f"layer {name!r} is said to be directed but its ties have lost their direction")
        rows, cols, weights = (np.array([tie[at] for tie in mine]) for at in (1, 2, 3))
        layer = Layer.of_edges(
            name,
            rows.astype(np.int64),
            cols.astype(np.int64),
            weights.astype(np.float64),
            n_nodes=len(nodes),
            directed=one_way or directed,
            **words,
        )
        layers.append(_as_undirected(layer, nodes) if directed and not one_way else layer)
    return MultilayerGraph(nodes, tuple(layers))


def _as_undirected(layer: Layer, nodes: Nodes) -> Layer:
    mirror = sp.csr_array(layer.matrix.T)
    mutual = sp.csr_array(layer.matrix.multiply(mirror > 0)).tocoo()
    differ = mutual.data != sp.csr_array(mirror.multiply(layer.matrix > 0)).tocoo().data
    if differ.any():
        i, j = (int(part[differ.argmax()]) for part in mutual.coords)
        raise GraphError(
            f"layer {layer.name!r} is undirected, but the tie of {nodes.ids[i]!r} and {nodes.ids[j]!r} "
            f"weighs {layer.matrix[i, j]:g} one way and {layer.matrix[j, i]:g} the other"
        )
    both = sp.csr_array(layer.matrix.maximum(mirror))
    return Layer(layer.name, both, False, layer.meaning, layer.unit, layer.source)


def _are_records(found: object) -> bool:
    return isinstance(found, list | tuple) and all(
        isinstance(record, dict) and isinstance(record.get("name"), str) for record in found
    )
