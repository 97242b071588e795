"""What a network page shows, as plain data: nodes, ties, layers, topics; checked when made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

from synergy.errors import GraphError


@dataclass(frozen=True)
class MapNode:
    """One node of the page.

    ``x`` and ``y`` (y grows downwards) may be on any scale: the page fits them. ``size`` is importance; only its
    proportions matter, and it decides whose label is shown first. ``groups`` are the ids of the topics it
    belongs to, ``facts`` the lines of evidence that a click shows.
    """

    id: str
    label: str
    kind: str
    x: float
    y: float
    size: float
    groups: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapEdge:
    """One tie between two nodes in one layer; ties of several layers between the same nodes all stay."""

    source: str
    target: str
    layer: str
    weight: float
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapLayer:
    """One relation: its name, what its weights mean, and whether its ties are visible when the page opens."""

    name: str
    meaning: str
    shown: bool


@dataclass(frozen=True)
class MapGroup:
    """One topic: choosing it highlights the nodes that name it in ``groups``."""

    id: str
    label: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class MapPage:
    """A whole page; frozen, checked when made.

    Raises GraphError when a node, layer or topic id is repeated, a coordinate, size or weight is not finite or
    a size or weight is negative, or a node or tie names a topic, node or layer that is not there.

    >>> nodes = (MapNode("AT32", "Salzburg", "region", 0, 0, 2), MapNode("DE2", "Bavaria", "region", 1, 0, 3))
    >>> near = MapLayer("near", "closeness of the two regions", shown=True)
    >>> MapPage("Alps", "", "", nodes, (MapEdge("AT32", "DE2", "near", 0.5),), (near,), ())
    MapPage('Alps': 2 nodes, 1 ties, 1 layers, 0 topics)
    """

    title: str
    subtitle: str
    note: str
    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    layers: tuple[MapLayer, ...]
    groups: tuple[MapGroup, ...]

    def __post_init__(self) -> None:
        for name in ("nodes", "edges", "layers", "groups"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        nodes = _unique("node id", (node.id for node in self.nodes))
        layers = _unique("layer", (layer.name for layer in self.layers))
        topics = _unique("topic id", (group.id for group in self.groups))
        for node in self.nodes:
            if not (isfinite(node.x) and isfinite(node.y) and isfinite(node.size) and node.size >= 0):
                raise GraphError(
                    f"node {node.id!r} has x {node.x}, y {node.y}, size {node.size}; "
                    "expected finite numbers and a size of at least 0"
                )
            for topic in node.groups:
                _known(f"node {node.id!r}", "topic", topic, topics)
        for edge in self.edges:
            tie = f"the tie {edge.source!r} - {edge.target!r}"
            _known(tie, "node", edge.source, nodes)
            _known(tie, "node", edge.target, nodes)
            _known(tie, "layer", edge.layer, layers)
            if not (isfinite(edge.weight) and edge.weight >= 0):
                raise GraphError(f"{tie} in {edge.layer!r} has weight {edge.weight}, expected finite and at least 0")

    def __repr__(self) -> str:
        counts = f"{len(self.nodes)} nodes, {len(self.edges)} ties"
        return f"MapPage({self.title!r}: {counts}, {len(self.layers)} layers, {len(self.groups)} topics)"


def _unique(what: str, names: Iterable[str]) -> frozenset[str]:
    counts = Counter(names)
    repeated = [name for name, count in counts.items() if count > 1]
    if repeated:
        raise GraphError(f"{what} {repeated[0]!r} is given {counts[repeated[0]]} times, expected once")
    return frozenset(counts)


def _known(who: str, what: str, name: str, known: frozenset[str]) -> None:
    if name not in known:
        raise GraphError(f"{who} names the {what} {name!r}, which is not among the page's {len(known)}")
