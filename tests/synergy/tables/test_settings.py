from __future__ import annotations

import pytest

from synergy.tables.settings import line_of, parse_settings, settings_problems
from synergy.tables.study import BacktestSettings, Settings, Source, TopicSettings, Weights

FULL = b"""
name = "alpine"
title = "Alpine"
description = "d"
seed = 7
level = 2
inherit_from_level = 0
[weights]
similarity = 1
complementarity = 0.5
[topics]
resolution = 2
runs = 3
dropout = 0.0
min_regions = 4
min_countries = 3
[backtest]
cut = "2015"
until = "2016-06-30"
[sources.firms]
title = "H2020"
date = "2021"
columns = { kind = "ours" }
"""


def test_everything_a_file_says_is_taken() -> None:
    settings, problems = parse_settings(FULL)
    assert not problems
    assert settings == Settings(
        "alpine",
        "Alpine",
        "d",
        7,
        2,
        0,
        Weights(1, 0.5),
        TopicSettings(2, 3, 0.0, 4, 3),
        {"firms": Source("H2020", "2021", {"kind": "ours"})},
        BacktestSettings("2015", "2016-06-30"),
    )


def test_an_empty_file_means_the_defaults() -> None:
    assert parse_settings(b"") == parse_settings(b"\xef\xbb\xbf\r\n")
    assert parse_settings(b"")[0] == Settings()
    assert not settings_problems(Settings())


def test_all_problems_are_told_at_once_and_the_rest_is_kept() -> None:
    content = b'seed = -1\nlevel = "2"\nnaem = "x"\n[weights]\nsimilarity = inf\n[topics]\nruns = 9\ndropout = 2\n'
    settings, problems = parse_settings(content)
    assert [(p.code, p.row, p.column) for p in problems] == [
        ("S404", 1, "seed"),
        ("S403", 2, "level"),
        ("S402", 3, "naem"),
        ("S404", 5, "weights.similarity"),
        ("S404", 8, "topics.dropout"),
    ]
    assert settings == Settings(topics=TopicSettings(runs=9))


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"[topics]\nruns = 1\nruns = 2\n", ("S401", 3, None)),
        (b"[sources.firms]\ntitle = 3\n", ("S403", 2, "sources.firms.title")),
        (b"[sources.firms.columns]\nkidn = 'x'\n", ("S402", 2, "sources.firms.columns.kidn")),
        (b"[sources.firms]\ncolumns = 3\n", ("S403", 2, "sources.firms.columns")),
        (b"[sources]\nfirms = 3\n", ("S403", 2, "sources.firms")),
        (b"sources = 3\n", ("S403", 1, "sources")),
        (b"[[topics]]\nruns = 1\n", ("S403", None, "topics")),
        (b"topics = { runs = 0 }\n", ("S404", 1, "topics.runs")),
        (b"name = ' '\n", ("S404", 1, "name")),
        (b"seed = 1.0\n", ("S403", 1, "seed")),
        (b"seed = 9223372036854775808\n", ("S404", 1, "seed")),
        (b"[weights]\nsimilarity = true\n", ("S403", 2, "weights.similarity")),
        (b"[backtest]\ncut = '2016-13'\n", ("S404", 2, "backtest.cut")),
        (b"[backtest]\ncut = 2016\n", ("S403", 2, "backtest.cut")),
        (b"x = " + b"[" * 5000, ("S401", 1, None)),
    ],
)
def test_one_problem_at_its_line(content: bytes, place: tuple[object, ...]) -> None:
    _, problems = parse_settings(content)
    assert [(p.code, p.row, p.column) for p in problems] == [place]


@pytest.mark.parametrize(
    ("text", "dotted", "line"),
    [
        ("topics.runs = 0\n", "topics.runs", 1),
        ("\n[ topics ]\n'runs' = 0", "topics.runs", 3),
        ('["sources"."firms"]\ntitle=1', "sources.firms.title", 2),
        ("[topics]\nruns = 0\n[weights]\nx = 1", "weights", 3),
        ("seed = 1", "level", None),
    ],
)
def test_the_line_of_a_setting(text: str, dotted: str, line: int | None) -> None:
    assert line_of(text, dotted) == line
