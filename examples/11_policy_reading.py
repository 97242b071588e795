"""Read a survey over all regions: what recurs, who learns from whom, and what follows (the answers are illustrative)."""

import synergy

study = synergy.load("data/alpine")
print(study.settings.sources["survey"].title)
reading = synergy.policy_reading(study)
for each in reading.implications:
    print(f"{each.seen} -> {each.advice}")
print(reading.to_frame()[["pair_id", "learner", "teacher", "title", "value"]].to_string(index=False))
