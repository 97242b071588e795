"""The signs of the toy study worked by hand; regions are AT31, AT32, DE11, DE12, ITH1, ITH3."""

from __future__ import annotations

import numpy as np
import pytest

from synergy.diamonds.area import Area
from synergy.diamonds.corners import Standing
from synergy.diamonds.field import Field, field_of
from synergy.diamonds.sign import Sign
from synergy.economy import density
from synergy.network import build
from synergy.tables.located import Located
from synergy.topics import Topics

NAN = np.nan
EVERY = np.arange(6)[:, None]


@pytest.fixture(scope="session")
def area(toy_results) -> Area:
    return Area(Located(toy_results.study), toy_results.graph)


@pytest.fixture(scope="session")
def read(area, toy_results):
    def signs(code: str) -> dict[str, Sign]:
        standing = Standing.of(area, field_of(area, toy_results.topics, code))
        return {sign.name: sign for sign in standing.signs}

    return signs


def of_study(study, topics: Topics, code: str) -> dict[str, Sign]:
    area = Area(Located(study), build(study))
    return {sign.name: sign for sign in Standing.of(area, field_of(area, topics, code)).signs}


def test_strategy_is_the_share_of_statements_and_naming_once_is_enough(read) -> None:
    sign = read("ecosystem:wood")["priorities"]
    # statements: AT31 2, AT32 1, DE11 and DE12 the one of DE1, ITH3 1; of wood 1, 0, 1, 1, 1: 4 of 6
    np.testing.assert_allclose(sign.quotient, [0.75, 0, 1.5, 1.5, 0, 1.5])
    np.testing.assert_allclose(sign.reach(EVERY), [1, 0, 1.5, 1.5, NAN, 1.5])


def test_a_field_that_no_strategy_names_is_unknown_not_silent(read) -> None:
    assert np.isnan(read("ecosystem:rail")["priorities"].reach(EVERY)).all()


def test_employment_is_quotient_or_mass(read) -> None:
    sign = read("ecosystem:wood")["field's activities"]
    # 20, 50, 10, 40, unknown, 40 of 100, 100, 100, 60, 100: 160 of 460; the top quarter begins at 40
    assert sign.bar == 40 and sign.weight == 2
    np.testing.assert_allclose(sign.reach(EVERY), np.array([0.2, 0.5, 0.1, 2 / 3, NAN, 0.4]) * 2.875, atol=1e-6)
    np.testing.assert_allclose(sign.amount(np.array([[0, 1], [2, 3]])), [70, 50])
    np.testing.assert_allclose(sign.reach(np.array([[0, 2]])), [0.75])


def test_the_unknown_cell_is_an_unknown_sign(read) -> None:
    assert np.isnan(read("ecosystem:health")["field's activities"].reach(EVERY)[3])


def test_what_is_listed_needs_a_row_of_the_region(read) -> None:
    signs = read("ecosystem:wood")
    # AT31's cluster is in health; AT32, DE12 and ITH1 have none in the list
    np.testing.assert_allclose(signs["clusters"].amount(EVERY), [0, NAN, 1, NAN, NAN, 1])
    np.testing.assert_allclose(signs["firms"].amount(EVERY), [1, NAN, NAN, NAN, NAN, 1])
    assert signs["clusters"].bar == 2
    # the university of DE12, and its one project of wood; that of ITH1 with a name that says nothing does not count
    np.testing.assert_allclose(signs["research bodies"].amount(EVERY), [NAN, NAN, NAN, 1, NAN, NAN])
    np.testing.assert_allclose(signs["research projects"].amount(EVERY), [NAN, NAN, NAN, 1, NAN, NAN])


def test_a_list_that_never_reaches_the_field_says_nothing(read) -> None:
    signs = read("ecosystem:health")
    assert all(np.isnan(signs[name].reach(EVERY)).all() for name in ("firms", "research bodies", "research projects"))


def test_the_kind_of_an_unlisted_body_may_stand_in_its_name(toy_with, toy_results) -> None:
    row = {
        "project_id": "two",
        "region_id": "AT32",
        "organisation": "Fachhochschule Salzburg",
        "theme": "ecosystem:wood",
    }
    signs = of_study(toy_with(participations=[row]), toy_results.topics, "ecosystem:wood")
    assert signs["research bodies"].amount(EVERY)[1] == 1
    assert signs["research projects"].amount(EVERY)[1] == 1


def test_related_activities_are_the_density_around_the_field(read, area) -> None:
    sign = read("ecosystem:wood")["related activities"]
    around = density(area.located.activity, missing="available")["nace:16"].reindex(list(area.ids))
    np.testing.assert_allclose(sign.amount(EVERY), around)
    np.testing.assert_allclose(sign.quotient, around / around.mean())
    # a share does not add up
    np.testing.assert_allclose(sign.amount(np.array([[0, 1], [1, 2]])), [around.iloc[1], max(around.iloc[1:3])])


def test_the_density_around_two_activities_weighs_them_as_one(area) -> None:
    both = Field(
        "two", "Two", ("nace:16", "nace:30"), ("nace:16", "nace:30"), frozenset({"code:nace:16", "code:nace:30"})
    )
    signs = {sign.name: sign for sign in Standing.of(area, both).signs}
    phi = area.related
    inside, others = [0, 2], [1, 3]
    weight = phi[np.ix_(inside, others)].sum(axis=0)
    M = area.present.to_numpy()[:, others]
    whole = (~np.isnan(M)) @ weight
    with np.errstate(invalid="ignore", divide="ignore"):
        by_hand = np.where(whole >= weight.sum() / 2, 100 * np.nan_to_num(M) @ weight / whole, NAN)
    np.testing.assert_allclose(signs["related activities"].amount(EVERY), by_hand)


def test_the_market_is_what_is_near_weighted_by_distance(read, area) -> None:
    sign = read("ecosystem:wood")["the field around"]
    near = np.exp(-area.located.places.distance_km / 100)
    austria, swabia = near[0, 1], near[2, 3]
    # Austria's two see each other, Baden-Württemberg's do; the Italian ones see nobody, or have no place
    np.testing.assert_allclose(sign.amount(EVERY), [50 * austria, 20 * austria, 40 * swabia, 10 * swabia, NAN, NAN])
    field = 70 * austria + 50 * swabia
    whole = 200 * austria + 160 * swabia
    np.testing.assert_allclose(sign.quotient[[0, 3]], [0.5 / (field / whole), 0.1 / (field / whole)])


def test_a_market_of_which_less_than_half_is_known_is_unknown(read) -> None:
    # of DE11's one neighbour the cell is unknown
    assert np.isnan(read("ecosystem:health")["the field around"].reach(EVERY)[2])


def test_strategies_around_are_others_and_known(read) -> None:
    sign = read("ecosystem:wood")["strategies around"]
    # AT32 sees that of AT31; the two of Baden-Württemberg have one strategy and see no other
    np.testing.assert_allclose(sign.amount(EVERY), [0, 1, NAN, NAN, NAN, NAN])
    np.testing.assert_allclose(sign.reach(EVERY), [0, 2, NAN, NAN, NAN, NAN])


def test_growth_is_unknown_with_one_year_and_read_with_two(read, toy_with, toy_results) -> None:
    assert np.isnan(read("ecosystem:wood")["growth of the field"].reach(EVERY)).all()
    # 2010: AT31 had 10 of wood and 80 else, DE11 20 of wood and 80 else
    earlier = [
        {"region_id": region, "code": code, "value": value, "unit": "persons employed", "year": 2010}
        for region, values in {"AT31": (10, 60, 10, 10), "DE11": (20, 10, 10, 60)}.items()
        for code, value in zip(("nace:16", "nace:21", "nace:30", "nace:62"), values, strict=True)
    ]
    sign = of_study(toy_with(activity=earlier), toy_results.topics, "ecosystem:wood")["growth of the field"]
    # from 190 to 200 in all; wood doubled in AT31 and halved in DE11
    np.testing.assert_allclose(sign.quotient, [2 / (200 / 190), NAN, 0.5 / (200 / 190), NAN, NAN, NAN])
    np.testing.assert_allclose(sign.amount(EVERY), [10, NAN, 0, NAN, NAN, NAN])


def test_without_activity_its_signs_are_unknown(toy_with, toy_results) -> None:
    signs = of_study(toy_with(activity=None), toy_results.topics, "ecosystem:wood")
    for name in ("field's activities", "related activities", "growth of the field", "the field around"):
        assert np.isnan(signs[name].reach(EVERY)).all()
    assert not np.isnan(signs["priorities"].reach(EVERY)).all()
