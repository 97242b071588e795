"""The doors to other tools, one file each: networkx, igraph, scipy, pandas; files of GraphML, GEXF, JSON, .mpx, ties.

Those to networkx, igraph, GraphML, GEXF and JSON speak of a graph as nodes plus arcs (``arcs.py``). When no layer is
directed the other side is undirected and each tie stands once. As soon as one layer is directed the other side is
directed as a whole, since none of these tools keeps both kinds in one graph; there each undirected tie stands in both
directions, so that paths and degrees come out right, and the layer's own ``directed`` says that the two are one tie.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from synergy_graphs.exchange.edge_list import read_edge_list, write_edge_list
    from synergy_graphs.exchange.gexf import read_gexf, write_gexf
    from synergy_graphs.exchange.graphml import read_graphml, write_graphml
    from synergy_graphs.exchange.mpx import read_mpx, write_mpx
    from synergy_graphs.exchange.node_link import read_json, write_json
    from synergy_graphs.exchange.through_igraph import from_igraph, to_igraph
    from synergy_graphs.exchange.through_networkx import from_networkx, to_networkx
    from synergy_graphs.exchange.through_pandas import from_frame, to_frames
    from synergy_graphs.exchange.through_scipy import from_scipy, to_scipy

__all__ = [
    "from_frame",
    "from_igraph",
    "from_networkx",
    "from_scipy",
    "read_edge_list",
    "read_gexf",
    "read_graphml",
    "read_json",
    "read_mpx",
    "to_frames",
    "to_igraph",
    "to_networkx",
    "to_scipy",
    "write_edge_list",
    "write_gexf",
    "write_graphml",
    "write_json",
    "write_mpx",
]

_DOORS = {
    "from_frame": "through_pandas",
    "from_igraph": "through_igraph",
    "from_networkx": "through_networkx",
    "from_scipy": "through_scipy",
    "read_edge_list": "edge_list",
    "read_gexf": "gexf",
    "read_graphml": "graphml",
    "read_json": "node_link",
    "read_mpx": "mpx",
    "to_frames": "through_pandas",
    "to_igraph": "through_igraph",
    "to_networkx": "through_networkx",
    "to_scipy": "through_scipy",
    "write_edge_list": "edge_list",
    "write_gexf": "gexf",
    "write_graphml": "graphml",
    "write_json": "node_link",
    "write_mpx": "mpx",
}


def __getattr__(name: str) -> object:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_DOORS[name]}"), name)
