"""The StressTest of a region: verdicts, findings in words with their figures, the data beside opinion."""

import pandas as pd
import pytest

import synergy
from synergy.learning.findings import lower_first
from synergy.survey.opinions import opinions_of, verdict


def of(stress, region, kind):
    return [finding for finding in stress.findings[region] if finding.kind == kind]


def test_an_area_is_weak_or_strong_when_its_whole_interval_says_so(stress):
    areas = stress.to_frame().set_index(["region_id", "area"])
    assert areas.at[("AT32", "coordination"), "mean"] == pytest.approx(4 / 3)
    assert areas.at[("AT32", "coordination"), "verdict"] == "weak"
    assert areas.at[("AT31", "coordination"), "verdict"] == "strong"
    unknown = areas.loc[("CH022", "portfolio")]
    assert (unknown["verdict"], unknown["status"]) == ("cannot tell", "no answers") and pd.isna(unknown["mean"])
    assert verdict(2.9, 3.1) == "near the middle"


def test_findings_tell_the_weak_areas_the_gap_and_what_is_unknown(stress):
    (level,) = of(stress, "AT32", "level")
    assert level.text.startswith("People rate clusters and strategy in all 2.73")
    assert "the mean of the other regions" in level.text and "behind by 1.0" in level.text
    (weak,) = of(stress, "AT32", "weak")
    assert [figure["area"] for figure in weak.figures] == ["coordination", "support"]
    (unknown,) = of(stress, "CH022", "unknown")
    assert unknown.text == "Too few can say, so nothing is shown: Cluster portfolio"
    assert not of(stress, "DE1", "unknown")


def test_against_a_frontrunner_the_others_are_compared_with_it_alone(study):
    stress = synergy.stress_test(study, frontrunner="AT31")
    assert stress.compared("AT32", "coordination") == pytest.approx(13 / 3)
    assert pd.isna(stress.compared("AT31", "coordination"))
    (behind,) = of(stress, "AT32", "benchmark behind")
    assert behind.text.startswith("Surely behind Land AT31: Coordination") and {row["b"] for row in behind.figures} == {
        "AT31"
    }
    with pytest.raises(synergy.UnknownName, match="Did you mean 'CH022'"):
        synergy.stress_test(study, frontrunner="CH02")


def test_the_mean_of_the_others_is_that_of_their_shown_means(stress):
    assert stress.compared("AT31", "coordination") == pytest.approx((4 / 3 + 4 / 3 + 7 / 3) / 3)
    # CH022 shows nothing of the portfolio
    assert stress.compared("AT31", "portfolio") == pytest.approx((10 / 3 + 13 / 3) / 2)


def test_clusters_that_name_a_field_of_a_priority_are_counted(stress):
    rows = stress.linked.set_index("region_id")
    # c1 is in pharma, which is part of health; c2's fields are unknown, not none
    assert rows.loc["AT31", ["clusters", "coded", "linked", "priorities", "covered"]].tolist() == [2, 1, 1, 2, 1]
    # DE1's clusters lie in DE11 and DE12
    assert rows.loc["DE1", ["clusters", "linked", "covered"]].tolist() == [2, 1, 1]
    assert rows.at["AT32", "clusters"] == 0 and pd.isna(rows.at["AT32", "share_linked"])
    assert pd.isna(rows.at["CH022", "clusters"]) and "its strategy is unknown" in rows.at["CH022", "why"]
    cited = stress.linked_rows[stress.linked_rows["region_id"] == "AT31"]
    assert cited[["table", "row", "id"]].values.tolist() == [["clusters", 2, "c1"], ["priorities", 2, "p1"]]


def test_what_may_not_be_shown_enters_nothing(make_study):
    few = make_study()["survey"]
    few = few[few["respondent_id"].str.fullmatch("AT31-.+|AT32-[0-3]")]
    stress = synergy.stress_test(make_study(survey=few.reset_index(drop=True)))
    assert set(stress.to_frame().set_index("region_id").loc["AT32", "status"]) == {"withheld"}
    assert {finding.kind for finding in stress.findings["AT32"]} == {"data", "unknown"}
    assert set(stress.opinions.respondents.columns) == {"region_id"}


def test_a_study_without_answers_has_no_stress_test(make_study):
    silent = make_study(survey=None)
    with pytest.raises(synergy.UsageError, match=r"holds no answers: fill survey.csv, by hand or by synergy import"):
        synergy.stress_test(silent)
    assert opinions_of(silent).areas.empty


def test_words_inside_a_sentence():
    assert [lower_first(words) for words in ("Agencies", "S3 design", "SMEs")] == ["agencies", "S3 design", "SMEs"]
