from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from synergy.diamonds import sign as module
from synergy.diamonds.sign import Sign, sign_of, unknown_sign

ALL = np.array([True, True, True])
# Two projects, the second of both the first and the second region.
NONE = np.zeros((2, 0))
SHARED = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])


def sets(*rows: tuple[int, ...]) -> np.ndarray:
    return np.array(rows, dtype=np.intp)


def test_what_two_hold_together_counts_once() -> None:
    sign = sign_of("knowledge", "projects", "projects", ALL, shared=SHARED, least=2)
    assert sign.amount(sets((0,), (1,), (2,))).tolist() == [2, 1, 1]
    assert sign.amount(sets((0, 1), (0, 2), (1, 2))).tolist() == [2, 3, 2]
    assert sign.amount(sets((0, 1, 2))).tolist() == [3]


def test_reach_is_the_larger_of_quotient_and_mass() -> None:
    # share of the whole 5 / 20; the first has 1 of 10, the second 4 of 10: quotients 0.4 and 1.6; the bar is 3.25
    sign = sign_of("industry", "jobs", "jobs", ALL[:2], own=np.array([1.0, 4.0]), size=np.array([10.0, 10.0]))
    assert sign.bar == 3.25
    np.testing.assert_allclose(sign.quotient, [0.4, 1.6])
    np.testing.assert_allclose(sign.reach(sets((0,), (1,))), [0.4, 1.6])
    np.testing.assert_allclose(sign.reach(sets((0, 1))), [1.6])


def test_pooling_passes_by_mass_never_by_a_quotient() -> None:
    quotient = np.array([0.8, 0.9])
    sign = Sign("industry", "jobs", "jobs", np.array([30.0, 40.0]), NONE, quotient, 60.0, ALL[:2])
    assert sign.reach(sets((0,), (1,))).tolist() == [0.8, 0.9]
    assert sign.reach(sets((0, 1))).tolist() == pytest.approx([70 / 60])
    lean = Sign("industry", "jobs", "jobs", np.array([30.0, 20.0]), NONE, quotient, 60.0, ALL[:2])
    assert lean.reach(sets((0, 1))).tolist() == [0.9]


def test_unknown_is_unknown_alone_and_adds_nothing_together() -> None:
    sign = sign_of("industry", "firms", "firms", np.array([True, True, False]), own=np.array([1.0, 3.0, 5.0]), least=2)
    assert sign.bar == 2.5
    assert np.isnan(sign.reach(sets((2,)))).all()
    assert np.isnan(sign.amount(sets((1, 2)))).all()
    assert sign.reach(sets((1, 2))).tolist() == [1.2]


def test_one_of_anything_is_no_mass() -> None:
    sign = sign_of("industry", "clusters", "clusters", ALL, own=np.ones(3), least=2)
    assert sign.reach(sets((0,))).tolist() == [0.5]
    assert sign.reach(sets((0, 1))).tolist() == [1.0]


def test_a_sign_of_which_nothing_is_said() -> None:
    sign = unknown_sign("opportunity", "growth", "jobs", 3)
    assert np.isnan(sign.reach(sets((0, 1), (1, 2)))).all()


@given(arrays(float, (4, 5), elements=st.floats(0, 10)), st.floats(0.1, 5))
def test_amounts_are_monotone_and_gain_less_the_more_there_is(items: np.ndarray, bar: float) -> None:
    sign = Sign("industry", "x", "x", items[:, 0], items[:, 1:], np.full(4, np.nan), bar, np.ones(4, dtype=bool))

    def amount(*regions: int) -> float:
        return float(sign.amount(sets(regions))[0])

    for small, third in (((0,), 1), ((0,), 2), ((2,), 3)):
        large = (*small, next(r for r in range(4) if r not in (*small, third)))
        gain, less = amount(*small, third) - amount(*small), amount(*large, third) - amount(*large)
        assert gain >= -1e-9 and less <= gain + 1e-9


def test_many_sets_are_read_in_parts_with_the_same_result(monkeypatch) -> None:
    sign = sign_of("knowledge", "projects", "projects", ALL, shared=SHARED, least=2)
    every = sets(*combinations(range(3), 2))
    whole = sign.reach(every).tolist()
    monkeypatch.setattr(module, "AT_ONCE", 1)
    assert sign.reach(every).tolist() == whole
