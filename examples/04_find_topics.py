"""Find cooperation topics: who leads, who complements, and which pairs are untapped."""

import synergy

topics = synergy.find_topics(synergy.load("data/alpine"))
for row in topics.to_frame().itertuples():
    print(f"{row.topic_id} {row.name}: {row.n_regions} regions of {row.n_countries} countries, score {row.score:.2f}")
first = topics.untapped[topics.untapped["topic_id"] == "T01"]
print(first[["region_a", "region_b", "total"]].head(5))
