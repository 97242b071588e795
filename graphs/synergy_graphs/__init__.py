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
from synergy_graphs.similarity import structural_classes, top_k_similar

if TYPE_CHECKING:
    from synergy_graphs.backbones import backbone, tie_p_values
    from synergy_graphs.bicm import BipartiteModel, bipartite_model
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
    from synergy_graphs.fdr import adjust
    from synergy_graphs.layout import coordinates
    from synergy_graphs.roles import Roles, find_roles
    from synergy_graphs.store import read_parquet, write_parquet
    from synergy_graphs.validation import ValidatedProjection, validated_projection

__all__ = [
    "BipartiteModel",
    "GraphError",
    "Layer",
    "MultilayerGraph",
    "Nodes",
    "Partition",
    "Roles",
    "SynergyError",
    "ValidatedProjection",
    "adjust",
    "backbone",
    "bipartite_model",
    "coordinates",
    "find_communities",
    "find_roles",
    "flatten",
    "from_igraph",
    "from_networkx",
    "modularity",
    "project",
    "read_gexf",
    "read_graphml",
    "read_json",
    "read_parquet",
    "structural_classes",
    "tie_p_values",
    "to_igraph",
    "to_networkx",
    "top_k_similar",
    "validated_projection",
    "write_gexf",
    "write_graphml",
    "write_json",
    "write_parquet",
]

_LAZY = {
    "BipartiteModel": "bicm",
    "Roles": "roles",
    "ValidatedProjection": "validation",
    "adjust": "fdr",
    "backbone": "backbones",
    "bipartite_model": "bicm",
    "coordinates": "layout",
    "find_communities": "communities",
    "find_roles": "roles",
    "from_igraph": "exchange.through_igraph",
    "from_networkx": "exchange.through_networkx",
    "modularity": "communities",
    "read_gexf": "exchange.gexf",
    "read_graphml": "exchange.graphml",
    "read_json": "exchange.node_link",
    "read_parquet": "store",
    "tie_p_values": "backbones",
    "to_igraph": "exchange.through_igraph",
    "to_networkx": "exchange.through_networkx",
    "validated_projection": "validation",
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
