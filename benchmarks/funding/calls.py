"""Simulated joint calls: 120 proposals over three to five of twelve regions that ask twice the money there is."""

import numpy as np
import pandas as pd

REGIONS = tuple(f"R{k:02}" for k in range(12))


def simulated(seed: int, proposals: int = 120, oversubscribed: float = 2.0) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return proposals and budgets in whole cents.

    A proposal asks 80,000 to 350,000 of each of three to five regions; scores are those of three criteria up to 5,
    normal about 10.5 with a standard deviation of 2, to one decimal. A region's budget is what is asked in the mean,
    halved, and from a half to one and a half of that.
    """
    rng = np.random.default_rng(seed)
    scores = np.round(np.clip(rng.normal(10.5, 2, proposals), 0, 15), 1)
    asked = np.zeros((proposals, len(REGIONS)), dtype=np.int64)
    for row in asked:
        partners = rng.integers(3, 6)
        chosen = rng.choice(len(REGIONS), partners, replace=False)
        row[chosen] = rng.integers(80_000, 350_001, partners) * 100
    mean = asked.sum() / len(REGIONS) / oversubscribed
    budgets = (rng.uniform(0.5, 1.5, len(REGIONS)) * mean).astype(np.int64)
    frame = pd.DataFrame({"proposal_id": [f"P{i:03}" for i in range(proposals)], "score": scores})
    frame[list(REGIONS)] = asked
    return frame, dict(zip(REGIONS, map(int, budgets), strict=True))
