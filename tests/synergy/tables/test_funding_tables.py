import pandas as pd

from synergy.tables.check import check

REGIONS = pd.DataFrame({"region_id": ["AT32"], "name": ["Salzburg"], "country": ["AT"], "level": [2]})
PRIORITIES = pd.DataFrame({"priority_id": ["p"], "region_id": ["AT32"], "title": ["Health"]})
PROGRAMME = {"programme_id": "x", "region_id": "AT32", "name": "X"}
CALL = {"programme_id": "x", "kind": "call"}
KINDS = ("open-ended", "continuous", "call")


def problems(**tables: list[dict[str, object]]) -> list[tuple[str, int | None, str | None]]:
    frames = {"programmes": [PROGRAMME], **tables}
    found = check(
        {"regions": REGIONS, "priorities": PRIORITIES, **{name: pd.DataFrame(rows) for name, rows in frames.items()}}
    )
    return [(problem.code, problem.row, problem.column) for problem in found]


def test_a_moment_is_a_day_or_a_day_and_time() -> None:
    right = ["2027-02-28", "2027-03-01T17:00", "2027-03-01T17:00Z", "2027-03-01T17:00-05:30"]
    wrong = ["2027-02-30", "2027-3-1", "2027-03-01 17:00", "2027-03-01T24:00", "2027-03-01T17:00+15:00", "0001-01-01"]
    found = problems(call_windows=[{**CALL, "opens": moment} for moment in [*right, *wrong]])
    assert found == [("S545", row, "opens") for row in range(2 + len(right), 2 + len(right) + len(wrong))]


def test_a_window_closes_after_it_opens() -> None:
    cases = [
        ("2027-03-01", "2027-03-01", False),
        ("2027-03-02", "2027-03-01", True),
        ("2027-03-01T17:00", "2027-03-01T17:00", True),
        ("2027-03-01T17:00+01:00", "2027-03-01T17:00Z", False),
        ("2026-12-20", "2027-01-05", False),
    ]
    found = problems(call_windows=[{**CALL, "opens": opens, "closes": closes} for opens, closes, _ in cases])
    assert found == [("S546", row, "closes") for row, (*_, wrong) in enumerate(cases, start=2) if wrong]


def test_unknown_time_zones() -> None:
    zones = ["Europe/Zuerich", "../../etc/passwd", "Europe", "CET+1"]
    found = problems(call_windows=[{**CALL, "opens": f"2027-01-0{k}", "time_zone": z} for k, z in enumerate(zones, 1)])
    assert found == [("S547", row, "time_zone") for row in range(2, 6)]


def test_limits_the_wrong_way_round() -> None:
    rows = [{**PROGRAMME, "trl_min": 5, "trl_max": 4, "min_grant": 9.5, "max_grant": 10}]
    assert problems(programmes=rows) == [("S548", 2, "trl_min")]


def test_an_end_of_what_has_none() -> None:
    rows = [{"programme_id": "x", "kind": kind, "closes": f"2027-01-0{k}"} for k, kind in enumerate(KINDS, 1)]
    assert problems(call_windows=rows) == [("S549", 2, "closes"), ("S549", 3, "closes")]


def test_a_proposal_has_one_score_and_one_set_of_themes() -> None:
    row = {"proposal_id": "p", "region_id": "AT32", "score": "1.0", "codes": "nace:21"}
    rows = [
        {**row, "partner": "a"},
        {**row, "partner": "b", "score": "1"},
        {**row, "partner": "c", "score": "2"},
        {**row, "partner": "d", "codes": None},
    ]
    assert problems(proposals=rows) == [("S550", 4, "score"), ("S550", 5, "codes")]
