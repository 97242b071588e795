"""The three pots as one rule; money divided to the cent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as some

from synergy.errors import UnknownName, UsageError
from synergy.funding import lead_agencies, select
from synergy.funding.pots import apportion, pot_of

CENTS = some.integers(0, 10**9)
PAIRS = some.lists(some.tuples(CENTS, CENTS), min_size=1, max_size=6)


def test_by_hand():
    budgets = np.array([1000, 400, 0])
    need = np.array([900, 450, 20])
    assert not pot_of("virtual", budgets).fits(need)
    mixed = pot_of("mixed", budgets, 0.1)
    assert mixed.shared.tolist() == [100, 40, 0]
    assert mixed.short(need).tolist() == [0, 90, 20]
    assert mixed.missing(need) == -30
    # The second pays its 400 and lacks 50, the third lacks 20; only the first has something left, and lends up to 100.
    assert mixed.payments(need).tolist() == [[900, 50, 20], [0, 400, 0], [0, 0, 0]]
    assert pot_of("real", budgets).missing(need) == -30


def test_the_share_is_the_decimal_that_is_written():
    assert pot_of("mixed", np.array([10, 30]), 0.3).shared.tolist() == [3, 9]
    assert pot_of("mixed", np.array([10**13]), 0.1).shared.tolist() == [10**12]


@profile(max_examples=60, deadline=None)
@given(PAIRS, some.sampled_from([0, 0.1, 0.333, 1]))
def test_what_one_pot_pays_the_next_one_pays_and_payments_add_up(pairs, share):
    budgets, need = np.array(pairs, dtype=np.int64).T
    pots = [pot_of(kind, budgets, share) for kind in ("virtual", "mixed", "real")]
    fits = [pot.fits(need) for pot in pots]
    assert fits == sorted(fits)
    assert fits[0] == (need <= budgets).all() and fits[2] == (need.sum() <= budgets.sum())
    for pot in (pot for pot, fit in zip(pots, fits, strict=True) if fit):
        paid = pot.payments(need)
        assert (paid >= 0).all() and (paid.sum(axis=0) == need).all() and (paid.sum(axis=1) <= budgets).all()
        assert (paid.sum(axis=1) - np.diag(paid) <= pot.shared).all()


@given(some.lists(some.integers(0, 10**12), min_size=1, max_size=5), some.floats(0, 1))
@profile(max_examples=60, deadline=None)
def test_apportioned_cents_add_up_and_stay_within_a_cent_of_the_proportion(parts, part):
    total = sum(parts)
    amount = int(part * total)
    if total:
        shares = apportion(amount, np.array(parts, dtype=object))
        assert sum(shares) == amount
        assert all(0 <= got <= most for got, most in zip(shares, parts, strict=True))
        assert all(abs(got * total - amount * most) < total for got, most in zip(shares, parts, strict=True))


def test_the_lead_is_where_more_is_asked_and_the_first_among_equals(kit):
    frame = kit.table([("p", 3, 10, 20, 5), ("q", 2, 7, 7, 1)], "ABC")
    found = select(frame, {"A": 99, "B": 99, "C": 99})
    assert lead_agencies(found.call) == ("B", "A")
    assert found.frame["lead"].tolist() == ["B", "A"]
    assert lead_agencies(select(frame.head(0), {"A": 1, "B": 1, "C": 1}).call) == ()


def test_wrong_names_and_shares(kit):
    frame = kit.table([("p", 3, 10)], "A")
    with pytest.raises(UnknownName, match="Did you mean 'virtual'"):
        select(frame, {"A": 1}, "virtuel")
    with pytest.raises(UnknownName, match="order"):
        select(frame, {"A": 1}, order="best")
    for wrong in (-0.1, 1.1, float("nan"), "0.1", None):
        with pytest.raises(UsageError, match="balancing"):
            select(frame, {"A": 1}, "mixed", balancing=wrong)
    for limits in ({"gap": -1}, {"gap": float("nan")}, {"nodes": 0}, {"nodes": 1.5}):
        with pytest.raises(UsageError, match="gap"):
            select(frame, {"A": 1}, **limits)
