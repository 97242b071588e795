from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from synergy.diamonds.draws import DRAWS, WIDTH, Draws
from synergy.diamonds.kinds import KINDS, brings, kind_of
from synergy.diamonds.search import is_diamond, judge, reaches, search

NAN = np.nan
COUNTRY = np.array(["AT", "AT", "DE", "DE", "IT"], dtype=object)
FIVE = ([2, 4, 1, 2], [2, 0, 1, 1], [2, 1, 4, 2], [2, 0.5, 0.5, 0], [NAN, NAN, 4, NAN])


@pytest.fixture
def draws() -> Draws:
    return Draws.of(7, 5)


def kept(found) -> list[list[int]]:
    return [judged.sets[0].tolist() for judged in found]


def test_pairs_are_all_those_across_a_border(standing, draws) -> None:
    here = standing(*FIVE)
    found, told = search(here, draws, range(5), COUNTRY, 50)
    across = [pair for pair in combinations(range(5), 2) if COUNTRY[pair[0]] != COUNTRY[pair[1]]]
    assert (told[0].size, told[0].possible, told[0].looked_at) == (2, len(across), len(across)) == (2, 8, 8)
    by_hand = [pair for pair in across if is_diamond(reaches(here, np.array([pair])))[0]]
    assert [tuple(one) for one in kept(found) if len(one) == 2] and set(map(tuple, kept(found))) >= set(by_hand)
    assert told[0].diamonds == len(by_hand)


def test_a_set_of_which_too_little_is_known_is_not_proposed(standing, draws) -> None:
    found, told = search(standing(*FIVE), draws, range(5), COUNTRY, 50)
    assert all(4 not in one for one in kept(found))
    assert told[0].known == 4


def test_three_are_proposed_when_two_are_not_enough(standing, draws) -> None:
    here = standing([2, 0.7, 0, 2], [2, 0, 0, 2], [2, 0.7, 0, 2], [2, 0, 0, 2], [2, 0.7, 0, 2])
    found, told = search(here, draws, range(5), COUNTRY, 50)
    assert kept(found) == [[0, 2, 4]]
    assert KINDS[found[0].kind[0]] == "pooling"
    assert (told[1].size, told[1].possible) == (3, 10)


def test_four_bring_a_corner_each(standing, draws) -> None:
    alone = standing([3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 3], [0, 0, 0, 0])
    found, told = search(alone, draws, range(5), COUNTRY, 50)
    assert [0, 1, 2, 3] in kept(found) or any(set(one) < {0, 1, 2, 3} for one in kept(found))
    own, _ = brings(reaches(alone, np.array([[0, 1, 2, 3]])))
    assert own[0].sum() == 4
    assert told[-1].size == 4


def test_of_sets_that_hold_one_another_the_best_stays(standing, draws) -> None:
    found, _ = search(standing(*FIVE), draws, range(5), COUNTRY, 50)
    for one, other in combinations(kept(found), 2):
        assert not set(one) <= set(other) and not set(other) <= set(one)
    expected = [float(judged.expected[0]) for judged in found]
    assert expected == sorted(expected, reverse=True)


def test_no_members_no_diamonds(standing, draws) -> None:
    assert search(standing(*FIVE), draws, [], COUNTRY, 3) == ([], [])
    assert search(standing(*FIVE), draws, [0, 1], COUNTRY, 3) == ([], [])


def test_the_same_draws_for_the_same_seed() -> None:
    one, same, other = Draws.of(7, 5), Draws.of(7, 5), Draws.of(8, 5)
    np.testing.assert_array_equal(one.lines, same.lines)
    np.testing.assert_array_equal(one.luck, same.luck)
    assert not np.array_equal(one.lines, other.lines)
    assert one.lines.shape == (DRAWS, 4)
    assert (one.lines >= 1 / WIDTH).all() and (one.lines <= WIDTH).all()


def test_what_is_unknown_is_drawn_from_what_is_known(draws) -> None:
    alone = np.array([[1.0, NAN], [NAN, NAN], [0.2, NAN], [0.7, NAN], [NAN, NAN]])
    guesses = draws.guesses(np.pad(alone, ((0, 0), (0, 2)), constant_values=0.5))
    assert set(np.unique(guesses[:, 1, 0])) == {0.2, 0.7, 1.0}
    assert np.isnan(guesses[:, :, 1]).all()


def test_a_clear_case_is_robust_and_a_close_one_is_not(standing, draws) -> None:
    clear = standing([2, 9, 0, 0], [2, 0, 9, 0], [2] * 4, [2] * 4, [2] * 4)
    pair = np.array([[0, 1]])
    judged = judge(clear, draws, pair)
    assert KINDS[judged.kind[0]] == "complement" and judged.robust[0] == 1
    assert judged.low[0] <= judged.score[0] <= judged.high[0]
    close = judge(standing([2, 2, 1.95, 0], [2, 1.95, 2, 0], [2] * 4, [2] * 4, [2] * 4), draws, pair)
    assert KINDS[close.kind[0]] == "complement" and close.robust[0] < 0.5
    assert close.expected[0] < close.score[0]


def test_what_is_unknown_makes_the_range_wider(standing, draws) -> None:
    others = ([2, 4, 0, 4], [2, 0, 4, 0], [2, 2, 2, 2])
    pair = np.array([[0, 1]])
    known = judge(standing([2, 9, 0, 2], [2, 0, 9, 2], *others), draws, pair)
    partly = judge(standing([2, 9, 0, 2], [2, 0, 9, NAN], *others), draws, pair)
    assert KINDS[partly.kind[0]] == "complement"
    assert partly.high[0] - partly.low[0] > known.high[0] - known.low[0]


def test_judged_alone_or_among_others_is_the_same(standing, draws) -> None:
    here = standing(*FIVE)
    pairs = np.array(list(combinations(range(5), 2)))
    among = judge(here, draws, pairs)
    for at, pair in enumerate(pairs):
        one = judge(here, draws, pair[None, :])
        for name in ("score", "low", "high", "robust", "expected"):
            np.testing.assert_array_equal(getattr(one, name)[0], getattr(among, name)[at])
        assert one.kind[0] == among.kind[at] == kind_of(*brings(reaches(here, pair[None, :])))[0]
