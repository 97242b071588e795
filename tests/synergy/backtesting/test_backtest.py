"""No leak, honest measures, and the embedded study."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import synergy
from synergy import UsageError
from synergy.affinity import affinity
from synergy.backtesting import backtest
from synergy.backtesting.cut import Cut
from synergy.backtesting.evaluate import Cases, Scorer, evaluate
from synergy.backtesting.pairs import pair_scorers
from synergy.backtesting.sides import Sides
from synergy.tables.study import TopicSettings

CUT = "2016-06-30"


@pytest.fixture(scope="module")
def baltic():
    study = synergy.load("data/baltic")
    quick = replace(study.settings, topics=TopicSettings(runs=3, min_regions=3, min_countries=2))
    return replace(study, settings=quick)


@pytest.fixture(scope="module")
def found(baltic):
    return backtest(baltic, CUT, draws=40)


def changed_future(study):
    """Give everything after the cut other regions, partners, themes, organisations and programmes."""
    parts = study["participations"]
    later = (parts["start"].fillna("") > CUT) | (parts["year"].astype(float) > 2016)
    rng = np.random.default_rng(5)
    new = parts.copy()
    named = later & new["firm_id"].isna()
    for column in ("region_id", "organisation", "theme", "programme", "partners"):
        rows = named if column == "region_id" else later
        new.loc[rows, column] = pd.array(rng.permutation(new.loc[rows, column].to_numpy()), dtype=new[column].dtype)
    assert not new.loc[named, "region_id"].equals(parts.loc[named, "region_id"])
    firms = study["firms"].assign(codes=study["firms"]["codes"].sample(frac=1, random_state=3).to_numpy())
    activity = study["activity"]
    grown = activity.assign(value=activity["value"] * 3 + 1, year=activity["year"] + 10)
    tables = dict(study.tables) | {"participations": new, "firms": firms, "activity": pd.concat([activity, grown])}
    return replace(study, tables=tables)


def predictions(study):
    sides = Sides.of(study, Cut.of(CUT))
    a, b = sides.candidates
    pairs = {scorer.name: scorer.values for scorer in pair_scorers(sides, a, b)}
    on = affinity(sides.known, pairs=(a, b), known=sides.past)
    topics = synergy.find_topics(sides.parts.study)
    return pairs | {"affinity": on.total, "themes": on.themes, "topics": topics.members.to_csv()}


def test_changing_the_future_changes_no_prediction(baltic):
    before, after = predictions(baltic), predictions(changed_future(baltic))
    assert before.keys() == after.keys()
    for name, value in before.items():
        np.testing.assert_array_equal(value, after[name], err_msg=name)


def test_changing_the_past_changes_some(baltic):
    before = predictions(baltic)
    parts = baltic["participations"]
    fewer = replace(
        baltic,
        tables=dict(baltic.tables) | {"participations": parts[parts["project_id"] != parts["project_id"].iloc[0]]},
    )
    after = predictions(fewer)
    assert any(not np.array_equal(before[name], after[name]) for name in before)


def test_the_levels_and_scorers_of_the_contract(found):
    levels = {level.level: set(level.frame["scorer"]) for level in found.levels}
    assert list(levels) == [
        "region pairs", "new region pairs", "repeated region pairs", "new region pairs in one programme",
        "pair and theme", "pair within a theme", "pair and field",
        "pair within a field", "new organisation pairs",
    ]  # fmt: skip
    assert {"total", "distance", "same country", "resource allocation", "regression on all"} <= levels[
        "new region pairs"
    ]
    assert {"affinity", "popularity of the theme", "the regions' own past in it"} <= levels["pair and theme"]
    frame = found.to_frame()
    for measure in ("auc", "average_precision", "precision_at_k"):
        known = frame[frame[measure].notna() & frame[f"{measure}_low"].notna()]
        assert (known[f"{measure}_low"] <= known[f"{measure}_high"]).all()
        assert known[measure].between(0, 1).all()


def test_what_cannot_tell_two_cases_apart_is_at_chance(found):
    new = next(level for level in found.levels if level.level == "new region pairs").frame.set_index("scorer")
    assert new.loc["past cooperation", "auc"] == 0.5
    within = next(level for level in found.levels if level.level == "pair within a theme").frame.set_index("scorer")
    assert within.loc["popularity of the theme", "auc"] == 0.5


def test_it_says_where_it_loses(found):
    assert len(found.verdicts) == len(found.levels)
    told = " ".join(map(str, found.verdicts))
    assert "not told apart from" in told or "worse than" in told or "too few" in told
    assert found.to_dict()["levels"][0]["scorers"][0]["auc"] is not None


def test_the_same_again(baltic, found):
    pd.testing.assert_frame_equal(backtest(baltic, CUT, draws=40).to_frame(), found.to_frame())


@pytest.mark.parametrize(
    ("cut", "says"), [("1990", "no project is known by 1990-12-31"), ("2030", "begins after 2030")]
)
def test_a_cut_beyond_the_data_is_told(baltic, cut, says):
    with pytest.raises(UsageError, match=says):
        backtest(baltic, cut)


def test_intervals_cover_what_is_so():
    """A score with a known AUC, over regions of which each has its own effect: the interval holds it most times."""
    rng = np.random.default_rng(2)
    covered, runs, n = 0, 60, 30
    a, b = np.triu_indices(n, 1)
    for run in range(runs):
        effect = rng.normal(size=n)
        chance = 1 / (1 + np.exp(-(effect[a] + effect[b])))
        came_true = rng.random(len(a)) < chance
        noise = Scorer("noise", "score", rng.normal(size=n)[a] + rng.normal(size=len(a)))
        level = evaluate(Cases("l", "q", a, b, came_true, (noise,)), n, np.random.SeedSequence(run), 200)
        row = level.frame.loc[0]
        covered += row["auc_low"] <= 0.5 <= row["auc_high"]
    assert 0.85 <= covered / runs <= 1.0


def test_a_case_of_one_region_weighs_as_often_as_it_was_drawn():
    a = np.array([0, 0, 1, 1])
    came_true = np.array([True, False, True, False])
    score = Scorer("s", "score", np.array([2.0, 1.0, 1.0, 2.0]))
    level = evaluate(Cases("l", "q", a, a, came_true, (score,)), 2, np.random.SeedSequence(1), 400)
    assert level.frame.loc[0, "auc"] == 0.5
    assert (level.frame.loc[0, "auc_low"], level.frame.loc[0, "auc_high"]) == (0.0, 1.0)
