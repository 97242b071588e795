"""Two regions' priorities, by hand on the toy study; the evidence adds up to the number."""

import numpy as np
import pandas as pd
import pytest

from synergy.errors import UnknownName
from synergy.tables.located import Located
from synergy.wording import best_matches, priority_similarity
from synergy.wording.encoder import encoded


@pytest.fixture(scope="module")
def located(toy):
    return Located(toy)


@pytest.fixture(scope="module")
def pairs(located):
    return priority_similarity(located).set_index(["region_a", "region_b"])


def test_codes_by_hand(pairs):
    # AT31 health, wood (nace:21 stands beside its own field); AT32 health (people is horizontal); DE11, DE12 inherit
    # wood, digital from DE1; ITH3 has ITH31's wood; ITH1 and IT's plan, which is not inherited, leave ITH1 unknown.
    codes = pairs["codes"]
    assert codes["AT31", "AT32"] == 0.75
    assert codes["AT31", "DE11"] == 0.5
    assert codes["AT31", "ITH3"] == 0.75
    assert codes["AT32", "ITH3"] == 0
    assert codes["DE11", "DE12"] == 1


def test_text_by_hand(pairs):
    life, timber, smart_wood, legno, healthy = encoded(["Life", "Timber", "Smart wood", "Legno", "Healthy people"])
    at31 = [life, timber]
    assert pairs["text"]["DE11", "DE12"] == 1  # one title, inherited by both
    assert pairs["text"]["DE11", "ITH3"] == pytest.approx(smart_wood @ legno, abs=1e-6)
    forth, back = np.mean([x @ healthy for x in at31]), max(x @ healthy for x in at31)
    assert pairs["text"]["AT31", "AT32"] == pytest.approx((forth + back) / 2, abs=1e-6)
    assert pairs["text"]["DE11", "ITH3"] > 0.6 > pairs["text"]["AT32", "ITH3"]


def test_unknown_is_not_zero(pairs):
    assert pairs.xs("ITH1", level="region_b").isna().all().all()
    assert len(pairs) == 15
    known = pairs.drop(index=[pair for pair in pairs.index if "ITH1" in pair])
    assert known.notna().all().all()


def test_a_strategy_without_words_or_codes_is_unknown_in_that_alone(toy_with, frames):
    priorities = pd.DataFrame(
        [["p1", "AT31", "…", "ecosystem:wood"], ["p2", "AT32", "Wood", None], ["p3", "DE1", "Holz", "ecosystem:wood"]],
        columns=["priority_id", "region_id", "title", "codes"],
    )
    pairs = priority_similarity(Located(toy_with(priorities=priorities))).set_index(["region_a", "region_b"])
    assert np.isnan(pairs["text"]["AT31", "DE11"])
    assert pairs["codes"]["AT31", "DE11"] == 1
    assert np.isnan(pairs["codes"]["AT32", "DE11"])
    assert pairs["text"]["AT32", "DE11"] > 0.9
    assert best_matches(Located(toy_with(priorities=priorities)), "AT31", "DE11").empty


def test_no_strategy_is_known(toy_with, frames):
    national = frames["priorities"].iloc[[5]]  # Italy's, which its regions do not inherit
    pairs = priority_similarity(Located(toy_with(priorities=national)))
    assert len(pairs) == 15
    assert pairs[["text", "codes"]].isna().all().all()


def test_the_evidence_adds_up(located, pairs):
    for a, b in (("AT31", "AT32"), ("AT31", "DE11"), ("DE11", "ITH3")):
        matches = best_matches(located, a, b)
        sides = matches.groupby("region_id")["similarity"].mean()
        assert set(sides.index) == {a, b}
        assert sides.mean() == pytest.approx(pairs["text"][a, b], abs=2e-6)


def test_the_evidence_exists(located, toy):
    table = toy["priorities"]
    matches = best_matches(located, "AT31", "DE11")
    assert matches["title"].tolist() == ["Timber", "Life", "Smart wood"]
    assert matches["match_title"].tolist() == ["Smart wood", "Smart wood", "Timber"]
    assert matches["basis"].tolist() == ["own", "own", "inherited from DE1"]
    for own, other in (("row", "title"), ("match_row", "match_title")):
        assert table.loc[matches[own], "title"].tolist() == matches[other].tolist()
    assert table.loc[matches["row"], "priority_id"].tolist() == matches["priority_id"].tolist()


def test_an_unknown_region_is_told(located):
    with pytest.raises(UnknownName, match="AT31"):
        best_matches(located, "AT3", "AT31")
    with pytest.raises(UnknownName, match="ITH31"):
        best_matches(located, "AT31", "ITH31")


def test_any_order_of_rows_gives_the_same(toy_with, frames):
    turned = frames["priorities"].iloc[::-1].reset_index(drop=True)
    one = priority_similarity(Located(toy_with(priorities=frames["priorities"])))
    two = priority_similarity(Located(toy_with(priorities=turned)))
    pd.testing.assert_frame_equal(one, two)


def test_the_encoder_given_is_the_one_used(located):
    class Alike:
        def encode(self, texts):
            return np.ones((len(texts), 1))

    pairs = priority_similarity(located, Alike())
    assert pairs["text"].dropna().eq(1).all()
