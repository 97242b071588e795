"""One run of one method on one pool: prints its figures, a name and a number a line."""

import resource
import sys
import time

import numpy as np

from benchmarks.consortia.instances import draw, weights
from benchmarks.consortia.peers import greedy, plain
from synergy.consortia import Value
from synergy.consortia.solving import solve as ours
from synergy.consortia.solving.compile import compiled
from synergy.consortia.wish import Effort

CLOSE = 0.05


def told(**figures: float) -> None:
    for name, value in figures.items():
        print(name, value)


def reduced(model, gap: float, seconds: float) -> None:
    """Keep the last step ours is asked for, and give it to both."""
    asked = {}

    def kept(*given):
        if not asked:
            start = time.process_time()
            found = proved(*given)
            asked.update(given=given, found=found, cpu=time.process_time() - start)
        return asked["found"]

    proved, ours._proved = ours._proved, kept
    ours.solve(model, Effort(gap=gap), 0)
    _, dual, _, members, value, target, _ = asked["given"]
    left = ours._left(dual, value, target, model)
    left[list(members)] = True
    part = model.take(np.flatnonzero(left))
    start = time.process_time()
    _, theirs, bound = plain(part, target, seconds)
    told(left=part.n, HiGHS_value=theirs, HiGHS_bound=bound, HiGHS_cpu=time.process_time() - start)
    _, value, bound, _ = asked["found"]
    told(ours_value=value, ours_bound=bound, ours_cpu=asked["cpu"])


def main(method: str, n: int, seed: int, style: str, seconds: float) -> None:
    pool, rules = draw(seed, n, style)
    value = Value(weights=weights(seed))
    gap = 0.01 if n >= 1000 else 0.0
    compiled(pool, rules.rules, value).value([0])  # what a first call loads is not counted
    start = time.process_time()
    model = compiled(pool, rules.rules, value)
    if method == "reduced":
        reduced(model, gap, seconds)
        return
    if method == "greedy":
        _, best = greedy(model)
        told(value=best)
    elif method == "HiGHS":
        _, best, bound = plain(model, gap, seconds)
        told(value=best, bound=bound, gap=(bound - best) / best)
    else:
        early = ours.solve(model, Effort(rounds=10, nodes=0), 0)
        first = time.process_time() - start
        start = time.process_time()
        found = ours.solve(compiled(pool, rules.rules, value), Effort(gap=gap), 0)
        if early.value < (1 - CLOSE) * found.bound:
            first = float("nan")
        told(value=found.value, bound=found.bound, gap=found.gap, first=first)
    told(cpu=time.process_time() - start, peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], float(sys.argv[5]))
