"""Seeded random pools and the rules they are searched under."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.consortia import Pool, Rule, RuleSet

KINDS = {"firm": 0.45, "research": 0.15, "university": 0.15, "public": 0.1, "cluster": 0.15}


def draw(seed: int, n: int, style: str = "even", capacities: int = 60) -> tuple[Pool, RuleSet]:
    """Return a pool of n candidates with about 6 links each, 12 regions in 6 countries, and its rules.

    ``even``: all capacities are equally common and qualities uniform; ``skewed``: some are held by many and others
    by few, middling qualities are the commonest, and weights differ as qualities do.
    """
    rng = np.random.default_rng(seed)
    region = rng.integers(0, 12, n)
    popular = np.ones(capacities) if style == "even" else np.arange(1, capacities + 1) ** -0.7
    popular = popular / popular.sum()
    held = [
        rng.choice(capacities, size=min(capacities, 1 + rng.poisson(5)), replace=False, p=popular) for _ in range(n)
    ]
    owner = np.repeat(np.arange(n), [len(one) for one in held])
    quality = rng.uniform(0.1, 1.0, len(owner)) if style == "even" else rng.beta(2, 2, len(owner))
    cost = rng.lognormal(12, 0.5, n).round(-3)
    ids = [f"c{number:05}" for number in range(n)]
    candidates = pd.DataFrame(
        {
            "candidate_id": ids,
            "region": [f"R{number:02}" for number in region],
            "country": [f"C{number % 6}" for number in region],
            "kind": rng.choice(list(KINDS), n, p=list(KINDS.values())),
            "cost": cost,
        }
    )
    links = pd.DataFrame(
        {
            "candidate_id": [ids[one] for one in owner],
            "capacity": [f"k{one:02}" for one in np.concatenate(held)],
            "quality": quality,
        }
    )
    return Pool.from_frames(candidates, links), rules(float(0.85 * 12 * np.median(cost)))


def weights(seed: int, capacities: int = 60) -> dict[str, float]:
    """Return a weight for each capacity."""
    drawn = np.random.default_rng([seed, 1]).uniform(0.5, 1.5, capacities)
    return {f"k{number:02}": float(weight) for number, weight in enumerate(drawn)}


def rules(budget: float) -> RuleSet:
    """Return rules of the usual kinds: partners, countries, regions, kinds, balance, money."""
    firm, lab = {"kind": ("firm",)}, {"kind": ("research",)}
    return RuleSet(
        "benchmark",
        "Rules of the benchmark",
        "2024",
        "made for it",
        (
            Rule("partners", "7 to 12 partners", "partners", min=7, max=12),
            Rule("countries", "At least 4 countries", "countries", min=4),
            Rule("regions", "At least 5 regions", "regions", min=5),
            Rule("per-country", "At most 4 partners per country", "partners", per="country", max=4),
            Rule("firms", "At least 3 firms", "partners", who=firm, min=3),
            Rule("research", "At least 1 research organisation", "partners", who=lab, min=1),
            Rule("universities", "At most 3 universities", "partners", who={"kind": ("university",)}, max=3),
            Rule("public", "At most 2 public bodies", "partners", who={"kind": ("public",)}, max=2),
            Rule("budget", "A budget that most twelve partners exceed", "cost", max=budget),
        ),
    )
