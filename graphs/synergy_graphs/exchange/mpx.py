"""The door to .mpx, the multiplex format of the multinet and uunet tools."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from synergy_graphs.exchange.mpx_sections import Sections, read_sections
from synergy_graphs.exchange.plain_text import PLAIN, field
from synergy_graphs.exchange.xml_text import write_lines
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes


def write_mpx(graph: MultilayerGraph, path: str | PathLike[str]) -> None:
    """Write a multiplex .mpx file in UTF-8: sections of comma-separated lines, as multinet and uunet read them.

    Actors are the nodes in their order, with attributes kind and label; layers say whether they are directed and have
    loops; each edge stands once, with a numeric attribute weight. The format has no place for meaning, unit and
    source of a layer: these are lost, all else comes back through ``read_mpx``. It has no quoting either, and those
    tools read ASCII alone and pass over blanks: commas, blanks and what is not ASCII become ``_xHHHH_``, a text without
    characters ``_x_``. A node without ties stands under #VERTICES in the first layer, since they want each actor in
    some layer. The same graph gives the same bytes.

    >>> import tempfile
    >>> graph = MultilayerGraph.from_edges({"near": ([0], [1], [0.5])}, n_nodes=3)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_mpx(graph, folder + "/graph.mpx")
    ...     read_mpx(folder + "/graph.mpx") == graph
    True
    """
    write_lines(_lines(graph), Path(path))


def _lines(graph: MultilayerGraph) -> Iterator[str]:
    names = {layer.name: field(layer.name, PLAIN) for layer in graph}
    yield "#VERSION\n3.0\n\n#TYPE\nmultiplex\n\n#LAYERS"
    for layer in graph:
        loops = ",LOOPS" if layer.matrix.diagonal().any() else ""
        yield f"{names[layer.name]},{'DIRECTED' if layer.directed else 'UNDIRECTED'}{loops}"
    yield "\n#ACTOR ATTRIBUTES\nkind,STRING\nlabel,STRING\n\n#EDGE ATTRIBUTES"
    for layer in graph:
        yield f"{names[layer.name]},weight,NUMERIC"
    yield "\n#ACTORS"
    ids = [field(node, PLAIN) for node in graph.nodes.ids]
    for node, kind, label in zip(ids, graph.nodes.kinds, graph.nodes.labels, strict=True):
        yield f"{node},{field(kind, PLAIN)},{field(label, PLAIN)}"
    yield "\n#VERTICES"
    for layer in graph.layers[:1]:
        for alone in np.flatnonzero(_ties_at(graph) == 0).tolist():
            yield f"{ids[alone]},{names[layer.name]}"
    yield "\n#EDGES"
    for layer in graph:
        for i, j, weight in zip(*(part.tolist() for part in layer.edges()), strict=True):
            yield f"{ids[i]},{ids[j]},{names[layer.name]},{weight!r}"


def _ties_at(graph: MultilayerGraph) -> NDArray[np.intp]:
    ends = [end for layer in graph for end in layer.edges()[:2]]
    return np.bincount(np.concatenate([np.empty(0, dtype=np.int64), *ends]), minlength=graph.n_nodes)


def read_mpx(
    path: str | PathLike[str], *, kind: str = "kind", label: str = "label", weight: str = "weight"
) -> MultilayerGraph:
    """Read an .mpx file, one of ``write_mpx`` or of another tool, version 3 and the forms before it.

    ``kind`` and ``label`` name the actor attributes, ``weight`` the edge attribute, that become these; without them
    they are 'node', the id and 1. Other attributes are left out. Nodes are the actors in the order of #ACTORS, then of
    their first mention. Without #LAYERS, layers are undirected and in the order of their first mention. A tie that
    stands several times with one weight is one tie. The type 'multilayer' is read when no edge joins two layers.

    Raises GraphError that names file and line of every problem: an unknown section or type, too few or too many fields,
    an actor listed twice, a layer that #LAYERS does not list, a weight that is not positive, a tie with two weights, a
    tie between layers.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "tiny.mpx").write_text("#ACTORS\\nann\\nbob\\n#EDGES\\nann,bob,lunch\\nbob,cy,work\\n")
    ...     read_mpx(folder + "/tiny.mpx")
    MultilayerGraph(3 nodes: 3 node; 2 layers: lunch 1, work 1)
    """
    found = read_sections(Path(path))
    ids = list(dict.fromkeys(found.mentioned))
    ties = _ties(found, {node: at for at, node in enumerate(ids)}, weight)
    found.findings.tell()
    nodes = Nodes.of(ids, kinds=found.values(ids, kind, ["node"] * len(ids)), labels=found.values(ids, label, ids))
    edges = {name: _columns(mine) for name, mine in ties.items()}
    return MultilayerGraph.from_edges(edges, nodes=nodes, directed=[name for name in edges if found.layers[name]])


def _ties(found: Sections, positions: dict[str, int], weight: str) -> dict[str, dict[tuple[int, int], float]]:
    """Return for each layer its ties with their weights, each once; a tie with two weights is noted."""
    ties: dict[str, dict[tuple[int, int], float]] = {name: {} for name in found.layers}
    for edge in found.edges:
        if edge.layer not in ties or not (edge.source and edge.target):
            continue
        attributes = found.attributes_of(edge.layer)
        given = found.findings.weight(edge.line, edge.values[attributes.index(weight)]) if weight in attributes else 1.0
        ends = positions[edge.source], positions[edge.target]
        if not found.layers[edge.layer]:
            ends = min(ends), max(ends)
        known = ties[edge.layer].setdefault(ends, given)
        if known != given:
            tie = f"the tie of {edge.source!r} and {edge.target!r} in {edge.layer!r}"
            found.findings.add(edge.line, f"{tie} weighs {given:g} here and {known:g} before")
    return ties


def _columns(ties: dict[tuple[int, int], float]) -> tuple[list[int], list[int], list[float]]:
    return [i for i, _ in ties], [j for _, j in ties], list(ties.values())
