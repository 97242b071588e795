from __future__ import annotations

import numpy as np
import pytest

from synergy.diamonds.corners import CORNERS, ENOUGH, at_corners, together

NAN = np.nan
# Two corners: a sign of weight 2 and one of weight 1, then two of weight 1.
WEIGHTS = np.array([[2.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])


def test_a_corner_is_the_weighted_mean_of_its_known_signs() -> None:
    reach = np.array([[0.9, 1.5, 0.4, 1.0]])
    np.testing.assert_allclose(at_corners(reach, WEIGHTS), [[1.1, 0.7]])


def test_abundance_counts_up_to_twice_the_line() -> None:
    assert ENOUGH == 2
    np.testing.assert_allclose(at_corners(np.array([[40.0, 0.5, 9.0, 0.0]]), WEIGHTS), [[1.5, 1.0]])


def test_half_of_the_weight_is_enough_less_is_unknown() -> None:
    known = at_corners(np.array([[0.8, NAN, NAN, 0.6], [NAN, 0.8, NAN, NAN]]), WEIGHTS)
    np.testing.assert_allclose(known[0], [0.8, 0.6])
    assert np.isnan(known[1]).all()


def test_other_weights_change_the_mean_and_not_what_is_known() -> None:
    reach = np.array([[0.9, 1.5, 0.4, 1.0], [NAN, 1.5, 0.4, NAN]])
    drawn = np.stack([WEIGHTS, WEIGHTS * np.array([[0.5], [1], [1], [3]])])
    found = at_corners(reach, WEIGHTS, drawn)
    assert found.shape == (2, 2, 2)
    np.testing.assert_allclose(found[0], [[1.1, 0.7], [1.2, 0.85]])
    assert np.isnan(found[1, :, 0]).all()
    np.testing.assert_allclose(found[1, :, 1], [0.4, 0.4])


def test_together_is_the_best_or_what_is_pooled() -> None:
    alone = np.array([[0.5, 0.6, 0.7, 0.8], [0.2, 0.9, 0.8, 0.4]])
    pooled = np.array([1.9, 1.4, 0.75, 1.9])
    # a strategy and a market are not pooled, and knowledge as one never falls below its best
    np.testing.assert_allclose(together(alone, pooled), [0.5, 1.4, 0.8, 0.8])


def test_together_with_an_unknown_is_unknown_unless_over_the_line_without_it() -> None:
    alone = np.array([[1.2, NAN, 0.4, NAN], [NAN, 0.9, NAN, NAN]])
    pooled = np.array([NAN, 0.9, 1.1, NAN])
    np.testing.assert_array_equal(together(alone, pooled), [1.2, NAN, 1.1, NAN])


def test_a_standing_reads_its_signs(standing) -> None:
    here = standing([2, 1, NAN, 4], [0, 3, 1, 1])
    np.testing.assert_allclose(here.alone, [[1, 0.5, NAN, 2], [0, 1.5, 0.5, 0.5]])
    told, signs = here.told(np.array([0, 1]))
    assert told.tolist() == [[1, 1, 0, 1], [1, 1, 1, 1]] and signs.tolist() == [1, 1, 1, 1]
    assert len(CORNERS) == 4
    assert here.reach(np.array([[0, 1]]))[0].tolist() == pytest.approx([1, 2, 0.5, 2.5])
