"""Draw what few regions bring each other in a field: the best diamonds, and one of regions of your choice."""

import synergy

study = synergy.load("data/alpine")
graph = synergy.build(study)
topics = synergy.find_topics(study, graph)
found = synergy.find_diamonds(study, graph, topics, fields=["T03", "ecosystem:agri-food"], top=2)
for row in found.to_frame().itertuples():
    print(f"{row.diamond_id} {row.name}, {row.regions}: {row.kind}, score {row.score:.2f}, kind stays {row.robust:.0%}")
    print(f"   {row.why} Rests on {row.rests_on}.")
chosen = synergy.diamond(study, ["CH03", "DE13", "FRF1"], "ecosystem:health", graph, topics)
print(chosen.corners.pivot(index="corner", columns="region_id", values="state"))
print(chosen.evidence[["region_id", "corner", "sign", "table", "row"]].head(5).to_string(index=False))
