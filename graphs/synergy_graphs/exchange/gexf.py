"""The door to GEXF, the format of Gephi."""

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


def write_gexf(graph: MultilayerGraph, path: str | PathLike[str]) -> None:
    """Write GEXF 1.2 in UTF-8 for Gephi and networkx; one node or edge a line, no date inside.

    Node attribute: kind; edge attribute: layer; the description in the head is JSON with what each layer means.
    Characters that XML cannot hold become ``_xHHHH_``. The same graph gives the same bytes.

    >>> import tempfile
    >>> graph = MultilayerGraph.from_edges({"near": ([0], [1], [0.5])}, n_nodes=2)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_gexf(graph, folder + "/graph.gexf")
    ...     read_gexf(folder + "/graph.gexf") == graph
    True
    """
    write_lines(_lines(graph), Path(path))


def _lines(graph: MultilayerGraph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
    yield f"<meta><description>{escaped(layers_as_text(graph))}</description></meta>"
    yield f'<graph mode="static" defaultedgetype="{"directed" if is_directed(graph) else "undirected"}">'
    for owner, name in (("node", "kind"), ("edge", "layer")):
        attribute = f'<attribute id="{name}" title="{name}" type="string"/>'
        yield f'<attributes class="{owner}" mode="static">{attribute}</attributes>'
    ids = [escaped(node) for node in graph.nodes.ids]
    yield "<nodes>"
    for node, kind, label in zip(ids, graph.nodes.kinds, graph.nodes.labels, strict=True):
        yield f'<node id="{node}" label="{escaped(label)}">{_value("kind", kind)}</node>'
    yield "</nodes>\n<edges>"
    values = {layer.name: _value("layer", layer.name) for layer in graph}
    for number, tie in enumerate(arcs(graph)):
        ends = f'source="{ids[tie.source]}" target="{ids[tie.target]}"'
        yield f'<edge id="e{number}" {ends} weight="{tie.weight!r}">{values[tie.layer]}</edge>'
    yield "</edges>\n</graph>\n</gexf>"


def _value(name: str, value: str) -> str:
    return f'<attvalues><attvalue for="{name}" value="{escaped(value)}"/></attvalues>'


def read_gexf(path: str | PathLike[str]) -> MultilayerGraph:
    """Read GEXF, one of ``write_gexf`` or another static one.

    Missing kind, label, layer and weight become 'node', the id, 'ties' and 1; other attributes are left out. Raises
    GraphError when the file is not GEXF, an edge ends at an unknown node, or a contract of the graph is broken.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     nodes = '<nodes><node id="a"/><node id="b"/></nodes>'
    ...     edges = '<edges><edge source="a" target="b"/></edges>'
    ...     _ = Path(folder, "other.gexf").write_text(f"<gexf><graph>{nodes}{edges}</graph></gexf>")
    ...     read_gexf(folder + "/other.gexf")
    MultilayerGraph(2 nodes: 2 node; 1 layer: ties 1)
    """
    root = root_of(Path(path), "gexf")
    whole = root.find("graph")
    if whole is None:
        raise GraphError(f"{path} holds no <graph>")
    titles = {
        owner.get("class"): {each.get("id"): each.get("title") for each in owner.iter("attribute")}
        for owner in whole.iter("attributes")
    }

    def values(element: Element, owner: str) -> dict[str | None, str]:
        known = titles.get(owner, {})
        return {known.get(each.get("for")): restored(each.get("value")) for each in element.iter("attvalue")}

    try:
        given = list(whole.iter("node"))
        ids = [restored(node.get("id")) for node in given]
        nodes = Nodes.of(
            ids,
            kinds=[values(node, "node").get("kind", "node") for node in given],
            labels=[restored(node.get("label", node.get("id"))) for node in given],
        )
        ties = []
        for edge in whole.iter("edge"):
            source, target = (nodes.position(restored(edge.get(end))) for end in ("source", "target"))
            layer = values(edge, "edge").get("layer", DEFAULT_LAYER)
            ties.append(Arc(layer, source, target, float(edge.get("weight", 1.0))))
        records = layers_from_text(restored(root.findtext("meta/description")))
        return assemble(nodes, ties, whole.get("defaultedgetype") == "directed", records)
    except ValueError as problem:
        raise GraphError(f"{path}: {problem}") from problem
