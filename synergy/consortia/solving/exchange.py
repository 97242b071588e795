"""A good consortium fast: greedy, then exchanges of one partner, then the same again from perturbed ones."""

from __future__ import annotations

import numpy as np

from synergy.consortia.solving.constraints import Floats, Places
from synergy.consortia.solving.model import Model

GAIN = 1e-9
LOST = (2, 6)
RESTART = 50

Members = tuple[int, ...]


def price(model: Model, members: Places) -> float:
    """Return the value of a set of members, less more than any value for each unit by which it breaks the rules."""
    return _less(model, model.value(members), model.excess(members))


def improve(model: Model, members: Places) -> tuple[Members, float]:
    """Add, drop or exchange one member, always what helps most, until nothing does: (members, price)."""
    kept = list(members)
    current = price(model, kept)
    while True:
        values, gains = model.without_each(kept)
        gains[:, ~model.allowed] = -np.inf
        gains[:, kept] = -np.inf
        # The most each exchange can lead to, were no rule broken: the best first, the others seldom need a look.
        hopes = values + np.maximum(0.0, gains.max(axis=1, initial=-np.inf))
        best, chosen = current + GAIN, kept
        for line in np.argsort(-hopes, kind="stable"):
            if hopes[line] <= best:
                break
            leaving, value = int(line) - 1, float(values[line])
            if leaving >= 0 and kept[leaving] in model.must:
                continue
            rest = kept if leaving < 0 else [*kept[:leaving], *kept[leaving + 1 :]]
            if leaving >= 0 and value > best and (worth := _less(model, value, model.excess(rest))) > best:
                best, chosen = worth, rest
            if len(rest) >= model.most or value + gains[line].max(initial=-np.inf) <= best:
                continue
            excess = model.excess_with(rest)
            prices = value + gains[line] - (10 * excess + (excess > 0)) * model.scale
            joining = int(prices.argmax())
            if prices[joining] > best:
                best, chosen = float(prices[joining]), [*rest, joining]
        if chosen is kept:
            return tuple(sorted(kept)), current
        kept, current = chosen, price(model, chosen)


def _less(model: Model, value: float, excess: float) -> float:
    return value - (10 * excess + (excess > 0)) * model.scale


def perturb(
    model: Model, members: Members, weight: Floats, rounds: int, rng: np.random.Generator, enough: float = np.inf
) -> tuple[Members, float]:
    """Replace some members at random (candidates in proportion to ``weight``) and improve, ``rounds`` times.

    Ends early with a price of ``enough``.
    """
    chance = np.where(model.allowed, weight, 0.0)
    best, top = improve(model, members)
    if top >= enough or not chance.any():
        return best, top
    chance = chance / chance.sum()
    current, at = best, top
    fixed = list(model.must)
    for number in range(rounds):
        loose = [one for one in current if one not in model.must]
        lost = int(rng.integers(*LOST))
        stay = rng.permutation(loose)[: max(0, len(loose) - lost)].tolist()
        joining = rng.choice(model.n, size=min(lost, int((chance > 0).sum())), replace=False, p=chance).tolist()
        start = list(dict.fromkeys([*fixed, *stay, *joining]))[: max(model.most, len(fixed))]
        found, worth = improve(model, start)
        if worth > top + GAIN:
            best, top = found, worth
            if top >= enough:
                break
        if worth >= at - 0.005 * abs(top) * rng.exponential():
            current, at = found, worth
        if number % RESTART == RESTART - 1:
            current, at = best, top
    return best, top
