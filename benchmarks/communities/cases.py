"""The graphs: planted ones by name, and one that is read from a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from synergy_graphs.planted import PlantedLayer, planted_multiplex

# name -> (nodes, groups, {layer: (ties, mixing)})
CASES = {
    "noise as dense": (10_000, 65, {"a": (25_000, 0.4), "b": (25_000, 0.4), "x": (25_000, 1.0), "y": (25_000, 1.0)}),
    "noise 3x as dense": (10_000, 65, {"a": (12_500, 0.4), "b": (12_500, 0.4), "x": (37_500, 1.0), "y": (37_500, 1.0)}),
    "noise, 1e6": (
        100_000,
        650,
        {"a": (250_000, 0.4), "b": (250_000, 0.4), "x": (250_000, 1.0), "y": (250_000, 1.0)},
    ),
    "own degrees": (10_000, 65, {"a": (50_000, 0.5), "b": (25_000, 0.3), "c": (12_500, 0.2), "d": (12_500, 0.6)}),
    "1e4": (1_000, 12, dict.fromkeys("abcd", (2_500, 0.3))),
    "1e5": (10_000, 65, dict.fromkeys("abcd", (25_000, 0.3))),
    "1e6": (100_000, 650, dict.fromkeys("abcd", (250_000, 0.3))),
    "1e7": (1_000_000, 6_500, dict.fromkeys("abcd", (2_500_000, 0.3))),
}


def draw(case: str, seed: int):
    """Return ({layer: (rows, cols)}, labels, mask of nodes whose label is known)."""
    if case not in CASES:
        return read_mpx(Path(case))
    n, groups, layers = CASES[case]
    planted = planted_multiplex(
        n,
        groups,
        {name: PlantedLayer(*options) for name, options in layers.items()},
        seed=seed,
        own_degrees=case == "own degrees",
    )
    edges = {layer.name: layer.edges()[:2] for layer in planted.graph}
    return edges, planted.labels, np.ones(n, dtype=bool)


def read_mpx(path: Path):
    """Read ties and the first attribute of the actors; who has no group (NA), or several, has no known label."""
    section, group, edges = "", {}, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.strip().split(",")
        if line.startswith("#"):
            section = line.strip()
        elif section == "#ACTORS" and line.strip():
            group[fields[0]] = fields[1]
        elif section == "#EDGES" and line.strip():
            edges.setdefault(fields[2], []).append(fields[:2])
    position = {actor: at for at, actor in enumerate(group)}
    ends = {
        name: tuple(np.array([position[actor] for actor in side]) for side in zip(*ties, strict=True))
        for name, ties in sorted(edges.items())
    }
    names = np.array(list(group.values()))
    known = np.array([name != "NA" and "/" not in name for name in names])
    return ends, np.unique(names, return_inverse=True)[1], known
