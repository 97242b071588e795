"""The doors to other tools: networkx, igraph, GraphML, GEXF and node-link JSON, one file each.

All of them speak of a graph as nodes plus arcs (``arcs.py``). When no layer is directed the other side is
undirected and each tie stands once. As soon as one layer is directed the other side is directed as a whole,
since none of these tools keeps both kinds in one graph; there each undirected tie stands in both directions, so that
paths and degrees come out right, and the layer's own ``directed`` says that the two are one tie.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from synergy_graphs.exchange.gexf import read_gexf, write_gexf
    from synergy_graphs.exchange.graphml import read_graphml, write_graphml
    from synergy_graphs.exchange.node_link import read_json, write_json
    from synergy_graphs.exchange.through_igraph import from_igraph, to_igraph
    from synergy_graphs.exchange.through_networkx import from_networkx, to_networkx

__all__ = [
    "from_igraph",
    "from_networkx",
    "read_gexf",
    "read_graphml",
    "read_json",
    "to_igraph",
    "to_networkx",
    "write_gexf",
    "write_graphml",
    "write_json",
]

_DOORS = {
    "graphml": "graphml",
    "gexf": "gexf",
    "json": "node_link",
    "igraph": "through_igraph",
    "networkx": "through_networkx",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_DOORS[name.rpartition('_')[2]]}"), name)
