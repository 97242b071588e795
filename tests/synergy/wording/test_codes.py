"""Hierarchical codes: worked by hand, and not less alike for being coded more finely."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synergy.tables.fields import Fields
from synergy.wording import code_list_similarity, code_similarity
from synergy.wording.codes import code_shares

# Two top fields of the same kind: a holds a1 a2, each of which holds two.
NARROWER = {
    "x:a": ("x:a1", "x:a2"),
    "x:a1": ("x:a11", "x:a12"),
    "x:a2": ("x:a21", "x:a22"),
    "x:b": ("x:b1", "x:b2"),
    "x:b1": ("x:b11", "x:b12"),
    "x:b2": ("x:b21", "x:b22"),
}
FIELDS = Fields({}, {code: (up,) for up, below in NARROWER.items() for code in below})


def pair(a, b, fields=FIELDS):
    return float(code_list_similarity([a, b], fields)[0, 1])


@pytest.mark.parametrize(
    ("a", "b", "similar"),
    [
        ("x:a", "x:a", 1),
        ("x:a", "x:b", 0),
        ("x:a", "y:a", 0),
        ("x:a1", "x:a2", 0.5),  # one level shared: 1 - 1/2
        ("x:a11", "x:a12", 0.75),  # two levels: 1 - 1/4
        ("x:a11", "x:a2", 0.5),  # they part below a, however deep
        ("x:a", "x:a11", 1),  # what the coarse code leaves open is not a difference
    ],
)
def test_two_codes(a, b, similar):
    table = code_similarity([a, b], FIELDS)
    assert table.tolist() == [[1, similar], [similar, 1]]


def test_a_code_under_two_fields_meets_either():
    fields = Fields({}, {"n:32": ("e:health", "e:textiles"), "n:21": ("e:health",), "n:13": ("e:textiles",)})
    assert code_similarity(["n:32", "n:21", "n:13"], fields).tolist() == [[1, 0.5, 0.5], [0.5, 1, 0], [0.5, 0, 1]]
    shares = code_shares(["n:32", "n:21"], fields)  # health is said twice, textiles once
    assert shares == {"n:21": 0.25, "n:32": 0.75}


def test_lists_by_hand():
    # forth: a11 finds a12 at .75, b finds itself, each half of the list: .875; back: a12 alone: .75
    assert pair(["x:a11", "x:b"], ["x:a12"]) == pytest.approx((0.375 + 0 + 0.75) / 2)
    assert pair(["x:a11", "x:b"], ["x:a12", "x:b"]) == pytest.approx(0.875)
    assert pair(["x:a"], ["x:b"]) == 0
    assert np.isnan(pair([], ["x:a"]))


def test_a_field_named_by_ten_codes_counts_once():
    coarse = pair(["x:a", "y:c"], ["x:a", "y:d"])
    fine = pair(["x:a11", "x:a12", "x:a21", "x:a22", "y:c"], ["x:a11", "x:a12", "x:a21", "x:a22", "y:d"])
    assert coarse == fine == 0.5
    # A count of shared codes would have it otherwise: 1 of 3 against 4 of 6.
    lopsided = pair(
        ["y:c1", "y:c2", "y:c3", "x:a"], ["x:a"], Fields({}, dict.fromkeys(["y:c1", "y:c2", "y:c3"], ("y:c",)))
    )
    assert lopsided == pair(["y:c", "x:a"], ["x:a"]) == 0.75


def test_one_list_coded_finely_is_no_less_like_a_coarse_one():
    assert pair(["x:a", "x:b"], ["x:a", "y:c"]) == pair(["x:a11", "x:a21", "x:b"], ["x:a", "y:c"]) == 0.5


def finer(codes, refined):
    return sorted({new for code in codes for new in refined.get(code, (code,))})


GRAIN = [("x:a", "x:b"), ("x:a1", "x:a2", "x:b1", "x:b2"), ("x:a", "x:b1", "x:b2")]


@given(st.data())
def test_refining_both_lists_alike_never_lowers_it(data):
    grain = data.draw(st.sampled_from(GRAIN))
    lists = [data.draw(st.sets(st.sampled_from([*grain, "y:c"]), min_size=1)) for _ in range(2)]
    refined = {
        code: data.draw(st.sets(st.sampled_from(NARROWER[code]), min_size=1))
        for code in sorted(set().union(*lists) & set(grain))
        if data.draw(st.booleans())
    }
    before, after = pair(*lists), pair(*(finer(codes, refined) for codes in lists))
    assert after >= before - 1e-12
    one_side = pair(finer(lists[0], refined), lists[1])
    assert one_side >= before - 1e-12


@given(st.sets(st.sampled_from([*NARROWER, "x:a11", "x:b22", "y:c"]), min_size=1))
def test_shares_sum_to_one_and_a_list_is_like_itself(codes):
    assert sum(code_shares(codes, FIELDS).values()) == pytest.approx(1)
    assert pair(codes, codes) == pytest.approx(1)


def test_fields_in_a_circle_are_no_broader_fields():
    circle = Fields({}, {"x:1": ("x:2",), "x:2": ("x:1",), "x:3": ("x:1",)})
    assert code_similarity(["x:1", "x:2", "x:3"], circle).tolist() == [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
    assert code_shares(["x:2", "x:3"], circle) == {"x:2": 0.5, "x:3": 0.5}
