"""Find what regions could change together: capacities, who else has them, and the direction of change."""

import synergy

study = synergy.load("data/alpine")
found = synergy.find_activities(study)
print(
    found.to_frame()[["activity_id", "name", "origin", "n_external", "criteria_met", "criteria_known"]].to_string(
        index=False
    )
)
first = found.frame["activity_id"].iloc[0]
print(found.frame["rule"].iloc[0])
for part in (found.capacities, found.actions, found.criteria):
    print(part[part["activity_id"] == first].drop(columns="activity_id").to_string(index=False))
# The workshop ideas of this study are illustrative; these are the same in two languages.
print(found.idea_pairs.query("verdict == 'same'").to_string(index=False))
