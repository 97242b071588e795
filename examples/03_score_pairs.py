"""Score every pair of regions; unknown stays unknown."""

import synergy

pairs = synergy.score_pairs(synergy.load("data/alpine")).to_frame()
print(pairs[["region_a", "region_b", "total", "rank_low", "rank_high", "similarity_excess", "joint_projects"]].head(10))
print(f"{pairs['total'].isna().sum()} of {len(pairs)} pairs have no total: too little is known of their fit")
