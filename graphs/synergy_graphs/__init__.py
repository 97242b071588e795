"""Multilayer graphs: frozen, sparse, exact, and honest about uncertainty.

Names that need igraph, networkx or pyarrow are loaded when first asked for, so that importing the package is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from synergy_graphs.errors import GraphError, SynergyError
from synergy_graphs.flatten import flatten
from synergy_graphs.layer import Layer
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes
from synergy_graphs.partition import Partition
from synergy_graphs.projection import project
from synergy_graphs.similarity import top_k_similar

if TYPE_CHECKING:
    from synergy_graphs.communities import find_communities, modularity
    from synergy_graphs.exchange import (
        from_igraph,
        from_networkx,
        read_gexf,
        read_graphml,
        read_json,
        to_igraph,
        to_networkx,
        write_gexf,
        write_graphml,
        write_json,
    )
    from synergy_graphs.layout import coordinates
    from synergy_graphs.store import read_parquet, write_parquet

__all__ = [
    "GraphError",
    "Layer",
    "MultilayerGraph",
    "Nodes",
    "Partition",
    "SynergyError",
    "coordinates",
    "find_communities",
    "flatten",
    "from_igraph",
    "from_networkx",
    "modularity",
    "project",
    "read_gexf",
    "read_graphml",
    "read_json",
    "read_parquet",
    "to_igraph",
    "to_networkx",
    "top_k_similar",
    "write_gexf",
    "write_graphml",
    "write_json",
    "write_parquet",
]

_LAZY = {
    "coordinates": "layout",
    "find_communities": "communities",
    "from_igraph": "exchange.through_igraph",
    "from_networkx": "exchange.through_networkx",
    "modularity": "communities",
    "read_gexf": "exchange.gexf",
    "read_graphml": "exchange.graphml",
    "read_json": "exchange.node_link",
    "read_parquet": "store",
    "to_igraph": "exchange.through_igraph",
    "to_networkx": "exchange.through_networkx",
    "write_gexf": "exchange.gexf",
    "write_graphml": "exchange.graphml",
    "write_json": "exchange.node_link",
    "write_parquet": "store",
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
