"""Many relations over one set of nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from synergy_graphs.errors import GraphError
from synergy_graphs.layer import Layer
from synergy_graphs.nodes import Nodes

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class MultilayerGraph:
    """Named layers over one shared node index; frozen, checked when made.

    Raises GraphError when a layer has another number of nodes or a layer name is repeated.

    >>> graph = MultilayerGraph.from_edges({"near": ([0, 1], [1, 2], [1.0, 0.5])}, n_nodes=4)
    >>> graph
    MultilayerGraph(4 nodes: 4 node; 1 layer: near 2)
    """

    nodes: Nodes
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", tuple(self.layers))
        for layer in self.layers:
            if layer.n_nodes != len(self.nodes):
                raise GraphError(f"layer {layer.name!r} has {layer.n_nodes} nodes, the graph {len(self.nodes)}")
        if len(self.by_name) != len(self.layers):
            raise GraphError(f"layer names are repeated: {sorted(layer.name for layer in self.layers)}")

    @classmethod
    def from_edges(
        cls,
        edges: Mapping[str, tuple[ArrayLike, ArrayLike] | tuple[ArrayLike, ArrayLike, ArrayLike | None]],
        n_nodes: int | None = None,
        *,
        nodes: Nodes | None = None,
        directed: bool | Iterable[str] = False,
    ) -> MultilayerGraph:
        """Build from ``{layer: (rows, cols[, weights])}`` with integer positions.

        Give ``n_nodes`` for anonymous nodes, or ``nodes`` for nodes with ids, kinds and labels.
        ``directed`` is True, False, or the names of the directed layers.
        """
        index = Nodes.numbered(n_nodes or 0) if nodes is None else nodes
        if (n_nodes is None) == (nodes is None):
            raise GraphError("give either n_nodes or nodes")
        one_way = set(edges) if directed is True else set() if directed is False else set(directed)
        unknown = one_way - set(edges)
        if unknown:
            raise GraphError(f"directed names layers that are not there: {sorted(unknown)}")
        layers = []
        for name, parts in edges.items():
            rows, cols, *rest = parts
            weights = rest[0] if rest else None
            layers.append(Layer.of_edges(name, rows, cols, weights, n_nodes=len(index), directed=name in one_way))
        return cls(index, tuple(layers))

    @cached_property
    def by_name(self) -> dict[str, Layer]:
        """Layer name -> layer."""
        return {layer.name: layer for layer in self.layers}

    @property
    def layer_names(self) -> tuple[str, ...]:
        """Names of the layers, in their order."""
        return tuple(layer.name for layer in self.layers)

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.nodes)

    @property
    def n_edges(self) -> int:
        """Number of ties over all layers."""
        return sum(layer.n_edges for layer in self.layers)

    def __getitem__(self, name: str) -> Layer:
        try:
            return self.by_name[name]
        except KeyError:
            raise GraphError(f"there is no layer {name!r}; there are {', '.join(self.layer_names) or 'none'}") from None

    def __contains__(self, name: object) -> bool:
        return name in self.by_name

    def __iter__(self) -> Iterator[Layer]:
        return iter(self.layers)

    def __len__(self) -> int:
        return len(self.layers)

    def select(self, names: Iterable[str]) -> MultilayerGraph:
        """Return the graph with these layers only, in this order.

        >>> MultilayerGraph.from_edges({"a": ([0], [1]), "b": ([1], [2])}, n_nodes=3).select(["b"]).n_edges
        1
        """
        return MultilayerGraph(self.nodes, tuple(self[name] for name in names))

    def subgraph(self, positions: Sequence[int] | NDArray[np.intp]) -> MultilayerGraph:
        """Return the graph over these nodes, in this order, with the ties between them.

        Raises GraphError when something is not a position of a node, or is there twice.
        """
        keep = np.asarray(positions)
        if keep.size and (keep.ndim != 1 or not np.issubdtype(keep.dtype, np.integer)):
            raise GraphError(f"positions are {keep.dtype} of shape {keep.shape}, expected a list of whole numbers")
        keep = keep.astype(np.intp).ravel()
        outside = (keep < 0) | (keep >= self.n_nodes)
        if outside.any():
            raise GraphError(
                f"there is no node at {keep[outside.argmax()]}; positions run from 0 to {self.n_nodes - 1}"
            )
        layers = tuple(
            Layer(
                layer.name,
                sp.csr_array(layer.matrix[keep][:, keep]),
                layer.directed,
                layer.meaning,
                layer.unit,
                layer.source,
            )
            for layer in self.layers
        )
        return MultilayerGraph(self.nodes.take(keep), layers)

    def to_frame(self) -> pd.DataFrame:
        """Return every tie as a row: layer, source, target (ids), weight; sorted by layer order, then position."""
        import pandas as pd

        names = np.array(self.nodes.ids, dtype=object)
        columns: dict[str, list[Any]] = {"layer": [], "source": [], "target": [], "weight": []}
        for layer in self.layers:
            rows, cols, weights = layer.edges()
            columns["layer"].extend([layer.name] * rows.size)
            columns["source"].extend(names[rows])
            columns["target"].extend(names[cols])
            columns["weight"].extend(weights.tolist())
        return pd.DataFrame(columns).astype({"weight": "float64"})

    def __repr__(self) -> str:
        layers = ", ".join(f"{layer.name} {layer.n_edges}" for layer in self.layers)
        nodes = repr(self.nodes).removeprefix("Nodes(").removesuffix(")")
        nodes = nodes.replace(":", " nodes:", 1) if ":" in nodes else "0 nodes"
        plural = "layer" if len(self.layers) == 1 else "layers"
        return f"MultilayerGraph({nodes}; {len(self.layers)} {plural}: {layers})"
