"""A good consortium fast: greedy, then exchanges of one partner, then the same again from perturbed ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from synergy.consortia.search.constraints import Floats
from synergy.consortia.search.model import Model

GAIN = 1e-9
LOST = (2, 6)
RESTART = 50

Members = tuple[int, ...]


def price(model: Model, members: Sequence[int]) -> float:
    """Return the value of a set of members, less more than any value for each unit by which it breaks the rules."""
    excess = model.excess(members)
    return model.value(members) - (10 * excess + (excess > 0)) * model.scale


def improve(model: Model, members: Sequence[int], most: int) -> tuple[Members, float]:
    """Add, drop or exchange one member, always what helps most, until nothing does: (members, price)."""
    kept = list(members)
    current = price(model, kept)
    fixed = set(model.must)
    while True:
        best, chosen = current + GAIN, None
        for leaving in [None, *(one for one in kept if one not in fixed)]:
            rest = [one for one in kept if one != leaving]
            if leaving is not None and (worth := price(model, rest)) > best:
                best, chosen = worth, rest
            if len(rest) >= most:
                continue
            prices = _prices_with(model, rest)
            joining = int(prices.argmax())
            if prices[joining] > best:
                best, chosen = float(prices[joining]), [*rest, joining]
        if chosen is None:
            return tuple(sorted(kept)), current
        kept = chosen
        current = price(model, kept)


def _prices_with(model: Model, members: Sequence[int]) -> Floats:
    excess = model.excess_with(members)
    prices = model.value(members) + model.gains(members) - (10 * excess + (excess > 0)) * model.scale
    prices[~model.allowed] = -np.inf
    prices[list(members)] = -np.inf
    return prices


def perturb(
    model: Model, members: Members, most: int, weight: Floats, rounds: int, rng: np.random.Generator
) -> tuple[Members, float]:
    """Replace some members at random (candidates in proportion to ``weight``) and improve, ``rounds`` times."""
    chance = weight / weight.sum()
    best, top = improve(model, members, most)
    current, at = best, top
    fixed = list(model.must)
    for number in range(rounds):
        loose = [one for one in current if one not in model.must]
        lost = int(rng.integers(*LOST))
        stay = rng.permutation(loose)[: max(0, len(loose) - lost)].tolist()
        joining = rng.choice(model.n, size=min(lost, int((chance > 0).sum())), replace=False, p=chance).tolist()
        start = list(dict.fromkeys([*fixed, *stay, *joining]))[: max(most, len(fixed))]
        found, worth = improve(model, start, most)
        if worth > top + GAIN:
            best, top = found, worth
        if worth >= at - 0.005 * abs(top) * rng.exponential():
            current, at = found, worth
        if number % RESTART == RESTART - 1:
            current, at = best, top
    return best, top
