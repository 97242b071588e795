"""The main job: tables in; graph, topics, pairs, map and report out."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from synergy.activities import Activities, find_activities
from synergy.backtesting import Backtest, backtest
from synergy.diamonds import Diamonds, find_diamonds
from synergy.errors import UsageError
from synergy.foresight import FORESIGHT
from synergy.funding import Scheme
from synergy.maps.network import render
from synergy.maps.view import network_page
from synergy.network import build
from synergy.output import MANIFEST, hashes, refuse_foreign, whole_folder
from synergy.planning import Plan
from synergy.report.activities import summarise_activities
from synergy.report.backtest import summarise_backtest
from synergy.report.plan import summarise_plan
from synergy.report.render import (
    activities_to_html,
    activities_to_markdown,
    backtest_to_html,
    backtest_to_markdown,
    call_to_html,
    call_to_markdown,
    plan_to_html,
    plan_to_markdown,
    scheme_to_html,
    scheme_to_markdown,
    to_html,
    to_json,
    to_markdown,
)
from synergy.report.scheme import summarise_scheme
from synergy.report.spreadsheet import spreadsheet
from synergy.report.summary import summarise
from synergy.scores import PairScores, score_pairs
from synergy.tables.located import Located
from synergy.tables.read import load
from synergy.tables.study import Study
from synergy.topics import Topics, find_topics
from synergy_graphs import MultilayerGraph
from synergy_graphs.exchange import write_gexf, write_graphml, write_json
from synergy_graphs.store import write_parquet

T = TypeVar("T")
Progress = Callable[[str], None]
RUN_DRAWS = 100
"""Resamples of the backtest inside a run; the command itself takes more."""
LIBRARIES = ("numpy", "scipy", "pandas", "igraph", "networkx", "pyvis", "duckdb", "pyarrow", "matplotlib", "Jinja2")


@dataclass(frozen=True, repr=False, eq=False)
class Run:
    """The results of one run, and where they were written."""

    study: Study
    graph: MultilayerGraph
    scores: PairScores
    topics: Topics
    diamonds: Diamonds
    activities: Activities
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

    >>> result = run("data/baltic")
    >>> result.summary["title"], result.out is None
    ('Baltic Sea regions', True)
    """
    target = None if out is None else Path(out)
    if target is not None:
        refuse_foreign(target)
    seconds: dict[str, float] = {}
    source = study
    loaded = source if isinstance(source, Study) else _timed("read", seconds, progress, lambda: load(source))
    graph = _timed("graph", seconds, progress, lambda: build(loaded))
    scores = _timed("pairs", seconds, progress, lambda: score_pairs(loaded, graph))
    topics = _timed("topics", seconds, progress, lambda: find_topics(loaded, graph, scores))
    diamonds = _timed("diamonds", seconds, progress, lambda: find_diamonds(loaded, graph, topics))
    activities = _timed("activities", seconds, progress, lambda: find_activities(loaded, graph, topics))
    tested = _timed("backtest", seconds, progress, lambda: _tested(loaded))
    summary = _timed(
        "summary", seconds, progress, lambda: summarise(loaded, graph, scores, topics, diamonds, tested, activities)
    )
    result = Run(loaded, graph, scores, topics, diamonds, activities, tested, summary, target, seconds)
    if target is not None:
        with whole_folder(target) as folder:
            _timed("report", seconds, progress, lambda: write_report(result, folder))
            _text(folder / "network.html", _timed("map", seconds, progress, lambda: map_page(result)))
            _timed("tables", seconds, progress, lambda: write_tables(result, folder))
            _timed("graph files", seconds, progress, lambda: write_graph(graph, folder))
            write_manifest(loaded, folder, seconds)
    return result


def _tested(study: Study) -> Backtest | None:
    """Test the scores where the study says at which date."""
    settings = study.settings.backtest
    if not settings.cut:
        return None
    return backtest(study, settings.cut, until=settings.until or None, draws=RUN_DRAWS)


def write_backtest(study: Study, found: Backtest, out: Path) -> None:
    """Write backtest.html, backtest.md, backtest.json and backtest.csv, whole or not at all."""
    summary = summarise_backtest(study, found)
    with whole_folder(out) as folder:
        _text(folder / "backtest.html", backtest_to_html(summary))
        _text(folder / "backtest.md", backtest_to_markdown(summary))
        _text(folder / "backtest.json", to_json(summary))
        _text(folder / "backtest.csv", to_csv(found.to_frame()))
        write_manifest(study, folder)


def write_activities(study: Study, found: Activities, out: Path) -> None:
    """Write activities.html, .md, .json, one CSV per frame and history.csv, whole or not at all."""
    summary = summarise_activities(study, found)
    with whole_folder(out) as folder:
        _text(folder / "activities.html", activities_to_html(summary))
        _text(folder / "activities.md", activities_to_markdown(summary))
        _text(folder / "activities.json", to_json(summary))
        for name, frame in activity_tables(found).items():
            _text(folder / f"{name}.csv", to_csv(frame))
        write_manifest(study, folder)


def activity_tables(found: Activities) -> dict[str, pd.DataFrame]:
    """Return the tables that activities are written as, by file name."""
    parts = ("actors", "capacities", "actions", "relatedness", "criteria", "evidence", "refused")
    tables = {f"activity_{part}": getattr(found, part) for part in parts}
    # history.csv is what a study takes back as its table of carried activities
    return {"activities": found.frame, **tables, "history": found.history.drop(columns="change")}


def write_plan(study: Study, plan: Plan, out: Path) -> None:
    """Write plan.html, plan.md, plan.json, steps.csv and monitoring.csv, whole or not at all."""
    summary = summarise_plan(study, plan)
    with whole_folder(out) as folder:
        _text(folder / "plan.html", plan_to_html(summary))
        _text(folder / "plan.md", plan_to_markdown(summary))
        _text(folder / "plan.json", to_json(summary))
        _text(folder / "steps.csv", spreadsheet(plan.to_frame()))
        _text(folder / "monitoring.csv", spreadsheet(plan.monitoring()))
        write_manifest(study, folder)


def write_scheme(study: Study, scheme: Scheme, out: Path) -> None:
    """Write scheme and call as .html, .md and .json, and scheme.csv, whole or not at all."""
    summary = summarise_scheme(study, scheme)
    with whole_folder(out) as folder:
        _text(folder / "scheme.html", scheme_to_html(summary))
        _text(folder / "scheme.md", scheme_to_markdown(summary))
        _text(folder / "scheme.json", to_json(summary))
        _text(folder / "call.html", call_to_html(summary))
        _text(folder / "call.md", call_to_markdown(summary))
        _text(folder / "call.json", to_json(summary["scheme"]["call"]))
        _text(folder / "scheme.csv", spreadsheet(scheme.to_frame()))
        write_manifest(study, folder)


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
        _text(folder / f"report.{kind}", report_text(result, kind))


def map_page(result: Run) -> str:
    """Return network.html."""
    return render(network_page(result.study, result.graph, result.topics))


def _points(study: Study) -> dict[str, tuple[float, float, str]]:
    frame = Located(study).regions.dropna(subset=["lat", "lon"])
    columns = frame[["region_id", "lon", "lat", "name"]].itertuples(index=False)
    return {region: (float(lon), float(lat), name) for region, lon, lat, name in columns}


def write_tables(result: Run, folder: Path) -> None:
    """Write topics, members, untapped, evidence, diamonds, pairs, activities and, where tested, backtest as CSV."""
    for name, frame in (
        ("topics", result.topics.frame),
        ("members", result.topics.members),
        ("untapped", result.topics.untapped),
        ("evidence", result.topics.evidence),
        ("diamonds", result.diamonds.frame),
        ("pairs", result.scores.frame),
        ("activities", result.activities.frame),
    ):
        _text(folder / f"{name}.csv", to_csv(frame))
    if result.tested is not None:
        _text(folder / "backtest.csv", to_csv(result.tested.to_frame()))


def to_csv(frame: pd.DataFrame) -> str:
    """Return a frame as CSV text: LF, missing empty, floats in their shortest exact form.

    >>> to_csv(pd.DataFrame({"a": [0.1, None], "b": ["x", "y,z"]}))
    'a,b\\n0.1,x\\n,"y,z"\\n'
    """
    return str(frame.to_csv(index=False, lineterminator="\n"))


def write_graph(graph: MultilayerGraph, folder: Path) -> None:
    """Write graph.graphml, graph.gexf, graph.json and graph.parquet/."""
    write_graphml(graph, folder / "graph.graphml")
    write_gexf(graph, folder / "graph.gexf")
    write_json(graph, folder / "graph.json")
    write_parquet(graph, folder / "graph.parquet")


def write_manifest(study: Study, folder: Path, seconds: Mapping[str, float] | None = None) -> None:
    """Write run.json: versions, input hashes, seed, settings, seconds per stage and the hash of every output."""
    settings = asdict(study.settings)
    manifest = {
        "synergy": own_version(),
        "python": platform.python_version(),
        "libraries": {name: library_version(name) for name in LIBRARIES},
        "study": settings["name"],
        "seed": settings["seed"],
        "settings": settings,
        "foresight": FORESIGHT,
        "inputs": dict(study.hashes),
        "seconds": {stage: round(value, 3) for stage, value in (seconds or {}).items()},
        "outputs": hashes(folder),
    }
    _text(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


def own_version() -> str:
    """Return the version of Synergy."""
    return library_version("interregional-synergy") or "not installed"


def library_version(name: str) -> str | None:
    """Return the version of an installed distribution, None when it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _timed(stage: str, seconds: dict[str, float], progress: Progress, work: Callable[[], T]) -> T:
    progress(stage)
    start = time.perf_counter()
    value = work()
    seconds[stage] = time.perf_counter() - start
    return value


def _text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
