"""Selections of simulated joint calls: ``python -m benchmarks.funding [--seeds 20] [--peer-python PYTHON]``.

Prints projects and money used by pot and order over the seeds, the gaps and CPU seconds, and beside them a greedy
choice by score per money and, with --peer-python, CBC by PuLP. ``python -m benchmarks.funding check`` runs the checker
of the tests on 2,000 random calls and brute force on 200 tiny ones.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.funding.calls import simulated
from synergy.funding import select

CASES = (("virtual", "strict"), ("virtual", "skip"), ("virtual", "least-violation"),
         ("virtual", "optimal"), ("mixed", "optimal"), ("real", "optimal"))  # fmt: skip
CHAIN = [" ".join(case) for case in CASES if case[1] != "least-violation"]
SECONDS = 60
"""The peer is ended then, as it went on for minutes on some calls."""
GAP, NODES = 0.005, {"optimal": 100_000, "least-violation": 1_000}
CHECKER = Path(__file__).parents[2] / "tests" / "synergy" / "funding" / "selection" / "test_checker.py"


def main() -> None:
    """Print the tables, or run the checker."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.funding", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["check"])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--peer-python", help="the python of an environment with PuLP")
    options = parser.parse_args()
    if options.what == "check":
        cases = {"FUNDING_RANDOM_CALLS": "2000", "FUNDING_TINY_CALLS": "200"}
        command = [sys.executable, "-m", "pytest", "-q", str(CHECKER)]
        raise SystemExit(subprocess.run(command, env=os.environ | cases, check=False).returncode)
    peer = options.peer_python
    if peer and subprocess.run([peer, "-c", "import pulp"], capture_output=True, check=False).returncode:
        print("PuLP is not there: measured without it")
        peer = None
    rows = [row for seed in range(options.seeds) for row in measured(seed, peer)]
    found = pd.DataFrame(rows)
    print("\n| selection | projects | money | score | gap, % | CPU s, median (range) |\n|---|---|---|---|---|---|")
    for case, part in found.groupby("case", sort=False):
        middle, cpu = part[["projects", "money", "score", "gap"]].median(), part["cpu"]
        gap = "" if np.isnan(middle["gap"]) else f"{middle['gap']:.2f} (at most {part['gap'].max():.2f})"
        shown = f"{middle['projects']:.0f} | {middle['money']:.1f} % | {middle['score']:.1f} | {gap}"
        seconds = "" if cpu.isna().all() else f"{cpu.median():.1f} ({cpu.min():.1f}-{cpu.max():.1f})"
        print(f"| {case} | {shown} | {seconds} |")
    for what in ("projects", "money"):
        wide = found.pivot(index="seed", columns="case", values=what)[CHAIN]
        steps = wide.diff(axis=1).iloc[:, 1:]
        kept = (steps.iloc[:, :2] > 0).all(axis=1) & (steps.iloc[:, 2:] >= 0).all(axis=1)
        print(f"{what}: strict < skip < virtual <= mixed <= real in {kept.sum()} of {len(wide)} calls")
        if not kept.all():
            print(wide[~kept].round(2).to_string())


def measured(seed: int, peer: str | None) -> list[dict[str, object]]:
    """Return one row per selection of one call."""
    proposals, budgets = simulated(seed)
    total = sum(budgets.values())
    rows: list[dict[str, object]] = []
    for pot, order in CASES:
        start = time.process_time()
        found = select(proposals, budgets, pot, order, gap=GAP, nodes=NODES.get(order, 1))
        row = {"seed": seed, "case": f"{pot} {order}", "projects": found.projects, "money": 100 * found.money / total,
               "score": found.score, "gap": np.nan if found.gap is None else 100 * found.gap,
               "cpu": time.process_time() - start}  # fmt: skip
        print(*(f"{value:.2f}" if isinstance(value, float) else value for value in row.values()), flush=True)
        rows.append(row)
    rows.append(
        {"seed": seed, "case": "virtual, greedy by score per money", "cpu": np.nan, **greedy(proposals, budgets)}
    )
    if peer:
        rows.append({"seed": seed, "case": "virtual, CBC by PuLP", **cbc(proposals, budgets, peer)})
        print(seed, "CBC", rows[-1], flush=True)
    return rows


def greedy(proposals: pd.DataFrame, budgets: dict[str, int]) -> dict[str, object]:
    """Fund by score per money asked, passing over what does not fit."""
    asked = proposals[list(budgets)].to_numpy()
    left = np.array(list(budgets.values()))
    funded = []
    for i in np.argsort(-proposals["score"].to_numpy() / asked.sum(axis=1), kind="stable"):
        if (asked[i] <= left).all():
            left = left - asked[i]
            funded.append(i)
    money = 100 * asked[funded].sum() / sum(budgets.values())
    return {"projects": len(funded), "money": money, "score": proposals["score"][funded].sum(), "gap": np.nan}


def cbc(proposals: pd.DataFrame, budgets: dict[str, int], python: str) -> dict[str, object]:
    """Solve the virtual pot by CBC, to the same gap, in a process of its own."""
    call = {"scores": proposals["score"].tolist(), "asked": proposals[list(budgets)].to_numpy().tolist(),
            "budgets": list(budgets.values()), "gap": GAP, "seconds": SECONDS}  # fmt: skip
    worker = Path(__file__).with_name("peer.py")
    told = json.loads(subprocess.run([python, worker], input=json.dumps(call), text=True, capture_output=True,
                                     check=True).stdout)  # fmt: skip
    return {"projects": np.nan, "money": np.nan, "score": told["score"], "gap": np.nan, "cpu": told["seconds"]}


if __name__ == "__main__":
    main()
