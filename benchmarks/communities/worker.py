"""One method on one graph in a process of its own: CPU seconds, peak memory, agreement. Prints one JSON line.

python -m benchmarks.communities.worker CASE METHOD SEED [LAYER …]
"""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings

import numpy as np

from benchmarks.communities.cases import draw
from benchmarks.communities.measures import ami, nmi
from benchmarks.communities.methods import METHODS


def measure(case: str, method: str, seed: int, layers: list[str]) -> dict[str, object]:
    edges, truth, known = draw(case, seed)
    chosen = {name: ends for name, ends in edges.items() if not layers or name in layers}
    warm = METHODS[method]()
    # Imports and first calls are paid on a graph of two ties, not on the clock.
    warm.build({"a": (np.array([0, 2]), np.array([1, 3]))}, 4)
    warm.run(0)
    tool = METHODS[method]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    tool.build(chosen, truth.size)
    built = time.process_time()
    labels = np.asarray(tool.run(seed))
    done = time.process_time()
    alone = labels < 0
    labels = labels.copy()
    labels[alone] = labels.max() + 1 + np.arange(alone.sum())
    return {
        "case": case,
        "method": method,
        "seed": seed,
        "layers": len(chosen),
        "ties": int(sum(ends[0].size for ends in chosen.values())),
        "cpu_build": built - start,
        "cpu_run": done - built,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "before_mb": before / 1024,
        "communities": int(np.unique(labels).size),
        "ami": ami(truth[known], labels[known]),
        "nmi": nmi(truth[known], labels[known]),
        **(tool.notes() if hasattr(tool, "notes") else {}),
    }


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print(json.dumps(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:])))
