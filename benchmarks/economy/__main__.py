"""ECI, PCI, proximity and density beside py-ecomplexity and econcomplex, in the same run.

``python -m benchmarks.economy --peer-python peers/bin/python`` (an environment with ecomplexity and econcomplex,
see tests/synergy/economy/oracles/README.md; without it, ours alone). Every package runs in a process of its own
and takes the same seeded table; the large table takes the peers several minutes each, so ``--size small`` leaves
it out. ``--cores 1`` holds everybody to one. Prints a table for RESULTS.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

SIZES = {"small": (250, 600), "large": (1200, 5000)}
WORKER = Path(__file__).with_name("worker.py")
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def amounts(regions: int, activities: int) -> np.ndarray:
    """Seeded nested jobs: capable regions hold demanding activities too; about a quarter of the cells at LQ >= 1."""
    rng = np.random.default_rng(20)
    skill, need = rng.normal(size=(regions, 1)), rng.normal(size=(1, activities))
    chance = 1 / (1 + np.exp(2 * (need - skill)))
    size = np.exp(rng.normal(0, 1, (regions, 1)) + rng.normal(0, 1, (1, activities)))
    return np.round(100 * size * rng.exponential(size=chance.shape) * (rng.random(chance.shape) < chance))


def measured(
    python: str, package: str, table: Path, result: Path, *, repeats: int, cores: int | None
) -> dict[str, float]:
    """Return the fastest of the runs, each a process of its own, and the largest peak."""
    runs, threads = [], dict.fromkeys(THREADS, str(cores)) if cores else {}
    for _ in range(repeats):
        done = subprocess.run(
            [python, str(WORKER), package, str(table), str(result)],
            env=os.environ | threads,
            capture_output=True,
            text=True,
            check=True,
        )
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return min(runs, key=lambda run: run["cpu"]) | {"peak_mb": max(run["peak_mb"] for run in runs)}


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
        told.append(f"density {np.abs(a['density'] - b['density']).max():.0e}")
    return ", ".join(told)


def compared(size: str, peer_python: str | None, cores: int | None) -> list[str]:
    shape = SIZES[size]
    repeats = 3 if size == "small" else 1
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.npy"
        np.save(table, amounts(*shape))
        own = Path(folder) / "synergy.npz"
        ours = measured(sys.executable, "synergy", table, own, repeats=3, cores=cores)
        lines.append(row(shape, "synergy", ours, ours, ""))
        for package in ("econcomplex", "ecomplexity") if peer_python else ():
            theirs = Path(folder) / f"{package}.npz"
            run = measured(peer_python, package, table, theirs, repeats=repeats, cores=cores)
            lines.append(row(shape, package, run, ours, difference(own, theirs)))
            print(lines[0], lines[-1], sep="\n", file=sys.stderr, flush=True)
    return lines


def row(shape: tuple[int, int], package: str, run: dict[str, float], ours: dict[str, float], apart: str) -> str:
    ratios = [run[key] / ours[key] for key in ("cpu", "wall", "peak_mb")]
    cells = [f"{shape[0]} x {shape[1]}", package, f"{run['cpu']:.2f}", f"{run['wall']:.2f}", f"{run['peak_mb']:.0f}"]
    return "| " + " | ".join([*cells, *(f"{ratio:.1f}" for ratio in ratios), apart]) + " |"


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.economy", description=__doc__)
    options.add_argument("--peer-python", help="the python of an environment with ecomplexity and econcomplex")
    options.add_argument("--size", choices=[*SIZES, "all"], default="all")
    options.add_argument("--cores", type=int, help="threads for linear algebra (default: what the libraries choose)")
    chosen = options.parse_args()
    print(
        "| table | package | CPU s | wall s | peak MB | CPU ratio | wall ratio | memory ratio | differs from ours by |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for size in SIZES if chosen.size == "all" else [chosen.size]:
        print("\n".join(compared(size, chosen.peer_python, chosen.cores)), flush=True)


if __name__ == "__main__":
    main()
