from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from synergy.capacities import DECLARES_ONLY, ROLES, evidence_of, holdings
from synergy.tables.located import Located

WOOD = (
    "code:ecosystem:wood", "code:nace:16", "priority:p2", "priority:p3", "priority:p4", "cluster:c2", "cluster:c3",
    "cluster:c4", "firm:f1", "firm:f2", "firm:f3", "firm:org-1",
)  # fmt: skip
HEALTH = ("code:ecosystem:health", "code:nace:21", "priority:p1", "priority:p5", "cluster:c1")
DIGITAL = ("code:ecosystem:digital", "code:nace:62", "priority:p3", "priority:p6", "firm:org-2")


def held(located: Located, nodes: tuple[str, ...]) -> pd.DataFrame:
    return holdings(located, nodes, evidence_of(located, nodes)).set_index("region_id")


@pytest.fixture
def located(toy) -> Located:
    return Located(toy)


def test_the_rows_behind_a_theme(located: Located) -> None:
    evidence = evidence_of(located, WOOD)
    found = {
        region: list(zip(rows["table"], rows["row"], strict=True)) for region, rows in evidence.groupby("region_id")
    }
    assert found == {
        "AT31": [("firms", 2), ("participations", 2), ("participations", 5), ("priorities", 3)],
        "AT32": [("participations", 4), ("participations", 7)],
        "DE11": [("clusters", 3), ("priorities", 4)],
        "DE12": [("firms", 3), ("participations", 3), ("priorities", 4)],
        "ITH3": [("clusters", 4), ("firms", 4), ("participations", 6), ("priorities", 5)],
    }
    what = evidence.set_index(["table", "region_id"])["what"]
    assert what["priorities", "DE11"] == "Smart wood (inherited from DE1)"
    assert what["priorities", "ITH3"] == "Legno (rolled up from ITH31)"
    assert what["priorities", "AT31"] == "Timber"


def test_a_row_that_names_two_codes_of_a_theme_is_one_row(located: Located) -> None:
    evidence = evidence_of(located, ("code:ecosystem:wood", "code:ecosystem:digital"))
    assert not evidence.duplicated(["region_id", "table", "row"]).any()


def test_figures_by_hand(located: Located) -> None:
    frame = held(located, WOOD).sort_index()
    # 16 of 100, 100, 100, 60, 100 over 160 of 460
    np.testing.assert_allclose(
        frame["specialisation"], [0.2 * 2.875, 0.5 * 2.875, 0.1 * 2.875, 2 / 3 * 2.875, np.nan, 0.4 * 2.875], atol=1e-6
    )
    assert frame["clusters"].tolist() == [0, 0, 1, 0, 0, 1]
    assert frame["organisations"].tolist() == [1, 1, 0, 1, 0, 1]
    assert frame["projects"].tolist() == [2, 2, 0, 1, 0, 1]
    assert frame["strategy"].tolist() == ["declared", "silent", "declared", "declared", "unknown", "declared"]
    assert frame["known_corners"].tolist() == [4, 4, 4, 4, 3, 4]


def test_strong_corners_and_roles_by_hand(located: Located) -> None:
    frame = held(located, WOOD).sort_index()
    # projects: 6 of 9 in all; AT31 2 of 3 is just that, DE12 1 of 2 is less; the top quarter starts at 2
    assert frame["strong"].to_dict() == {
        "AT31": "organisations;projects", "AT32": "specialisation;organisations;projects", "DE11": "clusters",
        "DE12": "specialisation;organisations", "ITH1": "", "ITH3": "specialisation;clusters;organisations;projects",
    }  # fmt: skip
    # two of four is not more than half
    assert frame["role"].to_dict() == {
        "AT31": "follower", "AT32": "complement", "DE11": "follower", "DE12": "follower", "ITH1": "", "ITH3": "leader",
    }  # fmt: skip


def test_roles_come_in_order_the_stronger_first(located: Located) -> None:
    frame = held(located, WOOD)
    assert frame.index.tolist() == ["ITH3", "AT32", "AT31", "DE12", "DE11", "ITH1"]


def test_declaring_alone_makes_no_member(located: Located) -> None:
    frame = held(located, HEALTH)
    assert frame.at["AT32", "role"] == DECLARES_ONLY
    assert DECLARES_ONLY not in ROLES
    # LQ of 21: .2 of AT32's over 100 of 400
    assert frame.at["AT32", "specialisation"] == pytest.approx(0.8)
    # no organisation and no project of the tables is in health: two corners are known, and AT31 is strong in both
    assert frame.at["AT31", "role"] == "leader"


def test_a_theme_that_a_table_never_reaches_is_unknown_there_not_zero(located: Located) -> None:
    frame = held(located, HEALTH)
    assert frame["organisations"].isna().all() and frame["projects"].isna().all()
    assert frame.at["AT31", "known_corners"] == 2
    assert held(located, DIGITAL)["clusters"].isna().all()


def test_a_region_of_unknown_strategy_may_complement_and_is_never_silent(located: Located) -> None:
    frame = held(located, DIGITAL)
    assert (frame.at["ITH1", "strategy"], frame.at["ITH1", "role"]) == ("unknown", "complement")
    assert frame.at["ITH1", "strong"] == "organisations;projects"
    # no activity data, and no cluster of the table is in digital
    assert frame.at["ITH1", "known_corners"] == 2


def test_the_unknown_cell_is_an_unknown_corner(located: Located) -> None:
    assert np.isnan(held(located, HEALTH).at["DE12", "specialisation"])
    # with a second activity half is known, and the quotient is that of the known half
    both = held(located, (*HEALTH, "code:nace:16"))
    assert both.at["DE12", "specialisation"] == pytest.approx(2 / 3 * 2.875)


def test_a_count_is_unknown_in_a_country_that_its_table_does_not_cover(toy_with, frames) -> None:
    study = toy_with(clusters=frames["clusters"].iloc[:2])
    frame = held(Located(study), WOOD)
    assert frame.loc[["ITH1", "ITH3"], "clusters"].isna().all()
    assert frame.loc[["AT32", "DE12"], "clusters"].tolist() == [0, 0]
    assert frame.at["ITH3", "known_corners"] == 3


def test_regions_that_hold_nothing_at_all_divide_nothing_by_nothing(toy_with, frames) -> None:
    table = frames["activity"]
    table.loc[table["region_id"] == "AT31", "value"] = 0
    table.loc[table["code"] == "nace:62", "value"] = 0
    located = Located(toy_with(activity=table))
    assert held(located, WOOD).at["AT31", "specialisation"] == 0
    assert (held(located, DIGITAL)["specialisation"].dropna() == 0).all()


def test_an_empty_theme_has_no_member(located: Located) -> None:
    frame = held(located, ())
    assert (frame["role"] == "").all()
    assert evidence_of(located, ()).empty
