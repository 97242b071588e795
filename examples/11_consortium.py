"""Partners under the rules of a scheme: the best, who can be replaced, why not somebody, a wish that cannot hold."""

import pandas as pd

from synergy.consortia import Pool, robustness, search, why_not
from synergy.errors import Infeasible

# An invented pool: who could take part, and how well each holds what the project needs.
candidates = pd.DataFrame(
    [("mill", "AT31", "AT", "sme"), ("forest", "DE21", "DE", "sme"), ("press", "ITH2", "IT", "sme"),
     ("lab", "DE21", "DE", "research"), ("glue", "AT31", "AT", "sme"), ("school", "ITH2", "IT", "university")],
    columns=["candidate_id", "region", "country", "kind"],
).assign(owner=lambda frame: frame["candidate_id"])  # fmt: skip
capacities = pd.DataFrame(
    [("mill", "wood", 0.9), ("forest", "wood", 0.6), ("press", "machines", 0.9), ("lab", "testing", 0.9),
     ("lab", "glue", 0.5), ("glue", "glue", 0.8), ("school", "testing", 0.7), ("school", "wood", 0.3)],
    columns=["candidate_id", "capacity", "quality"],
)  # fmt: skip
pool = Pool.from_frames(candidates, capacities)

found = search(pool, "eureka-network", max_size=4, k=2, apart=1)
print(found, found.to_frame().to_string(index=False), sep="\n")
print(robustness(found).to_frame())
print(why_not(found, "forest"))
try:
    search(pool, "eureka-network", must=["mill", "glue"], max_size=2)
except Infeasible as error:
    print(error)
