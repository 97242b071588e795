"""Build the multilayer graph and look at its layers."""

import synergy

graph = synergy.build(synergy.load("data/alpine"))
print(graph)
for layer in graph:
    print(f"{layer.name:20} {layer.n_edges:6} ties: {layer.meaning}")
