"""Check a study's tables: every problem at once, with its place."""

import pandas as pd

import synergy

print(synergy.check("data/alpine"))

regions = pd.DataFrame({"region_id": ["A", "A"], "name": ["Aland", "Bland"], "country": ["X", "X"], "level": [2, 2]})
priorities = pd.DataFrame({"priority_id": ["p"], "region_id": ["B"], "title": ["Wood"]})
for problem in synergy.check({"regions": regions, "priorities": priorities}):
    print(problem)
