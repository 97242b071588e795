"""The main job: tables in; graph, topics, pairs, map and report out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from synergy.activities import Activities, find_activities
from synergy.backtesting import Backtest, backtest
from synergy.diamonds import Diamonds, find_diamonds
from synergy.errors import UsageError
from synergy.folders.files import to_csv, write_graph, write_text
from synergy.folders.manifest import write_manifest
from synergy.learning.layers import with_learning
from synergy.maps.network import render
from synergy.maps.view import network_page
from synergy.network import build
from synergy.output import refuse_foreign, whole_folder
from synergy.partners import Overview, consortia_of_topics, rules_of
from synergy.report.render import to_html, to_json, to_markdown
from synergy.report.summary import summarise
from synergy.scores import PairScores, score_pairs
from synergy.tables.read import load
from synergy.tables.study import Study
from synergy.topics import Topics, find_topics
from synergy_graphs import MultilayerGraph

T = TypeVar("T")
Progress = Callable[[str], None]
RUN_DRAWS = 100
"""Resamples of the backtest inside a run; the command itself takes more."""


@dataclass(frozen=True, repr=False, eq=False)
class Run:
    """The results of one run, and where they were written."""

    study: Study
    graph: MultilayerGraph
    scores: PairScores
    topics: Topics
    diamonds: Diamonds
    activities: Activities
    consortia: Overview | None
    tested: Backtest | None
    summary: Mapping[str, Any]
    out: Path | None
    seconds: Mapping[str, float] = field(default_factory=dict)

    def to_frame(self) -> pd.DataFrame:
        """Return the topics, one row each."""
        return self.topics.to_frame()

    def __repr__(self) -> str:
        return f"Run({self.study.settings.name!r}: {len(self.topics)} topics, {len(self.scores)} pairs, out={self.out})"


def run(
    study: Study | str | Path | Mapping[str, pd.DataFrame],
    out: str | Path | None = None,
    *,
    progress: Progress = lambda _: None,
) -> Run:
    """Run the whole chain on a study (or a folder, or frames) and, given ``out``, write every output there.

    Outputs appear whole or not at all; a folder that holds anything else than an untouched earlier run is
    refused. The same input gives the same bytes, but for the times in ``run.json``.
    Raises DataError with every problem of the tables, OutputRefused when ``out`` is not ours to replace.

    >>> import pandas as pd
    >>> regions = {"region_id": ["AT31", "DE21"], "name": ["Upper Austria", "Upper Bavaria"], "country": ["AT", "DE"]}
    >>> priorities = {"priority_id": ["a", "b"], "region_id": ["AT31", "DE21"], "codes": ["nace:16", "nace:16"]}
    >>> tables = {
    ...     "regions": pd.DataFrame(regions).assign(level=2),
    ...     "priorities": pd.DataFrame(priorities).assign(title="Wood"),
    ...     "codes": pd.DataFrame({"code": ["nace:16"], "name": ["Wood products"]}),
    ... }
    >>> result = run(tables)
    >>> len(result.scores.frame), len(result.topics), result.out is None  # one pair; too little for a topic
    (1, 0, True)
    """
    target = None if out is None else Path(out)
    if target is not None:
        refuse_foreign(target)
    seconds: dict[str, float] = {}
    source = study
    loaded = source if isinstance(source, Study) else _timed("read", seconds, progress, lambda: load(source))
    rules_of(loaded)  # a rule set that is not there is told before any work
    graph = _timed("graph", seconds, progress, lambda: build(loaded))
    scores = _timed("pairs", seconds, progress, lambda: score_pairs(loaded, graph))
    topics = _timed("topics", seconds, progress, lambda: find_topics(loaded, graph, scores))
    diamonds = _timed("diamonds", seconds, progress, lambda: find_diamonds(loaded, graph, topics))
    activities = _timed("activities", seconds, progress, lambda: find_activities(loaded, graph, topics))
    consortia = _timed("consortia", seconds, progress, lambda: consortia_of_topics(loaded, scores, topics))
    tested = _timed("backtest", seconds, progress, lambda: _tested(loaded))
    found = (graph, scores, topics, diamonds, tested, activities, consortia)
    summary = _timed("summary", seconds, progress, lambda: summarise(loaded, *found))
    result = Run(loaded, graph, scores, topics, diamonds, activities, consortia, tested, summary, target, seconds)
    if target is not None:
        with whole_folder(target) as folder:
            _timed("report", seconds, progress, lambda: write_report(result, folder))
            write_text(folder / "network.html", _timed("map", seconds, progress, lambda: map_page(result)))
            _timed("tables", seconds, progress, lambda: write_tables(result, folder))
            _timed("graph files", seconds, progress, lambda: write_graph(with_learning(graph, loaded), folder))
            write_manifest(loaded, folder, seconds)
    return result


def _tested(study: Study) -> Backtest | None:
    """Test the scores where the study says at which date."""
    settings = study.settings.backtest
    if not settings.cut:
        return None
    return backtest(study, settings.cut, until=settings.until or None, draws=RUN_DRAWS)


def report_kind(path: Path) -> str:
    """Return 'html', 'md' or 'json' by the name of the file; UsageError for any other."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in ("html", "md", "json"):
        raise UsageError(f"the report's name ends in {path.suffix or 'nothing'!r}, expected .html, .md or .json")
    return kind


def report_text(result: Run, kind: str) -> str:
    """Return the report as 'html', 'md' or 'json'."""
    summary = dict(result.summary)
    if kind == "html":
        return to_html(summary, _points(result.study))
    return to_markdown(summary) if kind == "md" else to_json(summary)


def write_report(result: Run, folder: Path) -> None:
    """Write report.html, report.md and report.json."""
    for kind in ("html", "md", "json"):
        write_text(folder / f"report.{kind}", report_text(result, kind))


def map_page(result: Run) -> str:
    """Return network.html."""
    return render(network_page(result.study, result.graph, result.topics))


def _points(study: Study) -> dict[str, tuple[float, float, str]]:
    frame = study.located.regions.dropna(subset=["lat", "lon"])
    columns = frame[["region_id", "lon", "lat", "name"]].itertuples(index=False)
    return {region: (float(lon), float(lat), name) for region, lon, lat, name in columns}


def write_tables(result: Run, folder: Path) -> None:
    """Write each result as CSV; consortia and backtest where there are any."""
    for name, frame in (
        ("topics", result.topics.frame),
        ("members", result.topics.members),
        ("untapped", result.topics.untapped),
        ("evidence", result.topics.evidence),
        ("diamonds", result.diamonds.frame),
        ("pairs", result.scores.frame),
        ("activities", result.activities.frame),
    ):
        write_text(folder / f"{name}.csv", to_csv(frame))
    if result.consortia is not None:
        write_text(folder / "consortia.csv", to_csv(result.consortia.to_frame()))
    if result.tested is not None:
        write_text(folder / "backtest.csv", to_csv(result.tested.to_frame()))


def _timed(stage: str, seconds: dict[str, float], progress: Progress, work: Callable[[], T]) -> T:
    progress(stage)
    start = time.perf_counter()
    value = work()
    seconds[stage] = time.perf_counter() - start
    return value
