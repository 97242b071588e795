"""CBC by PuLP on one simulated call of the virtual pot, in an environment of its own: prints score and CPU seconds."""

import json
import resource
import sys

import pulp

call = json.load(sys.stdin)
problem = pulp.LpProblem("call", pulp.LpMaximize)
funded = [pulp.LpVariable(f"x{i}", cat="Binary") for i in range(len(call["scores"]))]
problem += pulp.lpDot(call["scores"], funded)
for column, budget in zip(zip(*call["asked"], strict=True), call["budgets"], strict=True):
    problem += pulp.lpSum(x * (cents / 1e7) for x, cents in zip(funded, column, strict=True) if cents) <= budget / 1e7
problem.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=call["gap"], threads=1, timeLimit=call["seconds"]))
used = [
    sum(cents for x, cents in zip(funded, column, strict=True) if x.value() > 0.5)
    for column in zip(*call["asked"], strict=True)
]
json.dump(
    {
        "score": sum(score for x, score in zip(funded, call["scores"], strict=True) if x.value() > 0.5),
        "over": max(0, *(need - budget for need, budget in zip(used, call["budgets"], strict=True))),
        "seconds": resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime,
    },
    sys.stdout,
)
