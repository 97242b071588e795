from __future__ import annotations

import pandas as pd
import pytest

import synergy
from synergy import Settings
from synergy.scores.basis import _named
from synergy.tables.study import Weights


def told(study, a: str, b: str) -> tuple[str, str]:
    row = synergy.score_pairs(study).frame.set_index(["region_a", "region_b"]).loc[(a, b)]
    return row["basis"], row["note"]


def test_parts_and_little_data_by_hand(toy_with) -> None:
    study = toy_with()
    few = {"AT31": "AT31: strategy of 2 fields only; AT31: 3 projects only",
           "AT32": "AT32: strategy of 2 fields only; AT32: 2 projects only",
           "DE11": "DE11: strategy of 2 fields only",
           "ITH1": "ITH1: 1 project only",
           "ITH3": "ITH3: strategy of 1 field only; ITH3: 1 project only"}  # fmt: skip
    assert told(study, "AT31", "AT32") == (f"rests on all 4 parts; {few['AT31']}; {few['AT32']}", "")
    moved = "ITH3: rolled up from ITH31; ITH3: activities added up from ITH31 and ITH32"
    assert told(study, "AT31", "ITH3") == (
        f"rests on 3 of 4 parts, without proximity; {few['AT31']}; {few['ITH3']}", moved
    )  # fmt: skip
    basis, note = told(study, "AT31", "ITH1")
    assert basis == (
        "too little for a total: 2 of 4 parts known, without similarity and complementarity;"
        f" {few['AT31']}; {few['ITH1']}"
    )
    assert note == "strategy unknown"
    assert told(study, "DE11", "ITH3")[1] == f"DE11: inherited from DE1; {moved}"


def test_a_part_of_no_weight_is_not_counted(toy_with) -> None:
    study = toy_with(Settings(level=2, weights=Weights(1, 1, 0, 1)))
    basis, _ = told(study, "AT31", "AT32")
    assert basis == "rests on all 3 parts; AT31: strategy of 2 fields only; AT32: strategy of 2 fields only"


def test_activities_mostly_unknown_are_told(toy_with, frames) -> None:
    table = frames["activity"].copy()
    table.loc[(table["region_id"] == "AT32") & (table["code"] != "nace:16"), "value"] = None
    basis, _ = told(toy_with(activity=table), "AT31", "AT32")
    assert basis.endswith("AT32: 2 projects only; AT32: 25% of the activities known")


@pytest.mark.parametrize(
    ("regions", "words"),
    [(["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C"), ([*"ABCD"], "4 regions")],
)
def test_regions_are_named_while_they_are_few(regions: str, words: str) -> None:
    assert _named(list(regions)) == words


def test_the_embedded_study_says_what_is_little(alpine) -> None:
    frame = alpine.scores.frame
    swiss = frame["region_a"].str.startswith(("CH", "LI")) | frame["region_b"].str.startswith(("CH", "LI"))
    assert frame.loc[swiss, "basis"].str.startswith("too little for a total").all()
    assert frame.loc[swiss, "note"].str.startswith("strategy unknown").all()
    assert frame.loc[swiss, ["similarity", "similarity_p", "total", "rank_low"]].isna().all().all()
    short = frame["region_a"].eq("ITC3") | frame["region_b"].eq("ITC3")
    assert frame.loc[short, "basis"].str.contains("ITC3: strategy of 3 fields only").all()
    moved = frame.loc[frame["region_a"].str.startswith("DE2"), ["region_a", "note"]]
    assert all(region in note and "inherited from DE2" in note for region, note in moved.itertuples(index=False))
    assert pd.Series(frame["basis"]).ne("").all()
