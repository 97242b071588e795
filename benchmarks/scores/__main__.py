"""Pair scores: seconds and memory by number of regions; the test of the overlap beside two other nulls.

python -m benchmarks.scores [--regions 42 190 1000] [--studies 40]
"""

import argparse
import subprocess
import sys

CASE = """
import resource, time
from benchmarks.scores.worlds import study
from synergy.scores import pair_parts, score_pairs
made = study({n})
start = time.process_time()
pair_parts(made)
middle = time.process_time()
scores = score_pairs(made)
took = middle - start, time.process_time() - middle
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"| {n} | {{len(scores):,}} | {{took[0]:.2f}} | {{took[1]:.2f}} | {{scores.params['draws']}} | {{peak:.0f}} |")
"""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regions", type=int, nargs="*", default=[42, 190, 1000])
    parser.add_argument("--studies", type=int, default=40, help="simulated studies per null and world")
    options = parser.parse_args()
    print(
        "| regions | pairs | parts, CPU s | scores, CPU s | draws | peak MiB |\n|---|---|---|---|---|---|", flush=True
    )
    for n in options.regions:
        subprocess.run([sys.executable, "-c", CASE.format(n=n)], check=True)
    from benchmarks.scores.nulls import compare
    from synergy import load
    from synergy.scores.lists import Lists
    from synergy.tables.located import Located

    print("\n| lists | null | p <= 5 % within countries | across | copied lists found | CPU s |")
    print("|---|---|---|---|---|---|", flush=True)
    compare(Lists.of(Located(load("data/alpine"))), options.studies)


if __name__ == "__main__":
    main()
