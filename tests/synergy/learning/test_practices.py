"""Services matched to needs, worked by hand: who needs what, who can show it, within which limits, and where."""

import pandas as pd
import pytest

import synergy
from synergy.learning.lessons import lessons_of
from synergy.learning.needs import needs_of
from synergy.learning.offers import best_offers, offers_of
from synergy.learning.taxonomy import load_taxonomy
from synergy.learning.terms import workshop_terms
from synergy.learning.workshops import distance


@pytest.fixture(scope="module")
def needs(grounds, topics, stress):
    return needs_of(grounds, topics, load_taxonomy(), stress.to_frame())


@pytest.fixture(scope="module")
def found(study, topics):
    return synergy.find_practices(study, topics)


def cell(needs, region, category):
    return needs.set_index(["region_id", "category"]).loc[(region, category)]


def test_a_need_is_the_mean_of_what_people_say_and_what_topics_lack(needs):
    # AT32: coordination 4/3 and portfolio 10/3 of 5; in its one topic it is not strong in clusters
    matchmaking = cell(needs, "AT32", "matchmaking")
    assert matchmaking["asked"] == pytest.approx(((5 - 4 / 3) / 4 + (5 - 10 / 3) / 4) / 2)
    assert (matchmaking["lacking"], matchmaking["need"]) == (1.0, pytest.approx((2 / 3 + 1) / 2))
    assert "people rate coordination and alignment 1.3 of 5" in matchmaking["why"]
    # DE1 was asked as a whole: DE12 is strong in T01's projects, DE11 in none of T02's
    assert cell(needs, "DE1", "funding")["lacking"] == 0.5


def test_what_is_not_known_stays_out_of_the_mean(needs):
    # nobody in CH022 could judge the portfolio; the topics do not tell of specialisation
    assert cell(needs, "CH022", "matchmaking")["asked"] == pytest.approx((5 - 4 / 3) / 4)
    people = cell(needs, "CH022", "people")
    assert pd.isna(people["lacking"]) and people["need"] == pytest.approx((5 - 10 / 3) / 4)
    assert pd.isna(cell(needs, "CH022", "entrepreneurship")["need"])


def test_a_practice_is_tried_and_shows_that_it_works(grounds):
    offers = offers_of(grounds).set_index("service_id")
    assert offers["refused"].to_dict() == {
        "s1": "", "s2": "", "s3": "nothing shows that it works", "s4": "a pilot only", "s5": "maturity unknown",
    }  # fmt: skip
    # s2 is offered in DE11, whose region in the survey is DE1; s4 by a cluster of AT31
    assert (offers.at["s2", "home"], offers.at["s4", "home"], offers.at["s4", "cluster"]) == ("DE1", "AT31", "Life")
    assert best_offers(offers.reset_index())["service_id"].tolist() == ["s1", "s2"]


def test_lessons_and_what_they_are_worth(found):
    rows = found.lessons.set_index(["region_id", "category"])
    assert set(rows.index) == {(r, c) for r in ("AT32", "CH022") for c in ("matchmaking", "funding")}
    assert set(rows.xs("funding", level=1)["teacher"]) == {"DE1"}
    # AT32: no language known, so the mean of tried 1 and field 1
    assert rows.at[("AT32", "matchmaking"), "value"] == pytest.approx((2 / 3 + 1) / 2, abs=1e-6)
    # CH022: shown in German and English, used are neither; tried 1, field 1, language 0
    assert rows.at[("CH022", "matchmaking"), "value"] == pytest.approx(((5 - 4 / 3) / 4 + 1) / 2 * 2 / 3, abs=1e-6)
    assert rows.at[("CH022", "matchmaking"), "language"] == 0
    reasons = found.unmet.set_index("region_id")["reason"].to_dict()
    assert set(reasons) == {"AT32", "CH022"}
    assert set(reasons.values()) == {"nobody shows a practice of this kind"}


@pytest.mark.parametrize(("teach", "learn"), [(1, 1), (1, 3), (2, 2), (3, 1)])
def test_limits_to_teaching_and_learning_are_kept(grounds, topics, needs, teach, learn):
    lessons, unmet = lessons_of(grounds, topics, needs, offers_of(grounds), teach=teach, learn=learn)
    assert (lessons["teacher"].value_counts() <= teach).all()
    wished = pd.concat([lessons["region_id"], unmet["region_id"]]).value_counts()
    assert (wished <= learn).all()
    if teach == 1 and learn == 3:
        assert set(lessons["region_id"]) == {"AT32"}
        assert "those who could teach it teach elsewhere" in set(unmet["reason"])


def test_workshops_have_a_host_each_and_no_host_twice(found, grounds):
    by_kind = {workshop.category: workshop for workshop in found.workshops}
    assert set(by_kind) == {"matchmaking", "funding"}
    one = by_kind["matchmaking"]
    assert (one.teachers, one.learners, one.topic_id) == (("AT31",), ("AT32", "CH022"), "T01")
    assert one.host == "AT31" and by_kind["funding"].host == "DE1"
    assert one.title == "Internal matchmaking"
    # de is used by AT31 and DE1 alone
    assert by_kind["funding"].language == "de"
    assert set(by_kind["funding"].interpret) == {"AT32", "CH022"}
    text = " ".join(session.text for session in one.agenda)
    assert "Land AT32 and Land CH022" in text and "{" not in text
    assert sum(session.minutes for session in one.agenda) == 285
    assert distance(grounds, "AT31", "AT31") == pytest.approx(0, abs=1e-6)


def test_a_workshop_is_explained_by_its_lessons_and_the_rows_of_its_services(found):
    key = next(w.workshop_id for w in found.workshops if w.category == "funding")
    summary, terms, rows = workshop_terms(found, key)
    assert summary.startswith(f"{key} Third-party funding for Health: host DE1")
    assert {term for _, term, _, _ in terms} == {"AT32 from DE1", "CH022 from DE1"}
    assert rows == [("services", 3, "DE1", "Call radar: 9 of 10 came back")]
    with pytest.raises(synergy.UnknownName, match="no workshop 'W99'"):
        workshop_terms(found, "W99")


def test_without_services_or_with_an_unknown_kind_the_user_is_told(make_study, topics):
    with pytest.raises(synergy.UsageError, match="holds no services"):
        synergy.find_practices(make_study(services=None), topics)
    wrong = pd.DataFrame({"service_id": ["s"], "region_id": ["AT31"], "title": ["Radar"], "category": ["fundng"]})
    with pytest.raises(synergy.DataError, match=r"S591 services.csv:2:category: found 'fundng'"):
        synergy.find_practices(make_study(services=wrong), topics)


def test_services_alone_give_needs_from_topics(make_study, topics):
    study = make_study(survey=None)
    found = synergy.find_practices(study, topics)
    assert set(found.needs["region_id"]) == {"AT31", "CH022", "DE11"}
    assert found.needs["asked"].isna().all() and found.needs["need"].notna().any()
