"""The door to node-link JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

from synergy_graphs.errors import GraphError
from synergy_graphs.exchange.arcs import DEFAULT_LAYER, Arc, arcs, assemble, is_directed, layer_records
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes


def write_json(graph: MultilayerGraph, path: str | PathLike[str]) -> None:
    """Write node-link JSON in UTF-8, as ``networkx.node_link_graph`` and d3 read it, one node or edge a line.

    Top-level keys: directed, multigraph (true), graph (with layers), nodes (id, kind, label), edges (source,
    target, key, layer, weight). The same graph gives the same bytes.

    >>> import tempfile
    >>> graph = MultilayerGraph.from_edges({"near": ([0], [1], [0.5])}, n_nodes=2)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_json(graph, folder + "/graph.json")
    ...     read_json(folder + "/graph.json") == graph
    True
    """
    ids, kinds, labels = graph.nodes.ids, graph.nodes.kinds, graph.nodes.labels
    nodes = ({"id": i, "kind": k, "label": label} for i, k, label in zip(ids, kinds, labels, strict=True))
    edges = (
        {
            "source": ids[tie.source],
            "target": ids[tie.target],
            "key": tie.layer,
            "layer": tie.layer,
            "weight": tie.weight,
        }
        for tie in arcs(graph)
    )
    text = (
        f'{{"directed": {_json(is_directed(graph))}, "multigraph": true,\n'
        f'"graph": {{"layers": {_lines(layer_records(graph))}}},\n'
        f'"nodes": {_lines(nodes)},\n"edges": {_lines(edges)}}}\n'
    )
    Path(path).write_text(text, encoding="utf-8", newline="\n")


def read_json(path: str | PathLike[str]) -> MultilayerGraph:
    """Read node-link JSON, one of ``write_json`` or another (edges under 'edges' or 'links').

    Missing kind, label, layer and weight become 'node', the id, 'ties' (or the key, if it is text) and 1. Raises
    GraphError when the file is not node-link JSON or breaks the contract of a graph.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     found = {"nodes": [{"id": "a"}, {"id": "b"}], "links": [{"source": "a", "target": "b"}]}
    ...     _ = Path(folder, "other.json").write_text(json.dumps(found))
    ...     read_json(folder + "/other.json")
    MultilayerGraph(2 nodes: 2 node; 1 layer: ties 1)
    """
    if not Path(path).is_file():
        raise GraphError(f"there is no file {path}")
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
        given = found["nodes"]
        nodes = Nodes.of(
            [str(node["id"]) for node in given],
            kinds=[str(node.get("kind", "node")) for node in given],
            labels=[str(node.get("label", node["id"])) for node in given],
        )
        edges = found["edges"] if "edges" in found else found["links"]
        ties = [
            Arc(
                _layer_of(edge),
                nodes.position(str(edge["source"])),
                nodes.position(str(edge["target"])),
                float(edge.get("weight", 1.0)),
            )
            for edge in edges
        ]
        about = found.get("graph") or {}
        return assemble(nodes, ties, bool(found.get("directed", False)), about.get("layers", ()))
    except GraphError as problem:
        raise GraphError(f"{path}: {problem}") from problem
    except (ValueError, LookupError, TypeError, AttributeError) as problem:
        raise GraphError(f"{path} is not node-link JSON: {type(problem).__name__} {problem}") from problem


def _layer_of(edge: dict[str, Any]) -> str:
    key = edge.get("key")
    return str(edge.get("layer", key if isinstance(key, str) else DEFAULT_LAYER))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _lines(values: Iterable[object]) -> str:
    return "[\n" + ",\n".join(map(_json, values)) + "\n]"
