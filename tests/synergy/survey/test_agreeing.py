"""Agreement within regions: rwg worked by hand, ICC against pingouin."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from synergy import UsageError
from synergy.survey import Instrument, agreement, icc, rwg

PEERS = json.loads((Path(__file__).parent / "oracles" / "peers.json").read_text(encoding="utf-8"))
TABLES = sorted(set(PEERS) - {"versions"})


def test_rwg_worked_by_hand() -> None:
    # s2 = 0.3, expected variance of five points (25 - 1) / 12 = 2
    assert rwg([4, 4, 4, 5, 5]) == pytest.approx(1 - 0.3 / 2)
    assert rwg([3, 3, 3]) == 1
    # seven points: (49 - 1) / 12 = 4
    assert rwg([4, 4, 4, 5, 5], points=7) == pytest.approx(1 - 0.3 / 4)
    # two items of s2 0.3 and 0.5: m = 1 - 0.4 / 2 = 0.8, 2 * 0.8 / (2 * 0.8 + 0.2)
    assert rwg([[4, 1], [4, 2], [4, 2], [5, 2], [5, 3]]) == pytest.approx(1.6 / 1.8)


def test_more_apart_than_at_random_is_no_agreement() -> None:
    assert rwg([1, 1, 5, 5]) == 0
    assert rwg([[1, 5], [5, 1]]) == 0


def test_rwg_of_too_few_is_unknown_and_missing_answers_are_left_out() -> None:
    assert np.isnan(rwg([4]))
    assert np.isnan(rwg([4, np.nan]))
    assert rwg([[4, np.nan], [5, np.nan], [4, 2]]) == rwg([4, 5, 4])
    with pytest.raises(UsageError, match="at least 2 points"):
        rwg([1, 2], points=1)


@pytest.mark.parametrize("name", TABLES)
def test_icc_is_that_of_pingouin(name: str) -> None:
    peer = PEERS[name]
    X = np.array(peer["X"], float)
    targets = np.repeat(np.arange(len(X)), X.shape[1])
    found = icc(X.ravel(), targets)
    assert peer["icc1_types"] == ["ICC(1,1)", "ICC(1,k)"]
    assert [found.icc1, found.icck] == pytest.approx([peer["icc1"], peer["icck"]], abs=1e-12)
    assert [found.low, found.high] == pytest.approx(peer["icc1_ci"], abs=6e-3)
    assert found.p == pytest.approx(peer["p"], rel=1e-9)


def test_icc_of_uneven_groups_worked_by_hand() -> None:
    found = icc([1, 3, 4, 5, 6], ["a", "a", "b", "b", "b"])
    # means 2 and 5, MSB = 2 * 1.8**2 + 3 * 1.2**2 = 10.8, MSW = (2 + 2) / 3, k = 5 - 13 / 5
    within, k = 4 / 3, 2.4
    assert found.icc1 == pytest.approx((10.8 - within) / (10.8 + (k - 1) * within))
    assert found.icck == pytest.approx(1 - within / 10.8)
    assert found.size == k


def test_icc_that_is_not_defined_is_unknown() -> None:
    for values, groups in (([1, 2], ["a", "a"]), ([1, 2], ["a", "b"]), ([3, 3, 3, 3], ["a", "a", "b", "b"]), ([], [])):
        assert np.isnan(icc(values, groups).icc1)
    assert icc([1, 1, 2, 2], ["a", "a", "b", "b"]).icc1 == 1


def test_regions_agree_or_not_and_those_of_few_are_unknown(small: Instrument, answered) -> None:
    people = {}
    for n in range(6):
        people[f"a{n}"] = ("A", "cluster", {"DD1": 4, "DD2": 4})
        people[f"b{n}"] = ("B", "cluster", {"DD1": 1 + 4 * (n % 2), "DD2": 5 - 4 * (n % 2)})
        people[f"c{n}"] = ("C", "policy", {"DD1": 2, "DD2": 3 - n % 2})
    for n in range(2):
        people |= {f"{region.lower()}{n}": (region, "policy", {"DD1": 2, "DD2": 3}) for region in "DE"}
    found = agreement(answered(people), small, min_n=3)
    table = found.frame[found.frame["area"].eq("design") & found.frame["direction"].eq("down")].set_index("region_id")
    assert table["agree"].tolist()[:3] == [True, False, True]
    assert table.loc["A", "rwg"] == 1
    assert table.loc["B", "rwg"] == 0
    assert table.loc[["D", "E"], ["n", "rwg", "agree"]].isna().all(axis=None)
    assert found.to_dict()["agreement"][4]["rwg"] is None
    assert repr(found) == "Agreement(2 of 3 known cells agree)"
