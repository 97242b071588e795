"""Walk a result back to the terms and the input rows that made it."""

import synergy

study = synergy.load("data/alpine")
graph = synergy.build(study)
scores = synergy.score_pairs(study, graph)
topics = synergy.find_topics(study, graph, scores)
for subject in ("AT31-ITC4", "T01"):
    found = synergy.explain(study, subject, scores=scores, topics=topics)
    print(found.summary)
    print(found.terms.head(8).to_string(index=False))
    print(found.rows.head(5).to_string(index=False))
