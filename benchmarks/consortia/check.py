"""No rule of a shipped scheme is broken on drawn pools; on tiny ones the result is the best of all choices."""

import time

from synergy.consortia import Effort, RuleSet, load_rules, rule_names, search
from synergy.errors import Infeasible
from tests.synergy.consortia.conftest import best_of_all, broken, drawn_pool, drawn_rules, drawn_value, people_of, worth


def check(pools: int, tiny: int = 200) -> None:
    """Print both tables; stop at the first fault."""
    print("| rule set | pools | answered | no answer | members | rules broken | CPU s |\n|---|---|---|---|---|---|---|")
    for name in rule_names():
        scheme, answered, members, start = load_rules(name), 0, 0, time.process_time()
        for seed in range(pools):
            pool = drawn_pool(seed, n=14, capacities=6)
            try:
                found = search(pool, scheme, effort=Effort(rounds=0, nodes=1)).best
            except Infeasible:
                continue
            fault = broken(people_of(pool), scheme.rules, found.members)
            assert not fault, f"{name}, pool {seed}: {fault} broken by {found.members}"
            answered, members = answered + 1, members + len(found.members)
        took = time.process_time() - start
        print(f"| {name} | {pools} | {answered} | {pools - answered} | {members} | 0 | {took:.0f} |", flush=True)
    print("\n| tiny pools | answered | no choice at all | as good as the best of all | CPU s |\n|---|---|---|---|---|")
    answered, start = 0, time.process_time()
    for seed in range(tiny):
        pool, rules = drawn_pool(seed, n=7, missing=0.1 if seed % 2 else 0.35), drawn_rules(seed)
        value = drawn_value(seed, pool)
        best = best_of_all(pool, rules, value, 5)
        try:
            found = search(
                pool, RuleSet("drawn", "", "", "", rules), value=value, max_size=5, effort=Effort(rounds=1)
            ).best
        except Infeasible:
            assert best is None, f"tiny pool {seed}: there is {best}"
            continue
        assert best is not None and abs(found.value - best[0]) < 1e-6 and found.proven, (
            f"tiny pool {seed}: {best}, {found}"
        )
        assert abs(worth(pool, value, found.members) - found.value) < 1e-9
        answered += 1
    print(f"| {tiny} | {answered} | {tiny - answered} | {answered} | {time.process_time() - start:.0f} |")
