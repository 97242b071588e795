"""The one node index that all layers of a graph share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from synergy_graphs.errors import GraphError


@dataclass(frozen=True, repr=False)
class Nodes:
    """The nodes of a graph: unique ids, a kind and a label each, in a fixed order.

    Inside the engine a node is its position; ids are strings and appear only at the edge,
    so that '01' stays '01'.

    Raises GraphError when an id is repeated or empty, an entry is not text, or lengths differ.

    >>> Nodes.of(["AT31", "ITC4"], kinds="region").position("ITC4")
    1
    """

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        if not len(self.ids) == len(self.kinds) == len(self.labels):
            raise GraphError(
                f"ids, kinds and labels differ in length: {len(self.ids)}, {len(self.kinds)}, {len(self.labels)}"
            )
        for what, values in (("id", self.ids), ("kind", self.kinds), ("label", self.labels)):
            for position, value in enumerate(values):
                check_text(f"node {position}: its {what}", value)
        if "" in self.positions:
            raise GraphError(f"node {self.positions['']}: its id is empty")
        if len(self.positions) != len(self.ids):
            twice = [node for node, count in Counter(self.ids).items() if count > 1]
            raise GraphError(f"{len(twice)} node id(s) are repeated, first {twice[0]!r}")

    @classmethod
    def of(
        cls,
        ids: Iterable[str],
        kinds: str | Iterable[str] = "node",
        labels: Iterable[str] | None = None,
    ) -> Nodes:
        """Build from ids; one kind for all or one each; labels default to the ids."""
        if isinstance(ids, str):
            raise GraphError(f"ids are one text {ids!r}, expected several ids")
        names = tuple(ids)
        each = (kinds,) * len(names) if isinstance(kinds, str) else tuple(kinds)
        return cls(names, each, names if labels is None else tuple(labels))

    @classmethod
    def numbered(cls, n: int) -> Nodes:
        """Build ``n`` anonymous nodes named '0', '1', …"""
        if n < 0:
            raise GraphError(f"a graph cannot have {n} nodes")
        return cls.of([str(i) for i in range(n)])

    @cached_property
    def positions(self) -> dict[str, int]:
        """Id -> position."""
        return {node: i for i, node in enumerate(self.ids)}

    def position(self, node_id: str) -> int:
        """Return the position of an id; raises GraphError when there is no such node."""
        try:
            return self.positions[node_id]
        except KeyError:
            raise GraphError(f"there is no node {node_id!r} among {len(self.ids)}") from None

    def of_kind(self, *kinds: str) -> NDArray[np.intp]:
        """Return the positions of the nodes of these kinds, ascending.

        >>> Nodes.of(["a", "b", "c"], kinds=["x", "y", "x"]).of_kind("x").tolist()
        [0, 2]
        """
        wanted = set(kinds)
        return np.array([i for i, kind in enumerate(self.kinds) if kind in wanted], dtype=np.intp)

    def take(self, positions: Sequence[int] | NDArray[np.intp]) -> Nodes:
        """Return the nodes at these positions, in that order."""
        chosen = [int(i) for i in positions]
        return Nodes(
            tuple(self.ids[i] for i in chosen),
            tuple(self.kinds[i] for i in chosen),
            tuple(self.labels[i] for i in chosen),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(Counter(self.kinds).items()))
        return f"Nodes({len(self)}: {kinds})" if self.ids else "Nodes(0)"


def check_text(what: str, value: object) -> None:
    """Raise GraphError unless the value is text that every file can hold: a str without lone surrogates."""
    if not isinstance(value, str):
        raise GraphError(f"{what} is {value!r}, expected text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise GraphError(f"{what} is {value!r}, which holds half a character (a lone surrogate)") from None
