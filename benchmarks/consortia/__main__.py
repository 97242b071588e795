"""Consortia beside plain HiGHS and greedy on the same seeded pools; and no rule broken in a thousand others.

    python -m benchmarks.consortia [compare] [--sizes 500 5000] [--seeds 0 1 2 3 4] [--seconds 240] [--style even]
    python -m benchmarks.consortia reduced [--sizes 500 5000] [--seeds 0 1]
    python -m benchmarks.consortia check [--pools 1000]

``compare``: pools of 60 capacities, 12 regions, 6 countries, about 6 links per candidate, 7 to 12 partners under rules
for kinds, countries, regions and a budget. Ours is searched to within 1 % of the bound from 1,000 candidates on, to the
proof below; HiGHS (scipy.optimize.milp, strong facility-location form) is given the same goal and ``--seconds`` of wall
time. ``reduced``: the last step alone, who is left after the fixing by reduced costs, by our branch and bound and by
HiGHS. ``check``: every scheme that ships on drawn pools, judged by the checker of the tests; 200 tiny pools against
trying every choice. Every run is a process of its own on one core.
"""

import argparse
import os
import subprocess
import sys

import numpy as np

ONE_CORE = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def worked(*words: str) -> dict[str, float]:
    """Return what a worker prints: figures by name."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.consortia.worker", *words],
        env=os.environ | ONE_CORE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {name: float(value) for name, value in (line.split() for line in done.stdout.splitlines())}


def compare(sizes: list[int], seeds: list[int], seconds: float, style: str) -> None:
    """Print one row per pool and method, then the medians of ours."""
    print("| pool | seed | method | value | bound | gap | CPU s | within 5 % after CPU s | peak MB |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for n in sizes:
        ours = []
        for seed in seeds:
            for method in ("ours", "HiGHS", "greedy"):
                run = worked(method, str(n), str(seed), style, str(seconds))
                if method == "ours":
                    ours.append(run)
                bound, gap = (f"{run['bound']:.3f}", f"{run['gap']:.2%}") if "bound" in run else ("", "")
                first = f"{run['first']:.2f}" if "first" in run else ""
                cells = f"{run['value']:.3f} | {bound} | {gap} | {run['cpu']:.1f} | {first} | {run['peak']:.0f}"
                print(f"| {n} | {seed} | {method} | {cells} |", flush=True)
        told = {name: np.median([run[name] for run in ours]) for name in ("cpu", "gap", "first", "peak")}
        print(
            f"| {n} | median | ours | | | {told['gap']:.2%} | {told['cpu']:.1f} | {told['first']:.2f} "
            f"| {told['peak']:.0f} |"
        )


def reduced(sizes: list[int], seeds: list[int], seconds: float, style: str) -> None:
    """Print what the last step costs ours and HiGHS."""
    print("| pool | seed | left | method | value | bound | CPU s |\n|---|---|---|---|---|---|---|", flush=True)
    for n in sizes:
        for seed in seeds:
            run = worked("reduced", str(n), str(seed), style, str(seconds))
            for method in ("ours", "HiGHS"):
                cells = " | ".join(
                    f"{run[f'{method}_{name}']:.{k}f}" for name, k in (("value", 3), ("bound", 3), ("cpu", 1))
                )
                print(f"| {n} | {seed} | {run['left']:.0f} | {method} | {cells} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", default="compare", choices=["compare", "reduced", "check"])
    parser.add_argument("--sizes", type=int, nargs="*", default=[500, 5000])
    parser.add_argument("--seeds", type=int, nargs="*", default=[0, 1, 2, 3, 4])
    parser.add_argument("--seconds", type=float, default=240, help="wall seconds that HiGHS is given")
    parser.add_argument("--style", default="even", choices=["even", "skewed"])
    parser.add_argument("--pools", type=int, default=1000)
    options = parser.parse_args()
    if options.what == "check":
        from benchmarks.consortia.check import check

        check(options.pools)
        return
    run = compare if options.what == "compare" else reduced
    run(options.sizes, options.seeds, options.seconds, options.style)


if __name__ == "__main__":
    main()
