"""A dry region breaks a top-ranked project under the virtual pot; a balancing pot mends it. Invented proposals."""

import pandas as pd

from synergy.funding import fairness, prices, select, what_if

# What each proposal asks of each region, in whole cents; AT32 has little money left.
proposals = pd.DataFrame(
    {
        "proposal_id": ["wood", "steel", "care"],
        "score": [14.5, 13.0, 12.0],
        "AT32": [250_000_00, 0, 150_000_00],
        "DE21": [300_000_00, 400_000_00, 0],
        "ITH3": [200_000_00, 300_000_00, 250_000_00],
    }
)
budgets = {"AT32": 200_000_00, "DE21": 1_000_000_00, "ITH3": 800_000_00}

virtual = select(proposals, budgets, pot="virtual", order="strict")
print(virtual, virtual.frame[["proposal_id", "rank", "funded", "why"]].to_string(index=False), sep="\n")
mixed = select(proposals, budgets, pot="mixed", order="strict", balancing=0.1)
print(mixed, mixed.frame[["proposal_id", "rank", "funded", "why"]].to_string(index=False), sep="\n")
# Who paid for AT32, in cents, and what came back to each region per euro paid.
print(mixed.transfers.to_string(index=False))
print(fairness(mixed).frame.to_string(index=False))

best = select(proposals, budgets)
print("What 100,000 more in one region would fund:", prices(best).to_string(index=False), sep="\n")
print("AT32 doubles its money:", what_if(best, {"AT32": 400_000_00}).to_dict())
