from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from synergy.tables.places import Places


def table(
    rows: list[tuple[str, int, str | None]], points: dict[str, tuple[float, float]] | None = None
) -> pd.DataFrame:
    points = points or {}
    return pd.DataFrame(
        {
            "region_id": [region for region, _, _ in rows],
            "country": [region[:2] for region, _, _ in rows],
            "parent_id": [parent for _, _, parent in rows],
            "level": pd.array([level for _, level, _ in rows], dtype="Int64"),
            "lat": [points.get(region, (np.nan, np.nan))[0] for region, _, _ in rows],
            "lon": [points.get(region, (np.nan, np.nan))[1] for region, _, _ in rows],
        }
    )


TREE = [
    ("DE", 0, None),
    ("DE1", 1, "DE"),
    ("DE12", 2, "DE1"),
    ("DE11", 2, "DE1"),
    ("DE111", 3, "DE11"),
    ("AT33", 2, None),
]


def test_the_level_with_most_regions_is_analysed_and_ties_go_deeper() -> None:
    assert Places.of(table(TREE)).regions == ("AT33", "DE11", "DE12")
    assert Places.of(table(TREE[:2])).level == 1
    assert Places.of(table(TREE), level=1).regions == ("DE1",)


def test_countries_follow_the_regions() -> None:
    assert Places.of(table(TREE)).countries == ("AT", "DE", "DE")


@pytest.mark.parametrize(
    ("region", "home"),
    [("DE111", "DE11"), ("DE11", "DE11"), ("DE1", None), ("DE", None), ("AT33", "AT33"), ("XX", None), (np.nan, None)],
)
def test_deeper_regions_roll_up_and_shallower_ones_are_not_located(region: object, home: str | None) -> None:
    assert Places.of(table(TREE)).locate(region) == home


def test_a_deeper_region_without_an_ancestor_at_the_level_is_not_located() -> None:
    assert Places.of(table([("A", 2, None), ("B", 2, None), ("C", 3, None)])).locate("C") is None


@pytest.mark.parametrize(("lowest", "above"), [(0, ("DE1", "DE")), (1, ("DE1",)), (2, ())])
def test_statements_roll_down_from_the_chosen_level_on(lowest: int, above: tuple[str, ...]) -> None:
    places = Places.of(table(TREE), inherit_from_level=lowest)
    assert places.inherits("DE11") == above
    assert places.ancestors("DE111") == ("DE11", "DE1", "DE")
    assert places.parent("DE") is None
    assert places.parent("DE11") == "DE1"


def test_distances_agree_with_known_ones() -> None:
    # one degree of the equator is 2 pi R / 360; half way round is pi R
    points = {"A": (0.0, 0.0), "B": (0.0, 1.0), "C": (0.0, 180.0), "D": (90.0, 77.0)}
    distance = Places.of(table([(region, 2, None) for region in "ABCD"], points)).distance_km
    assert distance[0, 1] == pytest.approx(111.195080, abs=1e-5)
    assert distance[0, 2] == pytest.approx(20015.114442, abs=1e-5)
    assert distance[1, 3] == pytest.approx(10007.557221, abs=1e-5)
    assert np.array_equal(distance, distance.T)
    assert np.array_equal(np.diag(distance), np.zeros(4))


def test_the_distance_from_munich_to_milan() -> None:
    places = Places.of(table([("M", 2, None), ("L", 2, None)], {"M": (48.1372, 11.5756), "L": (45.4642, 9.19)}))
    assert places.distance_km[0, 1] == pytest.approx(348.5, abs=1.0)


def test_a_missing_point_gives_an_unknown_distance_not_zero() -> None:
    distance = Places.of(table([("A", 2, None), ("B", 2, None)], {"A": (47.0, 11.0)})).distance_km
    assert np.isnan(distance[0, 1])
    assert np.isnan(distance[1, 1])
    assert distance[0, 0] == 0


def test_the_arrays_cannot_be_changed() -> None:
    places = Places.of(table(TREE))
    with pytest.raises(ValueError, match="read-only"):
        places.distance_km[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        places.points[0, 0] = 1
