from synergy.funding import align
from synergy.funding.windows import clock_of, windows_of
from synergy.tables.moments import clock_text, minutes

ZURICH = "Europe/Zurich"


def call(programme, opens, closes, **more):
    return {"programme_id": programme, "kind": "call", "opens": opens, "closes": closes, **more}


def test_five_in_zurich_is_before_midnight_in_utc() -> None:
    deadline = minutes("2027-03-31T17:00", ZURICH)
    assert clock_text(deadline) == "2027-03-31 15:00"
    assert minutes("2027-03-31T23:59", "UTC") - deadline == 8 * 60 + 59
    assert minutes("2027-01-31T17:00", ZURICH) == minutes("2027-01-31T16:00Z") == minutes("2027-01-31T18:00+02:00")


def test_a_day_that_closes_is_a_whole_day_also_when_clocks_change() -> None:
    assert minutes("2027-03-28", ZURICH, clock=ZURICH, end=True) - minutes("2027-03-28", ZURICH, clock=ZURICH) == 1440
    assert minutes("2027-03-28", ZURICH, end=True) - minutes("2027-03-28", ZURICH) == 23 * 60


def test_the_hour_that_comes_twice_means_the_first() -> None:
    assert clock_text(minutes("2027-10-31T02:30", ZURICH)) == "2027-10-31 00:30"


def test_the_clock_is_the_commonest_zone(funding_study) -> None:
    zones = [ZURICH, "Europe/Vienna", ZURICH]
    windows = [call(key, "2027-01-01", "2027-02-01", time_zone=zone) for key, zone in zip("abc", zones, strict=True)]
    study = funding_study({"a": {}, "b": {}, "c": {}}, windows)
    assert clock_of(study) == ZURICH
    assert clock_of(funding_study({"a": {}})) == "UTC"


def test_a_zone_that_is_not_known_is_utc(funding_study) -> None:
    study = funding_study(
        {"a": {}, "b": {}},
        [call("a", "2027-01-01", "2027-02-01"), call("b", "2027-01-01", "2027-02-01", time_zone=ZURICH)],
    )
    assert windows_of(study, ZURICH)["a"][0].moved() == ("2027-01-01 01:00", "2027-02-02 01:00")


def test_windows_in_words(funding_study) -> None:
    unknown = "a call whose days are not known"
    cases = [
        ("call", "2026-12-15", "2027-01-15", "2026-12-15 to 2027-01-15"),
        ("call", "2027-01-15T09:00", "2027-01-15T17:00", "2027-01-15 09:00 to 2027-01-15 17:00"),
        ("open-ended", "2027-01-16", None, "from 2027-01-16, no end"),
        ("continuous", None, None, "always open"),
        ("continuous", "2027-01-17", None, "always open from 2027-01-17"),
        ("call", "2027-01-18", None, unknown),
        ("call", None, "2027-01-19", unknown),
    ]
    windows = [{"programme_id": "a", "kind": kind, "opens": a, "closes": b} for kind, a, b, _ in cases]
    windows.append({"programme_id": "b", "kind": "open-ended", "opens": None, "closes": None})
    found = windows_of(funding_study({"a": {}, "b": {}}, windows), "UTC")
    assert [window.words() for window in found["a"]] == [words for *_, words in cases]
    assert found["b"][0].words() == unknown


def test_windows_over_new_year_meet(funding_study) -> None:
    windows = [call("a", "2026-11-16", "2027-01-10"), call("b", "2026-12-20", "2027-03-01")]
    study = funding_study({"a": {}, "b": {}}, windows)
    found = align(study, "f:wood", ["AT31", "DE21"], overlap_days=22)
    assert found.calendar.meets_now and (found.calendar.opens, found.calendar.closes) == ("2026-12-20", "2027-01-10")
    assert align(study, "f:wood", ["AT31", "DE21"], overlap_days=23).calendar.total == 1


def test_a_deadline_of_the_day_is_later_than_one_of_the_afternoon(funding_study) -> None:
    windows = [
        call("a", "2027-02-01", "2027-02-28T17:00", time_zone="Europe/Vienna"),
        call("b", "2027-02-01", "2027-02-28T23:59", time_zone="UTC"),
    ]
    calendar = align(funding_study({"a": {}, "b": {}}, windows), "f:wood", ["AT31", "DE21"], overlap_days=27).calendar
    assert (calendar.clock, calendar.opens, calendar.closes) == (
        "Europe/Vienna",
        "2027-02-01 01:00",
        "2027-02-28 17:00",
    )
