"""Does a random graph show communities? It must not; and a planted one of the same degrees must."""

from __future__ import annotations

from synergy_graphs.communities import find_communities
from synergy_graphs.configuration import configuration_model
from synergy_graphs.planted import PlantedLayer, planted_multiplex

CASES = {
    "200 nodes, 2 layers, 1,200 ties": (200, 6, {name: PlantedLayer(600, 0.3) for name in "ab"}, 100),
    "2,000 nodes, 4 layers, 16,000 ties": (2_000, 20, {name: PlantedLayer(4_000, 0.3) for name in "abcd"}, 100),
    "8,000 nodes, 3 layers, 36,000 ties": (8_000, 60, {name: PlantedLayer(12_000, 0.4) for name in "abc"}, 100),
}


def count_false():
    """Return a row per case: random graphs, how many show anything, and the planted graph's own count."""
    rows = []
    for name, (nodes, groups, layers, graphs) in CASES.items():
        planted = planted_multiplex(nodes, groups, layers, seed=0)
        found = find_communities(planted.graph)
        false = 0
        for seed in range(graphs):
            random = configuration_model(planted.graph, seed=seed)
            false += bool(find_communities(random, seed=seed).significant.any())
        rows.append([name, graphs, false, f"{int(found.significant.sum())} significant, {groups} planted"])
        print(*rows[-1], flush=True)
    return rows
