"""One programme needs three SMEs and closes four weeks earlier: what keeps the two apart, and what mends it.

An illustrative case after IraSME, a network of programmes with rules and dates of their own (figures made up).
"""

import pandas as pd

import synergy

study = synergy.load(
    {
        "regions": pd.DataFrame(
            [("AT31", "Upper Austria", "AT", 2), ("DE21", "Upper Bavaria", "DE", 2)],
            columns=["region_id", "name", "country", "level"],
        ),
        "codes": pd.DataFrame({"code": ["field:wood"], "name": ["Wood"]}),
        "priorities": pd.DataFrame(
            [("p1", "AT31", "Wood", "field:wood")], columns=["priority_id", "region_id", "title", "codes"]
        ),
        "programmes": pd.DataFrame(
            [("A", "AT31", "Collective research", "field:wood", 8), ("B", "DE21", "SME pool", "field:wood", 12)],
            columns=["programme_id", "region_id", "name", "codes", "decision_weeks"],
        ),
        "call_windows": pd.DataFrame(
            [("A", "call", "2027-01-11", "2027-02-28T12:00"), ("B", "call", "2027-02-08", "2027-03-28T12:00")],
            columns=["programme_id", "kind", "opens", "closes"],
        ).assign(time_zone="Europe/Vienna"),
        "partner_needs": pd.DataFrame(
            [("A", "sme", "project", 3), ("B", "sme", "project", 2)],
            columns=["programme_id", "who", "where", "minimum"],
        ),
    }
)

found = synergy.align(study, "field:wood", overlap_days=28, shift_weeks=8)
for rule in found.rules:
    if rule.repair:
        print(f"{rule.title}: {rule.state}, by {', '.join(rule.binds)}\n  {rule.why}\n  Repair: {rule.repair}")
calendar = found.calendar
print(f"Then open together from {calendar.opens} to {calendar.closes}: {calendar.total} days moved in all")
