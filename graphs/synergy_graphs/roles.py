"""Who holds communities together and who connects them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from synergy_graphs.errors import GraphError
from synergy_graphs.flatten import flatten, undirected
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.nodes import Nodes

if TYPE_CHECKING:
    import pandas as pd

HUB = 2.5
# Upper ends of participation for each role (Guimera & Amaral 2005), for nodes that are no hubs and for hubs.
_OTHERS = ((0.05, "ultra-peripheral"), (0.62, "peripheral"), (0.80, "connector"), (np.inf, "kinless"))
_HUBS = ((0.30, "provincial hub"), (0.75, "connector hub"), (np.inf, "kinless hub"))


@dataclass(frozen=True, repr=False, eq=False)
class Roles:
    """How each node is tied to the communities of a partition, over all layers and in each.

    All arrays are over nodes and read-only; NaN means that a node has no ties to say it from. ``reach`` is nodes x
    communities: the strength of i's ties into community c, over all layers. See ``find_roles`` for the formulas.
    """

    labels: NDArray[np.int64]
    participation: NDArray[np.float64]
    within_z: NDArray[np.float64]
    bridging: NDArray[np.float64]
    joined: NDArray[np.int64]
    layer_participation: NDArray[np.float64]
    layer_bridging: Mapping[str, NDArray[np.float64]]
    reach: sp.csr_array
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        arrays = (self.labels, self.participation, self.within_z, self.bridging, self.joined, self.layer_participation)
        matrix = (self.reach.data, self.reach.indices, self.reach.indptr)
        for part in (*arrays, *self.layer_bridging.values(), *matrix):
            part.flags.writeable = False

    def between(self) -> sp.csr_array:
        """Return communities x communities: the strength of all ties between c and d; a tie inside c counts twice."""
        inside = np.flatnonzero(self.labels >= 0)
        member = sp.csr_array(
            (np.ones(inside.size), (self.labels[inside], inside)), shape=(self.reach.shape[1], self.labels.size)
        )
        result = sp.csr_array(member @ self.reach)
        result.sort_indices()
        return result

    def connectors(self, first: int, second: int, k: int = 5) -> NDArray[np.intp]:
        """Return at most k nodes that are tied into both communities, by the weaker of their two strengths, descending.

        Members of the two and outsiders alike; ties go to the lower position. Raises GraphError when a community is
        not there.
        """
        for community in (first, second):
            if not 0 <= community < self.reach.shape[1]:
                raise GraphError(f"there is no community {community}; there are {self.reach.shape[1]}, from 0")
        columns = sp.csc_array(self.reach)
        weaker = np.minimum(*(columns[:, [community]].toarray().ravel() for community in (first, second)))
        order = np.argsort(-weaker, kind="stable")
        return np.asarray(order[weaker[order] > 0][:k])

    def to_frame(self, nodes: Nodes) -> pd.DataFrame:
        """Return one row per node, in node order.

        Columns: node, kind, label, community, role, participation, within_z, bridging, joined, layer_participation,
        then ``bridging: <layer>`` for each layer.
        """
        import pandas as pd

        if len(nodes) != self.labels.size:
            raise GraphError(f"the roles are of {self.labels.size} nodes, the node index has {len(nodes)}")
        columns: dict[str, object] = {
            what: np.array(getattr(nodes, many), dtype=object)
            for what, many in (("node", "ids"), ("kind", "kinds"), ("label", "labels"))
        }
        columns |= {"community": self.labels, "role": np.array(self.names, dtype=object)}
        for name in ("participation", "within_z", "bridging", "joined", "layer_participation"):
            columns[name] = getattr(self, name)
        return pd.DataFrame({**columns, **{f"bridging: {name}": each for name, each in self.layer_bridging.items()}})

    def __repr__(self) -> str:
        found = {name: self.names.count(name) for name in sorted(set(self.names) - {""})}
        return f"Roles({len(self.names)} nodes: {', '.join(f'{n} {name}' for name, n in found.items()) or 'none tied'})"


def find_roles(graph: MultilayerGraph, labels: ArrayLike, *, layer_weights: Mapping[str, float] | None = None) -> Roles:
    """Tell what part each node plays in a partition: inside its community, between communities, between layers.

    ``labels`` holds the community of each node, 0, 1, …, or -1 for none (``Partition.labels``). Layers are flattened
    with ``layer_weights`` as in ``find_communities``; directed ties count in both directions, self-loops not at all.
    With k_ic the strength of i's ties into community c, and k_i their sum over communities:

    participation = 1 - sum_c (k_ic / k_i)^2: 0 when all ties lead into one community (Guimera & Amaral 2005).
    within_z = (k_ic - mean) / sd of k_jc over the members j of i's own community c; 0 where all are alike.
    bridging = 1 - k_ic / k_i with c the own community: the share of strength that crosses to others;
    ``layer_bridging`` is the same in each layer by itself.
    joined: the number of other communities that i has a tie into.
    layer_participation = M / (M - 1) (1 - sum_l (d_il / d_i)^2) over the M layers, with d_il the number of ties of i in
    layer l, in the layer's own count since weights of different layers cannot be compared: 0 when all ties are in one
    layer, 1 when all layers have as many (Battiston, Nicosia & Latora 2014). NaN with a single layer.
    names: the seven roles of Guimera & Amaral; a hub has within_z >= 2.5. '' for a node without community or ties.

    Ties to nodes in no community are left out, but for layer_participation. Raises GraphError when the labels do not
    fit the graph, and for layer weights as in ``flatten``.

    >>> graph = MultilayerGraph.from_edges({"a": ([0, 1, 3], [1, 2, 4]), "b": ([2], [3])}, n_nodes=5)
    >>> found = find_roles(graph, [0, 0, 0, 1, 1])
    >>> found.joined.tolist(), found.bridging.round(2).tolist()
    ([0, 0, 1, 1, 0], [0.0, 0.0, 0.75, 0.75, 0.0])
    >>> found.connectors(0, 1).tolist()
    [2, 3]
    """
    group = _checked(graph, labels)
    n_groups = int(group.max(initial=-1)) + 1
    tied = flatten(graph, layer_weights)
    reach = _reach(tied, group, n_groups)
    own = _own(reach, group)
    total = np.asarray(reach.sum(axis=1), dtype=np.float64).ravel()
    participation = _participation(reach, total)
    within_z = np.where(total > 0, _z(own, group, n_groups), np.nan)
    mine = np.bincount(np.repeat(np.arange(group.size), np.diff(reach.indptr)), minlength=group.size)
    return Roles(
        labels=group,
        participation=participation,
        within_z=within_z,
        bridging=_crossing(own, total, group),
        joined=(mine - (own > 0)).astype(np.int64),
        layer_participation=_layer_participation(graph),
        layer_bridging={layer.name: _layer_crossing(undirected(layer), group, n_groups) for layer in graph},
        reach=reach,
        names=tuple(_name(z, p) for z, p in zip(within_z.tolist(), participation.tolist(), strict=True)),
    )


def _checked(graph: MultilayerGraph, labels: ArrayLike) -> NDArray[np.int64]:
    given = np.asarray(labels).ravel()
    if given.size != graph.n_nodes:
        raise GraphError(f"there are {given.size} labels for {graph.n_nodes} nodes")
    if given.size and not np.issubdtype(given.dtype, np.integer):
        raise GraphError(f"labels hold {given.dtype}, expected whole numbers")
    if (given < -1).any():
        raise GraphError(f"label {int((given < -1).argmax())} is {given.min()}, expected a community from 0, or -1")
    return given.astype(np.int64)


def _reach(tied: sp.csr_array, group: NDArray[np.int64], n_groups: int) -> sp.csr_array:
    inside = np.flatnonzero(group >= 0)
    member = sp.csr_array((np.ones(inside.size), (inside, group[inside])), shape=(group.size, n_groups))
    reach = sp.csr_array(tied @ member)
    reach.sort_indices()
    return reach


def _own(reach: sp.csr_array, group: NDArray[np.int64]) -> NDArray[np.float64]:
    row = np.repeat(np.arange(group.size), np.diff(reach.indptr))
    mine = reach.indices == group[row]
    return np.bincount(row[mine], weights=reach.data[mine], minlength=group.size).astype(np.float64)


def _participation(reach: sp.csr_array, total: NDArray[np.float64]) -> NDArray[np.float64]:
    row = np.repeat(np.arange(total.size), np.diff(reach.indptr))
    share = reach.data / total[row]
    result = 1.0 - np.bincount(row, weights=share * share, minlength=total.size)
    return np.where(total > 0, np.maximum(result, 0.0), np.nan)


def _z(own: NDArray[np.float64], group: NDArray[np.int64], n_groups: int) -> NDArray[np.float64]:
    inside = group >= 0
    size = np.bincount(group[inside], minlength=n_groups)
    divisor = np.maximum(size, 1)
    mean = np.bincount(group[inside], weights=own[inside], minlength=n_groups) / divisor
    if not n_groups:
        return np.full(own.size, np.nan)
    off = np.where(inside, own - mean[group], np.nan)
    spread = np.sqrt(np.bincount(group[inside], weights=off[inside] ** 2, minlength=n_groups) / divisor)
    # Members that are alike but for rounding are alike.
    spread[spread <= 1e-12 * mean] = np.inf
    return np.asarray(off / spread[group], dtype=np.float64)


def _crossing(own: NDArray[np.float64], total: NDArray[np.float64], group: NDArray[np.int64]) -> NDArray[np.float64]:
    told = (total > 0) & (group >= 0)
    share = np.divide(own, total, out=np.full(total.size, np.nan), where=told)
    return np.asarray(np.maximum(1.0 - share, 0.0), dtype=np.float64)


def _layer_crossing(tied: sp.csr_array, group: NDArray[np.int64], n_groups: int) -> NDArray[np.float64]:
    reach = _reach(tied, group, n_groups)
    return _crossing(_own(reach, group), np.asarray(reach.sum(axis=1), dtype=np.float64).ravel(), group)


def _layer_participation(graph: MultilayerGraph) -> NDArray[np.float64]:
    n_layers = len(graph)
    if n_layers < 2:
        return np.full(graph.n_nodes, np.nan)
    degree = np.stack([np.diff(undirected(layer).indptr) for layer in graph]).astype(np.float64)
    total = degree.sum(axis=0)
    share = np.divide(degree, total, out=np.full(degree.shape, np.nan), where=total > 0)
    return np.asarray(np.maximum(n_layers / (n_layers - 1) * (1.0 - (share * share).sum(axis=0)), 0.0))


def _name(within_z: float, participation: float) -> str:
    if np.isnan(within_z) or np.isnan(participation):
        return ""
    steps = _HUBS if within_z >= HUB else _OTHERS
    return next(name for end, name in steps if participation <= end)
