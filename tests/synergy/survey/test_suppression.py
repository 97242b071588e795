"""Withheld cells stay withheld: worked tables, and an attack that knows every published table of a survey."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synergy.survey import Instrument, score
from synergy.survey.answers import Answers, answers_of
from synergy.survey.scoring import WITHHELD
from synergy.survey.suppression import RANGE, ranges, solved_range, with_totals, withhold

MIN_N = 5
Draw = Callable[..., pd.DataFrame]


def test_a_small_cell_takes_three_others_with_it() -> None:
    counts = np.array([[2.0, 9.0, 8.0], [6.0, 7.0, 9.0]])
    hidden = withhold(counts, 3 * counts, MIN_N)
    assert hidden.astype(int).tolist() == [[1, 0, 1, 0], [1, 0, 1, 0], [0, 0, 0, 0]]


def test_nothing_is_withheld_where_all_are_many_and_empty_cells_are_known() -> None:
    assert not withhold(np.array([[5.0, 0.0], [7.0, 9.0]]), np.array([[15.0, 0.0], [21.0, 27.0]]), MIN_N).any()


def test_a_region_of_few_takes_another_region_s_total_with_it() -> None:
    counts = np.array([[3.0], [8.0], [9.0]])
    hidden = withhold(counts, 3 * counts, MIN_N)
    # 3 people and the smallest region beside them; their sum is known, each part is not
    assert hidden[:, -1].tolist() == [True, True, False, False]
    assert hidden[:, 0].tolist() == [True, True, False, False]


def test_a_remainder_of_few_is_no_remainder() -> None:
    counts = np.array([[2.0, 2.0, 9.0, 12.0], [9.0, 9.0, 9.0, 9.0]])
    hidden = withhold(counts, 3 * counts, MIN_N)
    assert counts[0][hidden[0, :-1]].sum() >= MIN_N


def test_everybody_at_the_end_of_the_scale_gives_nobody_away() -> None:
    """Sums at their lowest would pin every part of them, whatever is withheld inside a shown total."""
    counts = np.array([[2.0, 6.0], [9.0, 9.0]])
    sums = counts * np.array([[1.0, 1.0], [3.0, 3.0]])
    hidden = withhold(counts, sums, MIN_N)
    n, total = with_totals(counts), with_totals(sums)
    assert hidden[0, -1]
    assert solved_range(n, total, hidden, (0, 0)) >= RANGE
    inside = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 0]], bool)
    assert solved_range(n, total, inside, (0, 0)) == pytest.approx(0, abs=1e-9)


tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(
            st.tuples(st.integers(0, 12), st.sampled_from([1.0, 1.5, 3.0, 4.5, 5.0])), min_size=width, max_size=width
        ),
        min_size=1,
        max_size=6,
    )
)


@settings(max_examples=8, deadline=None)
@given(tables)
def test_whatever_the_table_small_cells_are_hidden_and_free(table: list[list[tuple[int, float]]]) -> None:
    counts = np.array([[n for n, _ in row] for row in table], float)
    sums = counts * np.array([[mean for _, mean in row] for row in table])
    hidden = withhold(counts, sums, MIN_N)
    n = with_totals(counts)
    assert hidden[(n > 0) & (n < MIN_N)].all()
    assert not hidden[n == 0].any()
    total = with_totals(sums)
    assert (ranges(n, total, hidden)[hidden] > 0).all()
    for row, column in np.argwhere(hidden & (n < MIN_N))[:2]:
        assert solved_range(n, total, hidden, (int(row), int(column))) >= RANGE - 1e-6
    for axis in (0, 1):
        rest = np.where(hidden, n, 0)
        inner, ends = (rest[:, :-1].sum(axis=1), hidden[:, -1]) if axis else (rest[:-1].sum(axis=0), hidden[-1])
        assert not ((inner > 0) & (inner < MIN_N) & ~ends).any()


def test_the_proven_range_is_never_more_than_what_linear_programming_finds() -> None:
    rng = np.random.default_rng(3)
    for _ in range(6):
        counts = rng.integers(0, 12, (3, 3)).astype(float)
        sums = counts * rng.uniform(1, 5, counts.shape)
        hidden = withhold(counts, sums, MIN_N)
        n, total = with_totals(counts), with_totals(sums)
        proven = ranges(n, total, hidden)
        for row, column in np.argwhere(hidden)[:4]:
            assert proven[row, column] <= solved_range(n, total, hidden, (int(row), int(column))) + 1e-7


def test_no_suppressed_cell_of_500_random_surveys_is_recovered(tiny: Instrument, attack: ModuleType) -> None:
    """Uneven groups, up to 40 % without information; ``python -m benchmarks.survey attack`` takes larger ones."""
    withheld = 0
    for seed in range(500):
        rng = np.random.default_rng(seed)
        people, regions = int(rng.integers(10, 50)), 3 if seed % 4 == 0 else 2
        values = rng.integers(1, 6, (people, len(tiny.items))).astype(float)
        values[rng.random(values.shape) < rng.choice([0, 0.15, 0.4])] = np.nan
        region = np.append(np.arange(regions), rng.choice(regions, people - regions, p=rng.dirichlet([2] * regions)))
        kind = rng.choice(3, people, p=rng.dirichlet([2, 2, 2]))
        names = tuple(f"R{each}" for each in range(regions))
        answers = Answers(tiny, tuple(map(str, range(people))), names, region, kind, values)
        hidden = attack.hidden_of(answers, MIN_N)
        withheld += int(hidden.sum())
        assert attack.recovered(answers, hidden) == [], seed
    assert withheld > 8_000


@pytest.mark.parametrize("seed", range(4))
def test_nor_of_surveys_in_two_directions(small: Instrument, draw: Draw, attack: ModuleType, seed: int) -> None:
    answers = answers_of(draw(small, 45, 3, seed), small)
    hidden = attack.hidden_of(answers, MIN_N)
    assert hidden.sum() > 20
    assert attack.recovered(answers, hidden) == []


def test_the_attack_finds_what_plain_suppression_leaves_open(small: Instrument, draw: Draw, attack: ModuleType) -> None:
    """The attack can fail us: it recovers cells when only those of few answers are withheld."""
    answers = answers_of(draw(small, 40, 3, seed=5), small)
    counts = attack.counts_of(answers)
    assert len(attack.recovered(answers, (counts > 0) & (counts < MIN_N))) > 3


@pytest.mark.parametrize("seed", range(3))
def test_a_linear_programme_over_all_tables_leaves_every_small_group_a_point(
    small: Instrument, draw: Draw, attack: ModuleType, seed: int
) -> None:
    answers = answers_of(draw(small, 30, 2, seed), small)
    found = attack.solved_ranges(answers, attack.hidden_of(answers, MIN_N), MIN_N, most=4)
    assert len(found) >= 4
    assert min(found) >= RANGE - 1e-6


def test_score_publishes_exactly_that(small: Instrument, draw: Draw, attack: ModuleType) -> None:
    survey = draw(small, 40, 3, seed=5)
    frame = score(survey, small, draws=50).frame
    hidden = (frame["status"] == WITHHELD).to_numpy()
    assert hidden.tolist() == attack.hidden_of(answers_of(survey, small), MIN_N).tolist()
    figures = frame.drop(columns=["region_id", "area", "direction", "stakeholder", "status"])
    assert figures[hidden].isna().all(axis=None)
    assert frame.loc[~hidden, "n"].notna().all()
