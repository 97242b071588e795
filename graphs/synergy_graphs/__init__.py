"""Multilayer graphs: frozen, sparse, exact, and honest about uncertainty."""

from __future__ import annotations

from synergy_graphs.errors import GraphError, SynergyError
from synergy_graphs.layer import Layer
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes

__all__ = ["GraphError", "Layer", "MultilayerGraph", "Nodes", "SynergyError"]
