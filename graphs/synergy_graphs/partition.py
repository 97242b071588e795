"""A partition of nodes into communities, with how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from synergy_graphs.errors import GraphError
from synergy_graphs.nodes import Nodes

if TYPE_CHECKING:
    import pandas as pd

    from synergy_graphs.holdout import Evidence

_ARRAYS = (("labels", np.int64), ("stability", np.float64), ("strength", np.float64), ("significant", np.bool_))


@dataclass(frozen=True, repr=False, eq=False)
class Partition:
    """Which community each node is in, how good the partition is, and how stable.

    ``labels[i]`` is the community of node i, or -1 when it is in none because it has no tie in any used layer.
    Communities are numbered by size, largest first, then by their lowest position. ``stability[c]`` in [0, 1]
    is the mean over runs of the best Jaccard match of community c; ``strength[i]`` in [0, 1] the mean over
    runs of the share of i's community-mates that stay with it, NaN when it has none. ``quality`` is the
    modularity on the flattened graph, ``layer_quality`` the modularity of the same labels on each layer
    by itself; both NaN where there are no ties.

    ``significant[c]`` tells whether ties that were held out fall inside community c more often than in random graphs
    with the same degrees (the configuration model); ``p_value`` is that of all communities together. When none
    is significant the labels are still there, but the graph shows no communities. ``evidence`` holds, per layer, how
    its held-out ties fall. The rest is what the partition was made with.

    Arrays are read-only. Raises GraphError when lengths do not fit the labels.
    """

    labels: NDArray[np.int64]
    stability: NDArray[np.float64]
    strength: NDArray[np.float64]
    quality: float
    layer_quality: Mapping[str, float]
    layer_weights: Mapping[str, float]
    resolution: float
    seed: int
    runs: int
    dropout: float
    significant: NDArray[np.bool_]
    p_value: float
    evidence: Mapping[str, Evidence]

    def __post_init__(self) -> None:
        for name, dtype in _ARRAYS:
            array = np.array(getattr(self, name), dtype=dtype).ravel()
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        for name in ("layer_quality", "layer_weights", "evidence"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        found = int(self.labels.max(initial=-1)) + 1
        if not found == self.stability.size == self.significant.size or self.labels.size != self.strength.size:
            raise GraphError(
                f"{self.labels.size} labels name {found} communities, but there are {self.stability.size} "
                f"stabilities, {self.significant.size} significances and {self.strength.size} strengths"
            )

    def __reduce__(self) -> tuple[type[Partition], tuple[object, ...]]:
        # Read-only mappings cannot be copied or sent to another process as they are.
        values = (getattr(self, field.name) for field in fields(self))
        return Partition, tuple(dict(value) if isinstance(value, Mapping) else value for value in values)

    @property
    def n_communities(self) -> int:
        """Number of communities."""
        return int(self.stability.size)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Number of members of each community."""
        return np.bincount(self.labels[self.labels >= 0], minlength=self.n_communities).astype(np.int64)

    @property
    def params(self) -> dict[str, object]:
        """What the partition was made with."""
        return {
            "layer_weights": dict(self.layer_weights),
            "resolution": self.resolution,
            "seed": self.seed,
            "runs": self.runs,
            "dropout": self.dropout,
        }

    def layers_frame(self) -> pd.DataFrame:
        """Return one row per layer: layer, weight, per_tie, quality, ties, inside, expected, z.

        ``weight`` is relative to the layer's total, ``per_tie`` what one tie counts (NaN without ties), the largest 1;
        ``ties`` were held out, ``inside`` and ``expected`` are their shares inside communities, found and by chance.
        """
        import pandas as pd

        weight = np.array([self.layer_weights[name] for name in self.evidence], dtype=np.float64)
        ties = np.array([one.ties for one in self.evidence.values()], dtype=np.float64)
        each = np.divide(weight, ties, out=np.full(ties.size, np.nan), where=ties > 0)
        rows = {
            "layer": list(self.evidence),
            "weight": weight / (weight.max(initial=0.0) or 1.0),
            "per_tie": each / (np.fmax.reduce(each, initial=0.0) or 1.0),
            "quality": [self.layer_quality[name] for name in self.evidence],
        }
        for what in ("ties", "inside", "expected", "z"):
            rows[what] = [float(getattr(one, what)) for one in self.evidence.values()]
        return pd.DataFrame(rows)

    def members(self, community: int) -> NDArray[np.intp]:
        """Return the positions of the members of a community, ascending; raises GraphError when it is not there."""
        if not 0 <= community < self.n_communities:
            raise GraphError(f"there is no community {community}; there are {self.n_communities}, numbered from 0")
        return np.flatnonzero(self.labels == community)

    def to_frame(self, nodes: Nodes | None = None) -> pd.DataFrame:
        """Return one row per node, in node order: node, kind, label, community, strength.

        Without ``nodes`` the first column is ``position`` and kind and label are left out.
        """
        import pandas as pd

        if nodes is None:
            columns: dict[str, object] = {"position": np.arange(self.labels.size)}
        elif len(nodes) == self.labels.size:
            columns = {
                "node": np.array(nodes.ids, dtype=object),
                "kind": np.array(nodes.kinds, dtype=object),
                "label": np.array(nodes.labels, dtype=object),
            }
        else:
            raise GraphError(f"the partition has {self.labels.size} nodes, the node index {len(nodes)}")
        return pd.DataFrame({**columns, "community": self.labels, "strength": self.strength})

    def __repr__(self) -> str:
        alone = int((self.labels < 0).sum())
        stable = f", mean stability {self.stability.mean():.2f}" if self.n_communities else ""
        beyond = int(self.significant.sum())
        chance = f"{beyond} of them beyond chance" if beyond else "no communities beyond chance"
        return (
            f"Partition({self.n_communities} communities of {self.labels.size - alone} nodes, "
            f"{alone} in none; {chance}; quality {self.quality:.4f}{stable})"
        )


def canonical_labels(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Renumber communities by size, largest first, then by lowest position; -1 stays -1.

    >>> canonical_labels(np.array([7, -1, 3, 3, 9])).tolist()
    [1, -1, 0, 0, 2]
    """
    result = np.full(labels.size, -1, dtype=np.int64)
    inside = labels >= 0
    _, first, dense, size = np.unique(labels[inside], return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(size.size, dtype=np.int64)
    rank[np.lexsort((first, -size))] = np.arange(size.size)
    result[inside] = rank[dense]
    return result
