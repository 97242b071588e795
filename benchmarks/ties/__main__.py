"""Validated projections, backbones and similarity beside bicm and netbone, in the same run.

``python -m benchmarks.ties --peer-python peers/bin/python`` (an environment of its own with bicm and netbone; netbone
pins old versions of numpy, pandas, igraph and networkx and must not share ours; without it, ours alone). Every method
runs in a process of its own on one core and takes the same seeded input; imports and compiling are not counted. bicm's
exact p-values take it a minute or two. Prints a section for RESULTS.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

WORKER = Path(__file__).with_name("worker.py")
ONE_CORE = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


def table(rows: int, columns: int) -> dict[str, np.ndarray]:
    """Return actors at events, uneven on both sides; a third of each side meets its like three times as often."""
    rng = np.random.default_rng(7)
    x, y = rng.lognormal(-1.8, 0.8, (rows, 1)), rng.lognormal(-0.9, 0.8, (1, columns))
    like = np.arange(rows)[:, None] % 3 == np.arange(columns) % 3
    odds = x * y * np.where(like, 3.0, 1.0)
    return {"table": (rng.random((rows, columns)) < odds / (1 + odds)).astype(int)}


def layer(nodes: int, ties: int) -> dict[str, np.ndarray]:
    """Return a random graph with heavy-tailed whole weights."""
    rng = np.random.default_rng(3)
    ends = np.sort(rng.integers(0, nodes, (ties, 2)), axis=1)
    ends = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)
    return {"i": ends[:, 0], "j": ends[:, 1], "w": np.ceil(2 * rng.pareto(1.3, len(ends))), "n": np.array(nodes)}


def profiles(rows: int, distinct: int) -> dict[str, np.ndarray]:
    """Return rows of 300 features, 5 % of them there, drawn from so many distinct ones."""
    rng = np.random.default_rng(1)
    some = rng.random((distinct, 300)) * (rng.random((distinct, 300)) < 0.05)
    return {"profiles": some[np.arange(rows) % distinct]}


CASES = (
    ("projection 200 x 500", lambda: table(200, 500), ("ours bicm", "bicm poibin", "bicm poisson")),
    ("projection 1000 x 2000", lambda: table(1000, 2000), ("ours bicm",)),
    ("backbone", lambda: layer(2000, 30_000), ("ours disparity", "netbone disparity")),
    ("backbone", lambda: layer(20_000, 300_000), ("ours disparity", "netbone disparity")),
    ("backbone", lambda: layer(20_000, 300_000), ("ours noise-corrected", "netbone noise-corrected")),
    ("top 10 of 20,000 rows, 500 distinct", lambda: profiles(20_000, 500), ("ours similarity",)),
    ("top 10 of 20,000 rows, 5,000 distinct", lambda: profiles(20_000, 5_000), ("ours similarity",)),
    ("top 10 of 20,000 rows, all distinct", lambda: profiles(20_000, 20_000), ("ours similarity",)),
)


def measured(python: str, method: str, given: Path, result: Path, repeats: int) -> dict[str, float]:
    """Return the fastest of the runs, each a process of its own."""
    runs = []
    for _ in range(repeats):
        done = subprocess.run(
            [python, "-W", "ignore", str(WORKER), method, str(given), str(result)],
            env=os.environ | ONE_CORE,
            capture_output=True,
            text=True,
            check=True,
        )
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return min(runs, key=lambda run: run["cpu"])


def difference(ours: Path, theirs: Path) -> str:
    """Return how far the peer's result is from ours: the largest difference of p-values, or the ties kept by one."""
    a, b = np.load(ours), np.load(theirs)
    pairs = [set(zip(each["i"].tolist(), each["j"].tolist(), strict=True)) for each in (a, b)]
    if "p" not in a:
        return f"{len(pairs[0])} and {len(pairs[1])} ties kept, {len(pairs[0] & pairs[1])} of them the same"
    dense = []
    for each in (a, b):
        p = np.ones((int(a["j"].max()) + 1,) * 2)
        p[each["i"], each["j"]] = each["p"]
        dense.append(p)
    return f"p-values differ by at most {np.abs(dense[0] - dense[1]).max():.0e}"


def told(case: str, size: str, runs: dict[str, dict[str, float]], results: dict[str, Path]) -> list[str]:
    """Return the lines of the table for one case, ours first."""
    first = next(iter(runs))
    lines = []
    for method, run in runs.items():
        ratio = "1" if method == first else f"{run['cpu'] / runs[first]['cpu']:.0f}"
        result = "" if method == first else difference(results[first], results[method])
        lines.append(f"| {case}{size} | {method} | {run['cpu']:.4f} | {ratio} | {run['peak_mb']:.0f} | {result} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peer-python", default="", help="the python of an environment with bicm and netbone")
    parser.add_argument("--repeats", type=int, default=3, help="runs of ours; the fastest counts; a peer runs once")
    options = parser.parse_args()
    print(
        "| case | method | CPU seconds | times ours | peak MB | against ours |\n|---|---|---|---|---|---|", flush=True
    )
    with tempfile.TemporaryDirectory() as folder:
        for number, (case, make, methods) in enumerate(CASES):
            data = make()
            given = Path(folder, f"{number}.npz")
            np.savez(given, **data)
            size = f", {data['w'].size:,} ties" if "w" in data else ""
            runs, results = {}, {}
            for method in methods:
                mine = method.startswith("ours")
                if not mine and not options.peer_python:
                    continue
                python = sys.executable if mine else options.peer_python
                results[method] = Path(folder, f"{number} {method}.npz")
                runs[method] = measured(python, method, given, results[method], options.repeats if mine else 1)
            print("\n".join(told(case, size, runs, results)), flush=True)


if __name__ == "__main__":
    main()
