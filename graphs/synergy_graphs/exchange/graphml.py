"""The door to GraphML."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from xml.etree.ElementTree import Element

from synergy_graphs.errors import GraphError
from synergy_graphs.exchange.arcs import (
    DEFAULT_LAYER,
    Arc,
    arcs,
    assemble,
    is_directed,
    layers_as_text,
    layers_from_text,
)
from synergy_graphs.exchange.xml_text import escaped, restored, root_of, write_lines
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="layers" for="graph" attr.name="layers" attr.type="string"/>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="layer" for="edge" attr.name="layer" attr.type="string"/>
<key id="weight" for="edge" attr.name="weight" attr.type="double"/>"""


def write_graphml(graph: MultilayerGraph, path: str | PathLike[str]) -> None:
    """Write GraphML in UTF-8 that networkx, igraph, Gephi, yEd and Cytoscape read; one node or edge a line.

    Node data: kind, label; edge data: layer, weight; the graph's datum ``layers`` is JSON with what each layer means.
    Characters that XML cannot hold become ``_xHHHH_``. The same graph gives the same bytes.

    >>> import tempfile
    >>> graph = MultilayerGraph.from_edges({"near": ([0], [1], [0.5])}, n_nodes=2)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_graphml(graph, folder + "/graph.graphml")
    ...     read_graphml(folder + "/graph.graphml") == graph
    True
    """
    write_lines(_lines(graph), Path(path))


def _lines(graph: MultilayerGraph) -> Iterator[str]:
    yield _HEAD
    yield f'<graph edgedefault="{"directed" if is_directed(graph) else "undirected"}">'
    yield f'<data key="layers">{escaped(layers_as_text(graph))}</data>'
    ids = [escaped(node) for node in graph.nodes.ids]
    for node, kind, label in zip(ids, graph.nodes.kinds, graph.nodes.labels, strict=True):
        data = f'<data key="kind">{escaped(kind)}</data><data key="label">{escaped(label)}</data>'
        yield f'<node id="{node}">{data}</node>'
    names = {layer.name: escaped(layer.name) for layer in graph}
    for number, tie in enumerate(arcs(graph)):
        data = f'<data key="layer">{names[tie.layer]}</data><data key="weight">{tie.weight!r}</data>'
        yield f'<edge id="e{number}" source="{ids[tie.source]}" target="{ids[tie.target]}">{data}</edge>'
    yield "</graph>\n</graphml>"


def read_graphml(path: str | PathLike[str]) -> MultilayerGraph:
    """Read GraphML, one of ``write_graphml`` or another with one graph.

    Missing kind, label, layer and weight become 'node', the id, 'ties' and 1; other data are left out. Raises
    GraphError when the file is not GraphML, an edge ends at an unknown node, or a contract of the graph is broken.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     edge = '<node id="a"/><node id="b"/><edge source="a" target="b"/>'
    ...     text = f'<graphml><graph edgedefault="undirected">{edge}</graph></graphml>'
    ...     _ = Path(folder, "other.graphml").write_text(text)
    ...     read_graphml(folder + "/other.graphml")
    MultilayerGraph(2 nodes: 2 node; 1 layer: ties 1)
    """
    root = root_of(Path(path), "graphml")
    names = {key.get("id"): key.get("attr.name") or "" for key in root.iter("key")}
    whole = root.find("graph")
    if whole is None:
        raise GraphError(f"{path} holds no <graph>")

    def data(element: Element) -> dict[str, str]:
        return {names.get(each.get("key")) or "": restored(each.text) for each in element.findall("data")}

    try:
        given = [(restored(node.get("id")), data(node)) for node in whole.iter("node")]
        nodes = Nodes.of(
            [node for node, _ in given],
            kinds=[each.get("kind", "node") for _, each in given],
            labels=[each.get("label", node) for node, each in given],
        )
        ties = []
        for edge in whole.iter("edge"):
            each = data(edge)
            source, target = (nodes.position(restored(edge.get(end))) for end in ("source", "target"))
            ties.append(Arc(each.get("layer", DEFAULT_LAYER), source, target, float(each.get("weight", 1.0))))
        records = layers_from_text(data(whole).get("layers"))
        return assemble(nodes, ties, whole.get("edgedefault") == "directed", records)
    except ValueError as problem:
        raise GraphError(f"{path}: {problem}") from problem
