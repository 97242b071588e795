"""The door to pandas: tables of nodes, layers and ties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from synergy_graphs.errors import GraphError
from synergy_graphs.exchange.arcs import DEFAULT_LAYER
from synergy_graphs.exchange.plain_text import suggestion
from synergy_graphs.exchange.table_cells import Cells, tell
from synergy_graphs.layer import Layer
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes

_WORDS = ("meaning", "unit", "source")


class Tables(NamedTuple):
    """A graph as three tables: nodes (id, kind, label), layers (name, directed, meaning, unit, source), ties."""

    nodes: pd.DataFrame
    layers: pd.DataFrame
    ties: pd.DataFrame


def to_frames(graph: MultilayerGraph) -> Tables:
    """Return the whole graph as tables, in node order, layer order, and the order of ``MultilayerGraph.to_frame``.

    nodes: id, kind, label. layers: name, directed, meaning, unit, source. ties: layer, source, target (ids), weight; an
    undirected tie once. ``from_frame(t.ties, nodes=t.nodes, layers=t.layers)`` gives the same graph.

    >>> graph = MultilayerGraph.from_edges({"near": ([0], [1], [0.5])}, n_nodes=3)
    >>> tables = to_frames(graph)
    >>> from_frame(tables.ties, nodes=tables.nodes, layers=tables.layers) == graph
    True
    """
    nodes, layers = graph.nodes, graph.layers
    ids, kinds, labels = (np.array(part, dtype=object) for part in (nodes.ids, nodes.kinds, nodes.labels))
    words = {word: np.array([getattr(layer, word) for layer in layers], dtype=object) for word in ("name", *_WORDS)}
    about = {"name": words["name"], "directed": np.array([layer.directed for layer in layers], dtype=bool)}
    return Tables(
        pd.DataFrame({"id": ids, "kind": kinds, "label": labels}),
        pd.DataFrame(about | {word: words[word] for word in _WORDS}),
        graph.to_frame(),
    )


def from_frame(
    ties: pd.DataFrame,
    *,
    nodes: pd.DataFrame | None = None,
    layers: pd.DataFrame | None = None,
    directed: bool | Iterable[str] = False,
) -> MultilayerGraph:
    """Build a graph from a table of ties, one a row, and what there is to say of nodes and layers.

    ties: source, target (node ids) and, where there are, layer ('ties' if not) and weight (1 if not). Repeated rows add
    up; an undirected tie stands in one direction. nodes: id and, where there are, kind ('node') and label (the id);
    without it nodes are in the order of their first mention. layers: name and, where there are, directed, meaning, unit
    and source; without it layers are in the order of their first mention, and ``directed`` is True, False, or the names
    of the directed ones. Ids are text; whole numbers are taken as text. Other columns are left out.

    Raises GraphError that names the place of every problem: a missing column, a cell that is empty or no text, a node
    or layer that is not in its table, a weight that is not positive; and for ``directed`` beside ``layers``.

    >>> ties = pd.DataFrame({"layer": ["near", "near"], "source": ["a", "b"], "target": ["b", "c"]})
    >>> from_frame(ties, nodes=pd.DataFrame({"id": ["c", "b", "a"], "kind": "region"}))
    MultilayerGraph(3 nodes: 3 region; 1 layer: near 2)
    """
    cells = Cells("ties", ties)
    ends = cells.text("source"), cells.text("target")
    of_layer, weights = cells.text("layer", DEFAULT_LAYER), cells.weights("weight")
    mentioned = list(dict.fromkeys(node for pair in zip(*ends, strict=True) for node in pair))
    about_nodes, about_layers = Cells("nodes", nodes), Cells("layers", layers)
    ids = mentioned if nodes is None else about_nodes.names("id")
    kinds, labels = about_nodes.text("kind", "node", may_be_empty=True), about_nodes.labels(ids)
    names = list(dict.fromkeys(of_layer)) if layers is None else about_layers.names("name")
    one_way = about_layers.truths("directed") if layers is not None else _directed(names, directed)
    words = {word: about_layers.text(word, "", may_be_empty=True) for word in _WORDS}
    rows, cols = (cells.places(end, each, ids) for end, each in zip(("source", "target"), ends, strict=True))
    which = cells.places("layer", of_layer, names)
    if layers is not None and directed is not False:
        cells.problems.append("directed is given beside layers, which has its own column for it")
    tell(cells, about_nodes, about_layers)
    index = Nodes.of(ids) if nodes is None else Nodes.of(ids, kinds, labels)
    made = []
    for at, name in enumerate(names):
        mine = which == at
        given = rows[mine], cols[mine], weights[mine]
        said = {word: each[at] for word, each in words.items()} if layers is not None else {}
        made.append(Layer.of_edges(name, *given, n_nodes=len(index), directed=one_way[at], **said))
    return MultilayerGraph(index, tuple(made))


def _directed(names: list[str], directed: bool | Iterable[str]) -> list[bool]:
    if isinstance(directed, bool):
        return [directed] * len(names)
    wanted = set(directed)
    unknown = sorted(wanted - set(names))
    if unknown:
        raise GraphError(f"directed names a layer {unknown[0]!r} that is not there{suggestion(unknown[0], names)}")
    return [name in wanted for name in names]
