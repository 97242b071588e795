"""Run the community benchmarks and write their tables.

python -m benchmarks.communities [noise | clear | scale | random | read FILE]

Without a name: noise, clear, random. Every number is from a process of its own; CPU seconds, never wall clock, from
arrays of ties to labels. Peers that are not installed are left out: pip install leidenalg infomap.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from benchmarks.communities.random_graphs import count_false
from benchmarks.communities.tables import lines, write

NEEDS = {"leidenalg multiplex": "leidenalg", "infomap flattened": "infomap", "infomap multilayer": "infomap"}
HEAD = ["case", "method", "layers given", "AMI", "NMI", "communities", "CPU s", "peak MB"]


def run(case: str, method: str, seed: int, *layers: str):
    """Return what the worker measured, or None when the peer is not installed."""
    if method in NEEDS and find_spec(NEEDS[method]) is None:
        return None
    command = [sys.executable, "-m", "benchmarks.communities.worker", case, method, str(seed), *layers]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    print(case, method, seed, *layers, {key: found[key] for key in ("ami", "nmi", "cpu_build", "cpu_run")}, flush=True)
    return found


def row(found, layers="all", label=None):
    """Return a row of the table: means over runs, the spread of the agreement beside it."""
    found = [one for one in found if one]
    if not found:
        return None
    values = {key: np.array([one[key] for one in found]) for key in ("ami", "nmi", "communities", "peak_mb")}
    cpu = np.array([one["cpu_build"] + one["cpu_run"] for one in found])
    return [
        label or found[0]["case"],
        found[0]["method"],
        layers,
        f"{values['ami'].mean():.4f} ± {values['ami'].std():.4f}",
        f"{values['nmi'].mean():.4f}",
        f"{values['communities'].mean():.0f}",
        f"{cpu.mean():.2f}",
        f"{values['peak_mb'].max():.0f}",
    ]


def noise():
    """Two informative and two noise layers, 1e5 ties, five seeds; 1e6 ties, one."""
    rows, notes = [], []
    for case in ("noise as dense", "noise 3x as dense"):
        ours = [run(case, "ours", seed) for seed in range(5)]
        truth = [run(case, "leidenalg multiplex", seed, "a", "b") for seed in range(5)]
        rows += [row(ours), row(truth, "true ones")]
        peers = [[run(case, peer, seed) for seed in range(5)] for peer in ("leidenalg multiplex", "igraph flattened")]
        rows += [row(found) for found in peers]
        rows.append(row([run(case, "infomap flattened", seed) for seed in range(5)]))
        rows.append(row([run(case, "infomap flattened", seed, "a", "b") for seed in range(5)], "true ones"))
        loudest = max(max(one["per tie"]["x"], one["per tie"]["y"]) for one in ours)
        louder = max(max(one["weights"]["x"], one["weights"]["y"]) for one in ours)
        notes.append(f"{case}: largest weight of a noise layer {louder:.3f} of the largest, per tie {loudest:.3f}.")
        if all(truth):
            gaps = [mine["nmi"] - best["nmi"] for mine, best in zip(ours, truth, strict=True)]
            notes.append(f"{case}: NMI minus leidenalg on the true layers, by seed: {_signed(gaps)}.")
            notes.append(f"{case}: {_ratio(peers[0], ours)}")
    large = [[run("noise, 1e6", method, 0)] for method in ("ours", "leidenalg multiplex")]
    rows += [row(found) for found in large]
    notes.append(f"noise, 1e6: {_ratio(large[1], large[0])}")
    return lines(HEAD, rows) + _listed(notes)


def clear():
    """All layers informative: agreement and CPU at 1e5 (five seeds) and 1e6 ties."""
    rows, notes = [], []
    for case, seeds in (("1e5", 5), ("own degrees", 5), ("1e6", 2)):
        each = {}
        for method in ("ours", "leidenalg multiplex", "igraph flattened", "infomap flattened"):
            few = 1 if case == "1e6" and method.startswith("leidenalg") else seeds
            each[method] = [run(case, method, seed) for seed in range(few)]
            rows.append(row(each[method]))
        if case == "1e5":
            each["infomap multilayer"] = [run(case, "infomap multilayer", 0)]
            rows.append(row(each["infomap multilayer"]))
        notes += [f"{case}: {_ratio(each[peer], each['ours'])}" for peer in NEEDS if all(each.get(peer, [None]))]
    rows += [row([run("1e4", method, 0)]) for method in ("ours", "networkx louvain", "leidenalg multiplex")]
    return lines(HEAD, rows) + _listed(notes)


def scale():
    """Growth with the number of ties, up to 1e7 (some minutes, 4 GB)."""
    found = [run(case, method, 0) for method in ("ours", "igraph flattened") for case in ("1e4", "1e5", "1e6", "1e7")]
    table = [
        [
            one["case"],
            one["method"],
            f"{one['ties']:,}",
            f"{_cpu(one):.2f}",
            f"{1e6 * _cpu(one) / one['ties']:.1f}",
            f"{one['peak_mb']:.0f}",
            f"{one['ami']:.4f}",
            one["communities"],
        ]
        for one in found
    ]
    return lines(["case", "method", "ties", "CPU s", "CPU µs per tie", "peak MB", "AMI", "communities"], table)


def read(path: str):
    """A graph from a file in the .mpx format, against the first attribute of its actors, ten seeds."""
    rows = []
    for method in ("ours", "leidenalg multiplex", "igraph flattened", "infomap flattened", "networkx louvain"):
        rows.append(row([run(path, method, seed) for seed in range(10)], label=Path(path).name))
    return lines(HEAD, rows)


def random():
    """Configuration-model graphs: in how many anything significant is reported."""
    return lines(["degrees of", "random graphs", "with significant communities", "planted ones found"], count_false())


def _cpu(one):
    return one["cpu_build"] + one["cpu_run"]


def _ratio(peer, ours):
    if not all(peer):
        return "peer not installed."
    share = np.mean([_cpu(one) for one in peer]) / np.mean([_cpu(one) for one in ours])
    return f"CPU of {peer[0]['method']} over ours {share:.1f}."


def _signed(values):
    return ", ".join(f"{value:+.3f}" for value in values)


def _listed(notes):
    return ["", *(f"- {note}" for note in notes)]


PARTS = {"noise": noise, "clear": clear, "scale": scale, "random": random, "read": read}

if __name__ == "__main__":
    name, *rest = sys.argv[1:] or ["all"]
    for part in ["noise", "clear", "random"] if name == "all" else [name]:
        table = PARTS[part](*rest)
        shown = " ".join(["python -m benchmarks.communities", part, *(Path(some).name for some in rest)])
        write(f"Communities: {part}", PARTS[part].__doc__, shown, table)
        print("\n".join(table))
