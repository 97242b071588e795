"""The root of the one exception tree; the domain's half hangs below it in ``synergy.errors``.

SynergyError              everything that is raised on purpose
└── GraphError            a layer, graph or profile breaks its contract
"""

from __future__ import annotations


class SynergyError(Exception):
    """Anything Synergy raises on purpose; its text is written for the person at the keyboard."""


class GraphError(SynergyError, ValueError):
    """A layer, graph or profile breaks its contract, e.g. a weight is negative or an id is repeated."""
