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
from synergy_graphs.planted import Planted, PlantedLayer, planted_multiplex
from synergy_graphs.projection import project
from synergy_graphs.similarity import structural_classes, top_k_similar

if TYPE_CHECKING:
    from synergy_graphs.backbones import backbone, tie_p_values
    from synergy_graphs.bicm import BipartiteModel, bipartite_model
    from synergy_graphs.communities import find_communities, modularity
    from synergy_graphs.configuration import configuration_model
    from synergy_graphs.exchange import (
        from_frame,
        from_igraph,
        from_networkx,
        from_scipy,
        read_edge_list,
        read_gexf,
        read_graphml,
        read_json,
        read_mpx,
        to_frames,
        to_igraph,
        to_networkx,
        to_scipy,
        write_edge_list,
        write_gexf,
        write_graphml,
        write_json,
        write_mpx,
    )
    from synergy_graphs.fdr import adjust
    from synergy_graphs.layout import coordinates
    from synergy_graphs.resolution import scan_resolutions
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
    "Planted",
    "PlantedLayer",
    "Roles",
    "SynergyError",
    "ValidatedProjection",
    "adjust",
    "backbone",
    "bipartite_model",
    "configuration_model",
    "coordinates",
    "find_communities",
    "find_roles",
    "flatten",
    "from_frame",
    "from_igraph",
    "from_networkx",
    "from_scipy",
    "modularity",
    "planted_multiplex",
    "project",
    "read_edge_list",
    "read_gexf",
    "read_graphml",
    "read_json",
    "read_mpx",
    "read_parquet",
    "scan_resolutions",
    "structural_classes",
    "tie_p_values",
    "to_frames",
    "to_igraph",
    "to_networkx",
    "to_scipy",
    "top_k_similar",
    "validated_projection",
    "write_edge_list",
    "write_gexf",
    "write_graphml",
    "write_json",
    "write_mpx",
    "write_parquet",
]

_LAZY = {
    "BipartiteModel": "bicm",
    "Roles": "roles",
    "ValidatedProjection": "validation",
    "adjust": "fdr",
    "backbone": "backbones",
    "bipartite_model": "bicm",
    "configuration_model": "configuration",
    "coordinates": "layout",
    "find_communities": "communities",
    "find_roles": "roles",
    "from_frame": "exchange.through_pandas",
    "from_igraph": "exchange.through_igraph",
    "from_networkx": "exchange.through_networkx",
    "from_scipy": "exchange.through_scipy",
    "modularity": "communities",
    "read_edge_list": "exchange.edge_list",
    "read_gexf": "exchange.gexf",
    "read_graphml": "exchange.graphml",
    "read_json": "exchange.node_link",
    "read_mpx": "exchange.mpx",
    "read_parquet": "store",
    "scan_resolutions": "resolution",
    "tie_p_values": "backbones",
    "to_frames": "exchange.through_pandas",
    "to_igraph": "exchange.through_igraph",
    "to_networkx": "exchange.through_networkx",
    "to_scipy": "exchange.through_scipy",
    "validated_projection": "validation",
    "write_edge_list": "exchange.edge_list",
    "write_gexf": "exchange.gexf",
    "write_graphml": "exchange.graphml",
    "write_json": "exchange.node_link",
    "write_mpx": "exchange.mpx",
    "write_parquet": "store",
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
