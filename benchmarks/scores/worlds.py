"""Studies and lists made up to be scored: any size, and lists for which the null is true."""

import numpy as np
import pandas as pd

from synergy import Settings, load
from synergy.economy.profiles import idf
from synergy.scores.lists import Lists
from synergy.scores.pairs import Pairs


def study(n_regions: int, fields: int = 60, activities: int = 88, countries: int = 27):
    """Return a study: 3 to 13 priorities a region, a tenth of the activities unknown, eight projects a region."""
    rng = np.random.default_rng(n_regions)
    ids = [f"R{i:04d}" for i in range(n_regions)]
    regions = pd.DataFrame(
        {"region_id": ids, "name": ids, "country": [f"C{i % countries:02d}" for i in range(n_regions)]}
    )
    places = {"level": 2, "lat": rng.uniform(35, 65, n_regions), "lon": rng.uniform(-10, 30, n_regions)}
    lists = [rng.choice(fields, rng.integers(3, 14), replace=False) for _ in ids]
    priorities = [(f"p{i}-{f}", ids[i], "P", f"f:{f}") for i, each in enumerate(lists) for f in each]
    amounts = [
        (r, f"a:{j}", None if rng.random() < 0.1 else float(int(rng.lognormal(5, 1.5))), "jobs", 2014)
        for r in ids for j in range(activities)
    ]  # fmt: skip
    parts = [(f"j{p}", ids[r]) for p in range(8 * n_regions) for r in rng.choice(n_regions, rng.integers(2, 9), False)]
    codes = [f"f:{f}" for f in range(fields)] + [f"a:{j}" for j in range(activities)]
    tables = {
        "regions": regions.assign(**places),
        "priorities": pd.DataFrame(priorities, columns=["priority_id", "region_id", "title", "codes"]),
        "codes": pd.DataFrame({"code": codes, "name": codes}),
        "activity": pd.DataFrame(amounts, columns=["region_id", "code", "value", "unit", "year"]),
        "participations": pd.DataFrame(parts, columns=["project_id", "region_id"]),
    }
    return load(tables, Settings(level=2))


def lists_of(present: np.ndarray, countries: np.ndarray) -> tuple[Lists, Pairs]:
    """Return one list per region, each field a row of its own."""
    ids = [f"R{i:03d}" for i in range(len(present))]
    profiles = pd.DataFrame(present, index=ids, columns=[f"f{j}" for j in range(present.shape[1])])
    rows = [(ids[i], f"p{i}-{j}", (f"f{j}",)) for i, j in np.argwhere(present)]
    statements = pd.DataFrame(rows, columns=["region_id", "priority_id", "fields"])
    lists = Lists(profiles, idf(profiles), pd.Series(countries, index=ids), np.arange(len(ids)), statements)
    return lists, Pairs.of_regions(tuple(ids))


def drawn_list(rng: np.random.Generator, odds: np.ndarray, length: int) -> np.ndarray:
    """Return a list of that length, P ~ product of odds: field by field, given how many are still to come."""
    ways = np.zeros((len(odds) + 1, length + 1))
    ways[-1, 0] = 1
    for f in range(len(odds) - 1, -1, -1):
        ways[f] = ways[f + 1]
        ways[f, 1:] += odds[f] * ways[f + 1, :-1]
    taken = np.zeros(len(odds), dtype=int)
    for f in range(len(odds)):
        left = length - taken.sum()
        taken[f] = left > 0 and rng.random() < odds[f] * ways[f + 1, left - 1] / ways[f, left]
    return taken
