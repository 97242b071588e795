import pandas as pd
import pytest

import synergy
from synergy.errors import UnknownName, UsageError
from synergy.funding import align
from synergy.funding.theme import coverage
from synergy.tables.fields import Fields

ALL = ("AT31", "DE21", "DE22", "CH02")


def call(programme, opens, closes, **more):
    return {"programme_id": programme, "kind": "call", "opens": opens, "closes": closes, **more}


@pytest.fixture
def irasme(funding_study):
    """A programme that needs 3 SMEs and closes four weeks earlier than the other."""
    return funding_study(
        {"a": {"max_months": 24, "decision_weeks": 8}, "b": {"max_months": 36, "decision_weeks": 12}},
        [call("a", "2027-01-11", "2027-02-28"), call("b", "2027-02-08", "2027-03-28")],
        partner_needs=[
            {"programme_id": "a", "who": "sme", "where": "project", "minimum": 3},
            {"programme_id": "b", "who": "sme", "where": "project", "minimum": 2},
        ],
    )


def test_the_irasme_mismatch_is_found_and_named_with_its_repair(irasme) -> None:
    found = align(irasme, "f:wood", ["AT31", "DE21"])
    need, windows = found.rule("needs-sme-project"), found.rule("windows")
    assert (need.state, need.binds) == ("binds", ("a",))
    assert need.common == "at least 3 in a project with money of Programme a, 2 with that of others that ask for some"
    assert (
        need.repair == "Every project with money of Programme a takes 3 SMEs; or it accepts 2, as the next strictest."
    )
    assert "Programme a closes first, 28 days before Programme b" in windows.why
    assert "they overlap for 21 days; 28 days are asked for" in windows.why
    assert found.calendar.total == 7
    assert "moves 7 days" in windows.repair and "Programme a stays open 7 days longer" in windows.repair
    assert found.rule("duration").binds == ("a",)
    decisions = [entry.decision.isoformat() for entry in found.calendar.entries.values()]
    assert decisions == ["2027-04-25", "2027-05-23"]


def test_themes_are_covered_by_what_is_broader_and_half_by_a_sister() -> None:
    fields = Fields({}, {"f:wood": (), "f:wood.saw": ("f:wood",), "f:wood.house": ("f:wood",), "f:health": ()})
    topic = ["f:wood.saw", "f:health"]
    assert coverage(topic, ["f:wood", "f:health"], fields) == 1
    assert coverage(topic, ["f:wood.house"], fields) == 0.25
    assert coverage(topic, [], fields) is None is coverage([], ["f:wood"], fields)


def test_who_takes_part_and_why_others_do_not(funding_study) -> None:
    study = funding_study(
        {
            "a": {"any_theme": None, "codes": "f:health"},
            "b": {"any_theme": "no", "codes": "f:wood"},
            "c": {"any_theme": None},
        }
    )
    found = align(study, "f:wood", ALL)
    assert found.frame["state"].tolist() == [
        "its themes do not cover the topic", "takes part once its window is known", "its themes are not known",
    ]  # fmt: skip
    assert {each.region_id: each.basis for each in found.gaps} == {
        "AT31": "the themes of a cover 0% of the topic", "CH02": "the themes of c are not known",
    }  # fmt: skip
    assert found.calendar.unknown == ("b",) and found.calendar.opens is None


def test_a_programme_serves_what_lies_in_its_region_and_in_part_what_it_lies_in(funding_study) -> None:
    found = align(funding_study({"a": {}, "b": {}, "c": {}}), "f:wood", ["AT", "DE2", "CH022", "CH02"])
    served = {each.region_id: (each.programme_id, each.in_part) for each in found.regions}
    assert served == {
        "AT31": ("a", False), "DE21": ("b", False), "DE22": ("b", False),
        "CH022": ("c", False), "CH02": ("c", True),
    }  # fmt: skip


def test_a_region_without_a_programme_is_a_gap_and_no_error(funding_study) -> None:
    found = align(funding_study({"a": {"unfunded_partner": "no"}}), "f:wood", ["CZ01", "AT31"])
    assert [(each.region_id, each.basis) for each in found.gaps] == [("CZ01", "no programme of it is known")]
    rule = found.rule("unfunded")
    assert (rule.state, rule.binds) == ("clash", ("a",)) and "CZ01" in rule.why


def test_without_programmes_there_is_nothing_and_no_error(funding_study) -> None:
    found = align(funding_study({}), "f:wood")
    assert (len(found), len(found.gaps), found.rules, found.calendar.total) == (0, 5, (), 0)
    assert found.to_dict()["programmes"] == []


def test_windows_that_cannot_meet_leave_the_call_and_are_named(funding_study) -> None:
    windows = [
        call("a", "2026-01-01", "2026-02-15"),
        call("b", "2027-01-01", "2027-03-01"),
        call("c", "2027-01-01", "2027-03-01"),
    ]
    found = align(funding_study({"a": {}, "b": {}, "c": {}}, windows), "f:wood", ALL)
    assert found.calendar.missed == ("a",) and [p.programme_id for p in found.programmes] == ["b", "c"]
    rule = found.rule("windows")
    assert rule.state == "clash" and "Programme a cannot meet the others, not within 8 weeks" in rule.repair
    assert found.frame.loc[0, "state"] == "its windows cannot meet the others"


def test_readiness_that_does_not_meet_is_a_clash(funding_study) -> None:
    study = funding_study({"a": {"trl_min": 1, "trl_max": 4}, "b": {"trl_min": 6}, "c": {}})
    rule = align(study, "f:wood", ALL).rule("readiness")
    assert (rule.state, rule.binds, rule.unknown) == ("clash", ("b", "a"), ("c",))
    assert rule.why == "Lowest level 6: Programme b. Highest level 4: Programme a."


def test_what_nobody_says_is_open_and_not_no(funding_study) -> None:
    found = align(funding_study({"a": {}, "b": {}}), "f:wood", ALL)
    open_ = {rule.key for rule in found.rules if rule.state == "open"}
    assert open_ == {"windows", "start", "duration", "readiness", "unfunded", "evaluation"}
    assert set(found.shared["state"]) == {"unknown of all"}


def test_who_is_funded_by_all_and_by_some(funding_study) -> None:
    rates = [
        ("a", "firm", "sme", 0.5),
        ("b", "firm", None, 0.4),
        ("a", "firm", "large", 0),
        ("a", "university", None, None),
    ]
    study = funding_study(
        {"a": {}, "b": {}},
        funding_rates=[dict(zip(("programme_id", "kind", "size", "rate"), each, strict=True)) for each in rates],
    )
    shared = align(study, "f:wood", ALL).shared.set_index("group")
    assert shared.loc["small firms", ["state", "rate_low", "rate_high"]].tolist() == ["all", 0.4, 0.5]
    assert shared.loc["large firms", ["state", "eligible", "not_eligible"]].tolist() == ["some", "b", "a"]
    assert shared.loc["universities", "state"] == "all that are known" and pd.isna(
        shared.loc["universities", "rate_low"]
    )


def test_money_is_compared_in_euro_where_the_rate_is_known(funding_study) -> None:
    said = {"a": {"budget": 100}, "c": {"budget": 1000, "currency": "CHF"}}
    assert align(funding_study(said), "f:wood", ALL).frame["budget_eur"].isna().tolist() == [False, True]
    rate = [{"currency": "CHF", "euro": 1.0471, "date": "2026-06-30"}]
    found = align(funding_study(said, exchange_rates=rate), "f:wood", ALL)
    assert found.frame["budget_eur"].tolist() == [100, 1047.1]
    assert found.programmes[1].exchange_date == "2026-06-30"


def test_what_is_not_there_is_told_with_what_is(funding_study) -> None:
    study = funding_study({"a": {}})
    with pytest.raises(UnknownName, match="Did you mean 'AT31'"):
        align(study, "f:wood", ["AT3l"])
    for wrong in ({"shift_weeks": -1}, {"overlap_days": 0}, {"fit": 1.5}):
        with pytest.raises(UsageError, match="expected"):
            align(study, "f:wood", **wrong)


def test_a_thousand_programmes(funding_study) -> None:
    base = funding_study({"a": {}}).tables
    frames = {name: frame for name, frame in base.items() if len(frame)}
    n = 1_000
    ids = [f"p{k:05}" for k in range(n)]
    frames["regions"] = pd.concat(
        [
            frames["regions"],
            pd.DataFrame({"region_id": ids, "name": ids, "country": "AT", "parent_id": "AT31", "level": 3}),
        ]
    )
    frames["programmes"] = pd.DataFrame({"programme_id": ids, "region_id": ids, "name": ids, "codes": "f:wood"})
    days = pd.date_range("2027-01-01", periods=200).strftime("%Y-%m-%d")
    frames["call_windows"] = pd.DataFrame(
        {
            "programme_id": ids,
            "kind": "call",
            "opens": [days[k % 90] for k in range(n)],
            "closes": [days[k % 90 + 100] for k in range(n)],
        }
    )
    found = align(synergy.load(frames), "f:wood", ids)
    assert (len(found), found.calendar.meets_now, len(found.gaps)) == (n, False, 0)
    # By symmetry the common period lies in the middle: starts up to day 45 less half of what is spare.
    assert 0 < found.calendar.total < n * 20
