from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synergy.maps.style import kind_styles, placed, radii, tie_style, width

FINITE = st.floats(-1e300, 1e300)


def test_a_familiar_kind_looks_the_same_on_every_page():
    alone = kind_styles(["cluster"])[0]
    among = next(s for s in kind_styles(["zebra", "region", "cluster", "apple"]) if s.kind == "cluster")
    assert (alone.colour, alone.shape) == (among.colour, among.shape)


def test_many_kinds_stay_distinct():
    styles = kind_styles(f"kind {i}" for i in range(50))
    assert len({(style.colour, style.shape) for style in styles}) == 50


def test_many_layers_stay_distinct():
    assert len({tie_style(i) for i in range(16)}) == 16


@given(st.lists(st.tuples(FINITE, FINITE), max_size=30))
def test_placing_is_centred_and_bounded(points):
    out = placed([x for x, _ in points], [y for _, y in points])
    assert len(out) == len(points)
    bound = 121 + 28 * len(points) ** 0.5
    assert all(abs(x) <= bound and abs(y) <= bound for x, y in out)


def test_placing_keeps_proportions():
    (ax, ay), (bx, by), (cx, cy) = placed([0, 2, 0], [0, 0, 1])
    assert bx - ax == pytest.approx(2 * (cy - ay), abs=0.2)
    assert (by, cx) == (ay, ax)


@given(st.lists(st.floats(0, 1e300), min_size=1, max_size=30))
def test_radii_follow_the_sizes_within_bounds(sizes):
    out = radii(sorted(sizes))
    assert all(a <= b for a, b in pairwise(out))
    assert all(4.5 <= radius <= 22 for radius in out)


@given(st.floats(0, 1e300), st.floats(0, 1e300))
def test_widths_stay_thin(one, other):
    assert 0.8 <= width(min(one, other), max(one, other)) <= 3.2
