from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import synergy
from synergy.report.summary import summarise
from synergy.tables.study import Settings, TopicSettings

HOSTILE = {
    "script": "<script>window.__pwned=1</script>",
    "break-out": "</svg></style></title><img src=x onerror=window.__pwned=1>",
    "template": "{{7*7}}{% raw %}",
    "markdown": "`code` *b* _i_ [l](javascript:1) # h ~~s~~",
    "pipes": "a|b|c",
    "formula": r"$x$ and $\frac{1}{0$",
    "one dollar": "un$balanced",
    "backslash": "back\\slash \\",
    "newlines": "new\n\n# line\r\n| row |",
    "right to left": "\u202eשלום مرحبا",
    "control": "a\x01\x1b[31m\x7f\x85b\ud800",
    "long": "Donaudampfschifffahrt" * 240,
    "quotes": "\"'&<>`",
    "emoji": "👩🏽\u200d🔬 山 e\u0301",
    "links": "http://a.example www.a.example x@y.example",
    "list": " - 1. list",
}


def with_text(value: Any, text: str) -> Any:
    """Return a summary in which every free text is another; numbers, ids, roles and layers stay."""
    if isinstance(value, list):
        return [with_text(each, text) for each in value]
    if not isinstance(value, dict):
        return value
    free = {
        "title",
        "study",
        "description",
        "asked",
        "name",
        "what",
        "source",
        "a",
        "b",
        "name_a",
        "name_b",
        "spellings",
        "why",
        "little",
        "programme",
    }
    lists = {"fields", "declares_only", "gaps", "moved"}
    return {
        key: text if key in free else [text] * len(each) if key in lists else with_text(each, text)
        for key, each in value.items()
    }


@pytest.fixture(scope="session")
def toy_results(toy_source) -> SimpleNamespace:
    """The results of a small study in which pairs are untapped, numbers unknown and regions follow."""
    frames = {table: pd.DataFrame(rows) for table, rows in toy_source().items()}
    study = synergy.load(frames, Settings(name="toy", title="Toyland", seed=7, level=2, topics=TopicSettings(runs=4)))
    graph = synergy.build(study)
    scores = synergy.score_pairs(study, graph)
    topics = synergy.find_topics(study, graph, scores)
    found = {"graph": graph, "scores": scores, "topics": topics}
    diamonds, tested = synergy.find_diamonds(study, graph, topics), synergy.backtest(study, 2015, draws=20)
    return SimpleNamespace(study=study, **found, diamonds=diamonds, tested=tested)


@pytest.fixture(scope="session")
def summary(toy_results) -> dict[str, Any]:
    return summarise(**vars(toy_results))


@pytest.fixture(scope="session")
def points(toy_results) -> dict[str, tuple[float, float, str]]:
    frame = toy_results.study["regions"].dropna(subset=["lat", "lon"])
    return {
        r: (lon, lat, name) for r, lon, lat, name in frame[["region_id", "lon", "lat", "name"]].itertuples(index=False)
    }


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE)
def hostile(request) -> str:
    return request.param


@pytest.fixture(scope="session")
def all_hostile() -> str:
    """Every hostile text in one, for pages that are slow to draw."""
    return " ".join(HOSTILE.values())


@pytest.fixture
def hostile_summary(summary, hostile) -> dict[str, Any]:
    return with_text(summary, hostile)


@pytest.fixture
def hostile_points(points, hostile):
    return {region: (lon, lat, hostile) for region, (lon, lat, _) in points.items()}


@pytest.fixture
def empty(summary) -> dict[str, Any]:
    """A study in which nothing was found and little is known."""
    nothing = {
        "topics": [],
        "refused": [],
        "pairs": [],
        "n_pairs": 0,
        "n_pairs_known": 0,
        "diamonds": [],
        "n_diamonds": 0,
        "backtest": None,
    }
    data = {"tables": [], "gaps": [], "moved": [], "merged": [], "nodes": {}, "layers": [], "countries": {}}
    return {**summary, **nothing, "data": data, "description": ""}


@pytest.fixture
def unknown(summary) -> dict[str, Any]:
    """Every number that may be unknown is."""
    topic = summary["topics"][0]
    members = [
        {
            **m,
            "specialisation": None,
            "clusters": None,
            "organisations": None,
            "projects": None,
            "strategy": "unknown",
            "strong": "",
        }
        for m in topic["members"]
    ]
    pair = {key: None if isinstance(value, (int, float)) else value for key, value in summary["pairs"][0].items()}
    topic = {
        **topic,
        "members": members,
        "parts": dict.fromkeys(topic["parts"]),
        "untapped_pairs": None,
        "untapped": [],
    }
    return {**summary, "topics": [topic], "pairs": [pair]}
