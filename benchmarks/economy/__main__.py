"""ECI, PCI, proximity and density beside py-ecomplexity and econcomplex, in the same run.

``python -m benchmarks.economy --peer-python peers/bin/python`` (an environment with ecomplexity and econcomplex,
see tests/synergy/economy/oracles/README.md; without it, ours alone). Every run is a process of its own on the same
seeded table; ours and the peers' take turns, so that a busy machine is busy for all. The large table takes the peers
minutes each; ``--size small`` leaves it out. ``--cores 1`` holds everybody to one. Prints a table for RESULTS.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

PEERS = ["econcomplex", "ecomplexity"]
# regions x activities, and whose turn it is; the slower peer takes the large table once
SIZES = {
    "small": ((250, 600), 5 * ["synergy", *PEERS]),
    "large": ((1200, 5000), [*3 * ["synergy"], *PEERS, *3 * ["synergy"], "econcomplex"]),
}
WORKER = Path(__file__).with_name("worker.py")
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def amounts(regions: int, activities: int) -> np.ndarray:
    """Seeded nested jobs: capable regions hold demanding activities too; about a quarter of the cells at LQ >= 1."""
    rng = np.random.default_rng(20)
    skill, need = rng.normal(size=(regions, 1)), rng.normal(size=(1, activities))
    chance = 1 / (1 + np.exp(2 * (need - skill)))
    size = np.exp(rng.normal(0, 1, (regions, 1)) + rng.normal(0, 1, (1, activities)))
    return np.round(100 * size * rng.exponential(size=chance.shape) * (rng.random(chance.shape) < chance))


def measured(python: str, package: str, table: Path, result: Path, cores: int | None) -> dict[str, float]:
    """Return CPU and wall seconds and the peak of one run."""
    threads = dict.fromkeys(THREADS, str(cores)) if cores else {}
    words = [python, str(WORKER), package, str(table), str(result)]
    done = subprocess.run(words, env=os.environ | threads, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def difference(ours: Path, theirs: Path) -> str:
    """Return the largest differences; ECI and PCI as standard scores up to sign, density as a share."""
    a, b = np.load(ours), np.load(theirs)
    told = []
    for name in ("eci", "pci"):
        x, y = ((v - v.mean()) / v.std() for v in (a[name], b[name]))
        told.append(f"{name} {np.abs(x - np.sign(x @ y) * y).max():.0e}")
    off = ~np.eye(len(a["phi"]), dtype=bool)
    told.append(f"proximity {np.abs(a['phi'] - b['phi'])[off].max():.0e}")
    if not b["phi"].diagonal().any():  # the package leaves the diagonal out of density too
        told.append(f"density {np.abs(a['density'] - b['density']).max() / 100:.0e}")
    return ", ".join(told)


def compared(size: str, peer_python: str | None, peers: list[str], cores: int | None) -> list[str]:
    """Return the table's lines: of each package the fastest of its runs, the range of its CPU seconds, its peak."""
    shape, turns = SIZES[size]
    pythons = {"synergy": sys.executable} | (dict.fromkeys(peers, peer_python) if peer_python else {})
    runs: dict[str, list[dict[str, float]]] = {package: [] for package in pythons}
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.npy"
        np.save(table, amounts(*shape))
        results = {package: Path(folder) / f"{package}.npz" for package in pythons}
        for package in (turn for turn in turns if turn in pythons):
            runs[package].append(measured(pythons[package], package, table, results[package], cores))
            print(size, package, runs[package][-1], file=sys.stderr, flush=True)
        apart = {package: difference(results["synergy"], results[package]) for package in pythons}
    return [row(shape, package, runs[package], runs["synergy"], apart[package]) for package in pythons]


def row(shape: tuple[int, int], package: str, runs: list[dict[str, float]], ours: list[dict[str, float]], apart: str):
    cpu = sorted(run["cpu"] for run in runs)
    best = {"cpu": min, "wall": min, "peak_mb": max}
    own, base = ({key: of(run[key] for run in some) for key, of in best.items()} for some in (runs, ours))
    cells = [f"{shape[0]} x {shape[1]}", package, f"{own['cpu']:.2f} ({cpu[0]:.2f}-{cpu[-1]:.2f})"]
    cells += [f"{own['wall']:.2f}", f"{own['peak_mb']:.0f}", *(f"{own[key] / base[key]:.1f}" for key in best)]
    return "| " + " | ".join([*cells, "" if package == "synergy" else apart]) + " |"


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.economy", description=__doc__)
    options.add_argument("--peer-python", help="the python of an environment with ecomplexity and econcomplex")
    options.add_argument("--peers", nargs="+", choices=PEERS, default=PEERS, help="only these")
    options.add_argument("--size", choices=[*SIZES, "all"], default="all")
    options.add_argument("--cores", type=int, help="threads for linear algebra (default: what the libraries choose)")
    chosen = options.parse_args()
    print("| table | package | CPU s (range) | wall s | peak MB | CPU ratio | wall ratio | memory ratio | differs by |")
    print("|---|---|---|---|---|---|---|---|---|")
    for size in SIZES if chosen.size == "all" else [chosen.size]:
        print("\n".join(compared(size, chosen.peer_python, chosen.peers, chosen.cores)), flush=True)


if __name__ == "__main__":
    main()
