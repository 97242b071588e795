"""The door to multilayer edge lists: one tie a line, layer source target weight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path

from synergy_graphs.errors import GraphError
from synergy_graphs.exchange.arcs import Arc, assemble
from synergy_graphs.exchange.plain_text import BLANKS, COMMAS, Findings, field, lines_of, suggestion, text_of
from synergy_graphs.exchange.xml_text import write_lines
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes


def write_edge_list(graph: MultilayerGraph, path: str | PathLike[str], *, separator: str = " ") -> None:
    """Write one line per tie in UTF-8: layer, source, target (ids), weight, as muxViz, infomap and others exchange it.

    ``separator`` is ' ', a tab or ','. Lines are sorted by layer order, then position; an undirected tie stands once.
    The format holds ties alone: nodes without ties, empty layers, node order, kinds, labels, direction and meaning are
    lost unless they are given to ``read_edge_list`` again. Characters that would break a field become ``_xHHHH_``. The
    same graph gives the same bytes.

    Raises GraphError for another separator.

    >>> import tempfile
    >>> graph = MultilayerGraph.from_edges({"near": ([0, 1], [1, 2], [0.5, 2.0])}, n_nodes=3)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_edge_list(graph, folder + "/graph.edges")
    ...     print(Path(folder, "graph.edges").read_text(), end="")
    ...     read_edge_list(folder + "/graph.edges") == graph
    near 0 1 0.5
    near 1 2 2.0
    True
    """
    write_lines(_lines(graph, separator, _unsafe(separator)), Path(path))


def _lines(graph: MultilayerGraph, separator: str, unsafe: re.Pattern[str]) -> Iterator[str]:
    ids = [field(node, unsafe) for node in graph.nodes.ids]
    for layer in graph:
        name = field(layer.name, unsafe)
        for i, j, weight in zip(*(part.tolist() for part in layer.edges()), strict=True):
            yield separator.join((name, ids[i], ids[j], repr(weight)))


def read_edge_list(
    path: str | PathLike[str],
    *,
    separator: str = " ",
    nodes: Nodes | None = None,
    directed: bool | Iterable[str] = False,
) -> MultilayerGraph:
    """Read lines of layer, source, target and weight, one of ``write_edge_list`` or of another tool.

    ``separator`` ' ' is any run of blanks and tabs; a tab and ',' stand for themselves. The weight may be missing and
    is 1 then. Lines that start with # and empty lines are passed over. Without ``nodes``, nodes are in the order of
    their first mention. ``directed`` is True, False, or the names of the directed layers. Repeated lines add up; an
    undirected tie may stand in one direction, or in both with one weight, as many such files have it.

    Raises GraphError that names file and line of every problem: too few or too many fields, an empty name, a weight
    that is not positive, a node that is not in ``nodes``; and for a directed layer that is not there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "tiny.edges").write_text("1 ann bob\\n1 bob ann\\n2 bob cy 0.5\\n")
    ...     read_edge_list(folder + "/tiny.edges")
    MultilayerGraph(3 nodes: 3 node; 2 layers: 1 1, 2 1)
    """
    _unsafe(separator)
    findings = Findings(Path(path))
    ties: list[tuple[str, str, str, float]] = []
    positions = {} if nodes is None else dict(nodes.positions)
    for number, line in lines_of(Path(path)):
        if line.startswith("#"):
            continue
        fields = [text_of(part) for part in (line.split() if separator == " " else line.split(separator))]
        if len(fields) not in (3, 4) or not all(fields[:3]):
            findings.add(number, f"expected layer, source, target and perhaps weight, found {line!r}")
            continue
        for node in fields[1:3]:
            if nodes is None:
                positions.setdefault(node, len(positions))
            elif node not in positions:
                findings.add(number, f"there is no node {node!r}{suggestion(node, list(positions))}")
        weight = findings.weight(number, fields[3]) if len(fields) == 4 else 1.0
        ties.append((fields[0], fields[1], fields[2], weight))
    findings.tell()
    names = list(dict.fromkeys(layer for layer, *_ in ties))
    one_way = set(names) if directed is True else set() if directed is False else set(directed)
    unknown = sorted(one_way - set(names))
    if unknown:
        raise GraphError(f"{path} has no layer {unknown[0]!r}{suggestion(unknown[0], names)}")
    index = Nodes.of(positions) if nodes is None else nodes
    arcs = (Arc(layer, positions[source], positions[target], weight) for layer, source, target, weight in ties)
    return assemble(index, arcs, True, [{"name": name, "directed": name in one_way} for name in names])


def _unsafe(separator: str) -> re.Pattern[str]:
    if separator not in (" ", "\t", ","):
        raise GraphError(f"the separator is {separator!r}, expected a blank, a tab or a comma")
    return COMMAS if separator == "," else BLANKS
