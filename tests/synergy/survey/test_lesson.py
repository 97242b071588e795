"""A lesson: who needs it, who is surely ahead, what it is worth."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synergy.survey.lesson import lesson

figures = st.tuples(*[st.floats(1, 5)] * 3).map(sorted)


@pytest.mark.parametrize(
    ("learner", "teacher", "worth"),
    [
        ((1.5, 2.0), (4.5, 4.1), 0.75),
        ((2.9, 3.4), (4.0, 3.5), 0.275),
        ((2.9, 3.5), (4.0, 3.5), 0),  # the intervals meet
        ((2.0, 2.5), (3.2, 2.9), 0),  # ahead of the learner, but not surely above the middle
        ((3.0, 3.2), (5.0, 4.9), 0),  # no need at the middle itself
        ((np.nan, np.nan), (5.0, 4.9), np.nan),
        ((1.0, 1.0), (np.nan, np.nan), np.nan),
    ],
)
def test_by_hand(learner, teacher, worth):
    assert float(lesson(*learner, *teacher)) == pytest.approx(worth, nan_ok=True)


@given(figures, figures)
def test_at_most_one_of_two_can_learn_and_at_most_the_whole_scale(one, other):
    (low_a, a, high_a), (low_b, b, high_b) = one, other
    ways = float(lesson(a, high_a, b, low_b)), float(lesson(b, high_b, a, low_a))
    assert min(ways) == 0 and 0 <= max(ways) <= 1
    assert max(ways) in (0, pytest.approx(abs(a - b) / 4))


def test_the_widest_lesson_is_the_scale_and_arrays_broadcast():
    means = np.array([1.0, 5.0])
    square = lesson(means[:, None], means[:, None], means, means)
    assert square.tolist() == [[0, 1], [0, 0]]
    for a, b in itertools.product(range(2), repeat=2):
        assert square[a, b] == lesson(means[a], means[a], means[b], means[b])
