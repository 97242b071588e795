"""Log odds of themes for pairs, worked by hand."""

import numpy as np
import pandas as pd
import pytest

import synergy
from synergy import Settings
from synergy.affinity import affinity, lift, worked_together
from synergy.cooperation import Cooperation
from synergy.tables.located import Located


@pytest.fixture
def study():
    regions = pd.DataFrame(
        {"region_id": list("ABC"), "name": list("abc"), "country": ["AT", "IT", "IT"], "level": 2,
         "lat": [47.0, 47.0, 40.0], "lon": [11.0, 11.5, 15.0]}
    )  # fmt: skip
    rows = [("p", "A", "t:wood"), ("p", "B", "t:wood"), ("q", "A", "t:wood;t:sea"), ("r", "C", "t:sea;t:how")]
    frames = {
        "regions": regions,
        "priorities": pd.DataFrame({"priority_id": ["x"], "region_id": ["A"], "title": ["Wood"]}),
        "participations": pd.DataFrame(rows, columns=["project_id", "region_id", "theme"]).assign(
            organisation="o", year=2015
        ),
        "codes": pd.DataFrame(
            {"code": ["t:wood", "t:sea", "t:how"], "name": ["Wood", "Sea", "How"], "use": [None, None, "horizontal"]}
        ),
    }
    return synergy.load(frames, Settings(level=2))


def test_parts_by_hand(study):
    found = affinity(study)
    assert found.themes == ("t:sea", "t:wood"), "a horizontal code is no theme"
    popular = np.array([2.5, 2.5]) / 4
    np.testing.assert_allclose(found.parts["popularity"][0], np.log(popular / (1 - popular)))
    # A has 2 projects: 1 on the sea, 2 on wood; B one, on wood; s = 10.
    a_wood, b_wood = np.log((2 + 6.25) / (12 * 0.625)), np.log((1 + 6.25) / (11 * 0.625))
    assert found.parts["own"][0, 1] == pytest.approx((a_wood + b_wood) / 2)
    total = sum(found.params["weights"][name] * part for name, part in found.parts.items())
    np.testing.assert_allclose(found.total, total)


def test_without_activity_nobody_is_alike(study):
    assert (affinity(study).parts["alike"] == 0).all()


def test_a_lift_is_zero_at_popularity_and_without_a_record():
    popular = np.array([0.2, 0.7])
    np.testing.assert_allclose(lift(np.array([[2.0, 7.0]]), np.array([10.0]), popular, 5.0), 0, atol=1e-12)
    np.testing.assert_allclose(lift(np.zeros((1, 2)), np.zeros(1), popular, 5.0), 0, atol=1e-12)
    assert (lift(np.array([[9.0, 9.0]]), np.array([10.0]), popular, 5.0) > 0).all()


def test_pairs_that_worked_together_and_on_what(study):
    ties = Cooperation.of(Located(study))
    a, b, on = worked_together(ties, ("t:sea", "t:wood"))
    assert (a.tolist(), b.tolist(), on.tolist()) == ([0], [1], [[0.0, 1.0]])


def test_the_order_of_rows_changes_nothing(study):
    turned = synergy.load(
        {name: frame.iloc[::-1] for name, frame in study.tables.items() if len(frame)}, study.settings
    )
    np.testing.assert_allclose(affinity(turned).total, affinity(study).total, rtol=0, atol=1e-12)


def test_no_projects_no_themes(study):
    frames = {name: study[name] for name in ("regions", "priorities")}
    found = affinity(synergy.load(frames, study.settings))
    assert found.total.shape == (3, 0)
    assert found.to_frame().empty
