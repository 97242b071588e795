import pandas as pd
import pytest

from synergy.funding import align, make_scheme
from synergy.report.render import call_to_html, scheme_to_html
from synergy.report.scheme import summarise_scheme


def rows(columns, values):
    return [dict(zip(columns, each, strict=True)) for each in values]


@pytest.fixture
def call(funding_study):
    """Two programmes; a proposal that both can pay, one too dear for a, one below the least grant, one elsewhere."""
    partners = [
        ("good", 9.0, "AT31", "A", "firm", "small", 100), ("good", 9.0, "DE22", "B", "firm", "small", 100),
        ("dear", 8.0, "AT31", "C", "firm", "small", 1500), ("dear", 8.0, "DE21", "D", "firm", "small", 50),
        ("tiny", 7.0, "AT31", "E", "firm", "small", 1), ("away", 6.0, "CZ01", "F", "firm", "small", 100),
    ]  # fmt: skip
    columns = ("proposal_id", "score", "region_id", "partner", "kind", "size", "cost")
    proposals = [{**row, "codes": None, "source": "Illustrative"} for row in rows(columns, partners)]
    proposals.append({"proposal_id": "other", "score": 5, "region_id": "AT31", "partner": "G", "codes": "f:health"})
    return funding_study(
        {"a": {"budget": 500, "min_grant": 10}, "b": {"budget": 500, "currency": "CHF"}, "c": {}},
        [{"programme_id": key, "kind": "continuous"} for key in "abc"],
        funding_rates=rows(("programme_id", "kind", "rate"), [("a", "firm", 0.5), ("b", "firm", 0.4)]),
        exchange_rates=[{"currency": "CHF", "euro": 1.05, "date": "2026-06-30"}],
        proposals=proposals,
    )


def test_a_scheme_from_the_table_of_proposals(call) -> None:
    made = make_scheme(call, "f:wood", ["AT31", "DE21", "DE22"])
    assert made.funded == ("good",) and made.illustrative
    why = dict(zip(made.to_frame()["proposal_id"], made.to_frame()["why"], strict=True))
    assert why["dear"] == "a lacks 300.00 (it asks more than the whole budget)"
    assert why["tiny"] == "Programme a gives 10 EUR or more, and 0.50 EUR are asked of it"
    assert why["away"] == "it asks for no money" and pd.isna(why["good"])
    assert made.offer.left_out == (("other", "its themes cover 0% of the topic"),)
    assert made.to_frame().loc[0, ["a", "b"]].tolist() == [50, 40]
    assert [(each.params["pot"], each.projects) for each in made.pots] == [("virtual", 1), ("mixed", 1), ("real", 2)]
    assert made.prices["region_id"].tolist() == ["a"] and made.prices["comes_in"].tolist() == ["dear"]


def test_the_call_in_values(call) -> None:
    made = make_scheme(call, "f:wood", ["AT31", "DE21"], pot="mixed", order="skip", balancing=0.25)
    told = made.to_dict()["call"]
    assert told["budget"]["total_eur"] == 1025 and told["budget"]["unknown"] == 0
    assert "25% of every budget forms a balancing pot" in " ".join(told["procedure"])
    assert [each["contact"] for each in told["programmes"]] == [None, None] and told["illustrative"]
    assert told["calendar"]["opens"] is None and len(told["to_fill"]) > 3
    assert "Only some programmes" not in " ".join(told["rules"])


def test_without_spread_the_chances_are_the_selection(call, monkeypatch) -> None:
    monkeypatch.setattr("synergy.funding.otherwise.SCORE_SD", 0.0)
    monkeypatch.setattr("synergy.funding.otherwise.COST_SD", 0.0)
    made = make_scheme(call, "f:wood", ["AT31", "DE21", "DE22"], draws=3)
    frame = made.to_frame().set_index("proposal_id")
    assert frame["chance"].dropna().to_dict() == {"good": 1.0, "dear": 0.0} and frame["funded"]["good"]
    told = made.to_dict()["demand"]
    assert (set(told["projects"].values()), set(told["money"].values())) == ({1}, {90})
    assert "projects funded: 1; EUR granted: 90." in told["summary"]
    assert [(each["programme_id"], each["median"], each["budget"]) for each in told["programmes"]] == [
        ("a", 50, 500), ("b", 40, 525),
    ]  # fmt: skip


def test_scores_and_costs_that_turn_out_otherwise(call) -> None:
    told, again = (make_scheme(call, "f:wood", ["AT31", "DE21", "DE22"]).to_dict() for _ in range(2))
    assert told == again
    demand = told["demand"]
    assert demand["params"]["score_sd"] == pytest.approx(0.85) and len(demand["assumptions"]) == 2
    assert demand["money"]["low"] < demand["money"]["median"] < demand["money"]["high"]
    assert {each["proposal_id"]: each["chance"] for each in told["proposals"]} == {
        "good": 1.0, "dear": 0.0, "tiny": None, "away": None,
    }  # fmt: skip
    off = make_scheme(call, "f:wood", ["AT31", "DE21", "DE22"], draws=0)
    assert off.demand is None and off.to_dict()["demand"] is None and off.to_frame()["chance"].isna().all()


def test_without_a_budget_or_a_programme_there_is_no_selection(call, funding_study) -> None:
    assert make_scheme(call, "f:wood", ["CH022"]).selection is None
    empty = make_scheme(funding_study({}), "f:wood")
    assert (empty.selection, empty.funded, len(empty)) == (None, (), 0)
    assert empty.demand is None and empty.to_dict()["demand"] is None
    assert empty.to_dict()["selection"] is None and len(align(funding_study({}), "f:wood").gaps) == 5


def test_the_best_topic_of_the_embedded_study(alpine) -> None:
    """Alignment, timeline, selection and call in one; the figures were looked at on the page."""
    made = make_scheme(alpine.study, topics=alpine.topics)
    found = made.alignment
    assert (found.theme.theme_id, len(found), found.calendar.total) == ("T01", 10, 45)
    assert (found.calendar.opens, found.calendar.closes) == ("2027-02-01 10:00", "2027-03-01 12:00")
    assert found.rule("windows").binds == found.rule("needs-sme-project").binds == ("AT31-P",)
    assert {rule.key for rule in found.rules if rule.state == "clash"} == {"unfunded", "evaluation"}
    assert ("AT31-P", "it needs 3 SMEs, and the data name 2") in made.offer.left_out
    assert len(made) == 12 and all(part.cost_assumed for each in made.judged for part in each.parts)
    projects = [each.projects for each in made.pots]
    assert made.selection is not None and made.selection.proven and projects == sorted(projects) and projects[0] > 0
    money = made.selection.regions
    assert (money["paid"] <= money["budget"]).all() and money["paid"].sum() == made.selection.money
    summary = summarise_scheme(alpine.study, made)
    page = scheme_to_html(summary)
    assert "31 days later" in page and "14 days earlier" in page and "Resting on assumptions" in page
    chances = [each["chance"] for each in summary["scheme"]["proposals"]]
    assert made.demand is not None and sum(chances) == pytest.approx(made.demand.draws["projects"].mean())
    asked = made.demand.draws[list(money["region_id"])]
    assert (asked.max().to_numpy() <= money["budget"].to_numpy()).all()
    assert page.index("nobody named in them has been asked") < page.index('id="time"')
    assert "Example programme of Slovenia" in call_to_html(summary) and made.illustrative


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"pot": "vitual"}, "Did you mean 'virtual'"),
        ({"order": "best"}, "no order 'best'"),
        ({"balancing": 2}, "balancing share is 2"),
        ({"partner_cost": float("nan")}, "cost of a partner"),
        ({"consortia": -1}, "-1 consortia"),
        ({"draws": -1}, "-1 draws"),
    ],
)
def test_wrong_choices_are_told_first(bare_study, wrong, match) -> None:
    with pytest.raises(ValueError, match=match):
        make_scheme(bare_study, "f:wood", **wrong)
