import pandas as pd
import pytest

from synergy.tables.check import check

REGIONS = pd.DataFrame({"region_id": ["AT32"], "name": ["Salzburg"], "country": ["AT"], "level": [2]})
PRIORITIES = pd.DataFrame({"priority_id": ["p"], "region_id": ["AT32"], "title": ["Health"]})
PROGRAMME = {"programme_id": "x", "region_id": "AT32", "name": "X"}
CALL = {"programme_id": "x", "kind": "call"}


def problems(**tables: list[dict[str, object]]) -> list[tuple[str, int | None, str | None]]:
    frames = {"programmes": [PROGRAMME], **tables}
    found = check(
        {"regions": REGIONS, "priorities": PRIORITIES, **{name: pd.DataFrame(rows) for name, rows in frames.items()}}
    )
    return [(problem.code, problem.row, problem.column) for problem in found]


@pytest.mark.parametrize(
    "moment", ["2027-02-30", "2027-3-1", "2027-03-01 17:00", "2027-03-01T24:00", "2027-03-01T17:00+15:00", "0001-01-01"]
)
def test_a_moment_is_a_day_or_a_day_and_time(moment: str) -> None:
    assert problems(call_windows=[{**CALL, "opens": moment}]) == [("S545", 2, "opens")]


@pytest.mark.parametrize("moment", ["2027-02-28", "2027-03-01T17:00", "2027-03-01T17:00Z", "2027-03-01T17:00-05:30"])
def test_these_are_moments(moment: str) -> None:
    assert problems(call_windows=[{**CALL, "opens": moment}]) == []


@pytest.mark.parametrize(
    ("opens", "closes", "wrong"),
    [
        ("2027-03-01", "2027-03-01", False),
        ("2027-03-02", "2027-03-01", True),
        ("2027-03-01T17:00", "2027-03-01T17:00", True),
        ("2027-03-01T17:00+01:00", "2027-03-01T17:00Z", False),
        ("2026-12-20", "2027-01-05", False),
    ],
)
def test_a_window_closes_after_it_opens(opens: str, closes: str, wrong: bool) -> None:
    found = problems(call_windows=[{**CALL, "opens": opens, "closes": closes}])
    assert found == ([("S546", 2, "closes")] if wrong else [])


@pytest.mark.parametrize("zone", ["Europe/Zuerich", "../../etc/passwd", "Europe", "CET+1"])
def test_unknown_time_zones(zone: str) -> None:
    assert problems(call_windows=[{**CALL, "opens": "2027-01-01", "time_zone": zone}]) == [("S547", 2, "time_zone")]


def test_limits_the_wrong_way_round() -> None:
    rows = [{**PROGRAMME, "trl_min": 5, "trl_max": 4, "min_grant": 9.5, "max_grant": 10}]
    assert problems(programmes=rows) == [("S548", 2, "trl_min")]


@pytest.mark.parametrize("kind", ["open-ended", "continuous"])
def test_an_end_of_what_has_none(kind: str) -> None:
    assert problems(call_windows=[{"programme_id": "x", "kind": kind, "closes": "2027-01-01"}]) == [
        ("S549", 2, "closes")
    ]


def test_a_proposal_has_one_score_and_one_set_of_themes() -> None:
    row = {"proposal_id": "p", "region_id": "AT32", "score": "1.0", "codes": "nace:21"}
    rows = [
        {**row, "partner": "a"},
        {**row, "partner": "b", "score": "1"},
        {**row, "partner": "c", "score": "2"},
        {**row, "partner": "d", "codes": None},
    ]
    assert problems(proposals=rows) == [("S550", 4, "score"), ("S550", 5, "codes")]
