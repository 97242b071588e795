"""Plan an activity: who does what by when, what people still have to fill in, and how one sees that it works."""

import synergy

plan = synergy.make_plan(synergy.load("data/baltic"), chosen=["A01"], start="2027-01-11")
print(plan.to_frame()[["step", "line", "title", "start", "end", "critical", "waits_for"]].to_string(index=False))
for gap in plan.parts[0].gaps:
    print(f"{gap.what} | {gap.who}")
print(plan.monitoring()[["indicator", "baseline", "baseline_date", "wanted"]].to_string(index=False))
