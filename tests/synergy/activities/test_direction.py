"""The direction of change against 20 cases whose label was worked by hand from the written rule."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synergy.activities import DIRECTIONS, Source, Standing, direction


def held(name, field, relatedness, quotient=None, growth=None):
    return Source(name, field, relatedness, quotient, growth)


METAL, WOOD, PAPER = (
    held("Metal", "Metals", 0.4, 1.2),
    held("Wood", "Timber", 0.3, 1.5),
    held("Paper", "Timber", 0.25, 1.5),
)
STEEL = held("Steel", "Metals", 0.6, 1.2)
SHRINKING = held("Looms", "Textiles", 0.3, 0.9, -0.2), held("Yarn", "Textiles", 0.3, 0.9, -0.2)
STEADY = held("Looms", "Textiles", 0.3, 0.9, 0.1), held("Yarn", "Textiles", 0.3, 0.9, 0.1)
ONE_YEAR = held("Looms", "Textiles", 0.3, 0.9), held("Yarn", "Textiles", 0.3, 0.9)
DARK = held("Looms", "Textiles", 0.3), held("Yarn", "Textiles", 0.3)
DARK_SHRINKING = held("Looms", "Textiles", 0.3, None, -0.1), held("Yarn", "Textiles", 0.3, None, -0.1)
FAINT = held("Wood", "Timber", 0.19, 1.5), held("Paper", "Timber", 0.19, 1.5)

# quotient, projects, density, chance, sources -> label, words of the rule
CASES = [
    (1.4, 3, None, None, (), "modernisation", "LQ 1.40 >= 1) and 3 projects bring"),
    (1.0, 1, None, None, (), "modernisation", "LQ 1.00 >= 1) and 1 project brings"),
    (2.5, 12, 10.0, 40.0, (METAL,), "modernisation", "12 projects"),
    (1.4, 0, 50.0, 30.0, (METAL,), "no change", "no project brings new technology"),
    (1.4, None, 50.0, 30.0, (METAL,), "unknown", "projects on its field unknown"),
    (None, 3, 50.0, 30.0, (METAL,), "unknown", "location quotient of Trains is unknown"),
    (0.5, 3, None, 30.0, (METAL,), "unknown", "density unknown"),
    (0.5, 3, 40.0, None, (METAL,), "unknown", "density unknown"),
    (0.5, 3, 29.9, 30.0, (METAL,), "radical foundation", "29.9 % below chance (30.0 %)"),
    (0.0, 0, 0.0, 30.0, (), "radical foundation", "0.0 % below chance"),
    (0.5, None, 35.0, 30.0, (), "radical foundation", "nothing held is related"),
    (0.5, 3, 35.0, 30.0, FAINT, "radical foundation", "the strongest source is 0.19 related"),
    (0.5, 3, 30.0, 30.0, (METAL,), "diversification", "one strong source: Metal (relatedness 0.40)"),
    (0.99, 0, 31.0, 30.0, (WOOD,), "diversification", "one strong source: Wood"),
    (0.5, 3, 45.0, 30.0, (STEEL, WOOD, PAPER), "diversification", "Steel (relatedness 0.60)"),
    (0.5, 3, 45.0, 30.0, (METAL, WOOD, PAPER), "transition", "2 capabilities of Timber (Wood, Paper), a strong"),
    (0.5, 3, 45.0, 30.0, SHRINKING, "transition", "(Looms, Yarn), a declining field (-20.0%)"),
    (0.5, 3, 45.0, 30.0, STEADY, "diversification", "neither strong (LQ 0.90) nor known to decline"),
    (0.5, 3, 45.0, 30.0, DARK, "unknown", "whether that field is strong is unknown"),
    (0.5, 3, 45.0, 30.0, DARK_SHRINKING, "transition", "a declining field (-10.0%)"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{case[5]}" for i, case in enumerate(CASES, start=1)])
def test_the_label_is_the_one_worked_by_hand(case):
    quotient, projects, density, chance, sources, label, says = case
    found, rule = direction(Standing("Trains", quotient, projects, density, chance, sources))
    assert found == label
    assert says in rule


def test_there_are_20_cases_and_every_label_is_among_them():
    assert len(CASES) == 20
    assert {case[5] for case in CASES} == {*DIRECTIONS, "no change", "unknown"}


def test_one_year_of_data_leaves_growth_out_and_says_so():
    label, rule = direction(Standing("Trains", 0.5, 1, 45.0, 30.0, ONE_YEAR))
    assert label == "diversification" and "nor known to decline" in rule


figures = st.one_of(st.none(), st.floats(0, 100))
sources = st.lists(
    st.builds(held, st.sampled_from("abcd"), st.sampled_from("XY"), st.floats(0.01, 1), figures, st.floats(-1, 1)),
    max_size=4,
)


@given(figures, st.one_of(st.none(), st.integers(0, 9)), figures, figures, sources)
def test_the_order_of_sources_changes_nothing_and_more_density_never_makes_it_radical(
    quotient, projects, density, chance, held
):
    at = Standing("x", quotient, projects, density, chance, tuple(held))
    label, _ = direction(at)
    assert label in {*DIRECTIONS, "no change", "unknown"}
    if len({s.name for s in held}) == len(held):
        assert direction(Standing("x", quotient, projects, density, chance, tuple(reversed(held))))[0] == label
    if density is not None and label != "radical foundation":
        assert direction(Standing("x", quotient, projects, density + 1, chance, tuple(held)))[0] == label
    assert quotient is None or not math.isnan(quotient)
