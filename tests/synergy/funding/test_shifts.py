import itertools
from collections.abc import Sequence

import numpy as np
import pytest

from synergy.funding.shifts import Span, days_longer, least_shift

DAY = 24 * 60


def brute(parties: Sequence[Sequence[Span]], limit: int, overlap: int) -> int | None:
    """Try every span and every whole number of days of each."""
    best = None
    for spans in itertools.product(*parties):
        moves = [range(-limit, limit + 1) if span.movable else range(1) for span in spans]
        grid = np.meshgrid(*map(np.array, moves), indexing="ij")
        start = np.max([span.first + DAY * days for span, days in zip(spans, grid, strict=True)], axis=0)
        end = np.min([span.last + DAY * days for span, days in zip(spans, grid, strict=True)], axis=0)
        totals = np.sum([np.abs(days) for days in grid], axis=0)[end - start >= overlap]
        if totals.size:
            best = min(int(totals.min()), best if best is not None else 10**9)
    return best


def random_case(rng: np.random.Generator) -> tuple[list[list[Span]], int, int]:
    def span() -> Span:
        opens = int(rng.integers(0, 15 * DAY))
        closes = opens + int(rng.integers(DAY // 2, 8 * DAY))
        none = rng.random(2) < (0.05, 0.15)
        return Span(None if none[0] else opens, None if none[1] else closes, bool(rng.random() < 0.85))

    parties = [[span() for _ in range(rng.integers(1, 4))] for _ in range(rng.integers(2, 5))]
    return parties, int(rng.integers(0, 6)), int(rng.integers(1, 3 * DAY))


def test_the_least_total_is_that_of_brute_force_on_500_random_cases() -> None:
    rng = np.random.default_rng(6)
    met = 0
    for _ in range(500):
        parties, limit, overlap = random_case(rng)
        found, best = least_shift(parties, limit, overlap), brute(parties, limit, overlap)
        assert found.complete == (best is not None)
        if best is None:
            continue
        met += 1
        assert found.total == best == sum(abs(days or 0) for days in found.days)
        spans = [party[at or 0] for party, at in zip(parties, found.chosen, strict=True)]
        assert max(abs(days or 0) for days in found.days) <= limit
        assert all(span.movable or not days for span, days in zip(spans, found.days, strict=True))
        if found.start is not None and found.end is not None:
            assert found.end - found.start >= overlap
    assert 300 < met < 450


def test_what_is_saved_is_the_total_without_the_party() -> None:
    rng = np.random.default_rng(7)
    seen = 0
    for _ in range(60):
        parties, limit, overlap = random_case(rng)
        found = least_shift(parties, limit, overlap)
        if found.complete:
            seen += 1
            rest = [brute(parties[:k] + parties[k + 1 :], limit, overlap) or 0 for k in range(len(parties))]
            assert list(found.saved) == [found.total - total for total in rest]
    assert seen > 30


def test_days_and_not_weeks_and_the_party_that_binds() -> None:
    windows = [[Span(0, 30 * DAY)], [Span(13 * DAY, 60 * DAY)], [Span(20 * DAY, 70 * DAY)]]
    found = least_shift(windows, limit=14, overlap=20 * DAY)
    assert (found.days, found.total, found.saved) == ((10, 0, 0), 10, (10, 0, 7))
    assert (found.start, found.end) == (20 * DAY, 40 * DAY)


def test_of_several_windows_the_nearer_is_taken() -> None:
    found = least_shift([[Span(0, 10 * DAY), Span(40 * DAY, 50 * DAY)], [Span(33 * DAY, 45 * DAY)]], 20, 8 * DAY)
    assert (found.chosen, found.days) == ((1, 0), (-3, 0))


def test_one_day_windows_meet_on_one_day() -> None:
    found = least_shift([[Span(3 * DAY, 4 * DAY)], [Span(7 * DAY, 8 * DAY)]], 7, DAY)
    assert (found.total, found.days) == (4, (0, -4))
    assert not least_shift([[Span(3 * DAY, 4 * DAY)], [Span(7 * DAY, 8 * DAY)]], 7, DAY + 1).complete


def test_what_has_no_end_or_no_beginning_never_moves() -> None:
    forever, from_then = Span(None, None), Span(5 * DAY, None)
    found = least_shift([[forever], [from_then], [Span(0, 9 * DAY)]], 56, 28 * DAY)
    assert not found.complete and found.chosen == (0, 0, None)
    found = least_shift([[forever], [from_then]], 56, 28 * DAY)
    assert (found.total, found.start, found.end) == (0, 5 * DAY, None)
    assert least_shift([[forever]], 0, 1) == least_shift([[Span(None, None, movable=False)]], 0, 1)


def test_when_not_all_can_meet_most_do() -> None:
    near = [[Span(k * DAY, (k + 30) * DAY)] for k in range(3)]
    found = least_shift([*near, [Span(400 * DAY, 430 * DAY)]], 20, 28 * DAY)
    assert (found.chosen, found.saved[3], found.complete) == ((0, 0, 0, None), None, False)


def test_no_party_and_no_limit() -> None:
    assert least_shift([], 5, DAY).total == 0
    assert least_shift([[Span(0, DAY)], [Span(DAY, 2 * DAY)]], 0, 1).chosen == (0, None)


@pytest.mark.parametrize(("overlap", "longer"), [(30, (1, 0)), (20 * DAY, (20, 0))])
def test_how_much_longer_each_would_stay_open(overlap: int, longer: tuple[int, ...]) -> None:
    assert days_longer([Span(0, 40), Span(20, None)], overlap) == longer
