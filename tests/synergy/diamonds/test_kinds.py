from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from synergy.diamonds.kinds import KINDS, PARTS, Reaches, brings, kind_of, parts_of, score_of
from synergy.diamonds.search import reaches

NAN = np.nan


def judged(standing, *regions: list[float]) -> tuple[str, np.ndarray, np.ndarray, dict[str, float]]:
    """Kind, own, shared and parts of one set in which the line is an amount of 2 at every corner."""
    here = reaches(standing(*regions), np.arange(len(regions))[None, :])
    own, shared = brings(here)
    parts = dict(zip(PARTS, parts_of(here)[0], strict=True))
    return KINDS[int(kind_of(own, shared)[0])], own[0], shared[0], parts


def test_complement_two_bring_a_corner_each(standing) -> None:
    kind, own, shared, parts = judged(standing, [2, 4, 1, 2], [2, 1, 2, 2])
    assert kind == "complement"
    assert own.tolist() == [[False, True, False, False], [False, False, True, False]]
    assert not shared.any()
    # capacities: alone (1, .5, 1) and (.5, 1, 1), as one (1, 1, 1); gain 2 (1 - (5/6) / 1), each adds 1/6
    assert parts == pytest.approx({"coverage": 1, "gain": 1 / 3, "balance": 1, "alignment": 1})


def test_pooling_nobody_alone_and_all_together(standing) -> None:
    kind, own, shared, parts = judged(standing, [2, 1, 0, 0], [0, 1.5, 0, 0])
    assert kind == "pooling"
    assert shared.tolist() == [[False, True, False, False], [False, True, False, False]]
    # own: strategy is brought by one alone, which makes no complement
    assert own.tolist() == [[True, False, False, False], [False] * 4]
    # capacities: .5/3 and .75/3, as one 1/3
    assert parts == pytest.approx(
        {"coverage": 0.5, "gain": 2 * (1 - 0.75), "balance": (1 - 0.75) / (1 - 0.5), "alignment": 0.5}
    )


def test_both_at_once(standing) -> None:
    assert judged(standing, [2, 1, 2, 0], [2, 1, 0, 2])[0] == "both"


def test_half_strategies_and_half_markets_are_not_pooled(standing) -> None:
    kind, own, shared, _ = judged(standing, [1, 0, 0, 1.9], [1, 0, 0, 1.9])
    assert kind == "none" and not own.any() and not shared.any()


def test_what_one_brings_the_other_brings_too(standing) -> None:
    assert judged(standing, [2, 4, 2, 2], [2, 3, 1, 1])[0] == "none"


def test_an_unknown_corner_is_neither_brought_nor_lacking(standing) -> None:
    # the second may have industry, too: nobody can say that the first alone brings it
    assert judged(standing, [2, 4, 1, 2], [2, NAN, 2, 2])[0] == "none"
    kind, own, _, parts = judged(standing, [NAN, 4, 1, 2], [NAN, 1, 2, 2])
    assert kind == "complement" and own.sum() == 2
    assert parts["coverage"] == 1 and np.isnan(parts["alignment"])
    assert score_of(np.array(list(parts.values()))) == pytest.approx((1 + 1 / 3 + 1) / 3)


def test_a_third_that_is_not_needed_is_idle(standing) -> None:
    _, own, shared, parts = judged(standing, [2, 4, 1, 2], [2, 1, 2, 2], [2, 1, 1, 2])
    assert (own | shared).any(axis=-1).tolist() == [True, True, False]
    assert parts["balance"] == 0


def test_mass_of_three_of_which_two_are_enough(standing) -> None:
    _, own, shared, _ = judged(standing, [0, 1, 0, 0], [0, 1, 0, 0], [0, 0.5, 0, 0])
    assert not own.any()
    assert shared[:, 1].tolist() == [True, True, False]
    kind, _, shared, _ = judged(standing, [0, 0.7, 0, 0], [0, 0.7, 0, 0], [0, 0.7, 0, 0])
    assert kind == "pooling" and shared[:, 1].all()


def test_an_unknown_in_a_pooled_corner_stops_the_claim(standing) -> None:
    assert judged(standing, [2, 1, 0, 0], [0, 1.5, 0, 0], [0, NAN, 0, 0])[0] == "none"


def test_no_corner_known_for_all_no_score(standing) -> None:
    kind, _, _, parts = judged(standing, [2, NAN, NAN, 2], [NAN, 2, 2, NAN])
    assert kind == "none"
    assert np.isnan([parts["coverage"], parts["gain"], parts["balance"]]).all()
    assert np.isnan(score_of(np.array(list(parts.values()))))


def test_the_line_may_be_elsewhere() -> None:
    alone, pooled = np.array([[[0.9, 0.6]], [[0.6, 0.9]]]).transpose(1, 0, 2), np.array([[0.9, 0.9]])
    here = Reaches(np.pad(alone, ((0, 0), (0, 0), (1, 1))), np.pad(pooled, ((0, 0), (1, 1))), np.zeros((1, 2, 4)))
    assert KINDS[int(kind_of(*brings(here))[0])] == "none"
    nearer = Reaches(here.alone / 0.8, here.joint / 0.8, here.without / 0.8)
    assert KINDS[int(kind_of(*brings(nearer))[0])] == "complement"


amounts = arrays(float, (3, 4), elements=st.one_of(st.floats(0, 5), st.just(NAN)))


@given(amounts)
def test_parts_are_shares_and_the_order_of_members_changes_nothing(standing, values: np.ndarray) -> None:
    here, turned = (reaches(standing(*rows), np.arange(3)[None, :]) for rows in (values, values[::-1]))
    parts, again = parts_of(here), parts_of(turned)
    np.testing.assert_allclose(parts, again, atol=1e-9)
    known = parts[~np.isnan(parts)]
    assert ((known >= 0) & (known <= 1)).all()
    assert kind_of(*brings(here)) == kind_of(*brings(turned))
    np.testing.assert_array_equal(brings(here)[0][0], brings(turned)[0][0][::-1])


@given(amounts)
def test_more_regions_never_reach_less(standing, values: np.ndarray) -> None:
    here = reaches(standing(*values), np.arange(3)[None, :])
    both = ~(np.isnan(here.joint)[..., None, :] | np.isnan(here.without))
    difference = here.joint[..., None, :] - here.without
    assert (difference[both] >= -1e-8).all()
