"""Learning in the score of a pair: by hand, unknown where nobody says, and only where the study asks for it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import synergy
from synergy.backtesting.cut import Cut, split
from synergy.errors import DataError
from synergy.explanations import explain
from synergy.pipeline import report_text
from synergy.scores import COLUMNS, MEANING, pair_parts
from synergy.scores.learning import learning_part
from synergy.scores.pairs import Pairs
from synergy.survey import load_instrument
from synergy.tables.settings import parse_settings
from synergy.tables.study import PARTS, Settings, Source, TopicSettings, Weights

AREAS = tuple(load_instrument().areas)
LEARNING = ("learning", "learning_a_from_b", "learning_b_from_a", "learning_areas")
# AT2 was asked in its part AT21, DE3 and DE4 only as DE; IT5 was not asked, and of IT6 and IT7 too few answered.
REGIONS = """
AT1 AT - 2
AT2 AT - 2
AT21 AT AT2 3
AT22 AT AT2 3
DE DE - 1
DE3 DE DE 2
DE4 DE DE 2
IT5 IT - 2
IT6 IT - 2
IT7 IT - 2
"""
SAID: Mapping[str, Mapping[str, int]] = {
    "AT1": dict.fromkeys(AREAS, 4),
    "AT21": {**dict.fromkeys(AREAS, 3), "coordination": 1, "support": 2},
    "DE": {**dict.fromkeys(AREAS, 3), "coordination": 2, "support": 4, "portfolio": 0},
    "IT6": dict.fromkeys(AREAS, 1),
    "IT7": dict.fromkeys(AREAS, 2),
}
PEOPLE = {"IT6": 4, "IT7": 4}
# In each area every third says one more, so a mean is what stands above plus 1/3; 0 is no information.
BY_HAND = {
    # AT2 can learn coordination, (4 1/3 - 1 1/3)/4, and support, (4 1/3 - 2 1/3)/4, of five areas told
    ("AT1", "AT2"): (1.25 / 5, 0, 1.25 / 5, 5),
    # DE can learn coordination, (4 1/3 - 2 1/3)/4; its portfolio is not told
    ("AT1", "DE3"): (0.5 / 4, 0, 0.5 / 4, 4),
    ("AT1", "DE4"): (0.5 / 4, 0, 0.5 / 4, 4),
    # AT2 can learn support from DE; in coordination DE is ahead, but low itself
    ("AT2", "DE3"): (0.5 / 4, 0.5 / 4, 0, 4),
    ("AT2", "DE4"): (0.5 / 4, 0.5 / 4, 0, 4),
}


def survey(said: Mapping[str, Mapping[str, int]] = SAID) -> pd.DataFrame:
    rows = [
        (f"{region}-{who}", region, "cluster", item.code, areas[item.area] and areas[item.area] + (who % 3 == 0))
        for region, areas in said.items()
        for who in range(PEOPLE.get(region, 12))
        for item in load_instrument().items.values()
    ]
    return pd.DataFrame(rows, columns=["respondent_id", "region_id", "stakeholder", "item", "answer"])


@pytest.fixture(scope="module")
def study() -> synergy.Study:
    table = [line.split() for line in REGIONS.strip().splitlines()]
    regions = pd.DataFrame(table, columns=["region_id", "country", "parent_id", "level"])
    analysed = regions.loc[regions["level"] == "2", "region_id"]
    frames = {
        "regions": regions.assign(
            name=regions["region_id"], level=regions["level"].astype(int), lat=47.0, lon=np.arange(10) + 9.0,
            parent_id=regions["parent_id"].where(regions["parent_id"] != "-"),
        ),
        "priorities": pd.DataFrame(
            [(f"p{at}", region, "P", code) for at, (region, code) in enumerate(zip(analysed, "eeffggg", strict=True))],
            columns=["priority_id", "region_id", "title", "codes"],
        ).assign(codes=lambda table: "own:" + table["codes"]),
        "survey": survey(),
    }  # fmt: skip
    sources = {"survey": Source("Made up for a test")}
    return synergy.load(
        frames,
        Settings(seed=3, level=2, weights=Weights(learning=0.25), topics=TopicSettings(runs=2), sources=sources),
    )


@pytest.fixture(scope="module")
def scores(study) -> synergy.PairScores:
    return synergy.score_pairs(study)


@pytest.fixture(scope="module")
def frame(scores) -> pd.DataFrame:
    return scores.frame.set_index(["region_a", "region_b"])


def changed(study: synergy.Study, weights: Weights, answers: pd.DataFrame | None = None) -> synergy.Study:
    tables = dict(study.tables) | ({} if answers is None else {"survey": answers})
    return synergy.Study(replace(study.settings, weights=weights), tables)


class Given:
    """A generator whose exponential numbers are given: the weights, if they have mean 1."""

    def __init__(self, weights: np.ndarray) -> None:
        self.weights = weights

    def standard_exponential(self, shape: tuple[int, int]) -> np.ndarray:
        return np.broadcast_to(self.weights, shape)


def test_learning_by_hand(frame) -> None:
    for pair, expected in BY_HAND.items():
        assert frame.loc[pair, list(LEARNING)].astype(float).tolist() == pytest.approx(expected, abs=1e-9), pair


def test_not_asked_withheld_or_one_voice_for_both_is_unknown_and_never_zero(frame) -> None:
    others = [pair for pair in frame.index if pair not in BY_HAND]
    assert len(others) == 16 and ("DE3", "DE4") in others
    assert frame.loc[others, [*LEARNING, "part_learning"]].isna().all().all()
    assert frame.loc[list(BY_HAND), "part_learning"].notna().all()


def test_several_that_speak_for_a_region_give_the_mean_of_their_means(study) -> None:
    said = {"AT1": SAID["AT1"], "AT21": SAID["AT21"], "AT22": dict.fromkeys(AREAS, 3)}
    both = changed(study, Weights(learning=1), survey(said))
    part = learning_part(both.located, Pairs.of(both.located))
    # coordination: (1 1/3 + 3 1/3)/2 is 2 below AT1's 4 1/3; support: 1 1/2 below
    assert part.value[0] == pytest.approx((2 + 1.5) / 4 / 5)
    np.testing.assert_allclose(part.redraw()(Given(np.ones(36)), 1)[0], part.value, atol=1e-9)


def test_the_total_takes_it_as_any_other_part(frame) -> None:
    # the best of five known, of the others all four the same
    assert frame["part_learning"].dropna().to_dict() == dict.fromkeys(BY_HAND, 0.4) | {("AT1", "AT2"): 0.9}
    weights = dict(zip((*PARTS, "learning"), (0.1, 0.1, 0.2, 0.6, 0.25), strict=True))
    for pair in itertools.islice(frame.index, 6):
        row = frame.loc[pair]
        known = {part: w for part, w in weights.items() if row[f"part_{part}"] == row[f"part_{part}"]}
        total = sum(w * row[f"part_{part}"] for part, w in known.items()) / sum(known.values())
        assert row["total"] == pytest.approx(total, abs=1e-8)
        assert row["known_weight"] == pytest.approx(sum(known.values()) / 1.25, abs=1e-6)
        assert row["rank_low"] <= row["rank"] <= row["rank_high"]


def test_what_it_rests_on_is_said(frame) -> None:
    assert frame.at[("AT1", "IT5"), "basis"].endswith(
        "and learning; AT1: strategy of 1 field only; IT5: strategy of 1 field only"
    )
    assert frame.at[("DE3", "DE4"), "note"].endswith("DE3 and DE4: answers of DE")
    assert frame.at[("AT1", "AT2"), "note"].endswith("AT2: answers of AT21")
    assert "answers" not in frame.at[("AT1", "IT6"), "note"]


def test_people_are_drawn_anew_and_lessons_held(study, scores) -> None:
    part = learning_part(study.located, pairs := Pairs.of(study.located))
    assert part.table == "survey" and scores.params["rank_variance"]["survey"]["total"] > 0
    draw = part.redraw()

    np.testing.assert_allclose(draw(Given(np.ones(44)), 2), [part.value] * 2, atol=1e-9)
    # AT1's third persons, who say 5, weigh three times as much: (4 x 3 x 5 + 8 x 4) / 20 = 4.6
    people = sorted(set(study["survey"]["respondent_id"]))
    weights = np.array([3.0 if who in ("AT1-0", "AT1-3", "AT1-6", "AT1-9") else 1.0 for who in people])
    drawn = dict(zip(pairs.names().itertuples(index=False, name=None), draw(Given(weights), 1)[0], strict=True))
    assert drawn["AT1", "AT2"] == pytest.approx((4.6 - 4 / 3 + 4.6 - 7 / 3) / 4 / 5)
    assert drawn["AT2", "DE3"] == pytest.approx(0.5 / 4)
    free = draw(np.random.default_rng(1), 50)
    assert (np.isnan(free) == np.isnan(part.value)).all() and free[:, ~np.isnan(part.value)].std(axis=0).min() > 0


def test_without_a_weight_the_survey_is_not_even_read(study) -> None:
    wrong = study["survey"].head(2).assign(item="XX")
    plain = synergy.score_pairs(changed(study, Weights()))
    scored = synergy.score_pairs(changed(study, Weights(), wrong))
    assert tuple(scored.frame.columns) == COLUMNS and "learning" not in scored.params["weights"]
    pd.testing.assert_frame_equal(scored.frame, plain.frame)
    with pytest.raises(DataError, match="S581"):
        pair_parts(changed(study, Weights(learning=0.25), wrong))


def test_with_a_weight_and_no_answers_all_of_it_is_unknown(study, frame) -> None:
    silent = changed(study, Weights(learning=0.25), study["survey"].head(0))
    parts = pair_parts(silent)
    assert parts.columns.tolist() == [column for column in MEANING if column in parts]
    assert parts[[*LEARNING, "part_learning"]].isna().all().all() and parts["total"].notna().any()
    without = pair_parts(changed(study, Weights()))
    pd.testing.assert_series_equal(parts["total"], without["total"])
    assert learning_part(silent.located, Pairs.of(silent.located)).redraw is None
    assert tuple(frame.reset_index().columns) == tuple(MEANING)


def test_the_report_shows_it_and_names_its_source(study) -> None:
    run = synergy.run(study)
    pages = {kind: report_text(run, kind) for kind in ("html", "md", "json")}
    for page in pages.values():
        assert "The study gives the survey a weight of 0.25" in page and "The survey: Made up for a test." in page
        assert "known for 5 pairs" in page
    assert "| Distance, km | Learning | Rests on |\n|---|---|---|---|---|---|---|---|---|---|---|\n| 1" in pages["md"]
    assert '<th class="n">Learning</th>' in pages["html"]
    first = json.loads(pages["json"])["pairs"][0]
    assert set(LEARNING) <= set(first) and json.loads(pages["json"])["method"]["weights"]["learning"] == 0.25
    shown = explain(study, "AT2-AT1", scores=run.scores, topics=run.topics)
    terms = shown.terms[shown.terms["part"] == "learning"].set_index("term")
    assert len(terms) == len(AREAS) and terms["value"].sum() == pytest.approx(0.25)
    detail = terms.at["Coordination and alignment", "detail"]
    assert detail.startswith("AT1 4.33 (") and "; AT2 (answers of AT21) 1.33 (" in detail
    assert detail.endswith(", 12 people): AT2 can learn from AT1")
    assert "survey (Made up for a test): answers are not cited one by one" in shown.summary
    assert "survey.csv" not in set(shown.rows["file"])
    for pair, why in (("DE3-DE4", "DE speaks for both"), ("AT1-IT5", "nobody was asked in IT5")):
        terms = explain(study, pair, scores=run.scores, topics=run.topics).terms.query("part == 'learning'")
        assert terms["detail"].tolist() == [why] and terms["value"].isna().all()
    withheld = explain(study, "AT1-IT6", scores=run.scores, topics=run.topics).terms.query("part == 'learning'")
    assert withheld["value"].isna().all() and withheld["detail"].str.endswith("; IT6 not told: unknown").all()


def test_the_backtest_leaves_answers_out_and_says_so(study) -> None:
    parts = split(study, Cut.of(2020))
    assert parts.study["survey"].empty and len(study["survey"]) > 0
    assert any("answers of the survey are left out, and learning with them" in note for note in parts.notes)
    assert not any("survey" in note for note in split(changed(study, Weights()), Cut.of(2020)).notes)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("learning = -1", "S404 study.toml:2:weights.learning: found -1, expected a finite number of at least 0"),
        ('learning = "0.1"', "S403 study.toml:2:weights.learning"),
        ("lerning = 0.1", "did you mean 'learning'?"),
        (
            "\n".join([*(f"{part} = 0" for part in PARTS), "learning = 1"]),
            "expected at least one above 0 of similarity",
        ),
    ],
)
def test_a_weight_that_cannot_be_is_told(said: str, told: str) -> None:
    settings, problems = parse_settings(f"[weights]\n{said}\n".encode())
    assert len(problems.items) == 1 and told in str(problems.items[0])
    assert settings.weights.learning == 0 and settings.weights.as_dict().keys() == set(PARTS)


def test_the_weight_is_read() -> None:
    settings, problems = parse_settings(b"[weights]\nlearning = 1\n")
    assert not problems and settings.weights.as_dict() == Weights().as_dict() | {"learning": 1.0}
