"""Three nulls for the overlap of two strategies: how they hold their level, what they find, what they cost."""

import time
from collections.abc import Iterator

import numpy as np

from benchmarks.scores.worlds import drawn_list, lists_of
from synergy.economy.profiles import expected_presence, popularity
from synergy.scores.lists import Lists
from synergy.scores.null import lattice, similarity_test
from synergy.scores.pairs import Pairs

SWAPS = 999
PLANTED = 6


def ours(lists: Lists, pairs: Pairs, _: np.random.Generator) -> np.ndarray:
    """The exact law of the overlap of two lists of given lengths."""
    return similarity_test(lists, pairs, np.zeros(len(pairs)))["similarity_p"].to_numpy()


def independent(lists: Lists, pairs: Pairs, _: np.random.Generator) -> np.ndarray:
    """Each field by itself with ``expected_presence``: lengths are kept on average only."""
    chance = expected_presence(lists.profiles, lists.countries).to_numpy()
    steps, seen = _overlap(lists, pairs)
    both = chance[pairs.a] * chance[pairs.b]
    law = np.zeros((len(pairs), int(steps.sum()) + 1))
    law[:, 0] = 1
    for f, step in enumerate(steps):
        moved = law * both[:, [f]]
        law -= moved
        law[:, step:] += moved[:, : law.shape[1] - step]
    tails = np.cumsum(law[:, ::-1], axis=1)[:, ::-1]
    return np.minimum(tails[np.arange(len(pairs)), seen], 1)


def swaps(lists: Lists, pairs: Pairs, rng: np.random.Generator) -> np.ndarray:
    """Curveball trades within countries (Strona et al. 2014): lengths and country popularities are kept exactly."""
    present = np.repeat(lists.profiles.to_numpy()[None].astype(bool), SWAPS, 0)
    for country in sorted(set(lists.countries)):
        members = np.flatnonzero(lists.countries == country)
        for _ in range(6 * len(members) if len(members) > 1 else 0):
            i, j = rng.permutation(members)[:2]
            _trade(present, i, j, rng)
    steps, seen = _overlap(lists, pairs)
    x = present.astype(np.float32)
    drawn = np.einsum("mif,mjf->mij", x * steps.astype(np.float32), x, optimize=True)[:, pairs.a, pairs.b]
    return (1 + (drawn >= seen - 0.01).sum(axis=0)) / (SWAPS + 1)


def _trade(present: np.ndarray, i: int, j: int, rng: np.random.Generator) -> None:
    one, other = present[:, i], present[:, j]
    either, both = one ^ other, one & other
    place = np.where(either, rng.random(either.shape), 2).argsort(axis=1).argsort(axis=1)
    mine = either & (place < (one & either).sum(axis=1)[:, None])
    present[:, i], present[:, j] = both | mine, both | (either & ~mine)


def _overlap(lists: Lists, pairs: Pairs) -> tuple[np.ndarray, np.ndarray]:
    steps, held = lattice(lists.rarity.to_numpy() ** 2), lists.profiles.to_numpy()
    return steps, ((held * steps) @ held.T)[pairs.a, pairs.b]


def worlds(alpine: Lists) -> Iterator[tuple[str, np.ndarray, np.ndarray, np.ndarray]]:
    """Yield name, countries, lengths and odds per list: the embedded study's, and countries that are quite unlike."""
    own = alpine.profiles.iloc[alpine.first]
    country = alpine.countries.iloc[alpine.first]
    q = popularity(own, country).loc[country].to_numpy().clip(0.001, 0.999)
    yield "as in data/alpine", country.to_numpy(), own.sum(axis=1).to_numpy(), q / (1 - q)
    rng = np.random.default_rng(2)
    unlike = np.repeat(list("abcdefgh"), [2, 2, 2, 3, 3, 4, 6, 8])
    by_country = rng.beta(0.4, 0.6, size=(8, 14)).clip(0.01, 0.99)
    odds = (by_country / (1 - by_country))[np.unique(unlike, return_inverse=True)[1]]
    yield "countries unlike", unlike, rng.integers(3, 11, len(unlike)), odds


def compare(alpine: Lists, studies: int) -> None:
    """Print a row per world and null: shares of p <= 0.05 where the null is true, and of copied lists found."""
    for world, countries, lengths, odds in worlds(alpine):
        for name, null in (("ours", ours), ("independent fields", independent), ("curveball swaps", swaps)):
            rng, seconds, held, found = np.random.default_rng(3), 0.0, {True: [], False: []}, []
            for _ in range(studies):
                present = np.array([drawn_list(rng, o, int(k)) for o, k in zip(odds, lengths, strict=True)])
                lists, pairs = lists_of(present, countries)
                start = time.process_time()
                p = null(lists, pairs, np.random.default_rng(4))
                seconds += time.process_time() - start
                home = countries[pairs.a] == countries[pairs.b]
                for same, those in held.items():
                    those.append((p[home == same] <= 0.05).mean())
                found.append(_found(null, present, countries, lengths, rng))
            shares = [f"{np.mean(held[same]):.1%}" for same in (True, False)]
            print(
                f"| {world} | {name} | {' | '.join(shares)} | {np.mean(found):.0%} | {seconds / studies:.3f} |",
                flush=True,
            )


def _found(null, present: np.ndarray, countries: np.ndarray, lengths: np.ndarray, rng: np.random.Generator) -> float:
    """Let lists copy seven tenths of one across a border, and return the share of them with p <= 0.05."""
    present, order, planted = present.copy(), rng.permutation(len(present)), []
    for a, b in zip(order[::2], order[1::2], strict=False):
        if countries[a] != countries[b] and len(planted) < PLANTED:
            named = np.flatnonzero(present[a])
            taken = named[rng.random(len(named)) < 0.7][: lengths[b]]
            rest = rng.permutation([f for f in np.flatnonzero(present[b]) if f not in taken]).astype(int)
            present[b] = 0
            present[b, [*taken, *rest[: lengths[b] - len(taken)]]] = 1
            planted.append({a, b})
    lists, pairs = lists_of(present, countries)
    p = null(lists, pairs, np.random.default_rng(5))
    return float((p[[{a, b} in planted for a, b in zip(pairs.a, pairs.b, strict=True)]] <= 0.05).mean())
