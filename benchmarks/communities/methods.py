"""Ours and the peers, each from arrays of ties to labels: (build, run), so that both are timed."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np


def _nets(edges, n):
    import igraph

    return [igraph.Graph(n=n, edges=np.column_stack(ends).tolist()) for ends in edges.values()]


def _together(edges):
    return np.concatenate([np.column_stack(ends) for ends in edges.values()])


class Ours:
    def build(self, edges, n):
        from synergy_graphs import MultilayerGraph, find_communities

        self.graph, self.find = MultilayerGraph.from_edges(edges, n), find_communities

    def run(self, seed):
        self.partition = self.find(self.graph, seed=seed)
        return self.partition.labels

    def notes(self):
        found = self.partition
        per_tie = dict(zip(found.evidence, found.layers_frame()["per_tie"].round(3), strict=True))
        weights = {name: round(weight, 3) for name, weight in found.layer_weights.items()}
        return {
            "resolution": round(found.resolution, 2),
            "weights": weights,
            "per tie": {name: float(value) for name, value in per_tie.items()},
            "significant": int(found.significant.sum()),
        }


class Leidenalg:
    def build(self, edges, n):
        import leidenalg

        self.nets, self.module = _nets(edges, n), leidenalg

    def run(self, seed):
        found, _ = self.module.find_partition_multiplex(self.nets, self.module.ModularityVertexPartition, seed=seed)
        return np.array(found)


class Flattened:
    def build(self, edges, n):
        import igraph

        self.igraph = igraph
        self.net = igraph.Graph(n=n, edges=_together(edges).tolist())

    def run(self, seed):
        self.igraph.set_random_number_generator(random.Random(seed))
        return np.array(self.net.community_leiden(objective_function="modularity").membership)


class Infomap:
    def build(self, edges, n):
        from infomap import Infomap as Machine

        self.n, self.links, self.machine = n, _together(edges), Machine

    def run(self, seed):
        machine = self.machine(f"--two-level --silent --num-trials 1 --seed {seed + 1}")
        machine.add_links(self.links.tolist())
        machine.run()
        labels = np.full(self.n, -1)
        for node, module in machine.get_modules().items():
            labels[node] = module
        return labels


class InfomapMultilayer:
    """The layers as they are, joined by the default relaxation; a node is where most of its states are."""

    def build(self, edges, n):
        from infomap import Infomap as Machine

        self.n, self.machine = n, Machine
        self.layers = [
            (layer, pairs.tolist()) for layer, pairs in enumerate(np.column_stack(ends) for ends in edges.values())
        ]

    def run(self, seed):
        machine = self.machine(f"--two-level --silent --num-trials 1 --seed {seed + 1}")
        for layer, pairs in self.layers:
            for i, j in pairs:
                machine.add_multilayer_intra_link(layer, i, j, 1.0)
        found = machine.run()
        modules = [Counter() for _ in range(self.n)]
        for state in found.nodes(states=True):
            modules[state.node_id][state.module_id] += 1
        return np.array([min(seen, key=lambda m: (-seen[m], m)) if seen else -1 for seen in modules])


class Louvain:
    """networkx, on the flattened graph; slow, for the small ones."""

    def build(self, edges, n):
        import networkx as nx

        self.nx, self.net, self.n = nx, nx.Graph(), n
        self.net.add_nodes_from(range(n))
        for i, j in _together(edges).tolist():
            weight = self.net[i][j]["weight"] + 1 if self.net.has_edge(i, j) else 1
            self.net.add_edge(i, j, weight=weight)

    def run(self, seed):
        labels = np.zeros(self.n, dtype=int)
        for number, members in enumerate(self.nx.community.louvain_communities(self.net, seed=seed)):
            labels[list(members)] = number
        return labels


METHODS = {
    "ours": Ours,
    "leidenalg multiplex": Leidenalg,
    "igraph flattened": Flattened,
    "infomap flattened": Infomap,
    "infomap multilayer": InfomapMultilayer,
    "networkx louvain": Louvain,
}
